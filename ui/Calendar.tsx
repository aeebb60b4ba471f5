/**
 * The calendar of a date field: one month, walked with the arrow keys as in the date picker dialog of the ARIA Authoring Practices. Page
 * Up and Page Down change the month, with Shift the year; Escape closes without a choice.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, addMonths, weekdayOf, weeksOf } from './day-text.ts'
import { dayInNorway, formatDate, formatWeekday } from './format.ts'

interface CalendarProps {
  /** The chosen day; empty when none is. */
  day: string
  earliest?: string | undefined
  latest?: string | undefined
  onChoose: (day: string | undefined) => void
}

const steps: Readonly<Record<string, (day: string, shift: boolean) => string>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => addDays(day, -weekdayOf(day)),
  End: (day) => addDays(day, 6 - weekdayOf(day)),
  PageUp: (day, shift) => addMonths(day, shift ? -12 : -1),
  PageDown: (day, shift) => addMonths(day, shift ? 12 : 1),
}

export function Calendar({ day, earliest = '1900-01-01', latest = '2199-12-31', onChoose }: CalendarProps) {
  const { t, i18n } = useTranslation('ui')
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const within = (one: string) => (one < earliest ? earliest : one > latest ? latest : one)
  const [at, setAt] = useState(() => within(day || dayInNorway(new Date())))
  /** Whether the focus follows: when the days are walked, and not when the month is changed by its button. */
  const follows = useRef(true)
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (follows.current) grid.current?.querySelector<HTMLButtonElement>(`[data-day="${at}"]`)?.focus()
    follows.current = true
  }, [at])

  function press(event: KeyboardEvent) {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    setAt(within(step(at, event.shiftKey)))
  }

  function turn(months: number) {
    follows.current = false
    setAt(within(addMonths(at, months)))
  }

  const weekday = (index: number) => formatWeekday(index, i18n.language)
  return (
    <dialog ref={dialog} className="dialog calendar" aria-label={t('date.choose')} onClose={() => onChoose(undefined)}>
      <Head id={`${id}-month`} at={at} turn={turn} />
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid of the date picker dialog (ARIA Authoring Practices) */}
      <table ref={grid} role="grid" aria-labelledby={`${id}-month`} onKeyDown={press}>
        <thead>
          <tr>
            {[0, 1, 2, 3, 4, 5, 6].map((index) => (
              <th key={index} scope="col" abbr={weekday(index)}>
                {weekday(index).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <td key={one} className={one === day ? 'calendar__chosen' : undefined}>
                  {one.slice(0, 7) === at.slice(0, 7) && (
                    <button
                      type="button"
                      className="calendar__day"
                      data-day={one}
                      tabIndex={one === at ? 0 : -1}
                      disabled={one < earliest || one > latest}
                      aria-label={formatDate(one, i18n.language)}
                      aria-pressed={one === day}
                      aria-current={one === dayInNorway(new Date()) ? 'date' : undefined}
                      onClick={() => onChoose(one)}
                    >
                      {Number(one.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="calendar__foot">
        <button type="button" className="link-button" onClick={() => onChoose(undefined)}>
          {t('date.close')}
        </button>
      </div>
    </dialog>
  )
}

/** The month, and the way to the one before and after. */
function Head({ id, at, turn }: { id: string; at: string; turn: (months: number) => void }) {
  const { t, i18n } = useTranslation('ui')
  return (
    <div className="calendar__head">
      <button type="button" className="calendar__turn" aria-label={t('date.previous')} onClick={() => turn(-1)}>
        ‹
      </button>
      <h2 id={id} className="calendar__month" aria-live="polite">
        {formatDate(at.slice(0, 7), i18n.language)}
      </h2>
      <button type="button" className="calendar__turn" aria-label={t('date.next')} onClick={() => turn(1)}>
        ›
      </button>
    </div>
  )
}
