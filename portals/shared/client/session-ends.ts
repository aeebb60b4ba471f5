/** When the session ends, and what the page shows before. Pure. */
import type { TimeLeft } from '../contract.ts'

/** The person is warned this long before the session ends because nobody uses it, and before it ends in any case. */
const warnIdleSeconds = 5 * 60
const warnEndSeconds = 10 * 60

/** In both, milliseconds since 1970. */
export interface Ends {
  /** Without use. */
  idle: number
  /** In any case. */
  absolute: number
}

export function endsOf({ idleSeconds, endsInSeconds }: TimeLeft, now = Date.now()): Ends {
  return { idle: now + idleSeconds * 1000, absolute: now + endsInSeconds * 1000 }
}

export type Phase = 'running' | 'idle-soon' | 'ends-soon' | 'over'

/** What the page shows at a moment. The end that cannot be put off is announced once: `seenEnd` says that it was. */
export function phaseAt({ idle, absolute }: Ends, now: number, seenEnd: boolean): Phase {
  if (now >= Math.min(idle, absolute)) return 'over'
  if (now >= idle - warnIdleSeconds * 1000) return 'idle-soon'
  return !seenEnd && now >= absolute - warnEndSeconds * 1000 ? 'ends-soon' : 'running'
}
