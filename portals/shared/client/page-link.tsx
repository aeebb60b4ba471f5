/** Links to the pages of one portal: ordinary links that do not reload the document. */
import type { MouseEvent, ReactNode } from 'react'
import type { Navigation } from './navigation.ts'

interface PageLinkProps<Page extends string> {
  page: Page
  parameters?: Readonly<Record<string, string>>
  className?: string
  /** Marks the link when it leads to the current page. */
  inNavigation?: boolean
  /** Pages that belong to this one: in the navigation its link is marked on them too. */
  holds?: readonly Page[]
  children: ReactNode
}

export function pageLink<Page extends string>({ addressOf, go, usePage }: Navigation<Page>) {
  return function PageLink({ page, parameters, className, inNavigation, holds = [], children }: PageLinkProps<Page>) {
    const now = usePage()
    const current = now === page ? 'page' : holds.includes(now) ? 'true' : undefined
    function follow(event: MouseEvent) {
      // The browser opens another window or tab itself.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
      event.preventDefault()
      go(page, 'push', parameters)
      window.scrollTo(0, 0)
    }
    return (
      <a href={addressOf(page, parameters)} className={className} aria-current={inNavigation ? current : undefined} onClick={follow}>
        {children}
      </a>
    )
  }
}
