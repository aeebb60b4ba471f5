/** Reads the level in a list of patients, as `services/news2/fhir/signal.ts` writes it. */

import { bands } from '@helsevev/clinical/news2/chart'
import type { Reading } from '@helsevev/clinical/news2/picture'
import type { ListSignal } from '@helsevev/panel/panel.ts'

const UNCERTAIN = '-uncertain'
const SCALE_2 = '.scale-2'

/** Without a level when none is given, or one that is not known here. */
export function readingIn({ code, time }: ListSignal): Reading {
  const scale = code.endsWith(SCALE_2) ? 2 : 1
  const level = scale === 2 ? code.slice(0, -SCALE_2.length) : code
  const certain = !level.endsWith(UNCERTAIN)
  const band = bands.find((candidate) => candidate === (certain ? level : level.slice(0, -UNCERTAIN.length)))
  return { id: 'news2', time, computed: false, certain, scale, ...(band ? { band } : {}) }
}
