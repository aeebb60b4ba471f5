/** The greatest number of lines of a list that is sent. Real lists have up to a hundred, with those that ended. */
export const MOST_LINES = 300

/** How old the look-up may be that a list is sent on: SFM asks for 4 hours. */
export const LOOK_UP_HOURS = 4
