/** Versions of one report in every order: the result is the same. Made-up chains of the kinds that laboratories send. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asResource, resourcesIn } from '@helsevev/kernel/testing/answers'
import { organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { Resource } from '@medplum/fhirtypes'
import { convertKithReport } from './kith/convert.ts'
import { kithMessage, type MadeReport, type MadeResult } from './made-up/kith-message.ts'
import testResults from './service.ts'

const laboratory = system(organizations.oslo, { scopes: ['helsevev:test-results/read', 'helsevev:test-results/write'] })
let api: TestApi
before(async () => {
  api = await testApi([testResults])
})
after(async () => await api.close())

type Version = Partial<MadeReport>
const kalium = (number: string, more: Partial<MadeResult> = {}): MadeResult => ({
  id: 'K',
  codes: [[7280, 'NPU03230', 'P-Kalium']],
  number,
  unit: 'mmol/L',
  ...more,
})
const natrium: MadeResult = { id: 'NA', codes: [[7280, 'NPU03429', 'P-Natrium']], number: '140', unit: 'mmol/L' }

const chains: { about: string; versions: Version[]; stands: string }[] = [
  {
    about: 'preliminary, final, changed',
    versions: [
      { generated: '2026-01-12T09:00:00', status: 'P', results: [kalium('4.0', { status: '2' })] },
      { generated: '2026-01-12T12:00:00', status: 'F', results: [kalium('4.1'), natrium] },
      { generated: '2026-01-13T08:00:00', status: 'F', serviceType: 'M', results: [kalium('4.2', { serviceType: 'M' })] },
    ],
    stands: 'amended: 4.2 amended',
  },
  {
    about: 'new, changed, cancelled, with requisition, specimen and people that come and go',
    versions: [
      { generated: '2026-01-12T09:00:00', results: [kalium('4.0')], specimens: [{ id: 'A', code: 'P', name: 'Plasma' }] },
      {
        generated: '2026-01-12T10:00:00',
        serviceType: 'M',
        results: [natrium],
        specimens: [{ id: 'B', code: 'S', name: 'Serum' }],
        requester: { name: 'Lege, Lise', practice: 'Legene', hpr: '9990002' },
      },
      { generated: '2026-01-12T11:00:00', serviceType: 'C', results: [], specimens: [] },
    ],
    stands: 'cancelled: ',
  },
  {
    about: 'four of which three were made at the same time',
    versions: [
      { generated: '2026-01-12T08:00:00', status: 'P', results: [kalium('4.0')] },
      { generated: '2026-01-12T09:00:00', status: 'P', results: [kalium('4.1', { status: '2' })] },
      { generated: '2026-01-12T09:00:00', status: 'F', results: [kalium('4.2')] },
      { generated: '2026-01-12T09:00:00', status: 'F', serviceType: 'M', results: [kalium('4.3', { serviceType: 'M' })] },
    ],
    stands: 'amended: 4.3 amended',
  },
  {
    about: 'a cancellation of the same time as what it cancels',
    versions: [
      { generated: '2026-01-12T09:00:00', results: [kalium('4.0')] },
      { generated: '2026-01-12T09:00:00', serviceType: 'C', results: [kalium('4.0', { serviceType: 'C' })] },
    ],
    stands: 'cancelled: 4 cancelled',
  },
  {
    about: 'a cancellation that was taken back',
    versions: [
      { generated: '2026-01-12T09:00:00', results: [kalium('4.0')] },
      { generated: '2026-01-12T10:00:00', serviceType: 'C', results: [] },
      { generated: '2026-01-12T11:00:00', serviceType: 'M', results: [kalium('4.4', { serviceType: 'M' })] },
    ],
    stands: 'amended: 4.4 amended',
  },
  {
    about: 'same time, same status: the greater message id',
    versions: [
      { generated: '2026-01-12T09:00:00', messageId: 'a', results: [kalium('4.0')] },
      { generated: '2026-01-12T09:00:00', messageId: 'b', results: [kalium('4.1')] },
    ],
    stands: 'final: 4.1 final',
  },
  {
    about: 'the same moment in another zone',
    versions: [
      { generated: '2026-01-12T10:00:00+02:00', status: 'P', results: [kalium('4.0')] },
      { generated: '2026-01-12T09:00:00', status: 'F', results: [kalium('4.1')] },
      { generated: '2026-01-12T08:30:00Z', status: 'F', serviceType: 'M', results: [kalium('4.2', { serviceType: 'M' })] },
    ],
    stands: 'amended: 4.2 amended',
  },
  {
    about: 'same time, same status, same message id: distinguished by their octets',
    versions: [
      { generated: '2026-01-12T09:00:00', messageId: 'a', results: [kalium('4.0')] },
      { generated: '2026-01-12T09:00:00', messageId: 'a', results: [kalium('4.1')] },
      { generated: '2026-01-12T09:00:00', messageId: 'a', results: [natrium] },
    ],
    // The identity number is part of the octets, so the winner differs from person to person: below.
    stands: '',
  },
]

let series = 100
type Person = Awaited<ReturnType<TestApi['person']>>
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
const message = (number: string, version: Version): string =>
  kithMessage({
    patient: number,
    reportId: 'R-1',
    generated: '2026-01-12T09:00:00',
    issued: '2026-01-12T08:00:00',
    laboratory: { name: 'Laboratoriet', organization: '999888777' },
    results: [],
    ...version,
  })
const send = async (number: string, version: Version): Promise<Reply> =>
  await api.as(laboratory).post('/fhir/test-results/$kith-report', message(number, version), { 'content-type': 'application/xml' })
const rankOf = async (text: string): Promise<string> => {
  const converted = convertKithReport(Buffer.from(text), {})
  return 'rank' in converted ? converted.rank : ''
}
const types = ['DiagnosticReport', 'Observation', 'Specimen', 'ServiceRequest', 'PractitionerRole']
const resources = async ({ number }: Person): Promise<Resource[]> => {
  const found = await Promise.all(types.map(async (type) => await api.as(laboratory).search(type, { 'patient.identifier': number })))
  return found.flatMap(resourcesIn)
}
/** Everything that a reader sees, without what differs from person to person: ids, numbers, times of storing. */
const state = async (person: Person): Promise<string[]> =>
  (await resources(person))
    .map(({ id: _id, meta, ...resource }) =>
      JSON.stringify({ ...resource, tag: meta?.tag })
        .replaceAll(person.number, 'number')
        .replace(/\/[a-p]{32}\b/g, '/id')
        .replace(/[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-8[a-f0-9]{3}-[a-f0-9]{12}/g, 'uuid'),
    )
    .sort()
const summary = async (person: Person): Promise<string> => {
  const all = await resources(person)
  const head = asResource(all[0], 'DiagnosticReport')
  const results = all.filter((one) => one.resourceType === 'Observation')
  return `${head.status}: ${results.map(({ valueQuantity, status }) => `${valueQuantity?.value} ${status}`).join(', ')}`
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, at) => permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]))
}

