import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ParametersParameter } from '@medplum/fhirtypes'
import type { Caller } from '../../identity/caller.ts'
import type { PatientKey } from '../../store/ids.ts'
import { bundleOf, codeIn, idOf, matchesIn, parametersOf, partOf, problemsOf, resourceOf } from '../../testing/answers.ts'
import { NOW, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import type { SentBody } from '../../testing/sent.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import type { RelationKind } from './representation.ts'

const KIND = 'http://helsevev.no/fhir/CodeSystem/representation'
const AREA = 'http://helsevev.no/fhir/StructureDefinition/representation-area'
const { bergen } = organizations

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

interface Who {
  number: string
  identifier: { system: string; value: string }
  key: PatientKey
  family: string
}

let series = 1
async function person(born = '1950-05-17', more: { residence?: string; address?: string; died?: string } = {}): Promise<Who> {
  const made = await api.person(series++, born)
  const family = `Navn${series}`
  await api.sql`
    update person set given_name = 'Kari', family_name = ${family}, residence = ${more.residence ?? null},
      address_confidentiality = ${more.address ?? 'Unclassified'}, died = ${more.died ?? null}
    where patient = ${made.key}`
  return { ...made, family }
}

const scopes = ['representation', 'measurements', 'persons'].map((service) => `helsevev:${service}/citizen`)
const citizen = ({ number }: Who): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari Nordmann', client: 'portal', scopes })

async function related(patient: Who, representative: Who, kind: RelationKind, areas: string[] = []): Promise<void> {
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${patient.key}, ${representative.key}, ${kind}, ${areas}, '2020-01-01', 'test', '2020-01-01', 'test')`
}

const attorney = (receiver: Who, more: SentBody = {}): SentBody => ({
  resourceType: 'RelatedPerson',
  identifier: [receiver.identifier],
  name: [{ family: receiver.family }],
  relationship: [{ coding: [{ system: KIND, code: 'power-of-attorney' }] }],
  extension: [{ url: AREA, valueCode: '3' }],
  ...more,
})
const consentFor = (youth: Who): SentBody => ({
  resourceType: 'RelatedPerson',
  patient: { identifier: youth.identifier },
  relationship: [{ coding: [{ system: KIND, code: 'parental-consent' }] }],
})

const form = (fields: Record<string, string> = {}) => new URLSearchParams(fields).toString()
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
const give = (who: Who, resource: SentBody): Promise<Reply> => api.as(citizen(who)).post('/fhir/RelatedPerson', resource)
const list = (who: Who, fields: Record<string, string> = {}): Promise<Reply> =>
  api.as(citizen(who)).post('/fhir/RelatedPerson/_search', form(fields), asForm)
const actsFor = (who: Who): Promise<Reply> => api.as(citizen(who)).post('/fhir/RelatedPerson/$acts-for', form(), asForm)
const end = (who: Who, id: string): Promise<Reply> =>
  api.as(citizen(who)).put(`/fhir/RelatedPerson/${id}`, { resourceType: 'RelatedPerson', active: false })
const seen = async (who: Who, patient: Who): Promise<number> =>
  (await api.as(citizen(who)).search('Observation', { 'patient.identifier': patient.number })).status
const outcome = (reply: Reply): string => (reply.status < 300 ? String(reply.status) : `${reply.status} ${problemsOf(reply).join(' ')}`)
/** What `$acts-for` says of the service of measurements. */
const openingOf = ({ part = [] }: ParametersParameter): ParametersParameter[] | undefined =>
  part.find((one) => one.name === 'service' && one.part?.[0]?.valueCode === 'measurements')?.part?.slice(1)

test('a power of attorney opens from the next call, is listed on both sides, and is withdrawn by the giver', async () => {
  const giver = await person()
  const receiver = await person('1980-01-01')
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(giver))
  assert.equal(await seen(receiver, giver), 403)
  const made = await give(giver, attorney(receiver, { period: { end: '2026-12-31' } }))
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const id = idOf(made)
  assert.equal(made.headers.location, `http://test/fhir/RelatedPerson/${id}/_history/1`)
  assert.deepEqual(made.body, {
    resourceType: 'RelatedPerson',
    id,
    meta: { versionId: '1', lastUpdated: NOW.toISOString() },
    extension: [{ url: AREA, valueCode: '3' }],
    active: true,
    patient: { identifier: giver.identifier },
    relationship: [
      {
        coding: [
          { system: KIND, code: 'power-of-attorney' },
          { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'HPOWATT' },
        ],
      },
    ],
    name: [{ text: receiver.family }],
    period: { start: NOW.toISOString(), end: '2026-12-31T22:59:59.999Z' },
  })
  assert.equal(await seen(receiver, giver), 200)
  assert.equal((await give(giver, attorney(receiver, { period: { end: '2026-12-31' } }))).status, 200, 'sent again')

  const held = await list(receiver)
  const [shown] = matchesIn(held, 'RelatedPerson')
  assert.deepEqual(shown?.identifier, [receiver.identifier])
  assert.deepEqual(shown.patient, { type: 'Patient', display: `Kari ${giver.family}` })
  assert.ok(!JSON.stringify(held.body).includes(giver.number))
  assert.ok(!JSON.stringify((await list(giver)).body).includes(receiver.number))

  assert.equal(resourceOf(await end(giver, id), 'RelatedPerson').active, false)
  assert.equal(await seen(receiver, giver), 403)
  assert.equal(bundleOf(await list(giver, { active: 'true' })).total, 0)
  assert.equal(bundleOf(await list(giver)).total, 1)
  assert.equal(outcome(await end(giver, id)), '422 not-registered')

  const rows = await api.sql`
    select event, outcome, service, type, reason from access_log
    where patient = ${giver.key} and service = 'representation' order by seq`
  assert.deepEqual(
    rows.map((row) => `${row.event} ${row.outcome} ${row.type} ${row.reason}`),
    [
      'representation-registered ok RelatedPerson power-of-attorney, area 3, until 2026-12-31',
      'representation-confirmed ok RelatedPerson power-of-attorney, area 3, until 2026-12-31',
      'search-type ok RelatedPerson null',
      'representation-ended ok RelatedPerson power-of-attorney, area 3, until 2026-12-31',
      'search-type ok RelatedPerson null',
      'search-type ok RelatedPerson null',
      'representation-ended refused RelatedPerson null',
    ],
  )
  for (const [form, total] of [
    [{ active: 'false' }, 1],
    [{ active: 'true,false' }, 1],
    [{ 'active:not': 'true' }, 1],
    [{ active: '|true', 'active:not': 'false' }, 0],
  ] as [Record<string, string>, number][])
    assert.equal(bundleOf(await list(giver, form)).total, total, JSON.stringify(form))
})

