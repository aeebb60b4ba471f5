/** Links to the pages of the portal, grouped by task. On a phone they are behind a button, so that the page itself comes first. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Page } from '../routes.ts'
import { PageLink } from './PageLink.tsx'
import { useRole } from './role.tsx'

const groups = [
  { name: 'start', pages: ['home'] },
  { name: 'decide', pages: ['sharing', 'propose', 'standard', 'vendors', 'units', 'roles'] },
  { name: 'follow', pages: ['followUps', 'misuseCases', 'questions', 'blockLifts', 'messages', 'refusals'] },
  { name: 'see', pages: ['use', 'adoption'] },
] as const satisfies readonly { name: string; pages: readonly Page[] }[]

export function Navigation() {
  const { t } = useTranslation('controller')
  const { may } = useRole()
  const [open, setOpen] = useState(false)
  const offered = (page: Page) => page !== 'propose' || may('propose-agreements')
  return (
    <nav className="pages" aria-label={t('word.pages')}>
      <button type="button" className="pages__toggle" aria-expanded={open} aria-controls="pages" onClick={() => setOpen(!open)}>
        {t('nav.toggle')}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: closes the list after a link in it was followed, which has keys of its own */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div id="pages" className={open ? 'pages__groups pages__groups--open' : 'pages__groups'} onClick={() => setOpen(false)}>
        {groups.map(({ name, pages }) => (
          <div key={name}>
            {name !== 'start' && (
              <p className="pages__group" id={`pages-${name}`}>
                {t(`nav.groups.${name}`)}
              </p>
            )}
            <ul className="pages__list" aria-labelledby={name === 'start' ? undefined : `pages-${name}`}>
              {pages.filter(offered).map((page) => (
                <li key={page}>
                  <PageLink page={page} className="pages__link" inNavigation>
                    {t(`title.${page}`)}
                  </PageLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  )
}
