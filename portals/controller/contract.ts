/**
 * What this portal's server and client exchange, in addition to what every portal does. The rows of the control API stand here unchanged,
 * below the portal's own prefix: kernel/control/contract.ts
 */
import { contract as control, organization, me as role } from '@helsevev/kernel/control/contract'
import { get, post } from '@helsevev/kernel/wire/contract'
import { sessionRows } from '@helsevev/portal/contract'
import * as z from 'zod/mini'

export { identifiedBy } from '@helsevev/kernel/areas/choices/identified-by'
export { followUpFindings, misuseFindings } from '@helsevev/kernel/areas/follow-up/findings'

/** Work that can wait for the person, in the order of the first page. */
export const waitingKinds = ['followUps', 'misuseCases', 'questions', 'messages', 'signatures', 'refusals'] as const
export type WaitingKind = (typeof waitingKinds)[number]

/** The number that waits; `more` when there are more than were counted. */
const waiting = z.strictObject({ count: z.int(), more: z.boolean() })
export type Waiting = z.infer<typeof waiting>

/** Null when the number could not be loaded. */
const overview = z.record(z.enum(waitingKinds), z.nullable(waiting))
export type Overview = z.infer<typeof overview>

export const own = {
  chooseOrganization: post('/organization', {
    about: 'Chooses the data controller that the person acts for from now on.',
    body: z.object({ number: z.string().check(z.regex(/^[0-9]{9}$/)) }),
    answer: z.strictObject({ organization }),
  }),
  role: get('/role', { about: 'What the person is for the data controller: `GET /control/me`.', answer: role }),
  overview: get('/overview', { about: 'What waits, counted; null where it could not be asked.', answer: overview }),
} as const

const { me: _role, ...passedOn } = control
/** Rows of the control API that are passed on to it unchanged. */
export const relayed = passedOn

/** `organization` is the one that the person acts for now; absent until it is chosen. */
const acting = { organizations: z.array(organization), organization: z.exactOptional(organization) }
export type Acting = z.infer<z.ZodMiniObject<typeof acting>>
export type Organization = z.infer<typeof organization>

export const session = sessionRows(acting)
export const contract = { ...own, ...relayed } as const

/** HL7 v3 PurposeOfUse that an agreement can open for. */
export const purposes = ['TREAT', 'ETREAT', 'COC', 'BTG'] as const

/** The greatest number of characters in a reason and in an answer, as in the API. */
export const longestReason = 500
export const longestAnswer = 4000

/** Why the API refuses; this portal words it as `refused.{code}`. Codes of the problem catalogue and of the rules of the control API. */
// biome-ignore format: a list by subject
export const refusals = [
  // The person who asks
  'controller-role-missing', 'controller-role-insufficient', 'organisation-not-member', 'supplier-not-member', 'delegation-withdrawn',
  'insufficient-scope', 'access-denied',
  // The content of the request
  'body-invalid', 'reason-required', 'invalid-parameter', 'identity-number-invalid', 'identity-number-in-text', 'reason-missing',
  'note-missing', 'answer-invalid', 'role-missing', 'phone-invalid', 'nothing-changed',
  // What does not exist
  'not-found', 'agreement-unknown', 'message-unknown', 'service-unknown', 'organisation-unknown', 'group-unknown', 'unit-unknown',
  'version-unknown',
  // The state that it is in
  'closed-already', 'joined-since', 'answered-already', 'same-person', 'role-held-already', 'role-ended-already', 'last-owner', 'person-without-name',
  'until-passed', 'open-already', 'blocked-person', 'practitioner-unknown', 'identified-when',
  'withdrawn-already', 'not-withdrawn', 'carries-this-request', 'publisher-unnamed',
  // Agreements
  'not-a-party', 'not-the-controller', 'not-the-publisher', 'receiver-is-controller', 'receiver-is-private', 'receiver-not-private',
  'controller-not-municipality', 'units-without-provider', 'service-codes-missing', 'service-code-invalid', 'service-codes-not-here',
  'service-codes-without-provider', 'taken-over-without-provider', 'taken-over-by-itself', 'purposes-invalid', 'legal-basis-missing',
  'period-invalid', 'period-over', 'code-invalid', 'ended', 'superseded', 'already-signed', 'end-passed', 'already-closed', 'not-closed', 'already-joined', 'not-joined',
  'under-standard', 'private-member',
  // A message that is attached
  'invalid-resource', 'not-producing', 'settlement-refused', 'business-key-conflict', 'duplicate-entry',
] as const
