/**
 * For commands that change or show something: a segment of the access log for the command alone, which is opened with its first row and
 * signed for at its end.
 */
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { type ChangeLog, createChangeLog } from '@helsevev/kernel/audit/change-log'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds, type Ids } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { logKeyOf } from '../kept-secret.ts'

export interface Changing {
  changes: ChangeLog
  clock: () => Date
  ids: Ids
}

/** Does the work, and signs for the segment when a row was written. */
export async function withChanges<T>(sql: Database['sql'], environment: Environment, work: (parts: Changing) => Promise<T>): Promise<T> {
  const clock = () => new Date()
  const ids = createIds(clock)
  const log = await openAccessLog(sql, { ids, clock, key: await logKeyOf(environment), opens: 'with-first-row' })
  try {
    return await work({ changes: createChangeLog({ log, actorId: createActors(sql), ids, clock }), clock, ids })
  } finally {
    await log.close()
  }
}
