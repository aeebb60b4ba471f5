/** The greatest number of lines of a list, in a message, sent, shown or read. Real lists have up to a hundred, with those that ended. */
export const MOST_LINES = 300

/** How old the look-up may be that a list is sent on: SFM asks for 4 hours. */
export const LOOK_UP_HOURS = 4

/** What stands with the list in one document: prescriptions, dispensings and allergies, and the doses that were given in hospital. */
export const MOST_BESIDE = { records: 500, given: 100 } as const
