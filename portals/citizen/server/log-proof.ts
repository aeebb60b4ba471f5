/**
 * Whether the lines that are shown agree with the newest signed checkpoint of the log, as `POST /log/check` of the API answers it.
 * docs/api/log.md
 */
import { z } from 'zod'
import type { LogLine, LogProof } from '../contract.ts'

/** The most lines that the API checks in one request. */
const MOST = 300

const answer = z.object({
  lines: z.array(z.object({ state: z.enum(['checked', 'waiting', 'differs', 'no-tree']), at: z.string().optional() })),
  nextWithinSeconds: z.number(),
})

/** What the server provides for it: the answer of the check, of 1 to 300 ids. It is asked once for each search of the log. */
export interface LogCheck {
  checkLines(ids: readonly string[]): Promise<unknown>
}

/** The newest lines are checked. When the check is not available, the lines are shown all the same, and the page says so. */
export async function proven({ checkLines }: LogCheck, lines: readonly LogLine[]): Promise<{ proof?: LogProof }> {
  if (lines.length === 0) return {}
  const ids = lines.slice(0, MOST).map(({ id }) => id)
  const read = answer.safeParse(await checkLines(ids).catch(() => undefined))
  if (!read.success) return { proof: { state: 'unavailable', checked: 0, waiting: 0, differs: 0, withinMinutes: 0 } }
  const counted = (state: string) => read.data.lines.filter((line) => line.state === state).length
  const [checked, waiting, differs] = [counted('checked'), counted('waiting'), counted('differs')]
  const [at] = read.data.lines.flatMap((line) => line.at ?? []).sort()
  const state = differs > 0 ? 'differs' : checked > 0 ? 'checked' : waiting > 0 ? 'waiting' : 'unavailable'
  const withinMinutes = Math.ceil(read.data.nextWithinSeconds / 60)
  return { proof: { state, ...(at === undefined ? {} : { at }), checked, waiting, differs, withinMinutes } }
}
