import { startI18n } from '@helsevev/ui/i18n.ts'
import '@helsevev/ui/base.scss'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { views } from '../panels.client.ts'
import { App } from './App.tsx'
import './clinician.scss'
import { SessionProvider } from './session.tsx'
import { texts } from './texts.ts'

await startI18n({ clinician: texts, ...Object.fromEntries(views.map((view) => [view.service, view.texts])) })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with id root')
createRoot(root).render(
  <StrictMode>
    <SessionProvider>
      <App />
    </SessionProvider>
  </StrictMode>,
)
