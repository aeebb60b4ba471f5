/** What the server and the client of every portal say to each other. A portal adds its own to it. */

/** A session ends without use, and whatever happens (one shift). */
export const idleMinutes = 30
export const absoluteHours = 8

/** Header that carries the session's csrf value with every change. */
export const csrfHeader = 'helsevev-csrf'

/** Why a sign-in came to nothing; in the address the browser is sent back to, and worded by the sign-in page. */
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

/** What can go wrong in every portal, worded by the client in the person's language. */
export type CommonProblem =
  | { code: 'signed-out' }
  | { code: 'not-from-our-page' }
  | { code: 'invalid-request' }
  | { code: 'person-unknown' }
  /** `reason` is a code of the API's problem catalogue that the portal words, or `organisation-refused` by the identity provider. */
  | { code: 'refused'; reason?: string }
  /** Handed over by a record system, whose token has run out: it must send a new one. */
  | { code: 'ehr-must-renew' }
  | { code: 'unavailable' }
  | { code: 'failed' }

/** A problem of any portal: the common ones, and those it adds. */
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

/** What an information service is called. */
export interface ServiceNames {
  id: string
  names: Readonly<Record<'nb' | 'nn' | 'en', string>>
}

/** What every portal tells its page of who is signed in; `More` is what the portal adds. */
export type SignedInAs<More = object> = {
  signedIn: true
  name: string
  csrf: string
  /** Without use the session ends after this many seconds. */
  idleSeconds: number
  /** The information services of the server. */
  services: readonly ServiceNames[]
} & More

export type Me<More = object> = { signedIn: false } | SignedInAs<More>
