/** The trend in words and as a chart; the chart says the same in its description, and the table below holds every number. */
import { formatDate, formatDateTime } from '@helsevev/ui/format.ts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownScore } from './panel-data.ts'
import { change, type Mark, marks, runs, type WholeMark } from './trend.ts'

const width = 360
const plot = { left: 24, right: width - 14, top: 14, bottom: 152 }
/** Scores without a total stand on a line of their own under the plot. */
const below = 168
const height = 200
const highest = 20
/** Above this many points only the first, the last and the highest carry their number. */
const numbered = 10

const y = (total: number) => plot.bottom - (total / highest) * (plot.bottom - plot.top)

export function Trend({ scores }: { scores: readonly ShownScore[] }) {
  const { t } = useTranslation('news2')
  const all = marks(scores)
  const found = change(all)
  const whole = runs(all).flat().length
  return (
    <section className="news2-trend">
      <h3>{t('trend.heading')}</h3>
      <p>
        {found
          ? t(`trend.${found.direction}`, { by: Math.abs(found.by), from: found.from.total, to: found.to.total })
          : t(whole === 1 ? 'trend.one' : 'trend.zero')}
      </p>
      {all.length > 1 && <Chart all={all} />}
    </section>
  )
}

function Chart({ all }: { all: Mark[] }) {
  const { t, i18n } = useTranslation('news2')
  const id = useId()
  const x = horizontal(all)
  const whole = runs(all).flat()
  const incomplete = all.length - whole.length
  const first = all[0]?.score.time ?? ''
  const last = all.at(-1)?.score.time ?? ''
  const description = t('trend.chartText', {
    first: formatDateTime(first, i18n.language),
    last: formatDateTime(last, i18n.language),
    totals: whole.map(({ total }) => total).join(', '),
    incomplete,
  })
  return (
    <figure>
      <svg className="news2-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{t('trend.chartTitle')}</title>
        <desc id={`${id}-text`}>{description}</desc>
        {[0, highest].map((total) => (
          <Level key={total} total={total} className="news2-chart__axis" />
        ))}
        {[5, 7].map((total) => (
          <Level key={total} total={total} className={`news2-chart__threshold news2-chart__threshold--${total}`} />
        ))}
        {runs(all).map((run) => (
          <polyline
            key={run[0]?.score.id}
            className="news2-chart__line"
            points={run.map((mark) => `${x(mark.time)},${y(mark.total)}`).join(' ')}
          />
        ))}
        {all.map((mark) => (
          <Point key={mark.score.id} mark={mark} x={x(mark.time)} showNumber={carriesNumber(mark, whole)} />
        ))}
        <text x={plot.left} y={height - 6} className="news2-chart__date">
          {formatDate(first, i18n.language)}
        </text>
        <text x={plot.right} y={height - 6} textAnchor="end" className="news2-chart__date">
          {formatDate(last, i18n.language)}
        </text>
      </svg>
      {incomplete > 0 && <figcaption>{t('trend.legend')}</figcaption>}
    </figure>
  )
}

function Level({ total, className }: { total: number; className: string }) {
  return (
    <>
      <line className={className} x1={plot.left} x2={plot.right} y1={y(total)} y2={y(total)} />
      <text className="news2-chart__level" x={plot.left - 5} y={y(total) + 4} textAnchor="end">
        {total}
      </text>
    </>
  )
}

function Point({ mark, x, showNumber }: { mark: Mark; x: number; showNumber: boolean }) {
  if (mark.kind !== 'total') {
    return mark.kind === 'partial' ? (
      <path className="news2-chart__partial" d={`M${x} ${below - 6} l6 6 l-6 6 l-6 -6 z`} />
    ) : (
      <path className="news2-chart__cross" d={`M${x - 5} ${below - 5} l10 10 m0 -10 l-10 10`} />
    )
  }
  return (
    <>
      <circle className="news2-chart__point" cx={x} cy={y(mark.total)} r={4.5} />
      {showNumber && (
        <text className="news2-chart__number" x={x} y={y(mark.total) - 8} textAnchor="middle">
          {mark.total}
        </text>
      )}
    </>
  )
}

function horizontal(all: Mark[]): (time: number) => number {
  const from = all[0]?.time ?? 0
  const span = (all.at(-1)?.time ?? 0) - from
  const [left, right] = [plot.left + 10, plot.right - 10]
  return (time) => Math.round((span === 0 ? (left + right) / 2 : left + ((time - from) / span) * (right - left)) * 10) / 10
}

function carriesNumber(mark: Mark, whole: WholeMark[]): boolean {
  if (mark.kind !== 'total' || whole.length <= numbered) return true
  const peak = Math.max(...whole.map(({ total }) => total))
  return mark === whole[0] || mark === whole.at(-1) || mark === whole.find(({ total }) => total === peak)
}
