/**
 * What is answered depends on what the asker may know and on nothing else: the same request about two people, who differ in what the asker
 * may not know alone, gets the same status, headers and body. A table of askers, of what is hidden from each, and of requests; a service is
 * in it by itself. docs/decisions/0041-answers-depend-on-the-asker.md
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hasDataArea } from '@helsevev/kernel/areas/has-data/area'
import type { Caller } from '@helsevev/kernel/identity/caller'
import type { RecordId } from '@helsevev/kernel/store/ids'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import { exampleEntry } from '@helsevev/kernel/testing/example-entry'
import { services } from '@helsevev/server/services'

const { bergen, oslo, bodo } = organizations
/** Without records of its own: it only reads. */
const clinic = '900000041'
/** Takes part in nothing. */
const stranger = '900000042'
const HPR = '990000001'

let api: TestApi
let series = 1
before(async () => {
  api = await testApi(services)
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values (${HPR}, 'LE', '2005-01-01')`
  for (const [number, name] of [
    [clinic, 'Clinic'],
    [stranger, 'Stranger'],
  ] as const)
    await api.sql`
      insert into organization (number, name, type, helsenet_from, terms_accepted)
      values (${number}, ${name}, 'municipality', '2020-01-01', '2020-01-01')`
  for (const { id } of services) {
    await api.sql`insert into service_participation (organization, service, produces, consumes) values (${clinic}, ${id}, false, true)`
    // Oslo reads what Bergen has. The clinic had an agreement with Bodø; that of Bodø with Bergen is for other purposes.
    const all = ['TREAT', 'ETREAT', 'COC', 'BTG']
    await api.agreement({ controller: bergen, receiver: oslo, service: id, purposes: all })
    await api.agreement({ controller: bodo, receiver: clinic, service: id, until: new Date('2025-12-01') })
    await api.agreement({ controller: bodo, receiver: bergen, service: id, purposes: [] })
  }
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>

/** A record that is there and may not be shown: its content is never read. */
async function report(person: Person, controller: string, more: { sensitive?: string; release?: string; later?: boolean } = {}) {
  const { sensitive, release, later } = more
  for (const { id: service, resources } of services) {
    for (const [type, { patientElement }] of Object.entries(resources)) {
      if (patientElement === 'none') continue
      await api.sql`
        insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content,
          sensitive_codes, release_codes, release_at)
        values (${person.key}, ${api.kernel.ids.recordId()}, 1, ${service}, ${type}, ${controller}, '2026-01-10', '2026-01-10', '{}', 1,
          ${JSON.stringify({ resourceType: type, id: 'hidden', status: 'final' })},
          ${sensitive ? [sensitive] : null}, ${release ? [release] : null}, ${later ? new Date('2026-06-01') : null})`
    }
    await api.sql`
      insert into patient_controller (patient, service, controller, since, told, blocked_against_staff)
      values (${person.key}, ${service}, ${controller}, '2026-01-10', ${sensitive === undefined}, false)
      on conflict (patient, service, controller) do update set told = patient_controller.told or excluded.told`
  }
}

async function choose(person: Person, kind: 'restriction' | 'block' | 'opt-out', columns: Record<string, string | null> = {}) {
  const { service = null, controller = null, record = null } = columns
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, record, practitioner, valid_from, made, made_by, made_as)
    values (${person.key}, ${api.kernel.ids.recordId()}, ${kind}, ${service}, ${controller}, ${record},
      ${kind === 'block' ? HPR : null}, '2025-01-01', '2025-01-01', 1, 'self')`
}

const optOut = async (person: Person) => {
  for (const { id } of services) await choose(person, 'opt-out', { service: id })
}
const restrictEachRecord = async (person: Person) => {
  await report(person, bergen)
  for (const { id } of await api.sql<{ id: string }[]>`select id from record where patient = ${person.key}`)
    await choose(person, 'restriction', { record: id })
}

