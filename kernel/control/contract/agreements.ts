/** Agreements: what we open to others and others open to us, standard agreements, and the closing of one service to one receiver. */
import * as z from 'zod/mini'
import { get, post } from '../../wire/contract.ts'
import { caseOfficerOpening } from './case-officers.ts'
import { type ControlDetails, changed, organization, organizationNumber, reason, time, withReason, word, words } from './common.ts'

/** `id` is an organisation number, or the id of a group. `madeUp`: the organisation is made up, or its number stands in no source. */
export const counterpart = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['organization', 'group', 'private-provider']),
  madeUp: z.exactOptional(z.literal(true)),
})
export type Counterpart = z.infer<typeof counterpart>

export const closure = z.strictObject({ receiver: organization, closed: z.string(), closedBy: z.string(), reason: z.string() })
export type Closure = z.infer<typeof closure>

const summary = {
  id: z.string(),
  version: z.int(),
  /** The status as the pipeline sees it. */
  standing: z.enum(['in-force', 'pending', 'ended', 'not-begun', 'expired', 'closed', 'superseded']),
  purposes: z.array(z.string()),
  validFrom: z.string(),
  validUntil: z.nullable(z.string()),
  signedByController: z.nullable(z.string()),
  signedByReceiver: z.nullable(z.string()),
  standardAgreement: z.nullable(z.string()),
}
export const agreementSummary = z.strictObject(summary)
export type AgreementSummary = z.infer<typeof agreementSummary>

/** One service and one counterpart. */
export const cell = z.strictObject({
  service: z.string(),
  counterpart,
  status: z.enum(['open', 'closed', 'pending', 'ended']),
  /** Open closures of this service to this receiver, or to members of this group. */
  closures: z.array(closure),
  /** Newest first; a version that waits for signatures is listed together with the one in force. */
  agreements: z.array(agreementSummary),
})
export type Cell = z.infer<typeof cell>
export type CellStatus = Cell['status']

export const matrix = z.strictObject({
  services: z.array(z.string()),
  /** What we, as data controller, open to others. */
  weOpen: z.array(cell),
  /** What others open to us, by agreement with us or with a group that we are in. */
  openToUs: z.array(cell),
  /** Services that are open to case officers, by us and to us. They need an agreement too, unless it is our own. */
  caseOfficers: z.array(caseOfficerOpening),
})
export type Matrix = z.infer<typeof matrix>

export const agreementVersion = z.strictObject({
  ...summary,
  units: z.array(z.string()),
  /** The municipal services of a contract with a private provider. */
  serviceCodes: z.array(z.string()),
  sensitiveCodes: z.array(z.string()),
  legalBasis: z.string(),
  proposed: z.string(),
  proposedBy: z.string(),
  controllerSigned: z.nullable(z.string()),
  receiverSigned: z.nullable(z.string()),
  ended: z.nullable(z.string()),
  endedBy: z.nullable(z.string()),
  endedReason: z.nullable(z.string()),
  /** Who delivers after a contract has ended; null when the controller does it itself. */
  takenOverBy: z.nullable(organization),
})
export type AgreementVersion = z.infer<typeof agreementVersion>

export const agreement = z.strictObject({
  id: z.string(),
  service: z.string(),
  controller: organization,
  receiver: counterpart,
  /** The side that we act for; `member` reads as a member of the receiving group, and signs nothing. */
  side: z.enum(['controller', 'receiver', 'member']),
  versions: z.array(agreementVersion),
})
export type Agreement = z.infer<typeof agreement>

const legalBasis = z.string().check(z.maxLength(1000))
const terms = {
  purposes: words,
  sensitiveCodes: z.optional(words),
  units: z.optional(words),
  /** The municipal services of a contract with a private provider. */
  serviceCodes: z.optional(words),
  legalBasis,
  validUntil: z.optional(z.nullable(time)),
}
/** A proposal in which we are the controller or the receiver. */
export const proposeAgreement = z.strictObject({
  controller: organizationNumber,
  receiver: word,
  receiverType: z.optional(counterpart.shape.kind),
  service: word,
  ...terms,
  validFrom: z.optional(time),
  reason,
})
export type ProposeAgreement = z.infer<typeof proposeAgreement>

/** Changes of the terms; what is left out stays. */
export const amendAgreement = z.strictObject({ ...terms, purposes: z.optional(words), legalBasis: z.optional(legalBasis), reason })
export type AmendAgreement = z.infer<typeof amendAgreement>

/** Signs a version; the newest one when the body names none. */
export const signAgreement = z.strictObject({ version: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))), reason })
export type SignAgreement = z.infer<typeof signAgreement>

