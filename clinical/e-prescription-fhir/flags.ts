/** Flags of records that are made from messages of e-prescription, in whatever service. Those of the reader of messages are its own. */
import type { Issue } from '@helsevev/kernel/problem/problem'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { flags as noteFlags } from '../e-prescription/notes.ts'

export const messageFlags = {
  ...noteFlags,
  'dose-contradiction': 'The words, the short dose and the structure of the dose disagree. All of them are shown, and none is chosen.',
  'attachment-of-another': 'An attachment is about another person than the message. It was left out: send it by itself.',
  'attachment-not-read': 'An attachment is no message that is stored here. It was left out.',
  'patient-differs':
    'Name, birth date or sex in the message is not that of the identity number. Check that the message is about the right person.',
  'test-message': 'ProcessingStatus says that this is a test. Production refuses it.',
  'sender-organization-differs':
    'The message names another organisation as its sender than the one that the sender is signed in for, which is shown.',
  'identity-number-removed': 'A text held an identity number. It was removed before storing.',
} as const

/** `expression`: where in the message, as a path of its elements. */
export function messageFlag(code: keyof typeof messageFlags, expression: string): Issue {
  return flagOf(code, messageFlags[code], expression)
}

export function flagOf(code: string, text: string, expression: string): Issue {
  return { severity: 'warning', type: 'value', code, text, expression: placeOf(expression) }
}

/** Names of unknown elements are the sender's own words. */
function placeOf(expression: string): string {
  return redactIdentityNumbers(expression).slice(0, 300)
}
