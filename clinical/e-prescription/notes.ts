/**
 * What the reader says of a message in addition to its values: nothing that a message states is dropped. A value without a place in the
 * structure, or one that is not what the schema says, is kept as a note with its path, its text as sent, and one of these flags.
 */
export const flags = {
  'kept-as-note': 'An element of the schema that has no place in the structure: its text is kept.',
  'unknown-element': 'An element that the message cannot have there: its text is kept.',
  'unknown-attribute': 'An attribute that the element cannot have: its text is kept.',
  'stray-text': 'Text where the element has none: it is kept.',
  missing: 'An element that the schema requires is absent or empty.',
  repeated: 'An element stands more often than once: the first is read, the others are kept.',
  contradiction: 'Elements that exclude each other stand together: both are read, and none is chosen.',
  'wrong-type': 'The value is not of the type that the schema says: it is not read, and its text is kept.',
  'unknown-code': 'The code is not in its list: it is read as sent.',
  'other-name': 'The name next to the code is not that of the code in its list: both are read, and none is chosen.',
  'other-list': 'The code is of another list than the element has: it is read as sent.',
  'odd-number': 'A number of a person or an organisation is not of the form of its kind: it is read as sent.',
  'date-with-zone': 'A date states a zone: the date is read as it stands.',
  'time-in-date': 'A date states a time of day: the day in Norway is read.',
  'time-missing': 'A time states the day alone: the day is read.',
  'local-time': 'A time without zone is read as Norwegian time.',
  'no-single-time': 'A time without zone that Norway has twice, or not at all, on that day: the first is read.',
  'midnight-moved': 'A time without zone is midnight of UTC in Norway: the sender may have meant the day.',
  'unknown-version': 'The schema is of another version than those that are known: it is read as the newest.',
  'several-messages': 'The message holds several of its kind: the first is read.',
  'not-opened': 'Content that is no message that can be read here: it is kept as sent.',
  'other-message': 'Content is a message of another kind than the element holds.',
  'wrong-encoding': 'The octets are not of the encoding that the message declares.',
} as const

export type Flag = keyof typeof flags

export interface Note {
  /** Elements from the root, such as `LegemidlerIBruk/EnkeltoppforingLIB[2]/Type`. */
  path: string
  flag: Flag
  /** What was sent. May hold personal data: it stays with the record, and no answer repeats it. */
  text: string
}
