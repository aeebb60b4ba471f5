/**
 * Use of the session, as the page counts it: what the person does, which is reading (scrolling, moving the pointer), pressing keys,
 * touching. What the page asks by itself does not count.
 */
import { sessionRows } from '../contract.ts'
import { ask, isProblem } from './call.ts'
import { type Ends, endsOf } from './session-ends.ts'

/** Use is reported to the server at most this often. */
const tellSeconds = 60

const session = sessionRows({})

/** Reports to the server that the person is there. Undefined when the session is over or the server does not answer. */
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