test('the receiver gives a power of attorney back, and nobody else can end it', async () => {
  const giver = await person()
  const receiver = await person('1980-01-01')
  const another = await person('1985-01-01')
  const id = idOf(await give(giver, attorney(receiver)))
  await give(giver, attorney(another))
  assert.equal((await end(another, id)).status, 404, 'another who acts for the same giver')
  assert.equal((await end(await person('1970-01-01'), id)).status, 404, 'a stranger')
  assert.equal((await end(receiver, id)).status, 200)
  assert.equal((await end(receiver, id)).status, 404, 'after which it is nothing to them')
})

// Ages are those on 15 January 2026.
// biome-ignore format: a table, one row to a line
const attorneys: [what: string, giver: string, receiver: string, more: SentBody, expected: string][] = [
  ['the giver turns 16 today',                  '2010-01-15', '1980-01-01', {}, '201'],
  ['the giver turns 16 tomorrow',               '2010-01-16', '1980-01-01', {}, '403 too-young'],
  ['the receiver turns 18 today',               '1950-05-17', '2008-01-15', {}, '201'],
  ['the receiver turns 18 tomorrow',            '1950-05-17', '2008-01-16', {}, '201'],
  ['without an end',                            '1950-05-17', '1980-01-01', {}, '201'],
  ['with an end tomorrow',                      '1950-05-17', '1980-01-01', { period: { end: '2026-01-16' } }, '201'],
  ['with an end today, which is within',        '1950-05-17', '1980-01-01', { period: { end: '2026-01-15' } }, '201'],
  ['with an end yesterday',                     '1950-05-17', '1980-01-01', { period: { end: '2026-01-14' } }, '422 period-invalid'],
  ['from tomorrow',                             '1950-05-17', '1980-01-01', { period: { start: '2026-01-16' } }, '201'],
  ['of no area',                                '1950-05-17', '1980-01-01', { extension: undefined }, '422 areas-invalid'],
  ['of an area that no service here has',       '1950-05-17', '1980-01-01', { extension: [{ url: AREA, valueCode: '4' }] }, '422 area-not-here'],
  ['of a receiver with another family name',    '1950-05-17', '1980-01-01', { name: [{ family: 'Feil' }] }, '201'],
  ['of a receiver without a name',              '1950-05-17', '1980-01-01', { name: undefined }, '422 invalid-related-person'],
  ['with a telecom, for which there is no place', '1950-05-17', '1980-01-01', { telecom: [{ value: '90000000', system: 'phone' }] }, '422 invalid-related-person'],
  ['of a kind that a registrar registers',      '1950-05-17', '1980-01-01', { relationship: [{ coding: [{ system: KIND, code: 'guardian' }] }] }, '422 invalid-related-person'],
]
describe('giving a power of attorney', () => {
  for (const [what, giverBorn, receiverBorn, more, expected] of attorneys)
    test(`${what}: ${expected}`, async () => {
      const giver = await person(giverBorn)
      const receiver = await person(receiverBorn)
      assert.equal(outcome(await give(giver, attorney(receiver, more))), expected)
      const [row] = await api.sql`select count(*)::integer as count from access_log
        where service = 'representation' and (patient < 0 or patient = ${giver.key})
        and event = 'representation-registered' and at = ${NOW}`
      assert.ok(row?.count >= 1)
    })

  test('for somebody else, also by those who act for them, is refused', async () => {
    const giver = await person()
    const receiver = await person('1980-01-01')
    const stranger = await person('1970-01-01')
    const third = await person('1975-01-01')
    await give(giver, attorney(receiver))
    const forGiver = (who: Who) => give(who, attorney(third, { patient: { identifier: giver.identifier } }))
    assert.equal(outcome(await forGiver(stranger)), '403 representation-missing')
    assert.equal(outcome(await forGiver(receiver)), '422 not-for-you')
    const guardian = await person('1960-01-01')
    await related(giver, guardian, 'guardian', ['PersonalInterests'])
    assert.equal(outcome(await forGiver(guardian)), '422 not-for-you')
    assert.equal(outcome(await give(giver, attorney(giver))), '422 same-person')
  })

  /** What the giver hears of a receiver, from giving it to withdrawing it, without the ids of it. */
  const heardOf = async (receiver: Who): Promise<string> => {
    const giver = await person()
    const given = await give(giver, attorney(receiver))
    const replies = [given, await give(giver, attorney(receiver)), await list(giver), await list(giver, { active: 'true' })]
    replies.push(await end(giver, idOf(given)), await list(giver), await actsFor(giver))
    const told = JSON.stringify(replies.map(({ status, body, headers: { location, etag } }) => [status, body, location, etag]))
    return told
      .replaceAll(giver.number, '{number}')
      .replaceAll(giver.family, '{name}')
      .replaceAll(/\b[a-p]{32}\b/g, '{id}')
  }

  test('a giver cannot tell who has a number, nor whether that person lives, is of age or has a protected address', async () => {
    const named = (who: Who, family: string): Who => ({ ...who, family })
    const known = await person('1980-01-01')
    const family = known.family
    const others = [await person('1940-01-01', { died: '2025-01-01' }), await person('2015-01-01')]
    for (const address of ['Confidential', 'StrictlyConfidential']) others.push(await person('1980-01-01', { address }))
    await api.sql`update person set family_name = ${family} where patient = any (${others.map(({ key }) => key)}::bigint[])`
    const unknown: Who = {
      ...known,
      identifier: { ...known.identifier, value: makeIdentityNumber({ birthDate: '1931-02-03', series: 11 }) },
    }
    const receivers = [known, named(await person('1980-01-01'), family), unknown, ...others.map((one) => named(one, family))]
    const heard: string[] = []
    for (const receiver of receivers) heard.push(await heardOf(receiver))
    assert.deepEqual([...new Set(heard)], heard.slice(0, 1))
  })

  test('a power of attorney to a number that is not that of the person with the name opens nothing', async () => {
    const giver = await person()
    const receiver = await person('1980-01-01')
    assert.equal(outcome(await give(giver, attorney({ ...receiver, family: 'Annen' }))), '201')
    assert.equal(await seen(receiver, giver), 403)
    assert.equal(bundleOf(await list(receiver)).total, 0)
  })

  test('the name of the receiver is no place for an identity number', async () => {
    const giver = await person()
    const receiver = await person('1980-01-01')
    const answer = await give(giver, attorney({ ...receiver, family: `Navn ${receiver.number}` }))
    assert.equal(outcome(answer), '422 invalid-related-person')
    assert.ok(!JSON.stringify(answer.body).includes(receiver.number))
  })

  test('who has a protected address gives no power of attorney', async () => {
    const hidden = await person('1980-01-01', { address: 'Confidential' })
    assert.equal(outcome(await give(hidden, attorney(await person('1980-01-01')))), '403 protected-address')
  })

  /** Why a power of attorney opens nothing: the one who held it is not shown which. */
  // biome-ignore format: a table, one row to a line
  const closed: Record<string, (giver: Who, receiver: Who, id: string) => Promise<unknown>> = {
    'it was withdrawn':                         async (giver, _receiver, id) => await end(giver, id),
    'the giver has died':                       async ({ key }) => await api.sql`update person set died = '2026-01-02' where patient = ${key}`,
    'the giver has a protected address':        async ({ key }) => await api.sql`update person set address_confidentiality = 'Confidential' where patient = ${key}`,
  }
  for (const active of [{ active: 'true' }, {}])
    test(`a power of attorney that opens nothing does not show why${active.active ? '' : ', nor do those that ended'}`, async () => {
      const heard: string[] = []
      for (const close of Object.values(closed)) {
        const giver = await person()
        const receiver = await person('1980-01-01')
        const id = idOf(await give(giver, attorney(receiver)))
        assert.equal(bundleOf(await list(receiver, active)).total, 1)
        await close(giver, receiver, id)
        const replies = [await list(receiver, active), await actsFor(receiver), await end(receiver, id)]
        const told = JSON.stringify(replies.map(({ status, body }) => [status, body]))
        heard.push(told.replaceAll(receiver.number, '{number}').replaceAll(receiver.family, '{name}'))
      }
      assert.deepEqual([...new Set(heard)], heard.slice(0, 1))
    })
})

