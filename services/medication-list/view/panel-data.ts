/** What the panels draw, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Beside } from '@helsevev/clinical/medicines/beside'
import type { Medication } from '@helsevev/clinical/medicines/duplicates'
import type { Controller } from '@helsevev/panel/controllers.ts'
import type { Step } from '../model/dosing.ts'
import type { Standing } from '../model/standing.ts'

/** Volven 9101, as the list groups it. */
export type Use = 'regular' | 'as-needed' | 'course' | 'other'

export interface Stop {
  /** ISO 8601; absent where it is not stated. */
  time?: string
  /** Code of Volven 7494. */
  reason?: string
  note?: string
  by?: string
}

export interface ShownLine {
  /** PLL-id. */
  id: string
  drug?: string
  use: Use
  standing: Standing
  /** In the words of the sender. */
  dose?: string
  steps: Step[]
  /** What the label says after the dose. */
  label?: string
  /** What it is for. */
  area?: string
  start?: string
  /** The last day of a course. */
  end?: string
  /** Also one that is planned, while the line is in use. */
  stop?: Stop
  prescriber?: string
  /** UtlopsdatoResept. */
  validUntil?: string
  /** ReseptId of each. */
  prescriptions: string[]
  /** As the search of double prescriptions compares it. */
  treatment: Medication
  /** SistEndret. */
  changed?: string
  contradictions: string[]
  /** Why it was changed (MedisinskEndring), as the sender writes it. */
  reasons: string[]
  notes: string[]
  /** When this version came here. */
  reported?: string
  controller: Controller
}

/** VarselHandtert: a prescriber has seen what two lines have in common, and intends it. */
export interface Handled {
  /** PLL-ids. */
  lines: string[]
  /** ISO 8601 */
  time?: string
  by?: string
  note?: string
}

interface ShownList {
  /** MsgId of this version. */
  id: string
  /** GenDate. */
  made: string
  /** Who made it, and where, as the sender writes it. */
  by?: string
  /** The organisation alone. */
  place?: string
  handled: Handled[]
  /** When this version came here, ISO 8601. */
  reported?: string
  notes: string[]
  isEmpty: boolean
  controller: Controller
}

export interface MedicationListData {
  /** The newest list; absent where its lines alone are shown. */
  list?: ShownList
  /** When the newest of the other lists was made, where systems have sent several. */
  otherList?: string
  /** In use first, by use and name. */
  lines: ShownLine[]
  /** Lines that a pharmacy proposes after the list was made, and that the list does not have. */
  proposed: ShownLine[]
  proposedBy?: string
  multidose?: { doctor?: string; pharmacy?: string }
  /** Lines that this version of the list names and that cannot be had now. */
  missing: number
  more: boolean
  /** What other services have, where the portal shows them too. */
  beside?: Beside
}
