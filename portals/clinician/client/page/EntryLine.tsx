/** One line of a service with its source: what, its status, controller, unit, author, and how long ago. */

import type { Line } from '@helsevev/panel/panel.ts'
import { formatAge, formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'

export function LineText({ line: { what, value } }: { line: Line }) {
  return (
    <>
      <span className="line__what">{what}</span>
      {value && (
        <>
          <span className="visually-hidden">: </span>
          <span className="line__value">{value}</span>
        </>
      )}
    </>
  )
}

/** `withTime`: for places where the time is not shown elsewhere in the line. */
export function LineSource({ line: { time, controller, unit, author }, withTime = false }: { line: Line; withTime?: boolean }) {
  const { i18n } = useTranslation('clinician')
  const age = time.length >= 10 ? formatAge(time, new Date(), i18n.language) : ''
  const said = [...new Set([controller, unit, author].filter(Boolean))]
  return (
    <span className="line__source">
      {said.join(' · ')}
      {withTime && time && (
        <>
          {' · '}
          <time dateTime={time}>{formatDateTime(time, i18n.language)}</time>
        </>
      )}
      {age && <span className="line__age"> ({age})</span>}
    </span>
  )
}
