/** Who may close an emergency access (follow-up.ts) or a case of misuse control (misuse/) of another person, and which note it needs. */
import type { Actor } from '../../audit/actors.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'

/** The most characters in a note, so that it is read. */
const LONGEST_NOTE = 500

// biome-ignore format: a table, one row to a line
export const closingRefusals = {
  'unknown':                 'The organisation has nothing with that id to close.',
  'closed-already':          'It is closed already, and what is closed is not opened again.',
  'joined-since':            'The same person has opened more since the list was read. Read it again, and close what it shows then.',
  'person-unknown':          'The one who closes is a person in the person register, with a name.',
  'other-organization':      'Somebody of the organisation that answers for it closes it.',
  'same-person':             'The person who made the look-up does not close it. Let somebody else of the organisation do so.',
  'note-missing':            `Say in a note what was found out, in words: at least ten letters, five of them different, and at most ${LONGEST_NOTE} characters.`,
  'identity-number-in-text': 'The note holds what looks like an identity number. Leave it out.',
} as const satisfies Record<string, string>

export type ClosingRefusal = keyof typeof closingRefusals

/** The faults that can be found without the database. */
export function closingFault(closer: Actor, organization: string, note: string): ClosingRefusal | undefined {
  if (closer.organization !== organization) return 'other-organization'
  if (closer.person === undefined) return 'person-unknown'
  if (!saysSomething(note) || note.trim().length > LONGEST_NOTE) return 'note-missing'
  return holdsIdentityNumber(note) ? 'identity-number-in-text' : undefined
}
