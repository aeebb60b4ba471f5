/** The trend in words, and as a chart of the period that the reader chooses; the table below has every number. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from './Chart.tsx'
import type { News2Data } from './panel-data.ts'
import { change, type Mark, marks, type Period, periodsFor, runs, shownIn } from './trend.ts'

export function Trend({ data }: { data: News2Data }) {
  const { t, i18n } = useTranslation('news2')
  const all = marks(data.scores)
  const found = change(all)
  const whole = runs(all).flat().length
  return (
    <section className="news2-trend">
      <h3>{t('trend.heading')}</h3>
      <p>
        {found
          ? t(`trend.${found.direction}`, {
              by: Math.abs(found.by),
              from: found.from.total,
              to: found.to.total,
              time: formatDateTime(found.from.score.time, i18n.language),
            })
          : t(whole === 1 ? 'trend.one' : 'trend.zero')}
      </p>
      {all.length > 1 && whole > 0 && <ChosenPeriod all={all} more={data.more} />}
    </section>
  )
}

function ChosenPeriod({ all, more }: { all: Mark[]; more: boolean }) {
  const { t, i18n } = useTranslation('news2')
  const offered = periodsFor(all)
  const [chosen, setChosen] = useState<Period>()
  const period = chosen && offered.includes(chosen) ? chosen : offered.includes('episode') ? 'episode' : 'all'
  const shown = shownIn(all, period, new Date())
  const newest = all.at(-1)?.score.time ?? ''
  // Only a limited number is fetched, so a long period may not be complete.
  const cut = more && shown.marks.length === all.length && period !== 'episode'
  return (
    <>
      <PeriodChoice offered={offered} chosen={period} onChoose={setChosen} />
      {shown.marks.length === 0 && period !== 'episode' && period !== 'all' ? (
        <p className="news2-trend__empty">{t(`trend.empty.${period}`, { time: formatDateTime(newest, i18n.language) })}</p>
      ) : (
        <figure>
          <Chart shown={shown} />
          <Caption marks={shown.marks} cut={cut} />
        </figure>
      )}
    </>
  )
}

interface PeriodChoiceProps {
  offered: Period[]
  chosen: Period
  onChoose: (period: Period) => void
}

/** Radio buttons that look like one row of buttons: arrow keys move between them. */
function PeriodChoice({ offered, chosen, onChoose }: PeriodChoiceProps) {
  const { t } = useTranslation('news2')
  const name = useId()
  return (
    <fieldset className="news2-periods">
      <legend className="visually-hidden">{t('trend.period.legend')}</legend>
      {offered.map((period) => (
        <label key={period} className="news2-periods__choice">
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={period}
            checked={period === chosen}
            onChange={() => onChoose(period)}
          />
          <span>{t(`trend.period.${period}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What the chart covers, and the meaning of the signs that occur in it. */
function Caption({ marks: shown, cut }: { marks: Mark[]; cut: boolean }) {
  const { t, i18n } = useTranslation('news2')
  const [first, last] = [shown[0]?.score.time ?? '', shown.at(-1)?.score.time ?? '']
  const time = (value: string) => formatDateTime(value, i18n.language)
  const kinds = new Set(shown.map(({ kind }) => kind))
  const said = [
    t('trend.covers', { count: shown.length, first: time(first), last: time(last) }),
    ...(runs(shown).length > 1 ? [t('trend.broken')] : []),
    ...(shown.some(({ score }) => score.band === 'single-3') ? [t('trend.sign.single3')] : []),
    ...(kinds.has('partial') ? [t('trend.sign.partial')] : []),
    ...(kinds.has('not-applicable') ? [t('trend.sign.notApplicable')] : []),
    ...(cut ? [t('table.more', { count: shown.length })] : []),
  ]
  return <figcaption className="news2-trend__caption">{said.join(' ')}</figcaption>
}
