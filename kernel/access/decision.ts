/** What the pipeline ends in. A `records` object is made from it, and there is no other way to a row (architecture decision 6). */
import type { InformationService, LegalReference } from '../fhir/service.ts'
import type { PatientKey, RecordId } from '../store/ids.ts'
import type { Choice, CitizenPurpose, Patient, Purpose, RequestKind } from './request.ts'

/** Why records are withheld by the patient's own choice, as Pasientens prøvesvar names the causes. */
export type WithheldCause = 'SpecificBlock' | 'GeneralBlock' | 'Reservation'

/** Records that a choice of the patient hides: those of the service that match each part that is not null. */
export interface Withholding {
  cause: WithheldCause
  choice: Choice['id']
  controller: string | null
  record: RecordId | null
  /** Whether the asker may be told that, and how many. */
  told: boolean
}

export type Basis =
  | 'own-data'
  | 'treatment'
  | 'emergency-treatment'
  | 'coordination'
  | 'emergency'
  | 'consent'
  | 'self'
  | 'youth'
  | 'parent'
  | 'foster-parent'
  | 'guardian'
  | 'power-of-attorney'
  | 'without-capacity'
  | 'control'

export interface Decision {
  kind: RequestKind
  service: string
  /** The organisation that asks or writes; of a citizen, the one that runs the portal. */
  organization: string
  purpose: Purpose | CitizenPurpose | undefined
  patient: Patient
  /** Controllers whose records may be seen: the organisation itself and those with an agreement in force; `all` for the citizen's own. */
  controllers: string[]
  /** `{controller}|{code}` of the extra-sensitive codes that agreements open; undefined: every one, for the citizen's own. */
  openedSensitiveCodes: string[] | undefined
  /** What the patient's choices hide from this asker. */
  withholdings: Withholding[]
  /** Choices as they were when this was decided; the statement that fetches records finds nothing when they have changed. */
  choiceChanges: number
  /** Codes of list 9603 that hide a record from this asker. */
  hiddenReleaseCodes: string[]
  /** Records of hiddenReleaseCodes exist, and are counted among what is withheld. */
  blockedAgainstStaff: boolean
  /** When it was decided. */
  at: Date
  /** For citizens: records whose release lies ahead are not shown. */
  releasedOnly: boolean
  /** Whether any controller has ever reported on the patient in this service. */
  anyContributor: boolean
  /** Visible controllers that have, and whose records are not withheld as a whole. */
  visibleContributors: string[]
  /** Whether a controller that reported is not visible; may be told, without saying who or how much. */
  withheld: boolean
  basis: Basis
  /** A restriction was opened by emergency or consent: the patient is told. */
  lifted: 'emergency' | 'consent' | undefined
  legalReferences: readonly LegalReference[]
}

/** Whom a decision across patients is about. */
export const nobody: Patient = { key: '0' as PatientKey, linked: [], birthDate: undefined, identifier: { system: '', value: '' } }

/** A decision that opens an organisation's own records and nothing else. */
export function ownRecordsOnly(
  kind: RequestKind,
  service: InformationService,
  organization: string,
  patient: Patient,
  contributors: string[],
  choiceChanges: number,
  at: Date,
): Decision {
  return {
    kind,
    service: service.id,
    organization,
    purpose: undefined,
    patient,
    controllers: [organization],
    openedSensitiveCodes: [],
    withholdings: [],
    choiceChanges,
    hiddenReleaseCodes: [],
    blockedAgainstStaff: false,
    at,
    releasedOnly: false,
    anyContributor: contributors.length > 0,
    visibleContributors: contributors.filter((controller) => controller === organization),
    withheld: false,
    basis: 'own-data',
    lifted: undefined,
    legalReferences: service.legalBasis,
  }
}
