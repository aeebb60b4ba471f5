/** Reads the level in a list of patients, as `services/news2/fhir/signal.ts` writes it. */

import { bands } from '@helsevev/clinical/news2/chart'
import type { Reading } from '@helsevev/clinical/news2/picture'
import type { ListSignal } from '@helsevev/panel/panel.ts'

const UNCERTAIN = '-uncertain'

/** Without a level when none is given, or one that is not known here. */
export function readingIn({ code, time }: ListSignal): Reading {
  const [level = '', ...parts] = code.split('.')
  const within = Number(parts.flatMap((part) => /^within-(\d{1,3})$/.exec(part)?.[1] ?? [])[0])
  const trend = (['up', 'down', 'same'] as const).find((direction) => parts.includes(direction))
  const certain = !level.endsWith(UNCERTAIN)
  const band = bands.find((candidate) => candidate === (certain ? level : level.slice(0, -UNCERTAIN.length)))
  return {
    id: 'news2',
    time,
    computed: false,
    certain,
    scale: parts.includes('scale-2') ? 2 : 1,
    ...(band ? { band } : {}),
    ...(trend ? { trend } : {}),
    ...(within > 0 ? { actWithinHours: within } : {}),
  }
}
