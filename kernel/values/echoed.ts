/** Characters of a sender's own text that an answer repeats: enough to find the place, and too few to make the answer long. */
export const MOST_ECHOED = 64

/** What an answer repeats of a text that a sender wrote. */
export function echoed(text: string): string {
  return text.length > MOST_ECHOED ? `${text.slice(0, MOST_ECHOED).toWellFormed()}…` : text
}
