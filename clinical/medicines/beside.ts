/**
 * What other services have about the medicines of the same patient, in the form in which the medication list shows it. Each service makes
 * its own part of what its own panel has loaded, so that nothing is opened twice.
 * docs/decisions/0088-what-stands-with-the-medication-list.md
 */
import type { Medication } from './duplicates.ts'

/** A drug by its codes: of ATC, of FEST, and of its form (7448). */
export interface DrugCodes {
  readonly atc?: string
  readonly festId?: string
  readonly form?: string
}

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

export interface BesidePrescription {
  /** ReseptId */
  readonly number: string
  /** Absent where it is locked or not known here. */
  readonly drug?: string
  readonly codes: DrugCodes
  /** Volven 9101. */
  readonly use?: string
  readonly isOpen: boolean
  /** A pharmacy has it under dispensing. */
  readonly isAtPharmacy: boolean
  readonly isLocked: boolean
  /** ReseptId of the one that it renews. */
  readonly previous?: string
  readonly dose?: string
  readonly prescriber?: string
  /** FHIR dates or dateTimes. */
  readonly authored?: string
  readonly earliest?: string
  readonly validUntil?: string
  /** What is left: packages where all dispensings state them, otherwise dispensings. */
  readonly left?: { readonly packages: number } | { readonly dispensings: number }
  readonly dispensed?: { readonly time: string; readonly pharmacy?: string }
  /** Who answers for it. */
  readonly controller: string
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

type Known = Pick<Medication, 'state' | 'prescriptionIds'> & Partial<Medication>

/** A drug that is known by its codes, for the search of double prescriptions. `use`: Volven 9101. */
export function treatmentOf(codes: DrugCodes, drug: string | undefined, use: string | undefined, known: Known): Medication {
  const { atc, festId, form } = codes
  const brand = {
    ...(drug === undefined ? {} : { name: drug }),
    ...(atc === undefined ? {} : { atc: { code: atc } }),
    ...(festId === undefined ? {} : { festId }),
    ...(form === undefined ? {} : { form: { code: form } }),
  }
  return { ...known, drug: { prescribing: { dosings: [], brand, ...(use === undefined ? {} : { use: { code: use } }) } } }
}
