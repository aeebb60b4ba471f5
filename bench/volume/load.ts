/**
 * People who measure at home, as months of batches would have left them: rows made from what the server stores for each kind and value,
 * written by COPY with the oldest of all people first. The days of trends are written by the kernel's own statement.
 */
import { createIds, logicalId, type RecordId } from '@helsevev/kernel/store/ids'
import { addition } from '@helsevev/kernel/store/measurements'
import type { Api } from '@helsevev/sdk'
import { seedReference } from '@helsevev/server/seed/index'
import { bergen, helseVest } from '@helsevev/server/seed/organizations'
import type { Observation } from '@medplum/fhirtypes'
import type { Sql } from 'postgres'
import { asSent } from '../loading/compare.ts'
import { HOME_SYSTEM, measuredKinds, measurement, VALUES } from '../loading/home-measurements.ts'
import { copyLine, copyRecords } from '../loading/load.ts'
import { type BenchPerson, FNR, makePeople, storePeople } from '../loading/people.ts'
import { asOwner } from '../loading/store.ts'
import { type RowTemplate, recordSystems, rowTemplate, rowWith } from '../loading/templates.ts'
import { type Issuer, storeNurses } from '../world.ts'

export const SERVICE = 'home-monitoring'
const MINUTE = 60_000
/** Sessions a day; with a measurement of each of the five kinds that is fifty a day. */
const SESSIONS = 10

/** Who collects: mostly the municipality, every fifth session the hospital. */
const controllers = [bergen.number, bergen.number, bergen.number, bergen.number, helseVest.number] as const

export interface Loaded {
  people: BenchPerson[]
  /** Rows of one person. */
  rows: number
  seconds: number
}

/** Minutes before now of each session, newest first: a year of ten a day, or the two sessions that make ten rows. */
function sessions(days: number): number[] {
  const all = Array.from({ length: days * SESSIONS }, (_, at) => 5 + at * ((24 * 60) / SESSIONS))
  return days > 0 ? all : [5, 45 * 24 * 60]
}

export async function loadMeasurements(
  directory: string,
  baseUrl: string,
  issuer: Issuer,
  { people: count, days, nurses }: { people: number; days: number; nurses: number },
): Promise<Loaded> {
  return await asOwner(directory, async (sql) => {
    await seedReference(sql)
    await storeNurses(sql, nurses)
    const [first, ...people] = makePeople(count + 1).map((person) => ({ ...person, controllers: [bergen.number, helseVest.number] }))
    if (!first) throw new Error('No people were made.')
    await storePeople(sql, [first, ...people], SERVICE)
    const apis = await recordSystems(baseUrl, issuer, SERVICE)
    const templates = await createTemplates(sql, apis, first)
    const began = performance.now()
    const moments = sessions(days)
    await copyRecords(sql, lines(people, moments, templates, Date.now()))
    // Those of the person of the templates were added as they were created.
    await sql`
      create temporary view loaded as select * from record
      where patient in (select patient from person where patient <> ${sql.unsafe(first.key)}::bigint)`
    await sql`${addition(sql, 'loaded')}`
    const seconds = (performance.now() - began) / 1000
    await sql`vacuum (analyze)`
    await compareWithApi(sql, apis, people.slice(0, 4))
    return { people, rows: moments.length * measuredKinds, seconds }
  })
}

/** By controller, then kind, then value. */
type Templates = ReadonlyMap<string, readonly (readonly RowTemplate[])[]>

async function createTemplates(sql: Sql, apis: ReadonlyMap<string, Api>, { number }: BenchPerson): Promise<Templates> {
  const templates = new Map<string, RowTemplate[][]>()
  for (const controller of new Set(controllers)) {
    const api = apis.get(controller)
    if (!api) throw new Error(`Nobody writes for ${controller}.`)
    const ofKinds: RowTemplate[][] = []
    for (let kind = 0; kind < measuredKinds; kind++) {
      const ofValues: RowTemplate[] = []
      for (let value = 0; value < VALUES; value++) {
        const identifier = `template-${controller}-${kind}-${value}`
        const effective = '2026-01-01T08:00:00Z'
        const resource = {
          ...measurement(kind, value, { controller, time: effective, identifier }),
          subject: { identifier: { system: FNR, value: number } },
        }
        const reply = await api.post(`${SERVICE}/Observation`, resource)
        if (reply.status !== 201) throw new Error(`The server did not take a template as it is: ${JSON.stringify(reply.body)}`)
        const row = await rowWith(sql, `identifier=${HOME_SYSTEM}|${identifier}`)
        const own = { id: logicalId(row.patient, row.id), recorded: row.recorded.toISOString(), effective, identifier, measurements: [] }
        ofValues.push(rowTemplate(row, own))
      }
      ofKinds.push(ofValues)
    }
    templates.set(controller, ofKinds)
  }
  return templates
}

function* lines(people: readonly BenchPerson[], moments: readonly number[], templates: Templates, now: number): Generator<string> {
  let recorded = new Date()
  const ids = createIds(() => recorded)
  for (const [at, minutes] of [...moments.entries()].reverse()) {
    for (const [place, person] of people.entries()) {
      const time = new Date(now - (minutes + ((place * 37) % 120)) * MINUTE)
      const effective = `${time.toISOString().slice(0, 19)}Z`
      recorded = new Date(time.getTime() + 2 * MINUTE)
      const ofKinds = templates.get(controllers[at % controllers.length] ?? '') ?? []
      let text = ''
      for (const [kind, ofValues] of ofKinds.entries()) {
        const template = ofValues[(at * 3 + place + kind) % VALUES]
        if (!template) throw new Error('A template is missing.')
        const id = ids.recordId()
        const identifier = `${String(place).padStart(5, '0')}-${String(at).padStart(4, '0')}-${kind}`
        const slots = { id: logicalId(person.key, id), recorded: recorded.toISOString(), effective, identifier, measurements: [] }
        text += copyLine(person, id, template, slots, `identifier:${HOME_SYSTEM}|${identifier}`)
      }
      yield text
    }
  }
}

/** Sends the newest rows again: the server must answer that it has exactly those. The days of trends must be those of the records. */
async function compareWithApi(sql: Sql, apis: ReadonlyMap<string, Api>, people: readonly BenchPerson[]): Promise<void> {
  for (const { key } of people) {
    const rows = await sql<{ id: RecordId; controller: string }[]>`
      select id, controller from record where patient = ${key} and service = ${SERVICE} and type = 'Observation'
      order by effective desc, id desc limit 5`
    for (const { id, controller } of rows) {
      const api = apis.get(controller)
      const read = await api?.get<Observation>(`${SERVICE}/Observation/${logicalId(key, id)}`)
      const again = read && (await api?.post(`${SERVICE}/Observation`, asSent(read.body)))
      if (again?.status !== 200 || again.headers.get('etag') !== 'W/"1"')
        throw new Error(`A loaded row is not as a create would have stored it: sent again, it was answered with ${again?.status}.`)
    }
    const [counted] = await sql<{ records: number; days: number }[]>`
      select (select count(*)::integer from record where patient = ${key}) as records,
        (select sum(count)::integer from measured_day where patient = ${key}) as days`
    if (counted?.records !== counted?.days) throw new Error(`Days of trends hold ${counted?.days} numbers of ${counted?.records} records.`)
  }
}
