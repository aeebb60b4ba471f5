/** Reconciliation of medicines of the open patient, as the portal's server and its page exchange it. */
import { get, post } from '@helsevev/kernel/wire/contract'
import type { ReconciliationData, SendResult } from '@helsevev/service-medication-list/reconciliation/data'
import * as z from 'zod/mini'

/** The most that a reconciliation may be, in bytes: the list as it was read goes along, sealed. */
export const MOST_BYTES = 1_000_000
/** Rows, and characters of a text. */
export const MOST_ROWS = 500
export const LONGEST = 2000

const text = z.string().check(z.maxLength(LONGEST))
const content = { dose: z.exactOptional(text), use: z.exactOptional(text), area: z.exactOptional(text) }
const decision = z.strictObject({
  kind: z.enum(['confirm', 'change', 'end', 'add', 'leave']),
  content: z.exactOptional(z.strictObject(content)),
  reason: z.exactOptional(text),
  note: z.exactOptional(text),
})
const written = z.strictObject({
  act: z.strictObject({
    kind: z.exactOptional(z.enum(['Admission', 'PreliminaryAdmission', 'Discharge', 'AfterChange', 'Other'])),
    with: text,
  }),
  decisions: z.record(text, decision),
  stated: z.array(z.strictObject({ id: text, drug: text, ...content })).check(z.maxLength(MOST_ROWS)),
  marked: z.array(z.strictObject({ rows: z.tuple([text, text]), note: text })).check(z.maxLength(MOST_ROWS)),
  unmarked: z.array(text).check(z.maxLength(MOST_ROWS)),
})

/** What a service makes for its own page to draw. */
const drawn = <Data extends object>() => z.custom<Data>((data) => typeof data === 'object' && data !== null)

export const reconciliationRows = (shown: readonly ['helsevev-opening', 'helsevev-access']) => ({
  reconciliation: get('/reconciliation', {
    about: 'What is known of the medicines of the open patient, source by source, and the list as it was read, sealed.',
    headers: shown,
    answer: z.strictObject({ access: z.string(), sealed: z.string(), maySend: z.boolean(), data: drawn<ReconciliationData>() }),
  }),
  reconcile: post('/reconciliation', {
    about: 'Sends the next version of the medication list, as it was reconciled; answers what became of it.',
    headers: shown,
    bodyBytes: MOST_BYTES,
    body: z.strictObject({ sealed: z.string(), written }),
    answer: z.strictObject({ result: drawn<SendResult>() }),
  }),
})