for (const { about, versions, stands } of chains) {
  test(`any order ends alike: ${about}`, async () => {
    let expected: string[] | undefined
    const orders = permutations([...versions.keys()])
    for (const order of orders) {
      const person = await somebody()
      for (const index of order) {
        const reply = await send(person.number, versions[index] ?? {})
        assert.ok(reply.status === 200 || reply.status === 201, JSON.stringify(reply.body))
      }
      if (stands !== '') {
        assert.equal(await summary(person), stands, order.join())
        expected ??= await state(person)
        assert.deepEqual(await state(person), expected, order.join())
      }
      if (order !== orders[0]) continue
      // All of them again, in another order: nothing is written.
      const rows = await api.sql`select id, version from record where patient = ${person.key}`
      for (const index of [...order].reverse()) assert.equal((await send(person.number, versions[index] ?? {})).status, 200)
      assert.equal((await api.sql`select id from record where patient = ${person.key}`).length, rows.length, order.join())
    }
  })
}

test('a later version is found with its results, and by them', async () => {
  const person = await somebody()
  await send(person.number, { status: 'P', results: [kalium('4.0', { status: '2' })] })
  await send(person.number, { generated: '2026-01-12T12:00:00', results: [kalium('4.1'), natrium] })
  const search = async (parameters: Record<string, string>) =>
    await api.as(laboratory).search('DiagnosticReport', { 'patient.identifier': person.number, ...parameters })
  const found = resourcesIn(await search({ _include: 'DiagnosticReport:result' }))
  assert.deepEqual(found.map(({ resourceType }) => resourceType).sort(), ['DiagnosticReport', 'Observation', 'Observation'])
  const results = found.filter(({ resourceType }) => resourceType === 'Observation')
  for (const { id = '' } of results) assert.equal(resourcesIn(await search({ result: `Observation/${id}` })).length, 1)
})

test('versions that nothing but their octets tells apart: the one with the greater digest stands, in every order', async () => {
  const versions = chains.at(-1)?.versions ?? []
  for (const order of permutations([...versions.keys()])) {
    const person = await somebody()
    const ranked = await Promise.all(versions.map(async (version) => ({ version, rank: await rankOf(message(person.number, version)) })))
    for (const index of order) await send(person.number, versions[index] ?? {})
    const greatest = ranked.sort((one, other) => (one.rank < other.rank ? 1 : -1))[0]?.version
    assert.equal(await summary(person), `final: ${Number(greatest?.results?.[0]?.number)} final`, order.join())
  }
})

test('the same number at another laboratory, from another controller or of another person is another report', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  await send(kari.number, { results: [kalium('4.0')] })
  await send(kari.number, { results: [kalium('5.0')], laboratory: { name: 'Et annet', organization: '999888666' } })
  await send(ola.number, { serviceType: 'C', generated: '2026-01-14T09:00:00' })
  const other = system(organizations.bodo, { scopes: laboratory.scopes })
  await api.as(other).post(
    '/fhir/test-results/$kith-report',
    kithMessage({
      patient: kari.number,
      reportId: 'R-1',
      generated: '2026-01-15T09:00:00',
      serviceType: 'C',
      laboratory: { name: 'Laboratoriet', organization: '999888777' },
      results: [],
    }),
    { 'content-type': 'application/xml' },
  )
  const heads = (await resources(kari)).filter((one) => one.resourceType === 'DiagnosticReport')
  assert.deepEqual(
    heads.map(({ status }) => status),
    ['final', 'final'],
  )
})

test('the messages of a chain that arrive all at once end like any order of them', async () => {
  const versions = chains[2]?.versions ?? []
  const person = await somebody()
  const replies = await Promise.all([...versions, ...versions].map(async (version) => await send(person.number, version)))
  assert.deepEqual(
    replies.filter(({ status }) => status > 201).map(({ body }) => body),
    [],
  )
  assert.equal(await summary(person), chains[2]?.stands)
})
