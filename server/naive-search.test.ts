/**
 * A naive search in memory gives the same answers as SQL, on random queries over random records. It reads resources, not tokens, and
 * compares by the words of R4: http://hl7.org/fhir/R4/search.html. `SEED` and `QUERIES` in the environment choose another, longer run.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { indexTokens } from '@helsevev/kernel/fhir/search/index-tokens'
import { parseSearch } from '@helsevev/kernel/fhir/search/search-parameters'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { logicalId, type RecordId } from '@helsevev/kernel/store/ids'
import { countRecords, searchRecords } from '@helsevev/kernel/store/read-records'
import type { Visibility } from '@helsevev/kernel/store/visibility'
import { createRecords } from '@helsevev/kernel/store/write-records'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { testResults } from '@helsevev/service-test-results/service'
import type { Observation } from '@medplum/fhirtypes'

const SEED = Number(process.env['SEED'] ?? 13)
const QUERIES = Number(process.env['QUERIES'] ?? 500)
const RECORDS = 120
const codes = codesFromData()
const declaration = testResults.resources['Observation'] as never as Parameters<typeof indexTokens>[0]

/** mulberry32: the same numbers for the same seed. */
let state = SEED
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const whole = (most: number) => Math.floor(random() * most)
const one = <T>(list: readonly T[]): T => list[whole(list.length)] as T

const pad = (number: number) => String(number).padStart(2, '0')
function date(): string {
  const day = `${one(['2025', '2026'])}-${pad(1 + whole(3))}-${pad(1 + whole(28))}`
  return one([day.slice(0, 4), day.slice(0, 7), day, day, `${day}T${pad(whole(24))}:${pad(whole(60))}:00Z`])
}
const statuses = ['final', 'preliminary', 'amended', 'cancelled'] as const
const systems = ['urn:a', 'urn:b', undefined] as const
const plainCodes = ['1', '2', 'x|y', 'x,y', 'z\\', '$1'] as const
const coding = () => {
  const chosen = one(systems)
  return { ...(chosen ? { system: chosen } : {}), code: one(plainCodes) }
}
const quantity = () => ({ value: one([1, 1.5, 2, 54, 0.054]), system: 'http://unitsofmeasure.org', code: one(['g', 'kg', 'mg']) })

interface Stored {
  id: RecordId
  resource: Observation
}
let api: TestApi
let visibility: Visibility
const stored: Stored[] = []

before(async () => {
  api = await testApi([testResults])
  const person = await api.person(1)
  const writer = await api.kernel.actorId(await api.kernel.actorOf(system(organizations.bergen)))
  for (let at = 0; at < RECORDS; at += 1) {
    const id = api.kernel.ids.recordId()
    const other = stored.length > 0 && random() < 0.5 ? `Observation/${logicalId(person.key, one(stored).id)}` : undefined
    const resource: Observation = {
      resourceType: 'Observation',
      status: one(statuses),
      code: { coding: [coding(), ...(random() < 0.3 ? [coding()] : [])] },
      ...(random() < 0.7 ? { identifier: [{ value: one(plainCodes), ...(random() < 0.5 ? { system: 'urn:a' } : {}) }] } : {}),
      ...(random() < 0.6
        ? { effectiveDateTime: date() }
        : { effectivePeriod: { start: date(), ...(random() < 0.5 ? { end: `2026-0${4 + whole(4)}-01` } : {}) } }),
      ...(random() < 0.7 ? { valueQuantity: quantity() } : {}),
      ...(other ? { hasMember: [{ reference: other }] } : {}),
    }
    stored.push({ id, resource })
    const time = spanOf(resource)[0] as number
    await createRecords(api.sql, [
      {
        patient: person.key,
        id,
        version: 1,
        service: 'test-results',
        type: 'Observation',
        controller: organizations.bergen,
        effective: new Date(time),
        recorded: new Date(Date.UTC(2026, 0, 1 + at)),
        businessKey: undefined,
        setKey: undefined,
        sensitiveCodes: undefined,
        releaseAt: undefined,
        releaseCodes: undefined,
        tokens: indexTokens(declaration, resource, codes),
        writer,
        content: JSON.stringify(resource),
      },
    ])
  }
  visibility = {
    service: 'test-results',
    organization: organizations.bergen,
    ownRecords: true,
    controllers: [organizations.bergen],
    patient: { key: person.key, linked: [], birthDate: undefined, identifier: person.identifier },
    openedSensitiveCodes: undefined,
    withholdings: [],
    choiceChanges: 0,
    hiddenReleaseCodes: [],
    blockedAgainstStaff: false,
    releasedOnly: false,
    at: new Date('2026-06-01'),
  } as never as Visibility
})
after(async () => await api.close())

