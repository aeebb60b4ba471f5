/** The flags and refusals of this service, with the sentence that a sender reads. Those of the reader of messages are its own. */
import { flagOf, messageFlags } from '@helsevev/clinical/e-prescription-fhir/flags'
import { senderDiffers } from '@helsevev/clinical/medicines/who-sends'
import type { Issue } from '@helsevev/kernel/problem/problem'

const own = {
  'locked-prescription': 'The prescription is locked. That it exists is stored; its content is not, and is asked for with its number.',
  'reference-number-left-out': 'The reference number opens a prescription to everyone who has it, and was not stored.',
  'cancellation-names-nothing': 'The message cancels a dispensing and does not name it, so that nothing is cancelled.',
  'prescription-not-named': 'The message names no prescription. It is stored, and completes none.',
} as const

export const refusals = {
  'test-message-refused': 'ProcessingStatus says that this is a test, and this is production. Send it to a test environment.',
  'other-message': 'The message is none that this address takes. Send M1, M5, M5.2, M6, M7, M8, M9.6, M10 or AppRec.',
  'head-missing': 'The message has no MsgHead, so its id is unknown. Send it whole.',
  'message-id-missing': 'The message has no MsgId, by which it is known. Send MsgHead/MsgInfo/MsgId.',
  'made-ahead': 'The message was made more than an hour ahead of now. Correct the clock or the zone of its time, and send it again.',
  'sender-differs': senderDiffers.text,
  'asked-person-differs': 'The answer of Reseptformidleren is about another person than MsgHead says. Send each by itself.',
} as const

const sentences = { ...messageFlags, ...own }

/** Flags and refusals, each with its sentence. */
export const rules = { ...sentences, ...refusals }

export type Flag = keyof typeof sentences

/** `expression`: where in the message, as a path of its elements. */
export function flag(code: Flag, expression: string): Issue {
  return flagOf(code, sentences[code], expression)
}

export function refusal(code: keyof typeof refusals, expression: string): Issue {
  return { severity: 'error', type: 'business-rule', code, text: refusals[code], expression }
}
