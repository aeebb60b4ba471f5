/** A link to a page of this portal: an ordinary link that does not load anew. */
import type { MouseEvent, ReactNode } from 'react'
import type { Page } from '../routes.ts'
import { addressOf, go, usePage } from './navigation.ts'

interface PageLinkProps {
  page: Page
  className?: string
  /** Marked as the page one is on. */
  inNavigation?: boolean
  children: ReactNode
}

export function PageLink({ page, className, inNavigation, children }: PageLinkProps) {
  const here = usePage() === page
  function follow(event: MouseEvent) {
    // Another window or tab is the browser's to open.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(page)
    window.scrollTo(0, 0)
  }
  return (
    <a href={addressOf(page)} className={className} aria-current={inNavigation && here ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
