/** Starts the client of a portal. */
import { panelTexts } from '@helsevev/panel/texts.ts'
import { startI18n } from '@helsevev/ui/i18n.ts'
import { markKeptWords } from '@helsevev/ui/kept-words.ts'
import type { TextTable } from '@helsevev/ui/texts.ts'
import { bearTranslation } from '@helsevev/ui/translated.ts'
import '@helsevev/ui/base.scss'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { portalName } from './base.ts'
import './portal.scss'
import { introductionTexts } from '../introduction.ts'
import { SessionProvider } from './session.tsx'
import { commonTexts, type OwnTexts } from './texts.ts'

/** `texts` are the portal's own; the common texts fill in the rest. `more`: other namespaces, such as those of panels. */
export async function startPortal(app: ReactNode, texts: TextTable & OwnTexts, more: Record<string, TextTable> = {}): Promise<void> {
  await startI18n(
    { panel: panelTexts, portal: commonTexts, introduction: introductionTexts, [String(portalName)]: texts, ...more },
    'portal',
  )
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element with id root')
  bearTranslation(root)
  markKeptWords(root)
  createRoot(root).render(
    <StrictMode>
      <SessionProvider>{app}</SessionProvider>
    </StrictMode>,
  )
}
