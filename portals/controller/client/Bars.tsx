/** Totals as bars, for sighted readers only: the table below shows the same, and is what screen readers and copies use. */
import { useWidth } from '@helsevev/ui/useWidth'
import type { Total } from './use.ts'
import { useWords } from './words.ts'

const height = 160

export function Bars({ totals }: { totals: readonly Total[] }) {
  const { number, date } = useWords()
  const { ref, width } = useWidth()
  const most = Math.max(1, ...totals.map(({ lookUps }) => lookUps))
  const step = width / Math.max(1, totals.length)
  const [first, last] = [totals[0], totals.at(-1)]
  return (
    <div ref={ref} className="bars" aria-hidden="true">
      <p className="bars__scale">{number(most)}</p>
      <svg className="bars__chart" width={width} height={height} viewBox={`0 0 ${width} ${height}`} focusable="false" aria-hidden="true">
        {totals.map(({ period, lookUps }, at) => {
          const size = Math.max(lookUps > 0 ? 2 : 0, (lookUps / most) * height)
          return <rect key={period} x={at * step + step * 0.1} y={height - size} width={Math.max(1, step * 0.8)} height={size} />
        })}
      </svg>
      <p className="bars__ends">
        <span>{first && date(first.period)}</span>
        <span>{last && last !== first && date(last.period)}</span>
      </p>
    </div>
  )
}
