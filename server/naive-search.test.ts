/**
 * A naive search in memory gives the same answers as SQL, on random queries over random records. It reads resources, not tokens, and
 * compares by the words of R4: http://hl7.org/fhir/R4/search.html. `SEED` and `QUERIES` in the environment choose another, longer run.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { BoundRecords } from '@helsevev/kernel/fhir/records'
import { includedWith } from '@helsevev/kernel/fhir/search/include'
import { indexTokens } from '@helsevev/kernel/fhir/search/index-tokens'
import { parseSearch } from '@helsevev/kernel/fhir/search/search-parameters'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { defineProfile } from '@helsevev/kernel/fhir/validation/profile'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { logicalId, type RecordId } from '@helsevev/kernel/store/ids'
import { countRecords, type LinkedRecord, recordsById, recordsWithTokens, searchRecords } from '@helsevev/kernel/store/read-records'
import type { Visibility } from '@helsevev/kernel/store/visibility'
import { createRecords } from '@helsevev/kernel/store/write-records'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { testResults } from '@helsevev/service-test-results/service'
import type { Observation } from '@medplum/fhirtypes'

const SEED = Number(process.env['SEED'] ?? 13)
const QUERIES = Number(process.env['QUERIES'] ?? 300)
const RECORDS = 120
const codes = codesFromData()
const declaration = testResults.resources['Observation'] as never as Parameters<typeof indexTokens>[0]
/** The service with a value set of codes that the records have. */
const service: InformationService = {
  ...testResults,
  resources: {
    Observation: {
      ...declaration,
      profiles: [
        {
          profile: defineProfile({
            url: 'urn:profile',
            name: 'naive',
            title: 'naive',
            type: 'Observation',
            elements: [
              {
                path: 'Observation.code',
                codes: [
                  { system: 'urn:a', codes: ['1', 'x|y'] },
                  { system: 'urn:b', codes: [] },
                ],
              },
            ],
          }),
        },
      ],
    },
  },
}

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
/** Words with case, combining characters, signs and blanks. */
const words = [
  'Åpen',
  'a\u030Apen sår',
  'OPEN-sore',
  'B-Hemo/open',
  'open  sore 7.5',
  'Sår, 75',
  'é',
  'É open',
  'ø',
  'Ø.7',
  '7,5 mg',
] as const
const coding = () => {
  const chosen = one(systems)
  return { ...(chosen ? { system: chosen } : {}), code: one(plainCodes), ...(random() < 0.3 ? { display: one(words) } : {}) }
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
      id: logicalId(person.key, id),
      code: { coding: [coding(), ...(random() < 0.3 ? [coding()] : [])], ...(random() < 0.2 ? { text: one(words) } : {}) },
      ...(random() < 0.7 ? { identifier: [{ value: one(plainCodes), ...(random() < 0.5 ? { system: 'urn:a' } : {}) }] } : {}),
      ...(random() < 0.6
        ? { effectiveDateTime: date() }
        : { effectivePeriod: { start: date(), ...(random() < 0.5 ? { end: `2026-0${4 + whole(4)}-01` } : {}) } }),
      ...one([{}, { valueQuantity: quantity() }, { valueQuantity: quantity() }, { valueString: one(words) }]),
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

/**
 * The letters, digits and signs that count: those of the base, without case; a sign counts between two digits alone, and is elsewhere
 * nothing or a blank.
 */
function plain(text: string, sign: '' | ' '): string {
  const letters = [...text.normalize('NFKD')].filter((letter) => !/\p{M}/u.test(letter)).map((letter) => letter.toLowerCase())
  const isDigit = (letter = '') => letter >= '0' && letter <= '9'
  const counts = (letter: string, at: number) => !/\p{P}/u.test(letter) || (isDigit(letters[at - 1]) && isDigit(letters[at + 1]))
  const kept = letters.map((letter, at) => (counts(letter, at) ? letter : sign))
  return kept.join('').split(/\s+/).filter(Boolean).join(' ')
}
const inEitherWay = (text: string, value: string, holds: (text: string, value: string) => boolean) =>
  (['', ' '] as const).some((sign) => holds(plain(text, sign), plain(value, sign)))

function textCondition(): Condition {
  const asked = Array.from({ length: 1 + whole(2) }, () => {
    const text = one(words)
    const from = random() < 0.5 ? 0 : whole(text.length - 1)
    return one([text, text.slice(from), text.slice(from, from + 2), text.toUpperCase()])
  }).filter((text) => plain(text, '') !== '')
  const value = (asked.length > 0 ? asked : ['open']).map(escaped).join(',')
  const wanted = asked.length > 0 ? asked : ['open']
  const some = (texts: (string | undefined)[], holds: (text: string, value: string) => boolean) =>
    texts.some((text) => text !== undefined && wanted.some((one) => holds(text, one)))
  const modifier = one(['code:text', 'value-string', 'value-string:exact', 'value-string:contains'] as const)
  const holds: Test = ({ resource: { code, valueString } }) => {
    if (modifier === 'code:text')
      return some([code.text, ...(code.coding ?? []).map(({ display }) => display)], (text, value) =>
        inEitherWay(text, value, (own, wanted) => own.split(' ').some((_, at, parts) => parts.slice(at).join(' ').startsWith(wanted))),
      )
    if (modifier === 'value-string:exact') return some([valueString], (text, value) => text.normalize('NFC') === value.normalize('NFC'))
    if (modifier === 'value-string:contains')
      return some([valueString], (text, value) => inEitherWay(text, value, (own, wanted) => own.includes(wanted)))
    return some([valueString], (text, value) => inEitherWay(text, value, (own, wanted) => own.startsWith(wanted)))
  }
  return { parameter: [modifier, value], holds }
}

/** Some record that refers to this one meets another condition. */
function hasCondition(): Condition {
  const { parameter, holds } = condition()
  const [name, value] = parameter
  const isReferredTo: Test = ({ id }) => {
    const reference = `Observation/${logicalId(visibility.patient.key, id)}`
    return stored.some((other) => other.resource.hasMember?.[0]?.reference === reference && holds(other))
  }
  return { parameter: [`_has:Observation:has-member:${name}`, value], holds: isReferredTo }
}

function setCondition(): Condition {
  if (random() < 0.3) {
    const inStatus = random() < 0.5
    const url = inStatus ? 'http://hl7.org/fhir/ValueSet/observation-status' : 'http://hl7.org/fhir/ValueSet/request-status'
    return { parameter: ['status:in', url], holds: () => inStatus }
  }
  const isListed = ({ system, code = '' }: Coded) => system === 'urn:b' || (system === 'urn:a' && ['1', 'x|y'].includes(code))
  return { parameter: ['code:in', 'ValueSet/naive-code'], holds: ({ resource }) => (resource.code.coding ?? []).some(isListed) }
}

let depth = 0
function condition(): Condition {
  const kind = whole(10)
  if (kind === 7) return textCondition()
  if (kind === 8) return setCondition()
  if (kind === 9 && depth < 3) {
    depth += 1
    const has = hasCondition()
    depth -= 1
    return has
  }
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
    const name = one(['identifier', 'value-quantity', 'has-member', 'date', 'code', 'value-string'] as const)
    const missing = random() < 0.5
    const has: Test = ({ resource }) =>
      ({
        identifier: resource.identifier,
        'value-quantity': resource.valueQuantity,
        'value-string': resource.valueString,
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
  links: readonly Link[]
}

const links = ['_include', '_include:iterate', '_revinclude', '_revinclude:iterate'] as const
type Link = (typeof links)[number]

function query(at: number): Query {
  const conditions = Array.from({ length: 1 + whole(3) }, condition)
  const sort = one(['date', '-date', '_lastUpdated', '-_lastUpdated'])
  const text = conditions.map(({ parameter }) => parameter.join('=')).join('&')
  const followed = random() < 0.2 ? links.filter(() => random() < 0.5) : []
  return { conditions, sort, said: `seed ${SEED}, query ${at}: ${text} ${sort} ${followed}`, isCounted: at % 10 === 0, links: followed }
}

/** The number of records that were found. */
async function compare({ conditions, sort, said, isCounted, links }: Query): Promise<number> {
  const controls: [string, string][] = [
    ['patient.identifier', '1'],
    ['_sort', sort],
    ['_count', '1000'],
  ]
  const following = links.map((name): [string, string] => [name, 'Observation:has-member'])
  const form = new URLSearchParams([...controls, ...following, ...conditions.map(({ parameter }) => parameter)])
  const search = parseSearch(form, { type: 'Observation', declaration, codes, service })
  assert.ok(!isProblem(search), `${said} ${JSON.stringify(search)}`)
  const asked = { ...search.filter, type: 'Observation' }
  const expected = ordered(
    stored.filter((record) => conditions.every(({ holds }) => holds(record))),
    sort,
  )
  const rows = await searchRecords(api.sql, visibility, asked, { withTokens: true })
  assert.deepEqual(
    rows.map(({ id }) => id),
    expected.map(({ id }) => id),
    said,
  )
  if (isCounted) assert.equal(await countRecords(api.sql, visibility, asked), expected.length, said)
  const more = await includedWith({ decision: visibility as never, rows: linkedRows }, rows as LinkedRecord[], search.includes)
  // A chain of more steps than a search follows is cut, and says so.
  if (!more.cut) assert.deepEqual(more.records.map(({ id }) => id).toSorted(), [...broughtAlong(expected, links)].toSorted(), said)
  return rows.length
}

/** The statements by which links are followed. */
const linkedRows = {
  byId: async (ids, limit) => await recordsById(api.sql, visibility, ids, limit),
  withTokens: async (type, tokens, limit) => await recordsWithTokens(api.sql, visibility, type, tokens, limit),
} as Pick<BoundRecords, 'byId' | 'withTokens'> as BoundRecords

/** Every record that a link leads to, from the matches, and by iterating links from what they lead to. */
function broughtAlong(matches: readonly Stored[], followed: readonly Link[]): ReadonlySet<RecordId> {
  const place = ({ id }: Stored) => `Observation/${logicalId(visibility.patient.key, id)}`
  const step = (from: readonly Stored[], names: readonly Link[]): Stored[] =>
    stored.filter((to) =>
      from.some(
        (one) =>
          (names.some((name) => name.startsWith('_inc')) && one.resource.hasMember?.[0]?.reference === place(to)) ||
          (names.some((name) => name.startsWith('_rev')) && to.resource.hasMember?.[0]?.reference === place(one)),
      ),
    )
  const seen = new Set(matches)
  let frontier = step(matches, followed)
  while (frontier.some((one) => !seen.has(one))) {
    for (const one of frontier) seen.add(one)
    const iterating = followed.filter((name) => name.endsWith(':iterate'))
    frontier = step([...seen], iterating)
  }
  return new Set([...seen].filter((one) => !matches.includes(one)).map(({ id }) => id))
}

/** By time and then by id, which is the order in which they were stored too. */
function ordered(list: readonly Stored[], sort: string): Stored[] {
  const place = (record: Stored) => stored.indexOf(record)
  const time = (record: Stored) => (sort.endsWith('_lastUpdated') ? 0 : spanOf(record.resource)[0])
  const inOrder = [...list].sort((a, b) => time(a) - time(b) || place(a) - place(b))
  return sort.startsWith('-') ? inOrder.reverse() : inOrder
}
