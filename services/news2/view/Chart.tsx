/**
 * Totals over time, drawn in pixels of the available width, so that words keep their size on every screen. Levels have names and borders in
 * addition to their colours; points of a different kind have a shape of their own.
 */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { Moments, useMoment } from '@helsevev/ui/Moments'
import { TimeTicks } from '@helsevev/ui/TimeTicks'
import { timeTicks } from '@helsevev/ui/time-axis.ts'
import { useWidth } from '@helsevev/ui/useWidth'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mark, runs, type Shown, type WholeMark } from './trend.ts'

const highest = 20
const plot = { left: 28, top: 18, height: 180 }
const bottom = plot.top + plot.height
/** Space on the right for the names of the levels. */
const gutter = 58
/** Scores without a total stand on a separate line below the plot. */
const belowHeight = 24
const axisHeight = 40
/** The width in pixels of a number, and of a tick label. */
const numberWidth = 20
const tickWidth = 76

const y = (total: number) => bottom - (total / highest) * plot.height

const levels = [
  { name: 'high', from: 7, to: highest },
  { name: 'medium', from: 5, to: 7 },
  { name: 'low', from: 0, to: 5 },
] as const

export function Chart({ shown }: { shown: Shown }) {
  const { t, i18n } = useTranslation('news2')
  const id = useId()
  const { ref, width } = useWidth()
  const right = width - gutter
  const x = horizontal(shown, right)
  const whole = runs(shown.marks).flat()
  const incomplete = shown.marks.length - whole.length
  const axis = bottom + (incomplete > 0 ? belowHeight : 0)
  const numbered = numberedMarks(whole, x)
  const most = Math.max(3, Math.floor((right - plot.left) / tickWidth))
  const { at, choose, pointing } = useMoment(shown.marks.map((mark) => x(mark.time)))
  const time = (mark: Mark | undefined) => formatDateTime(mark?.score.time ?? '', i18n.language)
  const description = t('trend.chartText', {
    first: time(shown.marks[0]),
    last: time(shown.marks.at(-1)),
    totals: whole.map(({ total }) => total).join(', '),
    incomplete,
  })
  return (
    <div ref={ref} className="news2-chart__frame">
      <svg
        className="news2-chart moments__chart"
        viewBox={`0 0 ${width} ${axis + axisHeight}`}
        width={width}
        height={axis + axisHeight}
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
        {...pointing}
      >
        <title id={`${id}-title`}>{t('trend.chartTitle')}</title>
        <desc id={`${id}-text`}>{description}</desc>
        <Levels right={right} />
        <TimeTicks
          ticks={timeTicks(shown.from, shown.to, most, i18n.language)}
          x={x}
          top={plot.top}
          bottom={axis}
          line="news2-chart__tick"
          words="news2-chart__date"
        />
        {[5, 7].map((total) => (
          <line
            key={total}
            className={`news2-chart__threshold news2-chart__threshold--${total}`}
            x1={plot.left}
            x2={right}
            y1={y(total)}
            y2={y(total)}
          />
        ))}
        <line className="news2-chart__axis" x1={plot.left} x2={right} y1={bottom} y2={bottom} />
        {runs(shown.marks).map((run) => (
          <polyline
            key={run[0]?.score.id}
            className="news2-chart__line"
            points={run.map((mark) => `${x(mark.time)},${y(mark.total)}`).join(' ')}
          />
        ))}
        <Chosen mark={shown.marks[at]} x={x} />
        {shown.marks.map((mark) => (
          <Point key={mark.score.id} mark={mark} x={x(mark.time)} words={`${time(mark)}: ${wordsOf(mark)}`} />
        ))}
        {[...numbered].map((mark) => (
          <text key={mark.score.id} className="news2-chart__number" x={x(mark.time)} y={y(mark.total) - 9} textAnchor="middle">
            {mark.total}
          </text>
        ))}
      </svg>
      <Moments words={shown.marks.map((mark) => `${time(mark)}: ${wordsOf(mark)}`)} at={at} onChoose={choose} />
    </div>
  )

  function wordsOf({ score }: Mark): string {
    if (score.total !== undefined && score.band) return `${score.total}, ${t(`band.${score.band}`)}`
    return t(score.notApplicable.length > 0 ? 'notApplicable.tag' : 'incomplete.tag')
  }
}

/** Around the mark whose value stands in words below. */
function Chosen({ mark, x }: { mark: Mark | undefined; x: (time: number) => number }) {
  if (!mark) return null
  return <circle className="value-chart__chosen" cx={x(mark.time)} cy={mark.kind === 'total' ? y(mark.total) : bottom + 14} r={10} />
}

/** The bands of the totals with their names, and the scale. */
function Levels({ right }: { right: number }) {
  const { t } = useTranslation('news2')
  return (
    <>
      {levels.map(({ name, from, to }) => (
        <g key={name}>
          <rect
            className={`news2-chart__level news2-chart__level--${name}`}
            x={plot.left}
            y={y(to)}
            width={right - plot.left}
            height={y(from) - y(to)}
          />
          <text className="news2-chart__name" x={right + 8} y={name === 'high' ? y(8) : (y(from) + y(to)) / 2 + 4}>
            {t(`trend.level.${name}`)}
          </text>
        </g>
      ))}
      {[0, 5, 7, 10, 15, highest].map((total) => (
        <text key={total} className="news2-chart__scale" x={plot.left - 6} y={y(total) + 4} textAnchor="end">
          {total}
        </text>
      ))}
    </>
  )
}

/** The title is shown to a mouse; other readers have the description and the table. */
function Point({ mark, x, words }: { mark: Mark; x: number; words: string }) {
  const below = bottom + 14
  const title = <title>{words}</title>
  if (mark.kind !== 'total') {
    return mark.kind === 'partial' ? (
      <path className="news2-chart__partial" d={`M${x} ${below - 6} l6 6 l-6 6 l-6 -6 z`}>
        {title}
      </path>
    ) : (
      <path className="news2-chart__cross" d={`M${x - 5} ${below - 5} l10 10 m0 -10 l-10 10`}>
        {title}
      </path>
    )
  }
  if (mark.score.band === 'single-3') {
    return (
      <path className="news2-chart__point" d={`M${x} ${y(mark.total) - 7} l7 12 h-14 z`}>
        {title}
      </path>
    )
  }
  return (
    <circle className="news2-chart__point" cx={x} cy={y(mark.total)} r={4.5}>
      {title}
    </circle>
  )
}

/** A single moment stands in the middle. */
function horizontal({ from, to }: Shown, right: number): (time: number) => number {
  const [start, end] = [plot.left + 14, right - 14]
  return (time) => Math.round((to === from ? (start + end) / 2 : start + ((time - from) / (to - from)) * (end - start)) * 10) / 10
}

/** The points that show their number: the newest, the highest and the first before the others, as many as there is room for. */
function numberedMarks(whole: WholeMark[], x: (time: number) => number): Set<WholeMark> {
  const peak = Math.max(...whole.map(({ total }) => total))
  const wanted = [whole.at(-1), whole.findLast(({ total }) => total === peak), whole[0], ...[...whole].reverse()]
  const chosen = new Set<WholeMark>()
  for (const mark of wanted) {
    if (mark && [...chosen].every((other) => Math.abs(x(other.time) - x(mark.time)) >= numberWidth)) chosen.add(mark)
  }
  return chosen
}
