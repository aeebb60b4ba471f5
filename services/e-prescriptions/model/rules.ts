/** The flags and refusals of this service, with the sentence that a sender reads. Those of the reader of messages are its own. */
import { flags as noteFlags } from '@helsevev/clinical/e-prescription/notes'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'

const own = {
  'dose-contradiction': 'The words, the short dose and the structure of the dose disagree. All of them are shown, and none is chosen.',
  'locked-prescription': 'The prescription is locked. That it exists is stored; its content is not, and is asked for with its number.',
  'reference-number-left-out': 'The reference number opens a prescription to everyone who has it, and was not stored.',
  'cancellation-names-nothing': 'The message cancels a dispensing and does not name it, so that nothing is cancelled.',
  'prescription-not-named': 'The message names no prescription. It is stored, and completes none.',
  'attachment-of-another': 'An attachment is about another person than the message. It was left out: send it by itself.',
  'attachment-not-read': 'An attachment is no message that is stored here. It was left out.',
  'patient-differs':
    'Name, birth date or sex in the message is not that of the identity number. Check that the message is about the right person.',
  'test-message': 'ProcessingStatus says that this is a test. Production refuses it.',
  'identity-number-removed': 'A text held an identity number. It was removed before storing.',
} as const

export const refusals = {
  'test-message-refused': 'ProcessingStatus says that this is a test, and this is production. Send it to a test environment.',
  'other-message': 'The message is none that this address takes. Send M1, M5, M5.2, M6, M7, M8, M9.6, M10 or AppRec.',
  'head-missing': 'The message has no MsgHead, so its id is unknown. Send it whole.',
  'message-id-missing': 'The message has no MsgId, by which it is known. Send MsgHead/MsgInfo/MsgId.',
  'asked-person-differs': 'The answer of Reseptformidleren is about another person than MsgHead says. Send each by itself.',
} as const

const sentences = { ...noteFlags, ...own }

/** Flags and refusals, each with its sentence. */
export const rules = { ...sentences, ...refusals }

export type Flag = keyof typeof sentences

/** `expression`: where in the message, as a path of its elements. */
export function flag(code: Flag, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text: sentences[code], expression: placeOf(expression) }
}

export function refusal(code: keyof typeof refusals, expression: string): Issue {
  return { severity: 'error', type: 'business-rule', code, text: refusals[code], expression }
}

/** Names of unknown elements are the sender's own words. */
function placeOf(expression: string): string {
  return redactIdentityNumbers(expression).slice(0, 300)
}
