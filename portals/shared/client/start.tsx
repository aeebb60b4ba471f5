/** The first thing a portal's page does. */
import { startI18n, type Texts } from '@helsevev/ui/i18n.ts'
import '@helsevev/ui/base.scss'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { portalName } from './base.ts'
import './portal.scss'
import { SessionProvider } from './session.tsx'
import { commonTexts } from './texts.ts'

/** `texts` are the portal's own; what they leave out is taken from the common ones. `more`: other namespaces, as those of panels. */
export async function startPortal(app: ReactNode, texts: Texts, more: Record<string, Texts> = {}): Promise<void> {
  await startI18n({ portal: commonTexts, [portalName]: texts, ...more }, 'portal')
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element with id root')
  createRoot(root).render(
    <StrictMode>
      <SessionProvider>{app}</SessionProvider>
    </StrictMode>,
  )
}
