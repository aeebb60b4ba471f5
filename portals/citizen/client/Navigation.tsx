/** Links to the pages of the portal. On a phone they are behind a button, so that the page itself comes first. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Page } from '../routes.ts'
import { PageLink } from './PageLink.tsx'
import { isYouth, usePeople } from './people.tsx'

const everybody = ['home', 'health', 'log', 'questions', 'choices', 'behalf', 'notices', 'download'] as const satisfies readonly Page[]
export type NavigationPage = (typeof everybody)[number]
/** A youth of 13 to 15 has fewer pages: nobody of that age gives a power of attorney. */
const youth: readonly NavigationPage[] = ['home', 'health', 'log', 'questions', 'choices', 'notices']

const healthPages = ['service', 'kind'] as const satisfies readonly Page[]

export function pagesFor(isYoung: boolean): readonly NavigationPage[] {
  return isYoung ? youth : everybody
}

export function Navigation() {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  const [open, setOpen] = useState(false)
  return (
    <nav className="pages" aria-label={t('word.pages')}>
      <button type="button" className="pages__toggle" aria-expanded={open} aria-controls="pages" onClick={() => setOpen(!open)}>
        {t('nav.toggle')}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: closes the list after a link in it was followed, which has keys of its own */}
      <ul id="pages" className={open ? 'pages__list pages__list--open' : 'pages__list'} onClick={() => setOpen(false)}>
        {pagesFor(isYouth(about)).map((page) => (
          <li key={page}>
            <PageLink page={page} className="pages__link" inNavigation holds={page === 'health' ? healthPages : []}>
              {t(`nav.${page}`)}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
