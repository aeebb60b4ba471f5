/**
 * What other services have about the medicines of the same patient, in the form in which the medication list shows it. Each service makes
 * its own part of what its own panel has loaded, so that nothing is opened twice.
 * docs/decisions/0088-what-stands-with-the-medication-list.md
 */
import type { ComparedPrescription } from './double-use.ts'

/** How the panel of the other service stands: its data, a kind of nothing, or that it has not answered. */
export type BesideStatus =
  | 'some'
  | 'none'
  | 'unknown'
  | 'withheld'
  | 'withheld-by-patient'
  | 'unavailable'
  | 'refused'
  | 'failed'
  | 'loading'

export interface BesidePrescription extends ComparedPrescription {
  /** A pharmacy has it under dispensing. */
  readonly isAtPharmacy: boolean
  /** Whether it waits for Direktoratet for medisinske produkter (B of list 7408): it cannot be fetched before that. */
  readonly awaitsApproval?: true
  readonly dose?: string
  readonly prescriber?: string
  /** FHIR dates or dateTimes. */
  readonly authored?: string
  readonly earliest?: string
  readonly validUntil?: string
  /** What is left: packages where all dispensings state them, otherwise dispensings. */
  readonly left?: { readonly packages: number } | { readonly dispensings: number }
  readonly dispensed?: { readonly time: string; readonly pharmacy?: string }
  /** Who has sent it, each once: two may report one prescription. */
  readonly controllers: readonly [string, ...string[]]
}

export interface BesidePrescriptions {
  readonly prescriptions: readonly BesidePrescription[]
  /** When Reseptformidleren was last asked, by the answers that were sent here. */
  readonly asked?: string
  /** When it stated that there are locked prescriptions. */
  readonly lockedExist?: string
}

export interface BesideAllergy {
  readonly what: string
  readonly certainty: 'confirmed' | 'presumed' | 'unconfirmed'
  readonly isSerious: boolean
  readonly consequences: readonly string[]
}

/** `isPartial`: a part of it is not open to the reader. */
interface BesidePart<Data> {
  readonly status: BesideStatus
  readonly isPartial: boolean
  readonly data?: Data
}

export interface Beside {
  readonly prescriptions: BesidePart<BesidePrescriptions>
  readonly allergies: BesidePart<readonly BesideAllergy[]>
}