/** Ends the agreement; at once when the body names no time. `takenOverBy`: who delivers instead of a private provider; without it, we. */
export const endAgreement = z.strictObject({ at: z.optional(time), takenOverBy: z.optional(organizationNumber), reason })
export type EndAgreement = z.infer<typeof endAgreement>

export const closeService = z.strictObject({ service: word, receiver: organizationNumber, reason })
export type CloseService = z.infer<typeof closeService>

export const standardAgreement = z.strictObject({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  services: z.array(z.string()),
  purposes: z.array(z.string()),
  sensitiveCodes: z.array(z.string()),
  legalBasis: z.string(),
  group: counterpart,
  publisher: organization,
  /** Who signs for the group. Null when it was published before names were kept: it is then joined by `npm run agreements` only. */
  signedBy: z.nullable(z.string()),
  validUntil: z.nullable(z.string()),
  /** The number of organisations with agreements under it. */
  joined: z.int(),
  /** The version that we have joined; null when none. */
  joinedVersion: z.nullable(z.int()),
})
export type StandardAgreement = z.infer<typeof standardAgreement>

const name = z
  .string('name is 2 to 100 characters of a name, or a number.')
  .check(
    z.refine(
      (text) => text.trim().length >= 2 && text.trim().length <= 100 && !text.includes('\0'),
      'name is 2 to 100 characters of a name, or a number.',
    ),
  )

export const agreements = {
  agreements: get('/agreements', {
    about: 'Services × counterparts, both directions.',
    answer: matrix,
    permission: 'read',
    event: 'agreements-read',
  }),
  agreement: get('/agreements/:id', {
    about: 'All versions, newest first, and the side we act for.',
    answer: agreement,
    permission: 'read',
    event: 'agreement-read',
  }),
  proposeAgreement: post('/agreements', {
    about: 'Proposes an agreement in which we are the controller or the receiver.',
    body: proposeAgreement,
    answer: changed,
    permission: 'propose-agreements',
    event: 'agreement-propose',
    done: 'agreement-proposed',
  }),
  amendAgreement: post('/agreements/:id/amend', {
    about: 'What is left out stays; the new version waits for both signatures.',
    body: amendAgreement,
    answer: changed,
    permission: 'propose-agreements',
    event: 'agreement-amend',
    done: 'agreement-amended',
  }),
  signAgreement: post('/agreements/:id/sign', {
    about: 'Signs for our side; without `version`, the newest.',
    body: signAgreement,
    answer: changed,
    permission: 'sign-agreements',
    event: 'agreement-sign',
    done: 'agreement-signed',
  }),
  endAgreement: post('/agreements/:id/end', {
    about: 'Ends it at once, or from `at`.',
    body: endAgreement,
    answer: changed,
    permission: 'propose-agreements',
    event: 'agreement-end',
    done: 'agreement-ended',
  }),
  counterparts: get('/counterparts', {
    about: 'Up to 50 members and groups by a part of the name, or a number.',
    query: z.strictObject({ name }),
    answer: z.array(counterpart),
    permission: 'read',
    event: 'counterparts-read',
  }),
} as const satisfies Record<string, ControlDetails>

export const closures = {
  closeService: post('/closures', {
    about: 'Closes a service to a receiver, whatever agreement opens it, from the next call on.',
    body: closeService,
    answer: changed,
    permission: 'close-services',
    event: 'sharing-close',
    done: 'sharing-closed',
  }),
  reopenService: post('/closures/reopen', {
    about: 'Opens it again.',
    body: closeService,
    answer: changed,
    permission: 'close-services',
    event: 'sharing-reopen',
    done: 'sharing-reopened',
  }),
} as const satisfies Record<string, ControlDetails>

export const standardAgreements = {
  standardAgreements: get('/standard-agreements', {
    about: 'The newest version of each, and the one we have joined.',
    answer: z.array(standardAgreement),
    permission: 'read',
    event: 'standard-agreements-read',
  }),
  joinStandard: post('/standard-agreements/:id/join', {
    about: 'One agreement in force for each service, and member of the group.',
    body: withReason,
    answer: changed,
    permission: 'sign-agreements',
    event: 'standard-agreement-join',
    done: 'standard-agreement-joined',
  }),
  leaveStandard: post('/standard-agreements/:id/leave', {
    about: 'Its agreements end, and so does the membership.',
    body: withReason,
    answer: changed,
    permission: 'propose-agreements',
    event: 'standard-agreement-leave',
    done: 'standard-agreement-left',
  }),
} as const satisfies Record<string, ControlDetails>
