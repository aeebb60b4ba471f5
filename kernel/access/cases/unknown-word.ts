/** A word in a case that the vocabulary does not have. The message names the word and the known words. */
export class UnknownWord extends Error {
  override name = 'UnknownWord'
}

/** What a word stands for. */
export function meaning<Value>(words: Readonly<Record<string, Value>>, word: unknown, what: string): Value {
  if (typeof word === 'string' && Object.hasOwn(words, word)) return words[word] as Value
  throw new UnknownWord(`${what}: ${JSON.stringify(word)} is none of: ${Object.keys(words).join(', ')}`)
}

/** What each word of a list stands for; one word alone is a list of one, `none` and `nothing` are empty. */
export function meanings<Value>(words: Readonly<Record<string, Value>>, list: unknown, what: string): Value[] {
  if (list === 'none' || list === 'nothing') return []
  return (Array.isArray(list) ? list : [list]).map((word) => meaning(words, word, what))
}

/** Refuses members that are not in the list. */
export function onlyKnown(members: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(members).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UnknownWord(`${what}: "${unknown}" is none of: ${known.join(', ')}`)
}

export function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  throw new UnknownWord(`${what}: ${JSON.stringify(value)} is no text`)
}

export function list(value: unknown, what: string): Record<string, unknown>[] {
  if (value === 'none') return []
  if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one))) return value
  throw new UnknownWord(`${what}: give a list, or none`)
}

export function members(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UnknownWord(`${what}: give names with a value each`)
}
