/**
 * Rows of `record` as creates through the API would have left them, written by COPY. The oldest moment of all people comes first, so
 * that one person's rows lie as scattered on disk as they would after months of reports.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createIds, logicalId } from '@helsevev/kernel/store/ids'
import type { Sql } from 'postgres'
import { type Kind, kinds, MEASUREMENT_SYSTEM, observation, VARIANTS } from './observations.ts'
import { type BenchPerson, FNR } from './people.ts'
import type { RowTemplate, Slots, Template, Templates } from './templates.ts'

const measured: readonly Kind[] = ['respiration', 'saturation', 'pressure', 'pulse']
const MINUTE = 60_000

/**
 * Thirty observations: one score with the seven it is made from, then rounds of measurements alone. One score in thirty keeps the
 * mean of what is sent at the 0.7 kB that the aim for the disk is about, since a score is four times as long as a measurement.
 */
const pattern: readonly (readonly Kind[])[] = [kinds, measured, measured, measured, measured, measured, ['pulse', 'temperature']]

/** What is observed at each moment, newest first, `resources` in all. */
function moments(resources: number): readonly (readonly Kind[])[] {
  const found: (readonly Kind[])[] = []
  let left = resources
  for (let at = 0; left > 0; at++) {
    // The last moment may be cut short; a score stands last in its moment, so it is never without its measurements.
    const observed = (pattern[at % pattern.length] ?? measured).slice(0, left)
    found.push(observed)
    left -= observed.length
  }
  return found
}

/** Returns the number of rows. `now` is just after the newest moment. */
export async function loadObservations(
  sql: Sql,
  people: readonly BenchPerson[],
  templates: Templates,
  resources: number,
  now: Date,
): Promise<number> {
  let rows = 0
  function* pieces(): Generator<string> {
    for (const [at, observed] of [...moments(resources).entries()].reverse()) {
      for (const [place, person] of people.entries()) {
        // Every fourteen hours, at a minute of one's own.
        const time = new Date(now.getTime() - (at * 14 * 60 + 1 + ((place * 37) % 800)) * MINUTE)
        const lines = observe(person, place, at, observed, time, templates)
        rows += lines.length
        yield lines.join('')
      }
    }
  }
  await copyRecords(sql, pieces())
  return rows
}

/** Mean bytes of the Observations as a record system sends them. */
export function sentBytes(resources: number): number {
  const uuid = 'urn:uuid:00000000-0000-4000-8000-000000000000'
  const moment = {
    controller: '000000000',
    time: '2026-01-01T00:00:00Z',
    identifier: (kind: Kind) => `0000000-000-${kind}`,
    reference: () => uuid,
  }
  const subject = { identifier: { system: FNR, value: '00000000000' } }
  const sizes = moments(resources).flatMap((kinds) =>
    kinds.map((kind) => JSON.stringify({ ...observation(kind, 8, moment), subject }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}

function observe(person: BenchPerson, place: number, at: number, observed: readonly Kind[], time: Date, templates: Templates): string[] {
  const controller = person.controllers[at % person.controllers.length] ?? ''
  const set = templates.get(controller)?.[(place + at) % VARIANTS] ?? []
  const effective = `${time.toISOString().slice(0, 19)}Z`
  const measurements: string[] = []
  return observed.map((kind, nth) => {
    const template = set[kinds.indexOf(kind)]
    if (!template) throw new Error(`There is no template of ${kind} for ${controller}.`)
    // One millisecond apart, since ids of one person and one millisecond could be the same.
    const recorded = new Date(time.getTime() + 2 * MINUTE + nth)
    const id = createIds(() => recorded).recordId()
    const logical = logicalId(person.key, id)
    const slots = {
      id: logical,
      recorded: recorded.toISOString(),
      effective,
      identifier: `${String(place).padStart(7, '0')}-${String(at).padStart(3, '0')}-${kind}`,
      measurements,
    }
    const line = row(person, id, template, slots)
    measurements.push(logical)
    return line
  })
}

function row(person: BenchPerson, id: string, template: Template, slots: Parameters<Template['content']>[0]): string {
  return copyLine(person, id, template, slots, `identifier:${MEASUREMENT_SYSTEM}|${slots.identifier}`)
}

/** The columns that `copyRecords` names, as COPY takes them. `fact` is the business key in the words of the service. */
export function copyLine({ key }: BenchPerson, id: string, template: RowTemplate, slots: Slots, fact: string): string {
  const { service, type, controller, writer } = template
  const businessKey = uuidOf(`${controller}|${type}|${fact}`)
  const columns = [
    key,
    id,
    '1',
    service,
    type,
    controller,
    slots.effective,
    slots.recorded,
    businessKey,
    template.tokens(slots),
    writer,
    template.content(slots),
  ]
  return `${columns.map((text) => text.replaceAll('\\', '\\\\')).join('\t')}\n`
}

/** Writes lines of `copyLine` into `record`, piece by piece as they are made. */
export async function copyRecords(sql: Sql, pieces: Iterable<string>): Promise<void> {
  const copy = await sql`
    copy record (patient, id, version, service, type, controller, effective, recorded, business_key, tokens, writer, content)
    from stdin`.writable()
  for (const piece of pieces) if (!copy.write(piece)) await once(copy, 'drain')
  copy.end()
  await once(copy, 'finish')
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
