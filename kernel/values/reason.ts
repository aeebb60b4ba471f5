/**
 * Whether a free text says something: one check for every reason, note and answer that a person writes and another person reads
 * (trust framework ATT-41 and 48 for emergency access; docs/decisions/0045-persons-and-their-numbers.md). Browsers use it too.
 */

/** The least number of letters in a reason that say something. */
const LEAST_LETTERS = 10
/** The least number of different letters among them: `ababababab` and `asdfasdfasdf` say nothing. */
const LEAST_DIFFERENT = 5

/**
 * Letters of any script. Signs that a screen shows as nothing, although Unicode counts some of them as letters (Hangul fillers), are not
 * among them. Accents that stand alone are marks and no letters.
 */
const LETTER = /(?!\p{Default_Ignorable_Code_Point})\p{L}/gu

/**
 * The number of letters that say something. The same letter after itself counts at most twice, so that a key held down is no reason.
 * Digits, signs, blanks, accents and invisible characters do not count.
 */
function lettersOfMeaning(text: string): number {
  const letters = lettersOf(text)
  return letters.filter((letter, at) => !(letters[at - 1] === letter && letters[at - 2] === letter)).length
}

/** Whether a text has ten letters that say something, five of them different. */
export function saysSomething(text: string | undefined): boolean {
  if (text === undefined) return false
  return lettersOfMeaning(text) >= LEAST_LETTERS && new Set(lettersOf(text)).size >= LEAST_DIFFERENT
}

/** In one Unicode form and without capitals, so that a letter and its look in another form are the same. */
function lettersOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(LETTER) ?? []
}
