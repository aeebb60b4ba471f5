/** The requests by which record systems open the portal for their users, and end it: docs/api/session-handover.md */
import { nothing, post } from '@helsevev/kernel/wire/contract'
import * as z from 'zod/mini'

const text = z.string().check(z.minLength(1), z.maxLength(200))
const coded = z.object({ code: text, system: z.optional(text) })
const session = z.object({ sessionId: text })

/** Members are those of the log-in client of kjernejournal; `assigner` and `authority` are accepted and ignored. */
export const createBody = z.object({
  ehr_code_challenge: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'Send base64url of the SHA-256 of the verifier, 43 characters.')),
  claims: z.looseObject({
    patient_identifier: z.object({ id: z.string().check(z.maxLength(40)), system: z.optional(text) }),
    practitioner_authorization: z.optional(coded),
    /** Misspelt like this by a client that is in use. */
    practitioner_auhtorization: z.optional(coded),
    access_basis: z.optional(coded),
  }),
})

/** `unknown_members` are members of the claims that are ignored. */
const created = z.strictObject({ code: z.string(), sessionId: z.string(), unknown_members: z.exactOptional(z.array(z.string())) })

export const handover = {
  create: post('/session/create', {
    about: 'Begins a session for the person of the token, with a patient; the browser brings the code within a minute.',
    body: createBody,
    answer: created,
  }),
  refresh: post('/session/refresh', { about: 'Hands over the next access token.', body: session, answer: nothing }),
  end: post('/session/end', { about: 'Ends the session, and that of the browser with it.', body: session, answer: nothing }),
} as const
