import { LRUCache } from 'lru-cache'

/**
 * Finds the value for a text once and remembers it, also when it is undefined; at most `most` texts, and the one that was used longest ago
 * is forgotten first. For pure functions of texts that come again and again. Everything else that is remembered and has a bound is an
 * LRUCache.
 */
export function remembered<Value>(most: number, find: (text: string) => Value): (text: string) => Value {
  // In a box, as the cache takes undefined for nothing.
  const known = new LRUCache<string, { value: Value }>({ max: most })
  return (text) => {
    const kept = known.get(text)
    if (kept) return kept.value
    const value = find(text)
    known.set(text, { value })
    return value
  }
}
