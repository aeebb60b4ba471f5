/**
 * Reads a chart by keyboard and by touch: a slider over its moments, and the values of the chosen one in words. The chart itself chooses
 * the moment that is pointed at.
 */
import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './value-chart.css'

interface MomentsProps {
  /** What stands at each moment, oldest first. */
  words: readonly string[]
  /** The chosen one. */
  at: number
  onChoose: (at: number) => void
}

export function Moments({ words, at, onChoose }: MomentsProps) {
  const { t } = useTranslation('ui')
  const said = words[at] ?? ''
  return (
    <>
      {words.length > 1 && (
        <label className="moments">
          <span>{t('moment')}</span>
          <input
            type="range"
            min={0}
            max={words.length - 1}
            value={at}
            aria-valuetext={said}
            onChange={({ target }) => onChoose(Number(target.value))}
          />
        </label>
      )}
      <p className="moments__words">{said}</p>
    </>
  )
}

/**
 * The chosen moment of a chart, the newest until one is chosen. `places`: where the moments stand, in pixels from the left edge of the
 * chart. `times`: the moments themselves where they change while one is chosen, each once; when the chosen one is gone, the newest is
 * chosen again. `pointing` are properties of the chart.
 */
export function useMoment(places: readonly number[], times?: readonly number[]) {
  const [chosen, setChosen] = useState<number>()
  const found = chosen === undefined ? -1 : times ? times.indexOf(chosen) : Math.min(chosen, places.length - 1)
  const at = found < 0 ? places.length - 1 : found
  const choose = (index: number) => setChosen(times ? times[index] : index)
  const point = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) =>
    choose(nearest(places, clientX - currentTarget.getBoundingClientRect().left))
  return { at, choose, pointing: { onPointerMove: point, onPointerDown: point } }
}

/** The place of the moment that is nearest to a pointer, in pixels from the left edge of the chart. */
function nearest(places: readonly number[], pointed: number): number {
  return places.reduce((best, place, index) => (Math.abs(place - pointed) < Math.abs((places[best] ?? 0) - pointed) ? index : best), 0)
}
