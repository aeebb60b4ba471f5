/** What the panels draw, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { DrugCodes } from '@helsevev/clinical/medicines/double-use'
import type { Controller } from '@helsevev/panel/controllers.ts'

/** Volven 7408; the two that are not in Reseptformidleren; and `unknown` where its M1 is not among what was sent here. */
export type State = 'E' | 'U' | 'B' | 'A' | 'T' | 'F' | 'R' | 'H' | 'X' | 'M1Pending' | 'M1Failed' | 'unknown'

/**
 * `open`: a pharmacy can hand it out, or soon can. `ended`: it cannot, and never will. `unclear`: what was sent here does not say
 * whether it can.
 */
export type Standing = 'open' | 'ended' | 'unclear'

export type RecallStanding = 'pending' | 'failed' | 'waiting' | 'done' | 'without-effect' | 'overruled'

/** `unit` is absent where packages are counted. */
export interface Amount {
  /** With the digits that were sent; of packages, without zeros at the end. */
  value: string
  unit?: string
}

export interface ShownDispensing {
  /** The id of the M10. */
  id: string
  /** FHIR date or dateTime. */
  time: string
  pharmacy?: string
  /** Where it is another than the one that was prescribed. */
  drug?: string
  amount?: Amount
  isCancelled: boolean
  controller: Controller
}

export interface ShownRecall {
  id: string
  time: string
  by?: string
  /** Volven 7500. */
  reason?: string
  /** Volven 7503, of the M5.2 that answers it; absent where none was sent here. */
  answer?: string
  /** It was never sent: the planned end of the treatment was moved or taken back. */
  withdrawn?: 'end-moved' | 'end-taken-back' | 'other'
  notes: string[]
  controller: Controller
}

export interface ShownPrescription {
  /** ReseptId, which never changes. */
  number: string
  /** Absent where it is locked, or where its M1 is not among what was sent here and nothing was dispensed. */
  drug?: string
  /** Its codes; none where it is locked. */
  codes: DrugCodes
  state: State
  standing: Standing
  isLocked: boolean
  /** Why the pharmacy may not be able to hand it out, and what was recalled of it (7500). */
  recall?: { standing: RecallStanding; reason?: string; newNumber?: string }
  /** ReseptId of the one that it renews. */
  previous?: string
  /** ReseptId of the one that renews it. */
  next?: string
  /** The dose in words, as sent, and what the label says of it. */
  dose?: string
  label?: string
  /** For what, as sent. */
  area?: string
  /** Volven 9101: 1 regular, 2 course, 3 as needed, 4 vaccine, 5 food. */
  use?: string
  /** What words, short dose and structure disagree about. */
  contradictions: string[]
  notes: string[]
  /** FHIR date or dateTime; absent without an M1. */
  authored?: string
  prescriber?: string
  earliest?: string
  /** The last day. */
  validUntil?: string
  amount?: Amount
  /** How many dispensings it is for. */
  allowed?: number
  /** What is left of it: packages where all dispensings state them, otherwise dispensings. */
  left?: { packages: number } | { dispensings: number }
  /** Newest first. */
  dispensings: ShownDispensing[]
  /** Newest first. */
  recalls: ShownRecall[]
  /** When it ended, or will by its last day: ISO 8601. Absent where it is not known. */
  ends?: string
  /** When what is shown came here last, ISO 8601. */
  reported?: string
  /** All who have sent its M1, or something about it where there is no M1. */
  controllers: [Controller, ...Controller[]]
}

export interface EPrescriptionsData {
  /** Open first, then unclear, then ended; the newest first in each. */
  prescriptions: ShownPrescription[]
  /** When Reseptformidleren last stated that there are locked prescriptions, where it did. */
  lockedExist?: string
  /** When Reseptformidleren last answered about the person, where it did. */
  asked?: string
  /** More match than were fetched. */
  more: boolean
}
