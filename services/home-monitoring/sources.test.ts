/** What a platform that sends measurements relies on: batches of PMD, its own identifiers, provenance, codes of any system, corrections. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LOINC, SNOMED_CT } from '@helsevev/clinical/systems'
import {
  entriesOf,
  extensionOf,
  idOf,
  matchesIn,
  parametersOf,
  partOf,
  resourceOf,
  responsesOf,
  tagsOf,
} from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { Observation, Quantity } from '@medplum/fhirtypes'
import { daysOfSeries, type TrendDay } from './fhir/trend-series.ts'
import homeMonitoring from './service.ts'
import { BASE, code, type Measurement, measurement, quantity, scopes } from './testing/measurement.ts'

const { bergen, oslo, bodo } = organizations
const NLK = 'urn:oid:2.16.578.1.12.4.1.1.7280'
const ENTRY_ID = 'http://hl7.no/fhir/vkpobservation/StructureDefinition/PmdBundleResponseEntryIdExtension'
const platform = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([homeMonitoring])
  await api.agreement({ controller: oslo, receiver: bergen })
  await api.agreement({ controller: bodo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 200
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
const entry = (fullUrl: string, resource: SentBody, method = 'POST', url = 'Observation', more: SentBody = {}): SentBody => ({
  fullUrl,
  resource,
  request: { method, url, ...more },
})
const batch = async (entries: SentBody[], who = platform): Promise<Reply> =>
  await api.as(who).post(BASE, { resourceType: 'Bundle', type: 'batch', entry: entries })
const outcomes = (reply: Reply): [status: string | undefined, entry: string | undefined][] => {
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return responsesOf(reply).map((response) => [response.status, extensionOf(response, ENTRY_ID)?.valueUri])
}
const byOwnIdentifier = ({ identifier: [{ system: from, value }] }: Measurement): string =>
  `Observation?identifier=${encodeURIComponent(`${from}|${value}`)}`
const find = async (person: Person, form: Record<string, string> = {}): Promise<Observation[]> =>
  matchesIn(await api.as(reader).search('Observation', { 'patient.identifier': person.number, ...form }), 'Observation')
const trend = async (person: Person, kind: string): Promise<(TrendDay & { controller: string | undefined })[]> => {
  const form = new URLSearchParams({ 'patient.identifier': person.number, kind }).toString()
  const reply = await api.as(reader).post(`${BASE}/$trend`, form, { 'content-type': 'application/x-www-form-urlencoded' })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return parametersOf(reply)
    .filter(({ name }) => name === 'series')
    .flatMap((series) => daysOfSeries(series).map((day) => ({ ...day, controller: partOf(series, 'controller')?.valueString })))
}

test('a batch of POST and PUT is answered for each entry, whatever the others were', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const known = measurement(kari)
  const stored = idOf(await api.as(platform).post(`${BASE}/Observation`, known))
  const again = measurement(ola)
  const reply = await batch([
    entry('one', { ...known, status: 'amended', valueQuantity: quantity(80, '/min') }, 'PUT', byOwnIdentifier(known)),
    entry('two', again, 'PUT', byOwnIdentifier(again)),
    entry('three', measurement(kari, { subject: { identifier: { ...kari.identifier, value: '01010112345' } } })),
    entry('four', measurement(kari), 'PUT', 'test.url'),
    entry('five', { ...known, id: stored }, 'PUT', `Observation/${stored}`),
    entry('six', measurement(kari, { effectiveDateTime: undefined })),
    entry('seven', measurement(ola)),
  ])
  assert.deepEqual(outcomes(reply), [
    ['200', 'one'],
    ['201', 'two'],
    ['422', 'three'],
    ['400', 'four'],
    ['400', 'five'],
    ['422', 'six'],
    ['201', 'seven'],
  ])
  assert.match(JSON.stringify(entriesOf(reply)[3]), /Bundle\.entry\[3\]\.request\.url/)
  assert.match(JSON.stringify(entriesOf(reply)[3]), /\{Type\}\?identifier=/)
  assert.match(JSON.stringify(entriesOf(reply)[5]), /Bundle\.entry\[5\]\.resource\.effective/)
  assert.deepEqual(
    [(await find(kari)).map(({ status, meta }) => [status, meta?.versionId]), (await find(ola)).length],
    [[['amended', '2']], 2],
  )
})

test('PUT by another identifier than that of the resource is refused, and changes nothing', async () => {
  const kari = await somebody()
  const [one, other] = [measurement(kari), measurement(kari)]
  await api.as(platform).post(`${BASE}/Observation`, one)
  const rows: [url: string, more: SentBody][] = [
    [byOwnIdentifier(one), {}],
    ['Observation?identifier=', {}],
    ['Observation?identifier=%E0%A4%A', {}],
    ['Observation?code=8867-4', {}],
    [byOwnIdentifier(other), { ifMatch: 'W/"1"' }],
  ]
  for (const [url, more] of rows) assert.deepEqual(outcomes(await batch([entry('x', other, 'PUT', url, more)])), [['400', 'x']], url)
  assert.equal((await find(kari)).length, 1)
})

test('the same batch again makes nothing new', async () => {
  const kari = await somebody()
  const entries = [1, 2, 3].map((minute) =>
    entry(`e${minute}`, measurement(kari, { effectiveDateTime: `2026-01-14T08:0${minute}:00+01:00` })),
  )
  const bare = entry('bare', { ...measurement(kari, { effectiveDateTime: '2026-01-14T09:00:00+01:00' }), identifier: undefined })
  assert.deepEqual(
    outcomes(await batch([...entries, bare])).map(([status]) => status),
    ['201', '201', '201', '201'],
  )
  assert.deepEqual(
    outcomes(await batch([...entries, bare])).map(([status]) => status),
    ['200', '200', '200', '200'],
  )
  const [{ count } = { count: 0 }] = await api.sql<
    { count: number }[]
  >`select count(*)::integer as count from record where patient = ${kari.key}`
  assert.equal(count, 4)
})

test('another controller’s measurement with the same identifier is another measurement', async () => {
  const kari = await somebody()
  const one = measurement(kari)
  await api.as(platform).post(`${BASE}/Observation`, one)
  const other = await api.as(system(bodo, { scopes })).post(`${BASE}/Observation`, { ...one, status: 'entered-in-error' })
  assert.equal(other.status, 201)
  assert.deepEqual((await find(kari)).map(({ status }) => status).sort(), ['entered-in-error', 'final'])
})

test('controller, performer and device stand on every measurement, and the controller is not the sender’s to choose', async () => {
  const kari = await somebody()
  const url = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
  const claimed = { url, valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: bodo } }
  const performer = [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000001' }, display: 'Nora Nurse' }]
  const device = { identifier: { system: 'http://device.test/serial', value: 'B7' }, display: 'Vekt' }
  await batch([entry('one', measurement(kari, { extension: [claimed], performer, device }))])
  const [found] = await find(kari)
  assert.deepEqual([found?.performer, found?.device], [performer, device])
  assert.deepEqual(
    found?.extension?.filter((one) => one.url === url).map((one) => one.valueIdentifier?.value),
    [oslo],
  )
})

// biome-ignore format: a table, one row to a line
const equivalents: [kind: string, unit: string, codes: [system: string, code: string][]][] = [
  ['heart-rate',        '/min',   [[LOINC, '8867-4'], [SNOMED_CT, '364075005'], [SNOMED_CT, '78564009']]],
  ['oxygen-saturation', '%',      [[LOINC, '2708-6'], [LOINC, '59408-5'], [SNOMED_CT, '431314004']]],
  ['glucose',           'mmol/L', [[LOINC, '15074-8'], [SNOMED_CT, '434912009'], [NLK, 'NPU02187'], ['http://ehelse.no/fhir/CodeSystem/no-kodeverk-7280', 'NPU02187']]],
  ['temperature',       'Cel',    [[LOINC, '8310-5'], [SNOMED_CT, '276885007'], [SNOMED_CT, '386725007']]],
  ['weight',            'kg',     [[LOINC, '29463-7'], [LOINC, '29563-7'], [SNOMED_CT, '27113001']]],
  ['height',            'cm',     [[LOINC, '8302-2'], [SNOMED_CT, '1153637007']]],
  ['respiratory-rate',  '/min',   [[LOINC, '9279-1'], [SNOMED_CT, '86290005'], [SNOMED_CT, '271625008']]],
]

test('a measurement is found and drawn under any code that means the same', async () => {
  for (const [kind, unit, codes] of equivalents) {
    const kari = await somebody()
    for (const [index, one] of codes.entries()) {
      const at = `2026-01-${10 + index}T08:00:00+01:00`
      const { status, body } = await api
        .as(platform)
        .post(
          `${BASE}/Observation`,
          measurement(kari, { code: code(one), valueQuantity: quantity(unit === '%' ? 95 : 38, unit), effectiveDateTime: at }),
        )
      assert.equal(status, 201, JSON.stringify(body))
    }
    for (const [from, one] of codes) assert.equal((await find(kari, { code: `${from}|${one}` })).length, codes.length, `${kind} by ${one}`)
    assert.equal((await trend(kari, kind)).length, codes.length, kind)
    for (const [from, one] of codes) assert.equal((await trend(kari, `${from}|${one}`)).length, codes.length, `${kind} drawn by ${one}`)
  }
})

test('consciousness is found under either code', async () => {
  const kari = await somebody()
  for (const [minute, one] of [
    [LOINC, '67775-7'],
    [SNOMED_CT, '1104441000000107'],
  ].entries())
    await batch([
      entry(
        'a',
        measurement(kari, {
          code: code(one as [string, string]),
          valueQuantity: undefined,
          valueCodeableConcept: code([SNOMED_CT, '248234008']),
          effectiveDateTime: `2026-01-14T08:0${minute}:00+01:00`,
        }),
      ),
    ])
  assert.equal((await find(kari, { code: `${LOINC}|67775-7` })).length, 2)
  assert.equal((await find(kari, { code: `${SNOMED_CT}|1104441000000107` })).length, 2)
})

// biome-ignore format: a table, one row to a line
const units: [code: string, sent: Quantity, comparable: number | undefined, flags: string[]][] = [
  ['29463-7', quantity(49, 'kg'),                                    undefined, []],
  ['29463-7', quantity(49000, 'g'),                                  49,        ['unit-converted']],
  ['15074-8', quantity(6.3, 'mmol/L'),                               undefined, []],
  ['15074-8', quantity(6.3, 'mmol/l'),                               undefined, []],
  ['15074-8', { value: 6.3, unit: 'mmol/L' },                        undefined, ['unit-not-ucum']],
  ['8310-5',  quantity(98.6, '[degF]'),                              37,        ['unit-converted']],
  ['8480-6',  quantity(16, 'kPa'),                                   120,       ['unit-converted']],
  ['8867-4',  { value: 72, unit: 'slag/min' },                       undefined, ['unit-not-ucum']],
]

test('the value sent stands, and the comparable one stands beside it where the unit is another', async () => {
  const kari = await somebody()
  for (const [loinc, sent, comparable, flags] of units) {
    const reply = await api.as(platform).post(`${BASE}/Observation`, measurement(kari, { code: code([LOINC, loinc]), valueQuantity: sent }))
    assert.equal(reply.status, 201, JSON.stringify(reply.body))
    const stored = resourceOf(reply, 'Observation')
    assert.deepEqual(stored.valueQuantity, sent)
    const beside = stored.extension?.find(({ url }) => url.endsWith('/comparable-quantity'))?.valueQuantity?.value
    assert.equal(beside === undefined ? undefined : Math.round(beside * 10) / 10, comparable, `${loinc} ${JSON.stringify(sent)}`)
    assert.deepEqual(tagsOf(stored), flags, `${loinc} ${JSON.stringify(sent)}`)
  }
})

test('a correction moves the trend, by POST, by PUT and by delete', async () => {
  const kari = await somebody()
  const [one, other, third] = [
    measurement(kari),
    measurement(kari, { valueQuantity: quantity(90, '/min') }),
    measurement(kari, { valueQuantity: quantity(60, '/min') }),
  ]
  for (const each of [one, other, third]) await api.as(platform).post(`${BASE}/Observation`, each)
  const days = async () => (await trend(kari, 'heart-rate')).map(({ day, count, low, high, mean }) => [day, count, low, high, mean])
  assert.deepEqual(await days(), [['2026-01-14', 3, 60, 90, 74]])

  await batch([entry('a', { ...other, status: 'corrected', valueQuantity: quantity(78, '/min') }, 'PUT', byOwnIdentifier(other))])
  assert.deepEqual(await days(), [['2026-01-14', 3, 60, 78, 70]])

  await api.as(platform).post(`${BASE}/Observation`, { ...one, status: 'corrected', effectiveDateTime: '2026-01-13T08:00:00+01:00' })
  assert.deepEqual(await days(), [
    ['2026-01-13', 1, 72, 72, 72],
    ['2026-01-14', 2, 60, 78, 69],
  ])

  await batch([entry('a', { ...other, status: 'entered-in-error' }, 'PUT', byOwnIdentifier(other))])
  assert.deepEqual(await days(), [
    ['2026-01-13', 1, 72, 72, 72],
    ['2026-01-14', 1, 60, 60, 60],
  ])
  const [stored] = await find(kari, { identifier: `${third.identifier[0].system}|${third.identifier[0].value}` })
  assert.equal((await api.as(platform).delete(`${BASE}/Observation/${stored?.id}`, { 'if-match': 'W/"1"' })).status, 204)
  assert.deepEqual(await days(), [['2026-01-13', 1, 72, 72, 72]])
  assert.deepEqual((await find(kari)).map(({ status }) => status).sort(), ['corrected', 'entered-in-error'])
})

test('two controllers’ days stand apart, and thresholds are those of the person', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  for (const controller of [oslo, bodo]) await api.as(system(controller, { scopes })).post(`${BASE}/Observation`, measurement(kari))
  assert.deepEqual((await trend(kari, 'heart-rate')).map(({ controller }) => controller).sort(), [oslo, bodo].sort())
  assert.deepEqual(await trend(ola, 'heart-rate'), [])
})
