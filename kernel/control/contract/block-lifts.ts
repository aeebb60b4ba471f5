/** Lifting a block for a patient who does not sign in: one person registers the patient's request, another confirms it. */
import * as z from 'zod/mini'
import { identifiedBy } from '../../areas/choices/identified-by.ts'
import { get, post } from '../../wire/contract.ts'
import { type ControlDetails, changed, identityNumber, pageOf, patientName, reason, slice, status, time, withReason } from './common.ts'

export { identifiedBy }

export const blockLift = z.strictObject({
  id: z.string(),
  patient: z.optional(patientName),
  practitioner: z.string(),
  hprNumber: z.string(),
  identified: z.enum(identifiedBy),
  identifiedAt: z.string(),
  asked: z.string(),
  askedBy: z.string(),
  reason: z.string(),
  confirmed: z.nullable(z.string()),
  confirmedBy: z.nullable(z.string()),
})
export type BlockLift = z.infer<typeof blockLift>

/** The reason says how the patient asked. `identifiedAt` is when the document was seen. */
export const askBlockLift = z.strictObject({
  identityNumber,
  hprNumber: z.string().check(z.regex(/^[0-9]{1,9}$/, 'This is no HPR number. Send its digits, nine at most.')),
  identified: z.enum(identifiedBy),
  identifiedAt: time,
  reason,
})
export type AskBlockLift = z.infer<typeof askBlockLift>

const inThreeLanguages = z.strictObject({ nb: z.string(), nn: z.string(), en: z.string() })
export const liftedBlock = z.strictObject({ id: z.string(), letter: inThreeLanguages })
export type LiftedBlock = z.infer<typeof liftedBlock>

export const blockLifts = {
  blockLifts: get('/block-lifts', {
    about: 'Requests of patients who do not sign in. Never whether there is a block.',
    query: z.strictObject({ ...status, ...slice }),
    answer: pageOf(blockLift),
    permission: 'lift-blocks',
    event: 'block-lifts-read',
  }),
  askBlockLift: post('/block-lifts', {
    about: 'Registers that an identified patient asks that no block of a practitioner holds any more.',
    body: askBlockLift,
    answer: changed,
    permission: 'lift-blocks',
    event: 'block-lift-ask',
    done: 'block-lift-asked',
  }),
  confirmBlockLift: post('/block-lifts/:id/confirm', {
    about: 'Another person confirms it within seven days; answers the text of the letter to the patient.',
    body: withReason,
    answer: liftedBlock,
    permission: 'lift-blocks',
    event: 'block-lift-confirm',
    done: 'block-lifted',
  }),
} as const satisfies Record<string, ControlDetails>
