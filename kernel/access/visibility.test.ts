/** What each decision lets through, seen from outside on a real database: neither row, count nor page reveals more. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { bundleOf, codeIn, idOf, matchesIn, noticesIn, problemOf } from '../testing/answers.ts'
import { NOW, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen, oslo, bodo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const matches = (reply: Reply) => matchesIn(reply, 'Observation').map(({ id }) => id)
const nothing = (reply: Reply) => codeIn(noticesIn(reply)[0]?.details)

test('an agreement opens and closes one controller, on the next call, and touches nothing else', async () => {
  const kari = await api.person(31)
  const own = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(kari))
  const other = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari, { effectiveDateTime: '2026-01-09' }))
  const search = (form: Record<string, string> = {}) =>
    api.as(nurse(bergen)).search('Observation', { 'patient.identifier': kari.number, ...form })
  const read = async () =>
    (await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${idOf(other)}`, { 'purpose-of-use': 'TREAT' })).status

  const before = await search()
  assert.deepEqual([matches(before), bundleOf(before).total, nothing(before)], [[idOf(own)], 1, 'own-only'])
  assert.equal(bundleOf(await search({ _summary: 'count' })).total, 1)
  assert.deepEqual([bundleOf(await search({ _id: idOf(other) })).total, await read()], [0, 404])

  await api.agreement({ controller: oslo, receiver: bergen })
  const open = await search()
  assert.deepEqual([matches(open), bundleOf(open).total, nothing(open)], [[idOf(own), idOf(other)], 2, undefined])
  assert.equal(await read(), 200)

  await api.sql`
    update sharing_agreement set ended = ${NOW}, ended_by = 'Kari', ended_reason = 'for the test'
    where controller = ${oslo} and receiver = ${bergen}`
  const closed = await search()
  assert.deepEqual([matches(closed), nothing(closed)], [[idOf(own)], 'own-only'])
  assert.equal(await read(), 404)
})

test('a read by id of what is not open is not found, as if it were not there', async () => {
  const kari = await api.person(32)
  const other = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari))
  const hidden = await api.as(system(bodo)).get(`/fhir/measurements/Observation/${idOf(other)}`)
  const absent = await api.as(system(bodo)).get(`/fhir/measurements/Observation/${idOf(other).slice(0, -1)}a`)
  assert.deepEqual([hidden.status, hidden.body], [404, absent.body])
})

/** Both ends of an agreement: in force from its first instant until, not including, its last. */
const periods: [name: string, from: Date, until: Date | undefined, open: boolean][] = [
  ['starts this instant', NOW, undefined, true],
  ['starts in a millisecond', new Date(NOW.getTime() + 1), undefined, false],
  ['ended this instant', new Date('2025-01-01'), NOW, false],
  ['ends in a millisecond', new Date('2025-01-01'), new Date(NOW.getTime() + 1), true],
]
for (const [index, [name, from, until, open]] of periods.entries()) {
  test(`an agreement that ${name} is ${open ? 'in force' : 'not in force'}`, async () => {
    const own = await testApi()
    try {
      const kari = await own.person(33 + index)
      await own.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari))
      await own.agreement({ controller: oslo, receiver: bodo, from, ...(until ? { until } : {}) })
      const found = await own.as(nurse(bodo)).search('Observation', { 'patient.identifier': kari.number })
      assert.equal(matches(found).length, open ? 1 : 0)
    } finally {
      await own.close()
    }
  })
}

test('an agreement for one purpose does not open another', async () => {
  const kari = await api.person(41)
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari))
  await api.agreement({ controller: oslo, receiver: bodo, purposes: ['ETREAT'] })
  const count = async (purpose: string) =>
    bundleOf(await api.as(nurse(bodo)).search('Observation', { 'patient.identifier': kari.number }, { 'purpose-of-use': purpose })).total
  assert.deepEqual([await count('ETREAT'), await count('TREAT')], [1, 0])
  const refused = await api.as(nurse(bodo)).search('Observation', { 'patient.identifier': kari.number }, { 'purpose-of-use': 'CURIOSITY' })
  assert.deepEqual([refused.status, problemOf(refused)], [400, 'purpose-unknown'])
})

