/** What changes take, as it is parsed at the edge: the shapes of contract.ts, and nothing beside them. */
import { z } from 'zod'
import { followUpFindings } from '../areas/follow-up/follow-up.ts'
import { misuseFindings } from '../areas/misuse/cases.ts'
import { controllerRoles } from './contract.ts'

const reason = z.string()
const organization = z.string().regex(/^\d{9}$/)
/** PostgreSQL stores no NUL, and nothing that is named holds a control character. */
const word = z
  .string()
  .max(200)
  .regex(/^\P{Cc}+$/u)
const words = z.array(word).max(100)
/** With zone, or as a day with a clock in Norway. */
const time = z.string().max(40)
const receiverType = z.enum(['organization', 'group', 'private-provider'])

export const withReason = z.strictObject({ reason })
export const grantRole = z.strictObject({
  identityNumber: z.string().max(20),
  role: z.enum(controllerRoles),
  until: time.optional(),
  reason,
})
export const proposeAgreement = z.strictObject({
  controller: organization,
  receiver: word,
  receiverType: receiverType.optional(),
  service: word,
  purposes: words,
  sensitiveCodes: words.optional(),
  units: words.optional(),
  legalBasis: z.string().max(1000),
  validFrom: time.optional(),
  validUntil: time.nullable().optional(),
  reason,
})
export const amendAgreement = z.strictObject({
  purposes: words.optional(),
  sensitiveCodes: words.optional(),
  units: words.optional(),
  legalBasis: z.string().max(1000).optional(),
  validUntil: time.nullable().optional(),
  reason,
})
export const signAgreement = z.strictObject({ version: z.int().min(1).max(100_000).optional(), reason })
export const endAgreement = z.strictObject({ at: time.optional(), reason })
export const closeService = z.strictObject({ service: word, receiver: organization, reason })
export const changePhone = z.strictObject({ organization, system: word, value: word, phone: z.string().max(30).nullable(), reason })
export const closeFollowUp = z.strictObject({ finding: z.enum(followUpFindings), reason })
export const closeMisuseCase = z.strictObject({ finding: z.enum(misuseFindings), reason })
export const answerQuestion = z.strictObject({ answer: z.string().max(10_000), role: z.string().max(200) })
export const attachMessage = z.strictObject({ identityNumber: z.string().max(20), reason })
