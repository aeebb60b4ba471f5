/**
 * Batches that are stored after the answer (docs/decisions/0071-batches-that-are-answered-later.md). The entries stay in the memory of the
 * process that took them; the database has what has become of each, so that any process can say it, and so that a process that is killed
 * leaves what it has stored.
 */
import type { Sql } from 'postgres'
import { type Problem, problem } from '../problem/problem.ts'
import type { Ids } from './ids.ts'

/** Who began a batch. Nobody else learns that there is one. */
export interface JobOwner {
  organization: string
  client: string
  supplier: string
}

export interface JobStatus {
  entries: number
  /** The answer to each entry that has been handled, by its place. */
  answers: Record<string, unknown>
  /** `cut-off`: the process ended before the batch did. What has no answer may be stored or not. */
  state: 'running' | 'done' | 'cut-off'
}

export interface BatchJobs {
  /** Takes a batch, and runs it when this has returned: the id, or `busy`. */
  begin(owner: JobOwner, about: { service: string; entries: number }, work: JobWork): Promise<string | Problem>
  status(owner: JobOwner, service: string, id: string): Promise<JobStatus | undefined>
  /** Stops it after the step it is in, and forgets it. What it was when it ended. */
  end(owner: JobOwner, service: string, id: string): Promise<JobStatus | undefined>
  /** Stops every batch of this process after the step it is in. */
  close(): Promise<void>
}

/** `keep` stores answers of entries by their place, and is false when the batch is to stop. Nothing of it may fail after its end. */
type JobWork = (keep: (answers: ReadonlyMap<number, unknown>) => Promise<boolean>) => Promise<void>

/** Batches that a process runs at one time, and those of one client for one organisation. */
export const MOST_JOBS = 8
export const MOST_JOBS_OF_CLIENT = 2
/** Without a sign of life for so long, the process has ended. A step has at most twenty entries, and their links. */
const CUT_OFF_SECONDS = 120
const KEPT_HOURS = 24

export function createBatchJobs({ sql, ids, clock }: { sql: Sql; ids: Pick<Ids, 'uuid'>; clock: () => Date }): BatchJobs {
  const running = new Map<string, Promise<void>>()
  let isClosing = false

  const keep = async ({ organization }: JobOwner, id: string, answers: ReadonlyMap<number, unknown>): Promise<boolean> => {
    const text = JSON.stringify(Object.fromEntries(answers))
    const kept = await sql`
      update batch_job set answers = answers || ${text}::text::jsonb, alive = ${clock()}
      where controller = ${organization} and id = ${id} and state = 'running'`
    return kept.count > 0 && !isClosing
  }
  const ended = async ({ organization }: JobOwner, id: string): Promise<void> => {
    await sql`
      update batch_job set alive = ${clock()},
        state = case when (select count(*) from jsonb_object_keys(answers)) < entries then 'cut-off' else 'done' end
      where controller = ${organization} and id = ${id} and state = 'running'`
  }
  const find = async ({ organization, client, supplier }: JobOwner, service: string, id: string): Promise<JobStatus | undefined> => {
    const [found] = await sql<(JobStatus & { alive: Date })[]>`
      select entries, answers, state, alive from batch_job
      where controller = ${organization} and id = ${id} and client = ${client} and supplier = ${supplier} and service = ${service}`
    if (!found) return undefined
    const { alive, ...status } = found
    const isLost = status.state === 'running' && clock().getTime() - alive.getTime() > CUT_OFF_SECONDS * 1000
    return isLost ? { ...status, state: 'cut-off' } : status
  }

  return {
    async begin(owner, { service, entries }, work) {
      const now = clock()
      const { organization, client, supplier } = owner
      await sql`delete from batch_job where begun < ${new Date(now.getTime() - KEPT_HOURS * 3_600_000)}`
      const lost = new Date(now.getTime() - CUT_OFF_SECONDS * 1000)
      const [own] = await sql<{ count: number }[]>`
        select count(*)::int as count from batch_job
        where controller = ${organization} and client = ${client} and supplier = ${supplier} and state = 'running' and alive > ${lost}`
      if (isClosing || running.size >= MOST_JOBS || (own?.count ?? 0) >= MOST_JOBS_OF_CLIENT)
        return problem('busy', `At most ${MOST_JOBS_OF_CLIENT} batches of a client are under way. Ask for the others first.`, {
          headers: { 'Retry-After': '5' },
        })
      // An id has letters only, so that none in an address is taken for an identity number.
      const id = ids
        .uuid()
        .replaceAll('-', '')
        .replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
      await sql`
        insert into batch_job (controller, id, client, supplier, service, entries, state, begun, alive)
        values (${organization}, ${id}, ${client}, ${supplier}, ${service}, ${entries}, 'running', ${now}, ${now})`
      const run = async () => {
        try {
          await work(async (answers) => await keep(owner, id, answers))
        } finally {
          running.delete(id)
          await ended(owner, id)
        }
      }
      running.set(
        id,
        Promise.resolve()
          .then(run)
          .catch(() => undefined),
      )
      return id
    },
    status: find,
    async end(owner, service, id) {
      const found = await find(owner, service, id)
      if (found) await sql`delete from batch_job where controller = ${owner.organization} and id = ${id}`
      return found
    },
    async close() {
      isClosing = true
      await Promise.all(running.values())
    },
  }
}
