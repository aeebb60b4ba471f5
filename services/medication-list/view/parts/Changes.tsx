/** What changed since a day that the reader chooses. */
import { useSurroundings } from '@helsevev/panel/surroundings.ts'
import { endOfDay, formatDate } from '@helsevev/ui/format.ts'
import { useWords } from '@helsevev/ui/useWords'
import { lazy, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changesSince } from '../changes.ts'
import type { ShownLine } from '../panel-data.ts'
import { drugWords, reasonWords } from '../words.ts'

const NAMESPACE = 'medication-list'
const OwnDay = lazy(async () => ({ default: (await import('../more/OwnDay.tsx')).OwnDay }))
const DAY = 86_400_000
const periods = ['7', '30', '90', 'last', 'own'] as const
type Period = (typeof periods)[number]

export function Changes({ lines }: { lines: readonly ShownLine[] }) {
  const { t, i18n } = useTranslation(NAMESPACE)
  const words = useWords(NAMESPACE)
  const id = useId()
  const [period, setPeriod] = useState<Period>('90')
  const [day, setDay] = useState('')
  const now = new Date()
  const { lastHere } = useSurroundings()
  const offered = periods.filter((one) => one !== 'last' || lastHere !== undefined)
  const since = sinceOf(period, { day, lastHere, now })
  const changes = since && changesSince(lines, since, now)
  return (
    <details className="medication__folded">
      <summary>{t('changes', { count: changesSince(lines, new Date(now.getTime() - 90 * DAY), now).length })}</summary>
      <div className="medication__choose">
        <div className="field">
          <label htmlFor={`${id}-period`}>{t('changes.since')}</label>
          <select id={`${id}-period`} value={period} onChange={({ target }) => setPeriod(target.value as Period)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {t(`changes.period.${one}`, { date: lastHere ? formatDate(lastHere, i18n.language) : '' })}
              </option>
            ))}
          </select>
        </div>
        <Suspense fallback={null}>{period === 'own' && <OwnDay day={day} onChange={setDay} />}</Suspense>
      </div>
      <div aria-live="polite">
        {!changes && <p>{t('changes.chooseDay')}</p>}
        {changes?.length === 0 && <p>{t('changes.none')}</p>}
        {changes && changes.length > 0 && (
          <ul className="medication__rows">
            {changes.map(({ line, time, kind }) => (
              <li key={`${line.id} ${kind}`}>
                <time dateTime={time}>{formatDate(time, i18n.language)}</time>: {t(`change.${kind}`)},{' '}
                {[
                  drugWords(line, words),
                  ...(kind === 'stopped' ? [line.stop && reasonWords(line.stop, words), line.stop?.note] : [line.dose]),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  )
}

interface Chosen {
  day: string
  lastHere: string | undefined
  now: Date
}

function sinceOf(period: Period, { day, lastHere, now }: Chosen): Date | undefined {
  if (period === 'own') return startOfDay(day)
  if (period === 'last') return lastHere === undefined ? undefined : new Date(lastHere)
  return new Date(now.getTime() - Number(period) * DAY)
}

/** The first moment of a day in Norway; undefined when it is none. */
function startOfDay(day: string): Date | undefined {
  const end = endOfDay(day)
  return end && new Date(end.getTime() + 1 - DAY)
}
