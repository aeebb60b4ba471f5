/**
 * One thing that is registered, for the person it is about: what it is in plain words, the medical term, whether it is new since the last
 * visit, and further details. The list above all panels links to it by its id.
 */
import Tag from '@helsenorge/designsystem-react/components/Tag'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './entry.css'

interface EntryProps {
  id: string
  title: string
  /** The medical term; left out when it is the title. */
  term?: string | undefined
  isNew?: boolean
  children?: ReactNode
}

export function Entry({ id, title, term, isNew, children }: EntryProps) {
  const { t } = useTranslation('panel')
  return (
    <article id={entryId(id)} className="entry" tabIndex={-1}>
      <h3 className="entry__title">
        {title}
        {term && term !== title && <span className="entry__term"> ({term})</span>} {isNew && <Tag>{t('isNew')}</Tag>}
      </h3>
      {children}
    </article>
  )
}

export function entryId(id: string): string {
  return `entry-${id}`
}

/** A list of them, newest or most important first. */
export function Entries({ children }: { children: ReactNode }) {
  return <div className="entries">{children}</div>
}

/** The facts about one thing: `Facts` around `Fact`s. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="entry__facts">{children}</dl>
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
