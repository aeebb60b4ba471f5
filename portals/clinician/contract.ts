/** What the portal's server and its client exchange. */
import type { ProblemCode } from '@helsevev/kernel/problem/catalogue'
import { get, nothing, post, remove } from '@helsevev/kernel/wire/contract'
import { type CommonProblem, commonStatus, panelMembers, type SignedInAs, sessionRows } from '@helsevev/portal/contract'
import * as z from 'zod/mini'
import type { IdentityNumberFault } from './identity-number.ts'
import { reconciliationRows } from './reconciliation-contract.ts'

/** Emergency access, and access by consent of a patient who is present, end after this time. */
export const elevatedMinutes = 15
/** The greatest number of characters in a reason; kernel/values/reason.ts has the least. */
export const longestReason = 500

/** Headers that name the opening and the access that a panel is requested for. */
export const openingHeader = 'helsevev-opening'
export const accessHeader = 'helsevev-access'

/**
 * Purposes that a clinician chooses from when a patient is opened (HL7 v3 PurposeOfUse). BTG is emergency access, from the patient's page.
 */
export const purposes = ['TREAT', 'ETREAT', 'COC'] as const
export type Purpose = (typeof purposes)[number]
const purpose = z.enum(purposes)

/** The organisation itself, or one of its units: where the person works now (point of care, ATT-19). */
export const place = z.strictObject({ number: z.string(), name: z.string() })
export type Place = z.infer<typeof place>

/** An organisation with its units; without units, it is the point of care itself. */
export const organization = z.strictObject({ number: z.string(), name: z.string(), role: z.string(), units: z.array(place) })
export type Organization = z.infer<typeof organization>

/**
 * How the patient is viewed. `emergency` overrides what the patient has restricted, with a reason (BTG); `consent` opens it because the
 * patient, who is present, agrees.
 */
export type AccessKind = 'ordinary' | 'emergency' | 'consent'
export const elevations = ['emergency', 'consent'] as const satisfies readonly AccessKind[]
export type Elevation = (typeof elevations)[number]

export const accessView = z.strictObject({
  /** Id of this access. It is sent with each panel request, so that what is shown is marked with the access that it was fetched under. */
  id: z.string(),
  kind: z.enum(['ordinary', ...elevations]),
  /** Elevated access only: when it ends (ISO 8601), and in how many seconds from now. */
  ends: z.exactOptional(z.string()),
  secondsLeft: z.exactOptional(z.int()),
  /** The reason that the person wrote; emergency access only. */
  reason: z.exactOptional(z.string()),
})
export type AccessView = z.infer<typeof accessView>

const personMembers = {
  name: z.exactOptional(z.string()),
  /** FHIR date. */
  birthDate: z.exactOptional(z.string()),
  gender: z.exactOptional(z.enum(['male', 'female', 'other', 'unknown'])),
  /** No information is shown that reveals where the person lives. */
  hasProtectedAddress: z.exactOptional(z.literal(true)),
}
/** The person that a number belongs to, as far as the person register knows. */
export const person = z.strictObject(personMembers)
export type Person = z.infer<typeof person>

export const openPatient = z.strictObject({
  /** Id of this opening: the same until another patient is opened. */
  opening: z.string(),
  /** Names this patient among what the person has written and not sent: the same at each opening by that person. */
  draft: z.string(),
  access: accessView,
  /** The last two digits, enough to check that the right number was typed. */
  numberEnding: z.string(),
  numberKind: z.enum(['FNR', 'DNR', 'FHN']),
  purpose,
  /** Absent when the person register did not answer; the register can then be asked again. */
  person: z.exactOptional(person),
})
export type OpenPatientView = z.infer<typeof openPatient>

const recentPatient = z.strictObject({ id: z.string(), name: personMembers.name, birthDate: personMembers.birthDate })

/** What the page gets about the signed-in person, in addition to what every portal reports. */
const workday = {
  /** Names of the record systems that a patient may be chosen in, in their configured order; absent when there are none. */
  recordSystems: z.exactOptional(z.array(z.string())),
  organizations: z.array(organization),
  organization: z.exactOptional(organization),
  /** Point of care; chosen with the organisation. */
  place: z.exactOptional(place),
  /** The purpose that was chosen last, so that it need not be chosen again. */
  purpose: z.exactOptional(purpose),
  patient: z.exactOptional(openPatient),
  /** Who was open last in this session, newest first, without the one who is open. `id` is random. */
  recent: z.exactOptional(z.array(recentPatient)),
}
export type Workday = z.infer<z.ZodMiniObject<typeof workday>>

export type SignedIn = SignedInAs<Workday>

/** What the API reports about one patient in one service, before any patient is opened. */
export const worklistService = z.strictObject({
  service: z.string(),
  status: z.enum(['some', 'none', 'unknown', 'withheld', 'refused']),
  signal: z.exactOptional(z.strictObject({ system: z.string(), code: z.string(), time: z.string() })),
})
export type WorklistService = z.infer<typeof worklistService>

const listed = {
  ...personMembers,
  /** Room or bed, as the unit's own system names it. */
  place: z.exactOptional(z.string()),
  /** When the patient came, ISO 8601. */
  since: z.exactOptional(z.string()),
}
export type WorklistPerson = z.infer<z.ZodMiniObject<typeof listed>>

/** `id` is random: the page knows the patient by it. */
export const worklistRow = z.strictObject({ ...listed, id: z.string(), services: z.array(worklistService) })
export type WorklistRow = z.infer<typeof worklistRow>