// biome-ignore format: a table, one row to a line
const consents: [what: string, born: string, relation: RelationKind | undefined, sameHome: boolean, expected: string, youth: number][] = [
  ['of 15, sixteen tomorrow',                    '2010-01-16', 'parental-responsibility', true,  '201', 200],
  ['of 16 today',                                '2010-01-15', 'parental-responsibility', true,  '403 representation-missing', 200],
  ['of 13 today',                                '2013-01-15', 'parental-responsibility', true,  '201', 200],
  ['of 12, thirteen tomorrow: given ahead',      '2013-01-16', 'parental-responsibility', true,  '201', 403],
  ['of 14, no parent at the same address',       '2011-06-01', 'parental-responsibility', false, '403 representation-missing', 403],
  ['of 14, by a foster parent without a grant in force', '2011-06-01', undefined,         true,  '403 representation-missing', 403],
  ['of 14, by a guardian, who is no parent',     '2011-06-01', 'guardian',                true,  '422 parent-required', 403],
]
describe('consent of a parent that a youth signs in', () => {
  for (const [what, born, relation, sameHome, expected, youthSees] of consents)
    test(`${what}: ${expected}, and the youth gets ${youthSees}`, async () => {
      const youth = await person(born, { residence: 'home' })
      const parent = await person('1980-01-01', sameHome ? { residence: 'home' } : { residence: 'away' })
      if (relation) await related(youth, parent, relation, relation === 'guardian' ? ['PersonalInterests'] : [])
      assert.equal(outcome(await give(parent, consentFor(youth))), expected)
      assert.equal(await seen(youth, youth), youthSees)
    })

  test('the parent who gave it withdraws it, the other parent does not, and the youth sees it', async () => {
    const youth = await person('2011-06-01', { residence: 'home' })
    const mother = await person('1980-01-01', { residence: 'home' })
    const father = await person('1980-01-01', { residence: 'away' })
    await related(youth, mother, 'parental-responsibility')
    await related(youth, father, 'parental-responsibility')
    const given = await give(mother, consentFor(youth))
    const { id = '', identifier } = resourceOf(given, 'RelatedPerson')
    assert.deepEqual(identifier, [mother.identifier])
    const kinds = matchesIn(await list(youth), 'RelatedPerson').map(({ relationship }) => codeIn(relationship?.[0]))
    assert.deepEqual(kinds.sort(), ['parental-consent', 'parental-responsibility', 'parental-responsibility'])
    assert.equal((await end(father, id)).status, 404)
    assert.equal(outcome(await end(youth, id)), '422 not-for-you')
    assert.equal((await end(mother, id)).status, 200)
    assert.equal(outcome(await list(youth)), '403 too-young')
  })
})

