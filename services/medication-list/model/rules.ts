/** The flags and refusals of this service, with the sentence that a sender reads. Those of all messages of e-prescription are shared. */
import { flagOf, messageFlags } from '@helsevev/clinical/e-prescription-fhir/flags'
import { senderDiffers } from '@helsevev/clinical/medicines/who-sends'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { sendRules } from '../send/words.ts'

const own = {
  'prescription-id': 'A line for a prescription, electronic or on paper, has no ReseptId. It is stored (published rule 3 of M25).',
  'one-active-line': 'Two active lines have the same ReseptId. Both are stored and shown (published rule 4 of M25).',
  'drugs-only': 'A line is a vaccine, nutrition or a consumable, which the list does not hold. It is stored (published rule 6 of M25).',
  supplements: 'A supplement has another Varegruppekode than L, or a prescription. It is stored (published rule 7 of M25).',
  'line-without-id': 'A line has no Id, so that nothing can follow it. Its elements are kept with the list, and it is no line of it.',
  'multidose-of-nobody': 'The message registers for multidose and does not say who sends it. It is stored, and changes nothing.',
  'line-in-no-list': 'The extension names a line that the list does not hold. What it says is kept with the list.',
} as const

const refusals = {
  'test-message-refused': 'ProcessingStatus says that this is a test, and this is production. Send it to a test environment.',
  'other-message': 'The message is none that this address takes. Send M25.1, M25.2, M25.3, M25.4, M9.12, M27.1, M27.2 or M28.',
  'head-missing': 'The message has no MsgHead, so its id is unknown. Send it whole.',
  'message-id-missing': 'The message has no MsgId, by which a version of the list is known. Send MsgHead/MsgInfo/MsgId.',
  'made-ahead': 'The message was made more than an hour ahead of now. Correct the clock or the zone of its time, and send it again.',
  'sender-differs': senderDiffers.text,
  'unique-id': 'Two lines have the same Id, so that it is not known which of them holds. Send each line once (published rule 2 of M25).',
} as const

const sentences = { ...messageFlags, ...own }

/** Flags and refusals, each with its sentence. */
export const rules = { ...sentences, ...refusals, ...sendRules }

/** `expression`: where in the message, as a path of its elements. */
export function flag(code: keyof typeof sentences, expression: string): Issue {
  return flagOf(code, sentences[code], expression)
}

export function refusal(code: keyof typeof refusals, expression: string): Issue {
  return { severity: 'error', type: 'business-rule', code, text: refusals[code], expression }
}
