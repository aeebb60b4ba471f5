/** The page around the page, in every portal: the product's name leads to its first page, and the foot to help, contact and rights. */
import { Shell as PlainShell, type ShellProps } from '@helsevev/ui/Shell'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { base, portalName } from './base.ts'
import { goToPath } from './navigation.ts'

/** `footer` replaces the links at the foot, in a portal whose own pages answer the same. */
export function Shell({ footer, ...props }: Omit<ShellProps, 'home'>) {
  function follow(event: MouseEvent) {
    // The browser opens another window or tab itself.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    goToPath('/')
    window.scrollTo(0, 0)
  }
  return <PlainShell {...props} home={{ href: `${base}/`, onClick: follow }} footer={footer ?? <Footer />} />
}

/** Links to the pages that the server writes: they open for everyone, signed in or refused. */
function Footer() {
  const { t } = useTranslation(portalName)
  const links = [
    [`/help${base}`, t('foot.help')],
    [`/help${base}#contact`, t('foot.contact')],
    ['/accessibility', t('foot.accessibility')],
    ['/privacy', t('foot.privacy')],
  ] as const
  return (
    <>
      <ul className="foot-links">
        {links.map(([href, words]) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
      </ul>
      <p>{t('word.sourceAnswers')}</p>
    </>
  )
}