async function actsFor(citizen: Person, patient: Person, kind: string, areas: string[] = []): Promise<void> {
  const until = kind === 'foster-parent' ? '2026-12-31' : null
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, valid_until, source, registered, registered_by)
    values (${patient.key}, ${citizen.key}, ${kind}, ${areas}, '2020-01-01', ${until}, 'test', '2020-01-01', 'test')`
}

const areas = ['persons', 'access-log', 'privacy', 'representation', hasDataArea.id]
const scopes = (direction: string) => [...services.map(({ id }) => id), ...areas].map((id) => `helsevev:${id}/${direction}`)
const staff = (organization: string): Caller => nurse(organization, { scopes: scopes('read') })
const machine = (organization: string): Caller => system(organization, { scopes: scopes('read') })
const asCitizen = (person: { number: string }): Caller =>
  system(bergen, { kind: 'citizen', pid: person.number, name: 'Kari', client: 'citizen-portal', scopes: scopes('citizen') })

type Act = (person: Person) => Promise<void>
interface Difference {
  asker: string
  /** What both people have in common. Returns the caller. */
  given: (person: Person) => Promise<Caller>
  born?: string
  purpose?: 'TREAT' | 'BTG'
  /** What the asker may not know: true of one of the two. */
  hidden: Record<string, Act>
}

const nothing: Act = async () => {}
const reportsOf = (...controllers: string[]): Record<string, Act> => ({
  [controllers.length > 1 ? 'others have reported' : 'another has reported']: async (person) => {
    for (const controller of controllers) await report(person, controller)
  },
})
const somebodyElse = async (): Promise<Person> => {
  series += 1
  return await api.person(series, '1980-02-03')
}
const unreleased: Record<string, Act> = {
  'what there is, is not released': async (person) => {
    await report(person, bergen, { release: 'NORN_ALL' })
    await report(person, oslo, { later: true })
  },
}
/** Rows of the log that are written where something is there, and not where nothing is. */
async function logged(person: Person): Promise<void> {
  const rows = [
    { event: 'create', purpose: null, type: 'Observation', disclosed: ['1' as RecordId] },
    { event: 'choice-made', purpose: 'PATRQT' as const, service: 'privacy', type: 'Consent' },
    { event: 'search-type', outcome: 'refused' as const, problem: 'blocked-by-patient', purpose: 'BTG' as const },
  ]
  for (const row of rows) await api.kernel.log.append(exampleEntry({ patient: person.key, at: NOW, disclosed: null, ...row }))
}
const everythingHidden: Record<string, Act> = {
  'everything is restricted': async (person) => {
    await report(person, bergen)
    await choose(person, 'restriction')
    await logged(person)
  },
  "one controller's records are restricted": async (person) => {
    await report(person, bergen)
    await choose(person, 'restriction', { controller: bergen })
  },
  'each record is restricted': restrictEachRecord,
  'a restriction of what is not there': async (person) => await choose(person, 'restriction'),
  'what there is, is extra-sensitive': async (person) => await report(person, bergen, { sensitive: '14' }),
  ...unreleased,
}

const differences: Difference[] = [
  { asker: 'a reader whose agreement has ended', given: async () => staff(clinic), hidden: reportsOf(bergen, oslo, bodo) },
  { asker: 'the same in an emergency', given: async () => staff(clinic), purpose: 'BTG', hidden: reportsOf(bergen, oslo, bodo) },
  { asker: 'a reader of an organisation that takes no part', given: async () => staff(stranger), hidden: reportsOf(bergen, bodo) },
  { asker: 'who produces and may not read others', given: async () => staff(bergen), hidden: reportsOf(oslo, bodo) },
  { asker: 'the same in an emergency', given: async () => staff(bergen), purpose: 'BTG', hidden: reportsOf(oslo, bodo) },
  { asker: 'a system of an organisation that produces', given: async () => machine(bergen), hidden: reportsOf(oslo, bodo) },
  { asker: 'a system of an organisation that only reads', given: async () => machine(clinic), hidden: reportsOf(bergen, bodo) },
  { asker: 'a system of an organisation that takes no part', given: async () => machine(stranger), hidden: reportsOf(bergen) },
  {
    asker: 'who may read others, and not what is extra-sensitive',
    given: async () => staff(oslo),
    hidden: {
      'a controller with an agreement has something extra-sensitive': async (person) => await report(person, bergen, { sensitive: '14' }),
      'a controller without one has': async (person) => await report(person, bodo, { sensitive: '14' }),
    },
  },
  ...(['TREAT', 'BTG'] as const).map((purpose) => ({
    asker: `a practitioner who is blocked, for ${purpose}`,
    purpose,
    given: async (person: Person) => {
      await choose(person, 'block')
      return staff(oslo)
    },
    hidden: {
      ...reportsOf(bergen, oslo, bodo),
      'something is restricted too': everythingHidden['everything is restricted'] ?? nothing,
      'the patient has opted out too': async (person: Person) => {
        await report(person, oslo)
        await optOut(person)
      },
    },
  })),
  {
    asker: 'a practitioner who is blocked from the records of one controller',
    given: async (person) => {
      await choose(person, 'block', { controller: bergen })
      await choose(person, 'block', { controller: bodo })
      return staff(oslo)
    },
    hidden: reportsOf(bergen, bodo),
  },
  {
    asker: 'a reader of a patient who has opted out',
    given: async (person) => {
      await optOut(person)
      return staff(oslo)
    },
    hidden: reportsOf(bergen, oslo, bodo),
  },
  {
    asker: 'a citizen who asks about somebody else',
    given: async () => asCitizen(await somebodyElse()),
    hidden: {
      ...reportsOf(bergen),
      'that person has a protected address': async ({ key }) => {
        await api.sql`update person set address_confidentiality = 'Confidential' where patient = ${key}`
      },
      'that person has died': async ({ key }) => {
        await api.sql`update person set died = '2025-01-01' where patient = ${key}`
      },
    },
  },
  {
    asker: 'a mother of a child who does not live with her',
    born: '2018-05-17',
    given: async (person) => {
      const mother = await somebodyElse()
      await actsFor(mother, person, 'parental-responsibility')
      await actsFor(await somebodyElse(), person, 'guardian')
      return asCitizen(mother)
    },
    hidden: {
      ...reportsOf(bergen),
      'the child has a protected address': async ({ key }) => {
        await api.sql`update person set address_confidentiality = 'StrictlyConfidential', residence = 'hidden' where patient = ${key}`
      },
      'the child is in a foster home': async (person) => await actsFor(await somebodyElse(), person, 'foster-parent'),
    },
  },
  {
    asker: 'whoever has a power of attorney',
    given: async (person) => {
      const helper = await somebodyElse()
      await actsFor(helper, person, 'power-of-attorney', ['3'])
      return asCitizen(helper)
    },
    hidden: everythingHidden,
  },
  {
    asker: 'a parent of a child under 12',
    born: '2018-05-17',
    given: async (person) => {
      const parent = await somebodyElse()
      await api.sql`update person set residence = 'home' where patient in (${person.key}, ${parent.key})`
      await actsFor(parent, person, 'parental-responsibility')
      return asCitizen(parent)
    },
    hidden: everythingHidden,
  },
  {
    asker: 'the patient',
    given: async (person) => asCitizen(person),
    hidden: unreleased,
  },
]

/**
 * What a service, and the kernel across services, can be asked about a patient. Access is decided for a service and not for a type: of each
 * service one type is asked for, the next one at the next `turn`.
 */
function requests(
  kind: Caller['kind'],
  turn: number,
): { what: string; path: string; form?: Record<string, string>; body?: (number: string) => unknown }[] {
  const form = {}
  const list = (number: string) => ({
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number } },
      { name: 'signals', valueBoolean: true },
    ],
  })
  return [
    ...services.flatMap(({ id, resources, operations = [] }) => [
      ...inTurn(
        Object.entries(resources).flatMap(([type, { interactions }]) => (interactions.includes('search-type') ? [type] : [])),
        turn,
      ).flatMap((type) => [
        { what: `search ${id} ${type}`, path: `/fhir/${id}/${type}/_search`, form },
        { what: `count ${id} ${type}`, path: `/fhir/${id}/${type}/_search`, form: { _summary: 'count', _tag: 'none-such' } },
      ]),
      ...operations.map(({ name }) => ({ what: `${id} $${name}`, path: `/fhir/${id}/$${name}`, form })),
    ]),
    { what: '$summary', path: '/fhir/Patient/$summary', form },
    { what: '$has-data', path: '/fhir/$has-data', body: list },
    ...(kind === 'citizen'
      ? [
          { what: '$everything', path: '/fhir/Patient/$everything', form },
          { what: '$last-visit', path: '/fhir/Patient/$last-visit', form },
          { what: 'the access log', path: '/fhir/AuditEvent/_search', form },
          { what: 'choices', path: '/fhir/Consent/_search', form },
          { what: 'questions and notices', path: '/fhir/Communication/_search', form },
        ]
      : []),
  ]
}

function inTurn<Item>(items: readonly Item[], turn: number): Item[] {
  const item = items[turn % items.length]
  return item === undefined ? [] : [item]
}

interface Told {
  status: number
  headers: Record<string, unknown>
  body: string
}

/** The answer without what is new in every answer: its event, its time, random names. */
function told({ status, headers, body }: Reply, person: Person): Told {
  const { date: _date, 'x-event-id': _event, ...others } = headers
  const text = JSON.stringify(body ?? null)
    .replaceAll(person.number, '{number}')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '{uuid}')
    .replaceAll(/\b[a-p]{32}\b/g, '{id}')
  return { status, headers: others, body: text }
}

async function ask(who: Caller, person: Person, purpose: string, { path, form, body }: ReturnType<typeof requests>[number]): Promise<Told> {
  const content = attestation(who, person.number, purpose, 'Found unconscious at the door', NOW) as {
    practitioner: { authorization: { code: string } }
  }
  content.practitioner.authorization.code = 'LE'
  const headers = who.kind === 'person' ? { attestation: attestationHeader(content) } : {}
  const asForm = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  const sent = new URLSearchParams({ ...form, 'patient.identifier': person.number }).toString()
  return told(body ? await api.as(who).post(path, body(person.number), headers) : await api.as(who).post(path, sent, asForm), person)
}

let turn = 0
for (const { asker, given, born = '1950-05-17', purpose = 'TREAT', hidden } of differences)
  for (const [fact, make] of Object.entries(hidden)) {
    turn += 1
    const asked = turn
    test(`${asker} cannot tell whether ${fact}`, async () => {
      const people = [await api.person(series + 1, born), await api.person(series + 2, born)] as const
      series += 2
      const askers = [await given(people[0]), await given(people[1])] as const
      await make(people[1])
      const told: string[] = []
      // Staff look before those who act for the patient do, in whose log it is.
      const [search] = requests('person', 0)
      if (askers[0].kind === 'citizen' && asker !== 'the patient' && search)
        for (const person of people) for (const why of ['TREAT', 'BTG']) await ask(staff(oslo), person, why, search)
      for (const request of requests(askers[0].kind, asked)) {
        const [without, withIt] = await Promise.all([
          ask(askers[0], people[0], purpose, request),
          ask(askers[1], people[1], purpose, request),
        ])
        try {
          assert.deepEqual(withIt, without)
        } catch {
          told.push(`${request.what}: ${differing(without, withIt)}`)
        }
      }
      assert.deepEqual(told, [])
    })
  }

/** The two answers from where they begin to differ. */
function differing(one: Told, other: Told): string {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)]
  const from = Math.max(0, [...left].findIndex((letter, at) => letter !== right[at]) - 60)
  return `${left.slice(from, from + 160)} | ${right.slice(from, from + 160)}`
}
