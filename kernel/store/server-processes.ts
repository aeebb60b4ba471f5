/** Counts the server processes that serve now on one database, so that a limit holds for all of them together. */
import type { Sql } from 'postgres'

/** Milliseconds between two signs of life, and after how many without one a process is gone. */
const BEAT = 10_000
const GONE = 3 * BEAT

export interface Processes {
  /** How many serve now, this one included; as of the last sign of life. */
  count(): number
  /** Gives a sign of life, and counts. Runs by itself every ten seconds. */
  beat(): Promise<void>
  close(): Promise<void>
}

/** The time is that of the database, so that the clocks of the processes do not matter. Index: server_process_pkey; there are few rows. */
export async function countProcesses(sql: Sql, id: string): Promise<Processes> {
  let serving = 1
  const beat = async () => {
    const [row] = await sql<{ serving: number }[]>`
      with me as (
        insert into server_process (id, seen) values (${id}, now()) on conflict (id) do update set seen = now()
      ), gone as (
        delete from server_process where seen < now() - make_interval(secs => ${(GONE * 10) / 1000})
      )
      select 1 + count(*)::integer as serving from server_process
      where id <> ${id} and seen > now() - make_interval(secs => ${GONE / 1000})`
    serving = row?.serving ?? serving
  }
  await beat()
  // A sign of life that fails changes nothing: the count of before holds until the database answers again.
  const timer = setInterval(() => void beat().catch(() => undefined), BEAT)
  timer.unref()
  return {
    count: () => serving,
    beat,
    async close() {
      clearInterval(timer)
      await sql`delete from server_process where id = ${id}`.catch(() => undefined)
    },
  }
}
