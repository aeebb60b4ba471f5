/** The result of the pipeline when it allows a request. Only a decision leads to the rows of a patient (architecture decision 6). */

import type { CitizenPurpose, Purpose } from '../identity/purpose.ts'
import type { PatientKey } from '../store/ids.ts'
import type { Patient, Visibility } from '../store/visibility.ts'
import type { Area, LegalReference } from './area.ts'
import type { OwnOnly } from './own-only.ts'
import type { RequestKind } from './request.ts'
import type { Hidden } from './withholding.ts'

export type Basis =
  | 'own-data'
  | 'treatment'
  | 'emergency-treatment'
  | 'coordination'
  | 'emergency'
  | 'consent'
  | 'registered-consent'
  | 'self'
  | 'youth'
  | 'parent'
  | 'foster-parent'
  | 'guardian'
  | 'power-of-attorney'
  | 'without-capacity'
  | 'control'

export interface Decision extends Visibility {
  kind: RequestKind
  purpose: Purpose | CitizenPurpose | undefined
  /** Whether any controller that the reader may hear of has ever reported on the patient in this service. */
  anyContributor: boolean
  /** Set when the reader gets the records of its own organisation alone, and hears nothing of others: why. */
  ownOnly: OwnOnly | undefined
  /** Whether a controller that reported is not visible. The caller may be shown this, but neither which controller nor how much. */
  withheld: boolean
  basis: Basis
  /** Set for a person who writes while the patient has opted out: what is written is stored, and shown to nobody until that ends. */
  shownToNobody?: true
  /** Set when emergency access or a declared consent opened what is restricted or blocked against staff: the patient is notified. */
  lifted: 'emergency' | 'consent' | undefined
  /** The restrictions that are open in this look-up, and by what. Whether one was in fact opened shows what the look-up showed. */
  openedRestrictions: Hidden['opened']
  /** What the source has blocked against staff is open in this look-up. */
  openedSource: boolean
  legalReferences: readonly LegalReference[]
}

/** The patient of a decision that is not about one patient. */
export const nobody: Patient = { key: '0' as PatientKey, linked: [], birthDate: undefined, identifier: { system: '', value: '' } }

/** A decision that opens an organisation's own records and nothing else. */
export function ownRecordsOnly(
  kind: RequestKind,
  area: Area,
  organization: string,
  patient: Patient,
  contributors: string[],
  choiceChanges: number,
  at: Date,
): Decision {
  return {
    kind,
    service: area.id,
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
    ownOnly: undefined,
    ownRecords: true,
    basis: 'own-data',
    lifted: undefined,
    openedRestrictions: [],
    openedSource: false,
    legalReferences: area.legalBasis,
  }
}
