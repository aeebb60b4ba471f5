/** One line of a service with its source: what, its status, controller, unit, author, and how long ago. */

import type { Line } from '@helsevev/panel/panel.ts'
import { formatAge, formatDateTime } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'

export function LineText({ line: { what, value, rest = [], sameDay = [] } }: { line: Line }) {
  const { t } = useTranslation('clinician')
  return (
    <>
      <span className="line__what">{what}</span>
      {value && (
        <>
          <span className="visually-hidden">: </span>
          <span className="line__value">{value}</span>
        </>
      )}
      {sameDay.length > 0 && <span className="line__same-day">{t('compare.sameDay', { values: sameDay.join(', ') })}</span>}
      {rest.length > 0 && (
        <details className="line__rest">
          <summary>{t('line.rest', { count: rest.length })}</summary>
          <ul>
            {rest.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

interface LineSourceProps {
  line: Line
  /** For places where the time is not shown elsewhere in the line. */
  withTime?: boolean
  /** The line is a change: when it became so is shown in place of when it began. */
  changed?: boolean
}

export function LineSource({ line, withTime = false, changed = false }: LineSourceProps) {
  const { t, i18n } = useTranslation('clinician')
  const { controller, unit, author } = line
  const isChange = changed && line.changed !== undefined
  const time = isChange ? (line.changed ?? line.time) : line.time
  const age = time.length >= 10 ? formatAge(time, new Date(), i18n.language) : ''
  const said = [...new Set([controller, unit, author].filter(Boolean))]
  return (
    <span className="line__source">
      {said.join(' · ')}
      {withTime && time && (
        <>
          {' · '}
          <time dateTime={time}>
            {isChange ? t('compare.changedAt', { time: formatDateTime(time, i18n.language) }) : formatDateTime(time, i18n.language)}
          </time>
        </>
      )}
      {age && <span className="line__age"> ({age})</span>}
    </span>
  )
}