describe('for whom one acts', () => {
  test('oneself first, then each person with what is open and why the rest is not', async () => {
    const parent = await person('1980-01-01', { residence: 'home' })
    const small = await person('2020-01-01', { residence: 'home' })
    const twelve = await person('2014-01-15', { residence: 'home' })
    const dead = await person('2019-01-01', { residence: 'home', died: '2025-06-01' })
    for (const child of [small, twelve, dead]) await related(child, parent, 'parental-responsibility')
    const reply = await actsFor(parent)
    assert.equal(reply.status, 200)
    const shown = parametersOf(reply).map((parameter) => ({
      self: partOf(parameter, 'self')?.valueBoolean,
      number: partOf(parameter, 'identifier')?.valueIdentifier?.value,
      measurements: openingOf(parameter),
    }))
    assert.deepEqual(shown, [
      {
        self: true,
        number: parent.number,
        measurements: [
          { name: 'open', valueBoolean: true },
          { name: 'basis', valueCode: 'self' },
        ],
      },
      {
        self: false,
        number: small.number,
        measurements: [
          { name: 'open', valueBoolean: true },
          { name: 'basis', valueCode: 'parent' },
        ],
      },
      {
        self: false,
        // Parents may give the consent that lets the youth sign in, and need the number for it.
        number: twelve.number,
        measurements: [
          { name: 'open', valueBoolean: false },
          { name: 'problem', valueCode: 'representation-missing' },
          { name: 'why', valueString: 'Parents do not act in this service after the child has turned 12.' },
        ],
      },
    ])
  })

  test('what it answers is what the service answers', async () => {
    const giver = await person()
    const receiver = await person('1980-01-01')
    await give(giver, attorney(receiver, { period: { start: '2026-02-01' } }))
    assert.equal(parametersOf(await actsFor(receiver)).length, 1, 'nobody but oneself before it opens anything')
    assert.equal(await seen(receiver, giver), 403)
  })

  test('staff and citizens without the scope are refused, and so is an identity number in the address', async () => {
    const someone = await person()
    const staff = nurse(bergen, { scopes: ['helsevev:representation/citizen'] })
    assert.equal((await api.as(staff).post('/fhir/RelatedPerson/$acts-for', form(), asForm)).status, 403)
    const without = { ...citizen(someone), scopes: ['helsevev:measurements/citizen'] }
    assert.equal((await api.as(without).post('/fhir/RelatedPerson/_search', form(), asForm)).status, 403)
    assert.equal((await api.as(citizen(someone)).put(`/fhir/RelatedPerson/${someone.number}`, {})).status, 400)
  })
})
