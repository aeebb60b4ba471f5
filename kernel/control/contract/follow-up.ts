/** Emergency access to close, and misuse cases to judge. */
import * as z from 'zod/mini'
import { followUpFindings, misuseFindings } from '../../areas/follow-up/findings.ts'
import { get, post } from '../../wire/contract.ts'
import { type ControlDetails, changed, organization, pageOf, patientName, reason, slice, status, uuid } from './common.ts'

export { followUpFindings, misuseFindings }

/**
 * What was asked of one service: how many requests, whether one of them in fact opened something restricted (null where it may be another
 * controller's), and when the first and the last came.
 */
export const opened = z.strictObject({
  service: z.string(),
  requests: z.int(),
  restricted: z.nullable(z.boolean()),
  from: z.string(),
  until: z.string(),
})

/** One emergency access: all requests of one opening of a patient. */
export const followUp = z.strictObject({
  /** The event of the first request. */
  eventId: z.string(),
  at: z.string(),
  name: z.string(),
  role: z.nullable(z.string()),
  hprNumber: z.nullable(z.string()),
  organization: z.nullable(organization),
  /** The service of the first request. */
  service: z.string(),
  /** In the order in which the services were opened. */
  opened: z.array(opened),
  reason: z.string(),
  /** Undefined for a role that may not see it. */
  patient: z.optional(patientName),
  closed: z.nullable(z.string()),
  closedBy: z.nullable(z.string()),
  finding: z.nullable(z.enum(followUpFindings)),
  note: z.nullable(z.string()),
})
export type FollowUp = z.infer<typeof followUp>

/**
 * The reason is the note of the finding. `seenUntil` is the newest `until` (or `at`) that the person who closes has read: when more was
 * opened since, the closing is refused (`joined-since`).
 */
export const closeFollowUp = z.strictObject({ finding: z.enum(followUpFindings), reason, seenUntil: z.optional(z.iso.datetime()) })
export type CloseFollowUp = z.infer<typeof closeFollowUp>

const inThreeLanguages = z.strictObject({ nb: z.string(), nn: z.string(), en: z.string() })
const oneCase = {
  id: z.string(),
  rule: z.string(),
  title: inThreeLanguages,
  /** The facts of the case in a sentence, which may reveal who the patient is; undefined for a role that may not see it. */
  why: z.optional(inThreeLanguages),
  name: z.string(),
  hprNumber: z.nullable(z.string()),
  /** Authorisation of list 9060, and the department or point of care, at the first look-up. */
  role: z.nullable(z.string()),
  unit: z.nullable(z.string()),
  firstAt: z.string(),
  lastAt: z.string(),
  opened: z.string(),
  patient: z.optional(patientName),
  closed: z.nullable(z.string()),
  closedBy: z.nullable(z.string()),
  finding: z.nullable(z.enum(misuseFindings)),
  note: z.nullable(z.string()),
}
export const misuseCase = z.strictObject(oneCase)
export type MisuseCase = z.infer<typeof misuseCase>

export const openings = ['emergency', 'declared-consent', 'registered-consent'] as const
export const unseenReasons = ['hidden', 'blocked', 'opted-out', 'not-agreed', 'extra-sensitive', 'not-released', 'nothing'] as const

export const misuseLookUp = z.strictObject({
  /** Which opening of a patient the request is part of, from 1 in each case: the requests of one are one look-up. */
  opening: z.int(),
  at: z.string(),
  eventId: z.string(),
  organizationName: z.nullable(z.string()),
  unit: z.nullable(z.string()),
  role: z.nullable(z.string()),
  service: z.nullable(z.string()),
  event: z.string(),
  type: z.nullable(z.string()),
  purpose: z.nullable(z.string()),
  resources: z.int(),
  /** What in fact opened something that the patient has restricted. */
  openedBy: z.nullable(z.enum(openings)),
  /** Why something was not seen; only of our own staff. */
  unseen: z.nullable(z.array(z.enum(unseenReasons))),
  /** A screen made the request by itself. */
  automatic: z.boolean(),
})
export const misuseCaseWithLookUps = z.strictObject({ ...oneCase, lookUps: z.array(misuseLookUp) })
export type MisuseCaseWithLookUps = z.infer<typeof misuseCaseWithLookUps>

/** The reason is the note of the finding. */
export const closeMisuseCase = z.strictObject({ finding: z.enum(misuseFindings), reason })
export type CloseMisuseCase = z.infer<typeof closeMisuseCase>

export const followUps = {
  followUps: get('/follow-ups', {
    about: 'One item for each emergency access, oldest first; `open` when `status` is absent.',
    query: z.strictObject({ ...status, ...slice }),
    answer: pageOf(followUp),
    permission: 'read',
    event: 'follow-ups-read',
  }),
  closeFollowUp: post('/follow-ups/:id/close', {
    about: 'Closes the emergency access that began with that event; the reason is the note.',
    parameters: { id: uuid },
    body: closeFollowUp,
    answer: changed,
    permission: 'close-follow-ups',
    event: 'follow-up-close',
    done: 'follow-up-closed',
  }),
} as const satisfies Record<string, ControlDetails>

export const misuseCases = {
  misuseCases: get('/misuse-cases', {
    about: 'Oldest first; `open` when `status` is absent.',
    query: z.strictObject({ ...status, ...slice }),
    answer: pageOf(misuseCase),
    permission: 'read',
    event: 'misuse-cases-read',
  }),
  misuseCase: get('/misuse-cases/:id', {
    about: 'One case with the requests that it is about; those of one `opening` are one look-up.',
    answer: misuseCaseWithLookUps,
    permission: 'read',
    event: 'misuse-case-read',
  }),
  closeMisuseCase: post('/misuse-cases/:id/close', {
    about: 'Closes the case; the reason is the note.',
    body: closeMisuseCase,
    answer: changed,
    permission: 'close-misuse-cases',
    event: 'misuse-case-close',
    done: 'misuse-case-closed',
  }),
} as const satisfies Record<string, ControlDetails>
