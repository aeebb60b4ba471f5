/**
 * For commands that change or show something: a segment of the access log for the command alone, which is opened with its first row and
 * signed for at its end.
 */
import { type AccessLog, openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { type ChangeLog, createChangeLog } from '@helsevev/kernel/audit/change-log'
import { type Intend, intending } from '@helsevev/kernel/audit/intents'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds, type Ids, type RecordId } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { logKeyOf } from '../kept-secret.ts'

export interface Changing {
  changes: ChangeLog
  /** What is stored leaves an intent, which goes with the row of `changes` that follows. */
  intend: Intend
  clock: () => Date
  ids: Ids
}

/** Does the work, and signs for the segment when a row was written. */
export async function withChanges<T>(sql: Database['sql'], environment: Environment, work: (parts: Changing) => Promise<T>): Promise<T> {
  const clock = () => new Date()
  const ids = createIds(clock)
  const log = await openAccessLog(sql, { ids, clock, key: await logKeyOf(environment), opens: 'with-first-row' })
  try {
    // Each thing that is stored has a row of its own, in the same order.
    const stored: RecordId[] = []
    const append: AccessLog['append'] = async (entry, _stored, following) => {
      const id = stored.shift()
      return await log.append(entry, id === undefined ? [] : [{ patient: entry.patient, id, version: 0 }], following)
    }
    const changes = createChangeLog({ log: { ...log, append }, actorId: createActors(sql), ids, clock })
    return await work({ changes, intend: intending(ids, stored), clock, ids })
  } finally {
    await log.close()
  }
}
