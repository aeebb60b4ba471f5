/** The differences in one service between two days, worded as its panel words them. */

import Tag from '@helsenorge/designsystem-react/components/Tag'
import type { Snapshot } from '@helsevev/panel/panel.ts'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { DataState } from '@helsevev/ui/DataState'
import { endOfDay, formatDate } from '@helsevev/ui/format.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { View } from '../../panels.client.ts'
import { LineSource, LineText } from './EntryLine.tsx'
import { gapOf } from './gaps.ts'
import { type Difference, differences } from './lines.ts'
import { type Past, pastKey } from './past.ts'
import { useOfferedSection } from './shown-sections.ts'
import { usePanelStates, useShownData } from './useLines.ts'

interface ServiceComparisonProps {
  view: View
  /** Where it stands among the services. */
  place: string
  from: string
  to: string
  today: string
  past: Past
  onRetry: () => void
}

export function ServiceComparison({ view, place, from, to, today, past, onRetry }: ServiceComparisonProps) {
  const { t, i18n } = useTranslation('clinician')
  const id = useId()
  const nameOf = useServiceName()
  const stateOf = usePanelStates()
  const dataOf = useShownData()
  const { service, snapshot, hasVersions } = view
  const state = stateOf(service)
  const gap = gapOf(state)

  /** Undefined when the answer did not come. */
  function at(day: string): Snapshot | undefined {
    const moment = day === today ? new Date() : endOfDay(day)
    const isPast = hasVersions && day !== today
    const answer = isPast ? past.get(pastKey(service, day)) : state.answer
    if (!moment || !snapshot || answer === undefined || answer === 'failed' || answer.status === 'unavailable') return undefined
    const data = isPast ? answer.data : dataOf(service)
    return data === undefined ? { lines: [] } : snapshot(data, moment, i18n)
  }

  const [before, after] = [at(from), at(to)]
  const reaches = [before?.from, after?.from].find((start) => start !== undefined)
  const isShort = reaches !== undefined && (endOfDay(from)?.getTime() ?? 0) < Date.parse(reaches)
  const found = before && after && differences(before.lines, after.lines)
  useOfferedSection(place, () => ({
    title: nameOf(service),
    remarks: [
      ...(gap ? [t(`page.gap.${gap}`)] : []),
      ...(isShort ? [t('compare.reaches', { date: formatDate(reaches, i18n.language) })] : []),
      ...(found ? [] : [t('compare.failed')]),
      ...(found?.every(({ change }) => change === 'same') ? [t(found.length === 0 ? 'compare.nothing' : 'compare.alike')] : []),
    ],
    lines: (found ?? []).flatMap(({ change, before: was, after: is }) => {
      const line = is ?? was
      if (!line || change === 'same') return []
      const earlier = change === 'changed' && was ? `; ${t('compare.was', { value: was.value ?? '–' })}` : ''
      const time = change === 'changed' ? (line.changed ?? line.time) : line.time
      return [{ ...line, time, what: `${t(`compare.change.${change}`)}: ${line.what}`, value: `${line.value ?? ''}${earlier}` }]
    }),
  }))
  if (!snapshot) return null
  return (
    <section className="comparison" aria-labelledby={id} data-service={service}>
      <h4 id={id}>{nameOf(service)}</h4>
      {gap && (
        <p className="comparison__gap" data-gap={gap}>
          {t(`page.gap.${gap}`)}
        </p>
      )}
      {isShort && <p className="comparison__gap">{t('compare.reaches', { date: formatDate(reaches, i18n.language) })}</p>}
      {found ? (
        <Differences found={found} status={state.answer?.status} />
      ) : (
        (!gap || gap === 'partial' || gap === 'stale') && <DataState state="unavailable" text={t('compare.failed')} onRetry={onRetry} />
      )}
    </section>
  )
}

function Differences({ found, status }: { found: Difference[]; status: string | undefined }) {
  const { t } = useTranslation('clinician')
  const same = found.filter(({ change }) => change === 'same')
  const different = found.filter(({ change }) => change !== 'same')
  if (found.length === 0) {
    const known = status === 'none' || status === 'unknown'
    return <p>{known ? t(`page.nothing.${status}`) : t('compare.nothing')}</p>
  }
  return (
    <>
      {different.length === 0 ? <p>{t('compare.alike')}</p> : <List of={different} />}
      {same.length > 0 && (
        <details className="comparison__same">
          <summary>{t('compare.same', { count: same.length })}</summary>
          <List of={same} />
        </details>
      )}
    </>
  )
}

function List({ of }: { of: Difference[] }) {
  const { t } = useTranslation('clinician')
  return (
    <ul className="comparison__list">
      {of.map(({ change, before, after }) => {
        const line = after ?? before
        if (!line) return null
        return (
          <li key={`${change} ${line.key}`} className={`comparison__line comparison__line--${change}`} data-change={change}>
            <span className="comparison__change">
              {change === 'added' || change === 'changed' ? (
                <Tag variant="emphasised">{t(`compare.change.${change}`)}</Tag>
              ) : (
                <Tag>{t(`compare.change.${change}`)}</Tag>
              )}
            </span>
            <span className="comparison__words">
              <LineText line={line} />
              {change === 'changed' && before && (
                <span className="comparison__was">
                  {t('compare.was', { value: before.what === line.what ? (before.value ?? '–') : `${before.what} ${before.value ?? ''}` })}
                </span>
              )}
              <LineSource line={line} withTime changed={change === 'changed'} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
