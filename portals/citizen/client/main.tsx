import { startPortal } from '@helsevev/portal/client/start'
import { App } from './App.tsx'
import { citizenTexts } from './texts.ts'

await startPortal(<App />, citizenTexts)
