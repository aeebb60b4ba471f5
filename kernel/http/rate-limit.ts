/**
 * Limits the requests of one client for one organisation with a bucket that fills at a steady rate. A vendor whose program runs in an
 * endless loop is asked to wait (429 with Retry-After), and the requests of others are not harmed. Each process has its own buckets, and
 * gives its share of the rate: kernel/store/server-processes.ts counts those that serve, so that all together let no more through than one
 * alone would.
 */
import { LRUCache } from 'lru-cache'

export interface RateLimit {
  /** Seconds to wait before the next request, or undefined when this one may go on. */
  take(key: string): number | undefined
}

interface Bucket {
  tokens: number
  /** Milliseconds since 1970. */
  at: number
}

/** The number of buckets that are kept. A full bucket equals a missing one, so the bucket that was used longest ago is removed first. */
const KEPT = 20_000

interface RateLimitOptions {
  perSecond: number
  burst: number
  clock: () => Date
  /** How many processes share the rate now. */
  processes?: () => number
}

export function createRateLimit({ perSecond: rate, burst: most, clock, processes = () => 1 }: RateLimitOptions): RateLimit {
  const buckets = new LRUCache<string, Bucket>({ max: KEPT })
  return {
    take(key) {
      const now = clock().getTime()
      const share = Math.max(1, processes())
      const [perSecond, burst] = [rate / share, Math.max(1, most / share)]
      const known = buckets.get(key)
      // A clock that steps back fills nothing and takes nothing: otherwise a client would wait until the clock had caught up.
      const tokens = known ? Math.min(burst, known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond) : burst
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
      return tokens < 1 ? Math.max(1, Math.ceil((1 - tokens) / perSecond)) : undefined
    },
  }
}
