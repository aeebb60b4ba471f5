/** A part of the first page: what is new in one area, in a few lines, and the way to all of it. */
import { type ReactNode, useId } from 'react'
import type { NavigationPage } from './Navigation.tsx'
import { PageLink } from './PageLink.tsx'

interface HomeCardProps {
  title: string
  /** The page with all of it, and the words of the link. */
  page: NavigationPage
  more: string
  children: ReactNode
}

export function HomeCard({ title, page, more, children }: HomeCardProps) {
  const id = useId()
  return (
    <section className="card home-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      <p className="home-card__more">
        <PageLink page={page}>{more}</PageLink>
      </p>
    </section>
  )
}
