/** Reads the level in a list of patients, as `services/news2/fhir/signal.ts` writes it. */

import { type Band, bands } from '@helsevev/clinical/news2/chart'
import type { ListSignal } from '@helsevev/panel/panel.ts'

const UNCERTAIN = '-uncertain'

/** Twice the longest interval between scores of any band: after that time, no interval has been kept. */
export const OLD_AFTER_MS = 24 * 3_600_000

export interface Level {
  /** Undefined when none is given, or one that is not known here. */
  band: Band | undefined
  certain: boolean
  old: boolean
}

export function levelOf({ code, time }: ListSignal, now: Date): Level {
  const certain = !code.endsWith(UNCERTAIN)
  const band = bands.find((candidate) => candidate === (certain ? code : code.slice(0, -UNCERTAIN.length)))
  return { band, certain, old: now.getTime() - new Date(time).getTime() > OLD_AFTER_MS }
}

/** An old score shows little about the patient's present state: it is sorted after every fresh score, and before rows without one. */
export function gravity(signal: ListSignal, now: Date): number {
  const { band, old } = levelOf(signal, now)
  return band === undefined || old ? 0 : bands.indexOf(band) + 1
}