/** The milliseconds from the first to the first after, in Norwegian time where no zone is stated. */
function range(text: string): [number, number] {
  if (text.includes('T')) return [Date.parse(text), Date.parse(text) + 1000]
  const [year = 0, month, day] = text.split('-').map(Number)
  const start = norwegianMidnight(year, month ?? 1, day ?? 1)
  if (day) return [start, norwegianMidnight(year, month ?? 1, day + 1)]
  return month ? [start, norwegianMidnight(year, month + 1, 1)] : [start, norwegianMidnight(year + 1, 1, 1)]
}
function norwegianMidnight(year: number, month: number, day: number): number {
  const utc = Date.UTC(year, month - 1, day)
  const hour = Number(new Intl.DateTimeFormat('en', { timeZone: 'Europe/Oslo', hour: '2-digit', hourCycle: 'h23' }).format(utc))
  return utc - hour * 3_600_000
}
function spanOf({ effectiveDateTime, effectivePeriod }: Observation): [number, number] {
  if (effectiveDateTime) return range(effectiveDateTime)
  const { start, end } = effectivePeriod ?? {}
  return [start ? range(start)[0] : Number.NEGATIVE_INFINITY, end ? range(end)[1] : Number.POSITIVE_INFINITY]
}

function isInTime(prefix: string, [s, e]: [number, number], [from, to]: [number, number]): boolean {
  const contained = s >= from && e <= to
  const above = e > to
  const below = s < from
  return (
    {
      eq: contained,
      ne: !contained,
      gt: above,
      lt: below,
      ge: above || contained,
      le: below || contained,
      sa: s >= to,
      eb: e <= from,
      ap: s < to && e > from,
    }[prefix] ?? false
  )
}

type Test = (stored: Stored) => boolean
interface Condition {
  parameter: [string, string]
  holds: Test
}
const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&')
const grams = { g: 1, kg: 1000, mg: 0.001 } as const
const near = (number: number) => Number(number.toPrecision(12))

type Coded = { system?: string | undefined; code?: string | undefined }
const codingsOf: Record<string, (resource: Observation) => Coded[]> = {
  code: ({ code }) => code.coding ?? [],
  identifier: ({ identifier = [] }) => identifier.map(({ system: of, value }) => ({ system: of, code: value })),
  status: ({ status }) => [{ system: 'http://hl7.org/fhir/observation-status', code: status }],
}

function tokenCondition(name: 'code' | 'identifier' | 'status'): Condition {
  const asked = Array.from({ length: 1 + whole(2) }, (): [string, (coded: Coded) => boolean] => {
    const code = name === 'status' ? one(statuses) : one(plainCodes)
    const of = name === 'status' ? one(['http://hl7.org/fhir/observation-status', 'urn:a']) : one(['urn:a', 'urn:b'])
    const form = whole(4)
    if (form === 0) return [escaped(code), (coded) => coded.code === code]
    if (form === 1) return [`${of}|${escaped(code)}`, (coded) => coded.system === of && coded.code === code]
    if (form === 2) return [`|${escaped(code)}`, (coded) => (name === 'status' || coded.system === undefined) && coded.code === code]
    return [`${of}|`, (coded) => coded.system === of]
  })
  const any: Test = ({ resource }) => (codingsOf[name]?.(resource) ?? []).some((coded) => asked.some(([, holds]) => holds(coded)))
  const negated = random() < 0.25
  return {
    parameter: [negated ? `${name}:not` : name, asked.map(([text]) => text).join(',')],
    holds: negated ? (stored) => !any(stored) : any,
  }
}

