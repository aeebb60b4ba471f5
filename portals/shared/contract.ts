/** What the server and the client of every portal exchange. Each portal adds its own rows. */
import { get, post } from '@helsevev/kernel/wire/contract'
import { withheldCauses } from '@helsevev/panel/panel.ts'
import * as z from 'zod/mini'

/** Path of the server's answers to the pages, below the path of the portal. */
export const apiPrefix = '/api'

/** A session ends after this time without use by a person, and after the time below in any case (one shift). */
export const idleMinutes = 30
export const absoluteHours = 8

/** Header that carries the session's csrf value with every change. */
export const csrfHeader = 'helsevev-csrf'

/** Why a sign-in failed. It stands in the address that the browser is sent back to, and the sign-in page words it. */
const signInProblems = [
  'failed',
  'expired',
  'security-level',
  'not-health-personnel',
  'no-organization',
  'another-user',
  'cancelled',
  'unavailable',
] as const
export type SignInProblem = (typeof signInProblems)[number]

/** What can go wrong in every portal; the client words it in the person's language. */
export type CommonProblem =
  | { code: 'signed-out' }
  | { code: 'not-from-our-page' }
  | { code: 'invalid-request' }
  | { code: 'person-unknown' }
  /** `reason` is a code of the API's problem catalogue that the portal words, or `organisation-refused` by the identity provider. */
  | { code: 'refused'; reason?: string }
  /** A session from a record system, whose token has expired: the record system must send a new one. */
  | { code: 'ehr-must-renew' }
  | { code: 'unavailable' }
  | { code: 'failed' }

/** A problem of any portal: the common problems, and those that the portal adds. */
export interface Problem {
  code: string
}

export const commonStatus: Record<CommonProblem['code'], number> = {
  'signed-out': 401,
  'not-from-our-page': 403,
  'invalid-request': 400,
  'person-unknown': 404,
  refused: 403,
  'ehr-must-renew': 409,
  unavailable: 503,
  failed: 502,
}

/** Names of an information service. */
export const serviceNames = z.strictObject({
  id: z.string(),
  names: z.strictObject({ nb: z.string(), nn: z.string(), en: z.string() }),
})
export type ServiceNames = z.infer<typeof serviceNames>

/** How long the session lasts from now, in seconds: without use, and in any case. */
const timeLeft = { idleSeconds: z.int(), endsInSeconds: z.int() }
export type TimeLeft = z.infer<z.ZodMiniObject<typeof timeLeft>>

/**
 * What every portal reports to its page about the signed-in person. `draftKey` seals what the person writes until it is sent: 32 bytes,
 * base64url, the same at the person's next sign-in to this portal and never the same for two persons. `services` are the information
 * services of the server.
 */
const signedInAs = {
  signedIn: z.literal(true),
  name: z.string(),
  csrf: z.string(),
  ...timeLeft,
  draftKey: z.string(),
  services: z.readonly(z.array(serviceNames)),
}
export type SignedInAs<More = object> = z.infer<z.ZodMiniObject<typeof signedInAs>> & More

export type Me<More = object> = { signedIn: false } | SignedInAs<More>

/** The rows of the session, which every portal has; `more` is what the portal adds to `me`. */
export const sessionRows = <More extends z.core.$ZodShape>(more: More) => ({
  me: get('/me', {
    about: 'Who is signed in, or that nobody is. Does not count as use of the session: a page asks it by itself.',
    answer: z.union([z.strictObject({ signedIn: z.literal(false) }), z.strictObject({ ...signedInAs, ...more })]),
  }),
  stay: post('/stay', {
    about: 'The person is at the page, reading or writing: the session is used.',
    body: z.object({}),
    answer: z.strictObject(timeLeft),
  }),
  signOut: post('/sign-out', {
    about: 'Ends the session, or all sessions of the person; `next` is where the browser goes, to end the one at the issuer.',
    body: z.object({ everywhere: z.optional(z.boolean()) }),
    answer: z.strictObject({ next: z.string() }),
  }),
})

/** What a service loaded for its own panel to draw; `fetched` is when, ISO 8601. */
export const panelMembers = {
  status: z.enum(['some', 'none', 'unknown', 'withheld', 'withheld-by-patient', 'unavailable']),
  /** Present with `some`; with a kind of nothing, it is the latest data from before. */
  data: z.optional(z.unknown()),
  /** Whether a part of the service is missing from the data because no agreement opens it. */
  partial: z.boolean(),
  /** What the patient's own choices hide. */
  withheld: z.array(z.strictObject({ cause: z.enum(withheldCauses), count: z.exactOptional(z.int()) })),
  /** How many records are missing from the data because they cannot be read. */
  unreadable: z.exactOptional(z.int()),
  fetched: z.string(),
}
