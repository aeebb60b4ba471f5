/**
 * Counts the calls that were refused before it was known what they are about: no valid token or proof (401), too many (429), a full server,
 * and sign-ins that were not completed. The access log has no row of them, since no organisation and no patient is known to be concerned.
 * They are counted by day, client, vendor and organisation as a token of the issuer names them, without persons, so that a vendor finds
 * its own mistake the same day.
 */
import type { Sql } from 'postgres'
import { dayInNorway } from '../values/norwegian-day.ts'

/** Who sent a call, as the issuer vouches. Unknown when there is no token that the issuer signed. */
interface Sender {
  client: string
  organization?: string | undefined
  supplier?: string | undefined
}

export interface RefusedCalls {
  /** Organisation and supplier are organisation numbers, empty when unknown. Days are those of Norway, as YYYY-MM-DD. */
  day: string
  client: string
  supplier: string
  organization: string
  problem: string
  calls: number
  last: Date
}

export interface RefusedCallCounter {
  count(problem: string, sender: Sender | undefined): void
  /** Counts of one client for its vendor, or of one organisation, from a day on; the newest day and the greatest number first. */
  counted(of: { client: string; supplier: string } | { organization: string }, from: string): Promise<RefusedCalls[]>
  /** Stores what is counted. */
  close(): Promise<void>
}

const FLUSH_MILLISECONDS = 10_000
/** Different rows between two flushes: more than this are counted together, without their sender. */
const MOST_ROWS = 1_000
/** The longest text of a client id that is kept. */
const LONGEST_CLIENT = 200
const KEPT_DAYS = 90

/**
 * Makes a counter. What is counted is stored every ten seconds and when it is closed, and a question stores it first. A database that is
 * away loses no count until the process ends.
 */
export function createRefusedCalls(sql: Sql, clock: () => Date): RefusedCallCounter {
  let waiting = new Map<string, RefusedCalls>()

  function add(call: RefusedCalls): void {
    const key = [call.day, call.client, call.supplier, call.organization, call.problem].join('\n')
    const known = waiting.get(key)
    if (known) {
      known.calls += call.calls
      if (call.last > known.last) known.last = call.last
    } else waiting.set(key, { ...call })
  }

  async function flush(): Promise<void> {
    const rows = [...waiting.values()]
    waiting = new Map()
    if (rows.length === 0) return
    const column = <Name extends keyof RefusedCalls>(name: Name) => rows.map((row) => row[name])
    try {
      await sql`
        insert into refused_call as r (day, client, supplier, organization, problem, calls, last)
        select * from unnest(
          ${column('day')}::date[], ${column('client')}::text[], ${column('supplier')}::text[], ${column('organization')}::text[],
          ${column('problem')}::text[], ${column('calls')}::integer[], ${rows.map(({ last }) => last.toISOString())}::timestamptz[])
        on conflict (day, client, supplier, organization, problem)
        do update set calls = r.calls + excluded.calls, last = greatest(r.last, excluded.last)`
      await sql`delete from refused_call where day < ${dayInNorway(clock())}::date - ${KEPT_DAYS}::integer`
    } catch (error) {
      for (const row of rows) add(row)
      throw error
    }
  }

  let flushing: Promise<void> = Promise.resolve()
  const store = async () => {
    flushing = flushing.catch(() => undefined).then(flush)
    await flushing
  }
  const timer = setInterval(() => void store().catch(() => undefined), FLUSH_MILLISECONDS)
  timer.unref()

  return {
    count(problem, sender) {
      const last = clock()
      const known = waiting.size < MOST_ROWS ? sender : undefined
      add({
        day: dayInNorway(last),
        client: kept(known?.client),
        supplier: known?.supplier ?? '',
        organization: known?.organization ?? '',
        problem,
        calls: 1,
        last,
      })
    },
    async counted(of, from) {
      await store()
      const whose = 'client' in of ? sql`client = ${of.client} and supplier = ${of.supplier}` : sql`organization = ${of.organization}`
      const rows = await sql<RefusedCalls[]>`
        select to_char(day, 'YYYY-MM-DD') as day, client, supplier, organization, problem, calls, last
        from refused_call where ${whose} and day >= ${from}::date
        order by refused_call.day desc, calls desc, problem, organization limit 2000`
      return [...rows]
    },
    async close() {
      clearInterval(timer)
      await store()
    },
  }
}

/**
 * Counts of all vendors, or of one, from a day on; the newest day and the greatest number first. `vendor` is its name with its number, or
 * that it is unknown. For operators: what a server has not stored yet, up to ten seconds, is not in it.
 */
export async function refusedCallsFrom(sql: Sql, from: string, supplier?: string): Promise<(RefusedCalls & { vendor: string })[]> {
  const rows = await sql<(RefusedCalls & { vendor: string })[]>`
    select to_char(c.day, 'YYYY-MM-DD') as day, c.client, c.supplier, c.organization, c.problem, c.calls, c.last,
      case when c.supplier = '' then 'unknown' when o.name is null then c.supplier else o.name || ' (' || c.supplier || ')' end as vendor
    from refused_call c left join organization o on o.number = c.supplier
    where c.day >= ${from}::date and (${supplier ?? null}::text is null or c.supplier = ${supplier ?? null})
    order by c.day desc, c.calls desc, c.supplier, c.client, c.problem, c.organization limit 2000`
  return [...rows]
}

/** PostgreSQL takes no text with NUL. */
function kept(client: string | undefined): string {
  return (client ?? '').replaceAll('\0', '').slice(0, LONGEST_CLIENT)
}
