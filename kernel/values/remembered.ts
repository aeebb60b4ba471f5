import { LRUCache } from 'lru-cache'

/** Longer texts are not remembered: a sender could fill the memory with them. */
const LONGEST = 512

/**
 * Finds the value for a text once and remembers it, also when it is undefined. At most `most` texts are remembered; the one that was used
 * longest ago is forgotten first. It is for pure functions of texts that occur many times. Use an LRUCache for everything else that is
 * remembered.
 */
export function remembered<Value>(most: number, find: (text: string) => Value): (text: string) => Value {
  // The value is in an object, since the cache treats undefined as a missing entry.
  const known = new LRUCache<string, { value: Value }>({ max: most })
  return (text) => {
    if (text.length > LONGEST) return find(text)
    const kept = known.get(text)
    if (kept) return kept.value
    const value = find(text)
    known.set(text, { value })
    return value
  }
}
