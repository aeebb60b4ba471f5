/**
 * The page around the page: skip link, name of the product, what the portal puts in the header, main content, and the single live region
 * that reports changes to screen readers.
 */
import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { isElsewhere } from './format.ts'
import { LanguageSwitch } from './LanguageSwitch.tsx'

let spoken = ''
const listeners = new Set<() => void>()

/** Announces a text to screen readers, politely. The same text is announced again when it is repeated. */
export function announce(text: string): void {
  spoken = spoken === text ? `${text}\u00a0` : text
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export interface ShellProps {
  /** Where the product's name leads: the first page of the portal. */
  home: { href: string; onClick?: (event: MouseEvent) => void }
  /** The name of the portal, next to the name of the product. */
  portal: string
  /** Who is signed in, and the way out. */
  account?: ReactNode
  /** First in the main content, from edge to edge, and in sight while the page scrolls: what the person must not forget while on it. */
  strip?: ReactNode
  footer?: ReactNode
  children: ReactNode
}

export function Shell({ home, portal, account, strip, footer, children }: ShellProps) {
  const { t } = useTranslation('ui')
  const live = useSyncExternalStore(subscribe, () => spoken)
  const elsewhere = isElsewhere()
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <header className="shell__header">
        <div className="shell__bar">
          <p className="shell__name">
            <a className="shell__home" {...home}>
              <Mark />
              <span className="shell__product" translate="no">
                Helsevev
              </span>
              <span className="shell__portal">{portal}</span>
            </a>
          </p>
          <LanguageSwitch />
          {account}
        </div>
      </header>
      <main id="main" className="shell__main" tabIndex={-1}>
        {strip}
        <div className="shell__content">{children}</div>
      </main>
      {(footer || elsewhere) && (
        <footer className="shell__footer">
          {footer}
          {elsewhere && <p>{t('norwegianTime')}</p>}
        </footer>
      )}
      <div className="visually-hidden" role="status" aria-live="polite">
        {live}
      </div>
    </div>
  )
}

/** Three threads woven with three others: the weave of the name. */
function Mark() {
  return (
    <svg className="shell__mark" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
      <path d="M2 7h9M15 7h7M2 12h4M10 12h12M2 17h9M15 17h7" />
      <path d="M7 2v3M7 9v13M12 2v8M12 14v8M17 2v3M17 9v6M17 19v3" />
    </svg>
  )
}
