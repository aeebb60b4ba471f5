/** A scale of round numbers that holds all values with a little room. Pure, so that it is tested without a screen. */
export interface Scale {
  low: number
  high: number
  ticks: number[]
}

/** At least one value; `most` ticks or one more. */
export function niceScale(values: readonly number[], most: number): Scale {
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const spread = greatest - least || Math.abs(greatest) || 1
  const rough = spread / Math.max(most - 1, 1)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const low = Math.floor((least - spread * 0.05) / step) * step
  const high = Math.ceil((greatest + spread * 0.05) / step) * step
  const count = Math.round((high - low) / step)
  // Values that are never below zero have no scale below it.
  const start = least >= 0 ? Math.max(low, 0) : low
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((low + index * step).toPrecision(12))).filter(
    (tick) => tick >= start,
  )
  return { low: start, high: Number(high.toPrecision(12)), ticks }
}
