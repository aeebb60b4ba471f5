/** The form of a table of texts. */

/** A text in bokmål, nynorsk and English, by its place: `agreement.signed`. */
export type TextTable = Readonly<Record<string, readonly [nb: string, nn: string, en: string]>>
