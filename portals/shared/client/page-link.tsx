/** Links to the pages of one portal: ordinary links that do not reload the document. */
import type { MouseEvent, ReactNode } from 'react'
import type { Navigation } from './navigation.ts'

interface PageLinkProps<Page extends string> {
  page: Page
  parameters?: Readonly<Record<string, string>>
  className?: string
  /** Marks the link when it leads to the current page. */
  inNavigation?: boolean
  children: ReactNode
}

export function pageLink<Page extends string>({ addressOf, go, usePage }: Navigation<Page>) {
  return function PageLink({ page, parameters, className, inNavigation, children }: PageLinkProps<Page>) {
    const here = usePage() === page
    function follow(event: MouseEvent) {
      // The browser opens another window or tab itself.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      go(page, 'push', parameters)
      window.scrollTo(0, 0)
    }
    return (
      <a href={addressOf(page, parameters)} className={className} aria-current={inNavigation && here ? 'page' : undefined} onClick={follow}>
        {children}
      </a>
    )
  }
}