test('extra-sensitive codes are hidden without a word unless every one of them is opened', async () => {
  const own = await testApi()
  try {
    const kari = await own.person(42)
    const security = (...codes: string[]) => ({ meta: { security: codes.map((code) => ({ system: 'http://test', code })) } })
    const a = await own.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari, security('14')))
    const both = await own
      .as(system(oslo))
      .post('/fhir/measurements/Observation', pulse(kari, { ...security('14', '24'), effectiveDateTime: '2026-01-02' }))
    await own.agreement({ controller: oslo, receiver: bergen })
    const search = (who = nurse(bergen)) => own.as(who).search('Observation', { 'patient.identifier': kari.number })
    const hidden = await search()
    assert.deepEqual([matches(hidden), bundleOf(hidden).total, nothing(hidden)], [[], 0, 'unknown'])
    const stranger = await own.as(nurse(bergen)).search('Observation', { 'patient.identifier': (await own.person(99)).number })
    assert.deepEqual(hidden.body, stranger.body)
    await own.agreement({ controller: oslo, receiver: bergen, sensitiveCodes: ['14'], from: new Date('2025-01-02') })
    assert.deepEqual(matches(await search()), [idOf(a)])
    await own.agreement({ controller: oslo, receiver: bergen, sensitiveCodes: ['14', '24'], from: new Date('2025-01-03') })
    assert.deepEqual(matches(await search()), [idOf(a), idOf(both)])
    assert.deepEqual(matches(await search(nurse(oslo))), [idOf(a), idOf(both)])
  } finally {
    await own.close()
  }
})

test('another controller cannot change or delete what it may read', async () => {
  const kari = await api.person(43)
  const created = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(kari))
  const path = `/fhir/measurements/Observation/${idOf(created)}`
  assert.equal((await api.as(system(bergen)).put(path, created.body, { 'if-match': 'W/"1"' })).status, 404)
  assert.equal((await api.as(system(bergen)).delete(path, { 'if-match': 'W/"1"' })).status, 404)
})

test('every look-up, empty and refused ones too, is exactly one row that says what was shown', async () => {
  const own = await testApi()
  try {
    const kari = await own.person(44)
    const id = idOf(await own.as(system(bergen)).post('/fhir/measurements/Observation', pulse(kari)))
    const patient = { 'patient.identifier': kari.number }
    await own.as(nurse(bergen)).search('Observation', patient)
    await own.as(nurse(bergen)).search('Observation', { ...patient, status: 'cancelled' })
    await own.as(nurse(bergen)).search('Observation', patient, { 'purpose-of-use': '' })
    await own.as(nurse(bodo, { scopes: [] })).search('Observation', patient)
    await own.as(system(bergen)).get(`/fhir/measurements/Observation/${id}`)
    await own.as(nurse(bergen)).search('Observation', { 'patient.identifier': '1' })
    const rows = (await own.logged()).map(({ patient, event, outcome, problem, disclosed }) => [
      patient === kari.key,
      event,
      outcome,
      problem,
      disclosed?.length ?? 0,
    ])
    assert.deepEqual(rows, [
      [true, 'create', 'ok', null, 1],
      [true, 'search-type', 'ok', null, 1],
      [true, 'search-type', 'ok', null, 0],
      [true, 'search-type', 'refused', 'attestation-incomplete', 0],
      [true, 'search-type', 'refused', 'insufficient-scope', 0],
      [true, 'read', 'ok', null, 1],
      [false, 'search-type', 'refused', 'person-unknown', 0],
    ])
  } finally {
    await own.close()
  }
})

test('a linked person is found under either number, with what both keys hold', async () => {
  const { addNumber } = await import('../identity/persons.ts')
  const one = await api.person(45)
  const two = await api.person(46)
  const first = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(one))
  const second = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(two, { effectiveDateTime: '2026-01-09' }))
  await addNumber(api.sql, { system: 'FNR', value: one.number }, { system: 'FNR', value: two.number })
  for (const { number } of [one, two]) {
    assert.deepEqual(matches(await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': number })), [
      idOf(first),
      idOf(second),
    ])
  }
})