function condition(): Condition {
  const kind = whole(7)
  if (kind <= 1) return tokenCondition(one(['code', 'identifier', 'status'] as const))
  if (kind <= 3) {
    const asked = Array.from({ length: 1 + whole(2) }, () => ({
      prefix: one(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb', 'ap', '']),
      text: date(),
    }))
    const holds: Test = ({ resource }) => asked.some(({ prefix, text }) => isInTime(prefix || 'eq', spanOf(resource), range(text)))
    return { parameter: ['date', asked.map(({ prefix, text }) => prefix + text).join(',')], holds }
  }
  if (kind === 4) {
    const { value, code } = quantity()
    const prefix = one(['gt', 'ge', 'lt', 'le', 'eq', 'ne'] as const)
    const margin = 0.5 * 10 ** -(String(value).split('.')[1]?.length ?? 0)
    const [at, low, high] = [value, value - margin, value + margin].map((number) => near((number * grams[code as 'g']) / 1000)) as [
      number,
      number,
      number,
    ]
    const holds: Test = ({ resource: { valueQuantity } }) => {
      if (valueQuantity?.value === undefined) return false
      const number = near((valueQuantity.value * grams[valueQuantity.code as 'g']) / 1000)
      const isEqual = number >= low && number < high
      return { gt: number > at, ge: number >= at, lt: number < at, le: number <= at, eq: isEqual, ne: !isEqual }[prefix]
    }
    return { parameter: ['value-quantity', `${prefix}${value}|http://unitsofmeasure.org|${code}`], holds }
  }
  if (kind === 5) {
    const name = one(['identifier', 'value-quantity', 'has-member', 'date', 'code'] as const)
    const missing = random() < 0.5
    const has: Test = ({ resource }) =>
      ({
        identifier: resource.identifier,
        'value-quantity': resource.valueQuantity,
        'has-member': resource.hasMember,
        date: true,
        code: true,
      })[name] !== undefined
    return { parameter: [`${name}:missing`, String(missing)], holds: (stored) => has(stored) !== missing }
  }
  const id = logicalId(visibility.patient.key, one(stored).id)
  const isMember: Test = ({ resource: { hasMember = [] } }) => hasMember.some(({ reference }) => reference === `Observation/${id}`)
  return { parameter: [one(['has-member', 'has-member:Observation']), one([id, `Observation/${id}`])], holds: isMember }
}

test(`${QUERIES} random queries, seed ${SEED}: SQL finds what a naive search finds, in the same order`, { timeout: 600_000 }, async (t) => {
  t.diagnostic(`seed ${SEED}`)
  let found = 0
  for (let at = 0; at < QUERIES; at += 1) found += await compare(query(at))
  assert.ok(found > QUERIES, `${found} found in ${QUERIES} searches`)
})

interface Query {
  conditions: Condition[]
  sort: string
  said: string
  isCounted: boolean
}

function query(at: number): Query {
  const conditions = Array.from({ length: 1 + whole(3) }, condition)
  const sort = one(['date', '-date', '_lastUpdated', '-_lastUpdated'])
  const text = conditions.map(({ parameter }) => parameter.join('=')).join('&')
  return { conditions, sort, said: `seed ${SEED}, query ${at}: ${text} ${sort}`, isCounted: at % 10 === 0 }
}

/** The number of records that were found. */
async function compare({ conditions, sort, said, isCounted }: Query): Promise<number> {
  const controls: [string, string][] = [
    ['patient.identifier', '1'],
    ['_sort', sort],
    ['_count', '1000'],
  ]
  const form = new URLSearchParams([...controls, ...conditions.map(({ parameter }) => parameter)])
  const search = parseSearch(form, { type: 'Observation', declaration, codes })
  assert.ok(!isProblem(search), `${said} ${JSON.stringify(search)}`)
  const asked = { ...search.filter, type: 'Observation' }
  const expected = ordered(
    stored.filter((record) => conditions.every(({ holds }) => holds(record))),
    sort,
  )
  const rows = await searchRecords(api.sql, visibility, asked)
  assert.deepEqual(
    rows.map(({ id }) => id),
    expected.map(({ id }) => id),
    said,
  )
  if (isCounted) assert.equal(await countRecords(api.sql, visibility, asked), expected.length, said)
  return rows.length
}

/** By time and then by id, which is the order in which they were stored too. */
function ordered(list: readonly Stored[], sort: string): Stored[] {
  const place = (record: Stored) => stored.indexOf(record)
  const time = (record: Stored) => (sort.endsWith('_lastUpdated') ? 0 : spanOf(record.resource)[0])
  const inOrder = [...list].sort((a, b) => time(a) - time(b) || place(a) - place(b))
  return sort.startsWith('-') ? inOrder.reverse() : inOrder
}
