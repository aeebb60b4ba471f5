/** What the pipeline ends in. A `records` object is made from it, and there is no other way to a row (architecture decision 6). */
import type { InformationService, LegalReference } from '../fhir/service.ts'
import type { Patient, Purpose, RequestKind } from './request.ts'

export interface Decision {
  kind: RequestKind
  service: string
  /** The organisation that asks or writes. */
  organization: string
  purpose: Purpose | undefined
  patient: Patient
  /** Controllers whose records may be seen: the organisation itself and those with an agreement in force. */
  controllers: string[]
  /** `{controller}|{code}` of the extra-sensitive codes that agreements open. */
  openedSensitiveCodes: string[]
  /** Whether any controller has ever reported on the patient in this service. */
  anyContributor: boolean
  /** Whether a visible controller has. */
  visibleContributors: string[]
  /** Whether a controller that reported is not visible; may be told, without saying who or how much. */
  withheld: boolean
  grounds: 'own-data' | 'treatment' | 'emergency' | 'coordination'
  legalReferences: readonly LegalReference[]
}

/** A decision that opens an organisation's own records and nothing else. */
export function ownRecordsOnly(
  kind: RequestKind,
  service: InformationService,
  organization: string,
  patient: Patient,
  contributors: string[],
): Decision {
  return {
    kind,
    service: service.id,
    organization,
    purpose: undefined,
    patient,
    controllers: [organization],
    openedSensitiveCodes: [],
    anyContributor: contributors.length > 0,
    visibleContributors: contributors.filter((controller) => controller === organization),
    withheld: false,
    grounds: 'own-data',
    legalReferences: service.legalBasis,
  }
}
