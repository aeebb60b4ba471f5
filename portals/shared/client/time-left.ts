/**
 * How long the session lasts, as the page counts it. Use is what the person does: reading (scrolling, moving the pointer), pressing keys,
 * touching. What the page asks by itself does not count.
 */
import { sessionRows, type TimeLeft } from '../contract.ts'
import { ask, isProblem } from './call.ts'

/** The person is warned this long before the session ends because nobody uses it, and before it ends in any case. */
export const warnIdleSeconds = 5 * 60
export const warnEndSeconds = 10 * 60

/** The server is told at most this often that the person is there. */
const tellSeconds = 60

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

/** What the page shows at a moment. The end that cannot be put off is told once: `seenEnd` says that it was. */
export function phaseAt({ idle, absolute }: Ends, now: number, seenEnd: boolean): Phase {
  if (now >= Math.min(idle, absolute)) return 'over'
  if (now >= idle - warnIdleSeconds * 1000) return 'idle-soon'
  return !seenEnd && now >= absolute - warnEndSeconds * 1000 ? 'ends-soon' : 'running'
}

const session = sessionRows({})

/** Tells the server that the person is there. Undefined when the session is over or the server does not answer. */
export async function stay(): Promise<Ends | undefined> {
  const answer = await ask(session.stay, { body: {} })
  return isProblem(answer) ? undefined : endsOf(answer)
}

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const

/** Calls `used` when the person does something, at most once a minute. Returns how to stop. */
export function watchUse(used: () => void): () => void {
  let told = Date.now()
  const notice = () => {
    if (Date.now() - told < tellSeconds * 1000) return
    told = Date.now()
    used()
  }
  for (const sign of signs) window.addEventListener(sign, notice, { passive: true, capture: true })
  return () => {
    for (const sign of signs) window.removeEventListener(sign, notice, { capture: true })
  }
}
