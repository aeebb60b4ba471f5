/** Links to the pages of one portal: ordinary links that do not load anew. */
import type { MouseEvent, ReactNode } from 'react'
import type { Navigation } from './navigation.ts'

interface PageLinkProps<Page extends string> {
  page: Page
  parameters?: Readonly<Record<string, string>>
  className?: string
  /** Marked as the page one is on. */
  inNavigation?: boolean
  children: ReactNode
}

export function pageLink<Page extends string>({ addressOf, go, usePage }: Navigation<Page>) {
  return function PageLink({ page, parameters, className, inNavigation, children }: PageLinkProps<Page>) {
    const here = usePage() === page
    function follow(event: MouseEvent) {
      // Another window or tab is the browser's to open.
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
