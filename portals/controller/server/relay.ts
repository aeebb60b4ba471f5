/**
 * The routes of the control API that the pages use, one line each. Below `api/` they have the same addresses as below `/control/`. What a
 * page sends is parsed here; what the API answers holds no identity number and goes on as it is. docs/api/control.md
 */
import * as bodies from '@helsevev/kernel/control/bodies'
import { z } from 'zod'

const name = z.string().max(100)
const day = z.string().regex(/^20\d{2}-\d{2}-\d{2}$/)
const digits = z.string().regex(/^\d{1,6}$/)
const service = z.string().regex(/^[a-z0-9-]{1,63}$/)
const slice = { count: digits.optional(), skip: digits.optional() }
const days = { from: day.optional(), until: day.optional() }
const listed = { status: z.enum(['open', 'closed']).optional(), ...slice }

/** Address, and what may stand in its query. */
// biome-ignore format: a table, one row to a line
export const reads = {
  '/roles':               z.strictObject(slice),
  '/agreements':          z.strictObject({}),
  '/agreements/:id':      z.strictObject({}),
  '/standard-agreements': z.strictObject({}),
  '/counterparts':        z.strictObject({ name }),
  '/vendors':             z.strictObject({}),
  '/units':               z.strictObject(slice),
  '/use':                 z.strictObject({ ...days, by: z.enum(['day', 'week']).optional(), service: service.optional() }),
  '/refusals':            z.strictObject(days),
  '/adoption':            z.strictObject({}),
  '/follow-ups':          z.strictObject(listed),
  '/misuse-cases':        z.strictObject(listed),
  '/misuse-cases/:id':    z.strictObject({}),
  '/questions':           z.strictObject(listed),
  '/messages':            z.strictObject(slice),
} satisfies Record<string, z.ZodType<Record<string, string | undefined>>>

/** Address, and what the body is. */
// biome-ignore format: a table, one row to a line
export const changes = {
  '/roles':                         withNumber(bodies.grantRole),
  '/roles/:id/end':                 bodies.withReason,
  '/agreements':                    bodies.proposeAgreement,
  '/agreements/:id/amend':          bodies.amendAgreement,
  '/agreements/:id/sign':           bodies.signAgreement,
  '/agreements/:id/end':            bodies.endAgreement,
  '/closures':                      bodies.closeService,
  '/closures/reopen':               bodies.closeService,
  '/standard-agreements/:id/join':  bodies.withReason,
  '/standard-agreements/:id/leave': bodies.withReason,
  '/vendors/:id/withdraw':          bodies.withReason,
  '/vendors/:id/restore':           bodies.withReason,
  '/units/phone':                   bodies.changePhone,
  '/follow-ups/:id/close':          bodies.closeFollowUp,
  '/misuse-cases/:id/close':        bodies.closeMisuseCase,
  '/questions/:id/answer':          bodies.answerQuestion,
  '/messages/:id/read':             bodies.withReason,
  '/messages/:id/attach':           withNumber(bodies.attachMessage),
  '/messages/:id/discard':          bodies.withReason,
} satisfies Record<string, z.ZodType<object>>

/** An identity number may be typed with blanks, as it is printed. */
function withNumber<Body extends { identityNumber: string }>(body: z.ZodType<Body>) {
  return body.transform((sent): Body => ({ ...sent, identityNumber: sent.identityNumber.replaceAll(/\s/gu, '') }))
}

/** Letters of a logical id, a UUID, a number, or parts of an imported agreement with colons between. */
const id = /^[A-Za-z0-9][A-Za-z0-9:-]{0,119}$/

/** The address at the API; undefined when what was typed for an id is none, so that no id can lead to another address. */
export function addressAt(path: string, parameters: Readonly<Record<string, string>>, query: Record<string, string | undefined> = {}) {
  const { id: asked } = parameters
  if (path.includes(':id') && !id.test(asked ?? '')) return undefined
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return `/control${path.replace(':id', asked ?? '')}${search.size > 0 ? `?${search}` : ''}`
}
