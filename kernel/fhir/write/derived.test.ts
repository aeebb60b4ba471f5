/** An order that others carry out: what it says of that is the same in whatever order they report. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { idOf, responsesOf } from '../../testing/answers.ts'
import { organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import type { InformationService, ResourceDeclaration } from '../service.ts'

const ORDER = 'urn:oid:2.999.1'
const orderOf = ({ identifier }: Observation) => identifier?.find(({ system: of }) => of === ORDER)?.value
const carriesOut = ({ basedOn }: Observation) => basedOn?.[0]?.identifier?.value

const usual = measurements.resources['Observation'] as ResourceDeclaration<Observation>
const declaration: ResourceDeclaration<Observation> = {
  ...usual,
  searchParameters: [
    ...usual.searchParameters,
    { name: 'order', type: 'token', expression: 'test', values: (one) => [{ system: ORDER, code: orderOf(one) ?? carriesOut(one) }] },
  ],
  unstamped: ({ note: _note, ...rest }) => rest,
  derived: {
    by: 'order',
    make: ({ note: _note, ...order }, others) => {
      const values = (others as Observation[]).flatMap(({ valueQuantity }) => valueQuantity?.value ?? []).sort((one, other) => one - other)
      return {
        ...order,
        ...(orderOf(order as Observation) && values.length > 0 ? { note: [{ text: values.join(' ') }] } : {}),
      } as Observation
    },
  },
}

let series = 0
const somebody = async () => await api.person((series += 1))

let api: TestApi
before(async () => {
  api = await testApi([{ ...measurements, resources: { Observation: declaration } } as InformationService])
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const { bergen, oslo, bodo } = organizations
const path = '/fhir/measurements/Observation'
const order = (person: Person, name = 'a') => pulse(person, { identifier: [{ system: ORDER, value: name }] })
const act = (person: Person, value: number, name = 'a') =>
  pulse(person, {
    identifier: [{ system: 'urn:oid:2.999.2', value: `${name} ${value}` }],
    basedOn: [{ identifier: { system: ORDER, value: name } }],
    valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  })

/** What the order says, its controller, and how many intents have no row. */
async function standing({ key }: Person, name = 'a') {
  const rows = await api.sql<{ content: string; controller: string }[]>`
    select content, controller from record
    where patient = ${key} and superseded is null and not deleted and tokens && ${[`identifier=${ORDER}|${name}`]}`
  const [intents] = await api.sql<{ count: number }[]>`select count(*)::integer as count from log_intent where patient = ${key}`
  return rows.map(({ content, controller }) => {
    const { note } = JSON.parse(content) as Observation
    return { says: note?.[0]?.text, controller, intents: intents?.count }
  })
}

type Step = (person: Person) => Promise<unknown>
const steps: Record<string, Step> = {
  order: async (person) => await api.as(system(bergen)).post(path, order(person)),
  act1: async (person) => await api.as(system(oslo)).post(path, act(person, 1)),
  act2: async (person) => await api.as(system(bodo)).post(path, act(person, 2)),
  'of another order': async (person) => await api.as(system(bodo)).post(path, act(person, 7, 'b')),
}

function permutations<T>(list: readonly T[]): T[][] {
  return list.length < 2
    ? [[...list]]
    : list.flatMap((one) => permutations(list.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}

test('in every order of arrival the order says the same, and stays with who sent it', async () => {
  const [other = '', ...own] = Object.keys(steps).toReversed()
  for (const [place, order] of permutations(own).entries()) {
    const names = order.toSpliced(place % (order.length + 1), 0, other)
    const person = await somebody()
    for (const name of names) await steps[name]?.(person)
    assert.deepEqual(await standing(person), [{ says: '1 2', controller: bergen, intents: 0 }], names.join(', '))
  }
})

test('all at one time end alike', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await somebody()
    await Promise.all(Object.values(steps).map((step) => step(person)))
    assert.deepEqual(await standing(person), [{ says: '1 2', controller: bergen, intents: 0 }])
  }
})

test('what is changed and taken back changes the order too, and a new one is derived at once', async () => {
  const person = await somebody()
  const sent = await api.as(system(oslo)).post(path, act(person, 1))
  await steps['act2']?.(person)
  await steps['order']?.(person)
  const id = idOf(sent)
  const first = act(person, 1)
  const change = async (version: number, more: object) => {
    const reply = await api.as(system(oslo)).put(`${path}/${id}`, { ...first, id, ...more }, { 'if-match': `W/"${version}"` })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return (await standing(person))[0]?.says
  }
  assert.equal(await change(1, { valueQuantity: act(person, 5)['valueQuantity'] }), '2 5')
  assert.equal(await change(2, { basedOn: act(person, 1, 'b')['basedOn'] }), '2')
  assert.equal(await change(3, {}), '1 2')
  const gone = await api.as(system(oslo)).delete(`${path}/${id}`, { 'if-match': 'W/"4"' })
  assert.equal(gone.status, 204)
  assert.equal((await standing(person))[0]?.says, '2')
  assert.deepEqual((await standing(person))[0]?.intents, 0)
})

test('a new record is complete in its first version', async () => {
  const person = await somebody()
  await steps['act1']?.(person)
  await steps['act2']?.(person)
  await steps['order']?.(person)
  const versions = await api.sql<{ version: number; content: string }[]>`
    select version, content from record where patient = ${person.key} and tokens && ${[`identifier=${ORDER}|a`]} order by version`
  assert.deepEqual(
    versions.map(({ version, content }) => [version, (JSON.parse(content) as Observation).note?.[0]?.text]),
    [[1, '1 2']],
  )
})

test('what is sent again changes nothing, whatever the others said meanwhile', async () => {
  const person = await somebody()
  await steps['order']?.(person)
  await steps['act1']?.(person)
  const again = await api.as(system(bergen)).post(path, order(person))
  assert.equal(again.status, 200)
  assert.equal(again.headers['etag'], 'W/"2"')
  assert.equal((await standing(person))[0]?.says, '1')
})

for (const type of ['transaction', 'batch'] as const)
  test(`a ${type} with the order and what carries it out`, async () => {
    const [one, other] = [await somebody(), await somebody()]
    const entry = [act(one, 1), order(other), order(one), act(other, 3), act(one, 2)].map((resource) => ({
      resource,
      request: { method: 'POST', url: 'Observation' },
    }))
    const reply = await api.as(system(bergen)).post('/fhir/measurements', { resourceType: 'Bundle', type, entry })
    assert.deepEqual(
      responsesOf(reply).map(({ status }) => status?.slice(0, 3)),
      ['201', '201', '201', '201', '201'],
    )
    assert.deepEqual(await standing(one), [{ says: '1 2', controller: bergen, intents: 0 }])
    assert.deepEqual(await standing(other), [{ says: '3', controller: bergen, intents: 0 }])
  })

test('the row of a write names what it changed', async () => {
  const person = await somebody()
  await steps['order']?.(person)
  await steps['act1']?.(person)
  const rows = await api.sql<{ versions: number[] | null; count: number }[]>`
    select disclosed_versions as versions, octet_length(disclosed) / 8 as count from access_log
    where patient = ${person.key} order by segment, seq`
  assert.deepEqual(
    rows.map(({ versions, count }) => [versions, count]),
    [
      [null, 1],
      [[1, 2], 2],
    ],
  )
})
