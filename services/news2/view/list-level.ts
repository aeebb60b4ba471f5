/** Reads the level in a list of patients, as `services/news2/fhir/signal.ts` writes it. */

import { bands } from '@helsevev/clinical/news2/chart'
import type { Reading } from '@helsevev/clinical/news2/picture'
import type { ListSignal } from '@helsevev/panel/panel.ts'

const UNCERTAIN = '-uncertain'

/** The newest, without a level when none is given or one that is not known here; and the one before where it is stated. */
export function readingsIn({ code, time }: ListSignal): Reading[] {
  const [level = '', ...parts] = code.split('.')
  const [total, totalBefore] = ['total-', 'from-total-'].map((name) => numberIn(parts, name))
  const before = bands.find((candidate) => parts.includes(`from-${candidate}`))
  const since = parts.flatMap((part) => /^since-(\d{4}-\d\d-\d\d(T\d\d:\d\dZ)?)$/.exec(part)?.[1] ?? [])[0]
  const within = Number(parts.flatMap((part) => /^within-(\d{1,3})$/.exec(part)?.[1] ?? [])[0])
  const trend = (['up', 'down', 'same'] as const).find((direction) => parts.includes(direction))
  const certain = !level.endsWith(UNCERTAIN)
  const band = bands.find((candidate) => candidate === (certain ? level : level.slice(0, -UNCERTAIN.length)))
  const newest: Reading = {
    id: 'news2',
    time,
    computed: false,
    certain,
    scale: parts.includes('scale-2') ? 2 : 1,
    ...(band ? { band } : {}),
    ...(trend ? { trend } : {}),
    ...(total === undefined ? {} : { total }),
    ...(within > 0 ? { actWithinHours: within } : {}),
  }
  if (!before || !since) return [newest]
  const earlier = { id: 'news2-before', time: since, computed: false, certain: true, band: before }
  return [newest, { ...earlier, ...(totalBefore === undefined ? {} : { total: totalBefore }) }]
}

function numberIn(parts: readonly string[], name: string): number | undefined {
  const found = parts.find((part) => part.startsWith(name))?.slice(name.length)
  return found !== undefined && /^\d{1,2}$/.test(found) ? Number(found) : undefined
}
