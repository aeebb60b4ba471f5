/** What the panels draw, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Controller } from '@helsevev/panel/controllers.ts'

export interface Amount {
  /** The digits as they were sent. */
  value: string
  unit: string
}

/** One dose that was given. */
export interface ShownDose {
  id: string
  /** ISO 8601; with `until` the beginning of an infusion. */
  time: string
  until?: string
  amount?: Amount
  /** The way, in the words of the sender. */
  route?: string
  /** The unit of the stay, in the words of the sender. */
  place?: string
  reason?: string
  /** The patient took it, such as of a supply from home. */
  isByPatient: boolean
  /** The hospital has withdrawn it: it was not given. */
  isError: boolean
  /** When this version came here, ISO 8601. */
  reported?: string
  controller: Controller
}

/** One medicine with what was given of it. */
export interface ShownMedicine {
  id: string
  /** In the words of the sender; absent where there are none. */
  name?: string
  /** What a mixture consists of. */
  ingredients: { name: string; strength?: [Amount, Amount] }[]
  /** The regimen that it was ordered in. */
  regimen?: string
  isTrial: boolean
  /** Newest first. */
  doses: ShownDose[]
}

export interface HospitalMedicinesData {
  /** The one that was given last first. */
  medicines: ShownMedicine[]
  /** Older doses were not fetched. */
  more: boolean
}
