/** What a server has at its first start: reference data always; made-up people and their history in development. */

import type { Area } from '@helsevev/kernel/access/area'
import { runRules } from '@helsevev/kernel/areas/misuse/run'
import { worklistsArea } from '@helsevev/kernel/areas/worklists/area'
import { sendWorklist } from '@helsevev/kernel/areas/worklists/interactions'
import { importShipped } from '@helsevev/kernel/codes/import'
import type { Done, Exchange, Kernel, ServiceExchange } from '@helsevev/kernel/fhir/exchange'
import { searchType } from '@helsevev/kernel/fhir/interactions/search-type'
import { transaction } from '@helsevev/kernel/fhir/interactions/transaction'
import { receiveMessage } from '@helsevev/kernel/fhir/messages/receive-message'
import { recordAccess } from '@helsevev/kernel/fhir/record-access'
import type { Caller } from '@helsevev/kernel/identity/caller'
import type { Log } from '@helsevev/kernel/log/lines'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Sql } from 'postgres'
import type { Environment } from './env.ts'
import { markMadeUpPeople, refuseMadeUpPeople } from './made-up-people.ts'
import {
  controlled,
  messages,
  openingSearches,
  type SeedMessage,
  type SeedTransaction,
  type SeedWorld,
  seedReference,
  transactions,
  worklists,
  world,
} from './seed/index.ts'

/** Imports the shipped reference data into an empty database; in development also the organisations and people of the stories. */
async function reference(sql: Sql, environment: Environment): Promise<SeedWorld | undefined> {
  const [row] = await sql<{ empty: boolean }[]>`select not exists (select 1 from code_system) as empty`
  if (row?.empty) await importShipped(sql)
  if (environment.mode === 'production') await refuseMadeUpPeople(sql)
  if (environment.mode === 'production' || !environment.seed) return undefined
  await markMadeUpPeople(sql)
  await seedReference(sql)
  return world()
}

/** Writes the stories the way any vendor's writes go: validated, decided and logged. Once, into a store without records. */
async function storeStories(kernel: Kernel, sql: Sql, log: Log): Promise<void> {
  const [row] = await sql<{ empty: boolean }[]>`select not exists (select 1 from record) as empty`
  if (!row?.empty) return
  const began = performance.now()
  let resources = 0
  const now = kernel.clock()
  const byPerson = [...Map.groupBy([...transactions(now), ...messages(now)], ({ identityNumber }) => identityNumber).values()]
  // One person's history is written in order; several persons at once share the waiting for the disk.
  const queue = byPerson.values()
  const writers = Array.from({ length: 8 }, async () => {
    for (const history of queue) {
      for (const seeded of history) {
        const written = await storeSeeded(kernel, seeded)
        resources += written
      }
    }
  })
  await Promise.all(writers)
  await openPatients(kernel, sql)
  log('SEEDED', { persons: byPerson.length, resources, ms: Math.round(performance.now() - began) })
}

/** Look-ups of staff, and the cases that the rules make of them: what a controller has to ask about on the first day. */
async function openPatients(kernel: Kernel, sql: Sql): Promise<void> {
  for (const { exchange, type, form, isRefused } of openingSearches(kernel)) {
    const done = await searchType(exchange, type, form)
    if (isRefused && isProblem(done.result)) await recordAccess(exchange, done)
    else await recorded(exchange, [done])
  }
  const today = Temporal.Instant.from(kernel.clock().toISOString()).toZonedDateTimeISO('Europe/Oslo').toPlainDate()
  // A day before too: the look-ups may have begun before midnight.
  const days = { from: today.subtract({ days: 1 }).toString(), until: today.add({ days: 1 }).toString() }
  await runRules(sql, { organization: controlled, ...days }, kernel.clock())
}

/** How many entries, or messages, were written. */
async function storeSeeded(kernel: Kernel, seeded: SeedTransaction | SeedMessage): Promise<number> {
  const service = kernel.services.get(seeded.service)
  if (!service) return 0
  const exchange = { ...exchangeOf(kernel, service, seeded), service }
  await recorded(exchange, 'bundle' in seeded ? await transaction(exchange, seeded.bundle) : await message(exchange, seeded))
  return 'bundle' in seeded ? (seeded.bundle.entry?.length ?? 0) : 1
}

/** A call of the system with which a controller writes. */
function exchangeOf(kernel: Kernel, area: Area, { controller, client }: { controller: string; client: string }): Exchange {
  const caller: Caller = {
    kind: 'system',
    pid: undefined,
    name: client,
    hprNumber: undefined,
    organization: controller,
    organizationChild: undefined,
    supplier: undefined,
    multiTenant: false,
    client,
    scopes: [`helsevev:${area.id}/write`],
    attestation: undefined,
    issuedAt: 0,
  }
  return { kernel, area, caller, attestation: undefined, accessBasis: undefined, eventId: kernel.ids.uuid() }
}

async function recorded(exchange: Exchange, all: readonly Done[]): Promise<void> {
  for (const done of all) {
    if (isProblem(done.result)) {
      throw new Error(
        `A made-up story was refused: ${done.result.issues.map(({ text, expression }) => `${expression ?? ''} ${text}`).join('; ')}`,
      )
    }
    await recordAccess(exchange, done)
  }
}

/** Sends the units' lists of patients the way their systems do: at each start, since a list grows old within hours. */
async function sendWorklists(kernel: Kernel): Promise<void> {
  for (const seeded of worklists(kernel.clock())) {
    const exchange = exchangeOf(kernel, worklistsArea, seeded)
    await recorded(exchange, (await sendWorklist(exchange, seeded.unit, seeded.list)).done)
  }
}

async function message(exchange: ServiceExchange, { adapter: name, text }: SeedMessage): Promise<Done[]> {
  const adapter = exchange.service.adapters?.find((candidate) => candidate.name === name)
  if (!adapter) return []
  const content = Buffer.from(text)
  return await receiveMessage(exchange, adapter, { body: content, mediaType: 'application/xml', content })
}

export const seedOnce = { reference, stories: storeStories, worklists: sendWorklists }
