import { onForget } from '@helsevev/portal/client/session'
import { startPortal } from '@helsevev/portal/client/start'
import { reconciliationTexts } from '@helsevev/service-medication-list/reconciliation/reconciliation-texts'
import { views } from '../panels.client.ts'
import { App } from './App.tsx'
import './clinician.scss'
import './page/page.scss'
import './worklist.scss'
import { reset } from './panel-store.ts'
import { clinicianTexts } from './texts.ts'
import { forgetWorklist } from './worklist-store.ts'

onForget(() => reset())
onForget(forgetWorklist)
await startPortal(<App />, clinicianTexts, {
  ...Object.fromEntries(views.map(({ namespace, texts }) => [namespace, texts])),
  'medication-list/reconciliation': reconciliationTexts,
})