/** The patients that the unit has now. */
const worklist = z.strictObject({
  /** Name of the unit, and its number. */
  unit: z.string(),
  place: z.string(),
  /** When the unit's system made the list, ISO 8601. */
  drawnUp: z.string(),
  /** Whether the list is older than a list may be. */
  outOfDate: z.boolean(),
  /** The number of people on the list that are not known here. */
  notRegistered: z.int(),
  purpose,
  fetched: z.string(),
  rows: z.array(worklistRow),
  /** Why nothing is reported about the services. */
  missing: z.exactOptional(z.custom<CommonProblem>((problem) => typeof problem === 'object' && problem !== null && 'code' in problem)),
})
export type Worklist = z.infer<typeof worklist>

/** `access` is the id of the access that it was fetched under. */
const panelAnswer = z.strictObject({ access: z.string(), ...panelMembers })
export type PanelAnswer = z.infer<typeof panelAnswer>

const change = z.strictObject({ at: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) })

const number = z.string().check(z.regex(/^[0-9]{9}$/))
const opening = [openingHeader] as const
const shown = [openingHeader, accessHeader] as const
const patient = z.strictObject({ patient: openPatient })

export const session = sessionRows(workday)

export const contract = {
  chooseOrganization: post('/organization', {
    about: 'Chooses where the person works now; the open patient and the list are of the place before, and go.',
    body: z.object({ number, place: number }),
    answer: z.strictObject({ organization }),
  }),
  worklist: post('/worklist', {
    about: 'The patients of the unit where the person works now, and what there is about each.',
    body: z.object({ purpose }),
    answer: worklist,
  }),
  openPatient: post('/patient', {
    about: 'Opens a patient by the number typed, the row of the list, or who was open before; answers which panels there are.',
    body: z.union([
      z.strictObject({ identityNumber: z.string().check(z.maxLength(40)), purpose }),
      z.strictObject({ row: z.uuid(), purpose }),
      z.strictObject({ recent: z.uuid(), purpose }),
    ]),
    answer: z.strictObject({ patient: openPatient, panels: z.array(z.string()) }),
  }),
  identifyPatient: post('/patient/person', { about: 'Asks the person register again who is open.', answer: patient }),
  elevate: post('/patient/access', {
    about: 'Looks at the open patient under elevated access, until its end; emergency access needs a reason.',
    headers: opening,
    body: z.object({ kind: z.enum(elevations), reason: z.optional(z.string().check(z.maxLength(2000))) }),
    answer: patient,
  }),
  endElevation: remove('/patient/access', { about: 'Ends elevated access.', headers: opening, answer: patient }),
  closePatient: remove('/patient', { about: 'Closes the patient.', answer: nothing }),
  panel: get('/panels/:service', { about: 'One panel about the open patient.', headers: shown, answer: panelAnswer }),
  past: get('/past/:service/:day', {
    about: 'The same as of the end of an earlier day in Norway.',
    headers: shown,
    answer: panelAnswer,
  }),
  changes: get('/changes/:service', {
    about: 'What changed in records that are changed in place, newest first, with the data before and after each change.',
    headers: shown,
    answer: z.strictObject({ access: z.string(), changes: z.array(change) }),
  }),
  identityNumber: post('/patient/number', {
    about: 'The whole number of the open patient, for print and copy: the one answer that holds it.',
    headers: opening,
    answer: z.strictObject({ identityNumber: z.string() }),
  }),
  ...reconciliationRows(shown),
} as const

/** Refusals of the API that a clinician meets and can act on; each has a sentence in each language. */
export const refusals = [
  'no-agreement',
  'role-not-open',
  'close-relation',
  'not-your-unit',
  'authorization-not-held',
  'point-of-care-unknown',
  'attestation-missing',
  'attestation-incomplete',
  'attestation-invalid',
  'attestation-contradicts-token',
  'attestation-not-signed',
  'attestation-has-expired',
  'attestation-from-the-future',
  'attestation-for-another-patient',
  'attestation-practitioner-mismatch',
  'attestation-legal-entity-mismatch',
  'purpose-unknown',
  'emergency-reason-required',
  'access-basis-mismatch',
  'access-denied',
  'insufficient-scope',
  'invalid-token-scopes',
  'person-login-required',
  'health-personnel-required',
  'organisation-missing',
  'organisation-not-member',
  'supplier-not-member',
] as const satisfies readonly ProblemCode[]

/** Everything that can go wrong; the client words it in the person's language. The `reason` of a refusal is one of `refusals`. */
export type PortalProblem =
  | CommonProblem
  | { code: 'identity-number-invalid'; fault: IdentityNumberFault }
  | { code: 'no-organization' }
  | { code: 'no-patient' }
  /** Another patient was opened meanwhile, in this window or another. */
  | { code: 'patient-changed' }
  /** The same patient, but the access of the request has ended, or another has begun. */
  | { code: 'access-changed' }
  | { code: 'reason-says-nothing' }
  /** The unit's system sends no list. */
  | { code: 'no-worklist' }
  /** The patient is no longer on the list as this window has it, or the person has changed place of work. */
  | { code: 'list-changed' }

export const statusOf: Record<PortalProblem['code'], number> = {
  ...commonStatus,
  'identity-number-invalid': 422,
  'no-organization': 409,
  'no-patient': 409,
  'patient-changed': 409,
  'access-changed': 409,
  'reason-says-nothing': 422,
  'no-worklist': 404,
  'list-changed': 409,
}

/** Why a patient could not be opened from a record system; stands in the address of the page that explains it. */
export const launchFaults = ['unknown-system', 'expired', 'person-unknown', 'refused', 'unavailable', 'failed'] as const
export type LaunchFault = (typeof launchFaults)[number]

/** Ends the address of a patient who was opened from a record system. The page notifies other windows, and removes it. */
export const launchedMark = '#launched'
