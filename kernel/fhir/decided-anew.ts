/**
 * A block that was acknowledged first wins: when the patient's choices change between the decision and the statement that fetches records,
 * the statement finds nothing and the whole request is decided again.
 */

import { problem } from '../problem/problem.ts'
import { ChoicesChanged } from '../store/visibility.ts'
import type { Done } from './exchange.ts'

const ATTEMPTS = 5

export async function decidedAnew(event: string, type: string | undefined, attempt: () => Promise<Done>): Promise<Done> {
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ChoicesChanged)) throw error
    }
  }
  return { event, type, result: problem('busy') }
}
