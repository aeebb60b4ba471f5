/** Entries of the access log in words, for those who ask who looked. */
import type { LookUp } from '@helsevev/kernel/areas/access-log/look-ups'
import { norwegianTime } from '../words.ts'

const events: Record<string, string> = {
  read: 'read one by its id',
  'search-type': 'searched',
  create: 'stored',
  update: 'changed',
  delete: 'deleted',
  batch: 'sent a batch',
  transaction: 'stored a bundle',
  bundle: 'sent a bundle',
  operation: 'asked for an unknown operation',
  failed: 'asked, and the server failed',
}

/** FHIR interaction and type, as in `searched: Observation`; operations and adapters by their name. */
export function eventWords(event: string, type: string | null): string {
  const words = events[event] ?? (event.startsWith('$') ? `called ${event}` : event)
  return type ? `${words}: ${type}` : words
}

/** HL7 v3 PurposeOfUse. */
const purposes: Record<string, string> = {
  TREAT: 'treatment',
  ETREAT: 'emergency treatment',
  COC: 'coordination of care',
  BTG: 'emergency access',
  PATRQT: 'the patient',
  FAMRQT: 'the family',
  PWATRNY: 'somebody who acts for the patient',
}

/** Purpose, then its details and the kind of service, as far as they were attested. */
export function purposeWords(one: LookUp): string {
  const { purpose, purposeDetails, purposeDetailsText, healthcareService, healthcareServiceText } = one
  const words = purpose === null ? '' : (purposes[purpose] ?? purpose)
  return [words, purposeDetailsText ?? purposeDetails, healthcareServiceText ?? healthcareService].filter(Boolean).join('; ')
}

const bases: Record<string, string> = {
  emergency: 'emergency',
  consent: "the patient's consent, as declared",
  'registered-consent': 'a consent that the patient has registered',
  self: 'it being their own',
  youth: 'it being their own, with the consent of a parent',
  parent: 'parental responsibility',
  'foster-parent': 'being a foster parent',
  guardian: 'guardianship',
  'power-of-attorney': 'power of attorney',
  'without-capacity': 'the patient not having capacity',
}

const openings: Record<string, string> = {
  unknown: 'not known: the row is of an earlier format',
  emergency: 'restrictions, by emergency access',
  'declared-consent': 'restrictions, by a consent that the reader declared',
  'registered-consent': 'restrictions, by a consent that the patient has registered',
}

/** Whether restrictions were in fact opened, and by what. */
export function openedWords({ openedBy }: Pick<LookUp, 'openedBy'>): string | null {
  return openedBy === null ? null : (openings[openedBy] ?? openedBy)
}

const reasons: Record<string, string> = {
  hidden: 'hidden by a choice of the patient',
  blocked: 'the patient has blocked the reader',
  'opted-out': 'the patient has opted out',
  'not-agreed': 'no agreement opens it',
  'extra-sensitive': 'extra-sensitive, and the agreement does not open its code',
  'not-released': 'the source has not released it',
  nothing: 'nothing is there',
}

export function unseenWords(reason: string): string {
  return reasons[reason] ?? reason
}

export function basisWords(basis: string | null): string | null {
  return basis === null ? null : (bases[basis] ?? basis)
}

/** Where the reader worked: unit, department, and where the patient was received. */
export function placeWords(one: LookUp): string {
  const patient = [one.patientPointOfCare, one.patientDepartment].filter(Boolean).join(', ')
  return [
    one.pointOfCareName ?? one.pointOfCare,
    one.departmentName ?? one.department,
    patient && `the patient at ${patient}`,
    one.supplier && `through ${one.supplier}`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** Whether the system decided from what it knows, or the reader chose. */
export function decisionWords({ decisionRef, decisionDescription, userSelected, toa }: LookUp): string | null {
  if (decisionRef === null) return null
  const who = userSelected === null ? 'not stated who decided' : userSelected ? 'the reader' : 'the system'
  const when = toa === null ? '' : ` at ${norwegianTime(toa)}`
  return `${who}${when}: ${decisionDescription === null ? '' : `${decisionDescription} `}(${decisionRef})`
}

export function outcomeWords({ outcome, problem }: Pick<LookUp, 'outcome' | 'problem'>): string {
  if (outcome === 'ok') return 'done'
  return `${outcome === 'refused' ? 'refused' : 'failed'}${problem ? ` (${problem})` : ''}`
}
