/**
 * Whether there is anything about the patients of a list: what an outsider gets, what is logged, and that it never shows more than a search
 * does.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { entriesOf, idOf, matchesIn, parametersOf, problemOf } from '../../testing/answers.ts'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  pulse,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import type { SentBody } from '../../testing/sent.ts'

const { bergen, oslo, bodo } = organizations
const HPR = '990000001'
const others = {
  ...measurements,
  id: 'others',
  listSignal: {
    type: 'Observation',
    tokens: { code: [{ system: 'http://loinc.org', code: '8867-4' }], status: [{ code: 'final' }, { code: 'amended' }] },
    count: 2,
    say: (newestFirst: readonly Observation[]) =>
      newestFirst.length === 0
        ? undefined
        : { system: 'http://test/level', code: newestFirst.map(({ valueQuantity }) => valueQuantity?.value).join('-') },
  },
}
const doctorsOnly = { ...measurements, id: 'doctors-only', readers: { LE: ['TREAT'] as const } }
const scopes = ['measurements', 'others', 'doctors-only'].flatMap((id) => [`helsevev:${id}/read`, `helsevev:${id}/write`])
const reader = nurse(bergen, { scopes })
const platform = (organization: string) => system(organization, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([measurements, others, doctorsOnly])
  await api.agreement({ controller: oslo, receiver: bergen, service: 'measurements' })
  await api.agreement({ controller: bodo, receiver: bergen, service: 'others', sensitiveCodes: ['opened'] })
  await api.sql`
    insert into worklist (unit, organization, drawn_up, received, left_out) values (${bergen}, ${bergen}, ${NOW}, ${NOW}, 0)`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
/** Somebody who is on the list of the unit that asks. */
const somebody = async (): Promise<Person> => {
  const person = await somebodyElsewhere()
  await api.sql`insert into worklist_patient (patient, unit, position) values (${person.key}, ${bergen}, 1)`
  return person
}
const somebodyElsewhere = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
/** The id of what is written. */
const write = async (person: Person, organization: string, service = 'measurements', more: SentBody = {}): Promise<string> => {
  const reply = await api.as(platform(organization)).post(`/fhir/${service}/Observation`, pulse(person, more))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return idOf(reply)
}

/** The attestation for a list names no patient. */
const listAttestation = (purpose = 'TREAT'): Record<string, string> => {
  const { patients: _none, ...content } = attestation(reader, '', purpose, 'Somebody is found unconscious')
  return { attestation: attestationHeader(content) }
}
const listOf = (people: readonly { number: string }[], services: readonly string[], ...more: ParametersParameter[]): Parameters => ({
  resourceType: 'Parameters',
  parameter: [
    ...people.map(({ number }) => ({
      name: 'patient',
      valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number },
    })),
    ...services.map((id) => ({ name: 'service', valueCode: id })),
    ...more,
  ],
})
const ask = async (
  people: readonly { number: string }[],
  services: readonly string[] = [],
  headers = listAttestation(),
  who = reader,
): Promise<Reply> => await api.as(who).post('/fhir/$has-data', listOf(people, services), who.kind === 'person' ? headers : {})
/** `{service}: {status}` for each patient. */
const statuses = (reply: Reply): string[][] => {
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return parametersOf(reply).map(({ part = [] }) =>
    part.slice(1).map((one) => (one.part ?? []).map(({ valueCode }) => valueCode).join(' ')),
  )
}
const rowsSince = async (count: number) => (await api.logged()).slice(count)

test('some, none, unknown and withheld are distinct, in the order of the request, with the identifier as sent', async () => {
  const [own, shared, deleted, unknown, withheld] = [
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
  ]
  await write(own, bergen)
  await write(shared, oslo)
  const gone = await write(deleted, oslo)
  await api.as(platform(oslo)).delete(`/fhir/measurements/Observation/${gone}`, { 'if-match': 'W/"1"' })
  await write(withheld, bodo)
  const reply = await ask([withheld, own, shared, deleted, unknown], ['measurements'])
  assert.deepEqual(statuses(reply).flat(), [
    'measurements withheld',
    'measurements some',
    'measurements some',
    'measurements none',
    'measurements unknown',
  ])
  assert.deepEqual(parametersOf(reply)[1]?.part?.[0], { name: 'identifier', valueIdentifier: own.identifier })
})

test('without named services, those of the token are answered; one that is not open states why', async () => {
  const kari = await somebody()
  await write(kari, bodo, 'others')
  assert.deepEqual(statuses(await ask([kari])), [['measurements unknown', 'others some', 'doctors-only refused role-not-open']])
  const narrow = nurse(bergen, { scopes: ['helsevev:others/read'] })
  assert.deepEqual(statuses(await ask([kari], [], listAttestation(), narrow)), [['others some']])
  assert.deepEqual(statuses(await ask([kari], ['others', 'measurements'], listAttestation(), narrow)), [
    ['others some', 'measurements refused insufficient-scope'],
  ])
})

let choices = 900
const choose = async (person: Person, kind: string, columns: Record<string, string> = {}): Promise<void> => {
  choices += 1
  const { service = null, controller = null, receiver = null, practitioner = null, record = null } = columns
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, receiver, practitioner, record, valid_from, made, made_by, made_as)
    values (${person.key}, ${choices}, ${kind}, ${service}, ${controller}, ${receiver}, ${practitioner}, ${record},
      '2025-01-01', '2025-01-01', 1, 'self')`
}
const recordOf = async (person: Person, controller: string): Promise<string> => {
  const [row] = await api.sql<{ id: string }[]>`select id from record where patient = ${person.key} and controller = ${controller}`
  return row?.id ?? ''
}

const cases: [what: string, make: (person: Person) => Promise<unknown>, status: string][] = [
  ['an opt-out', async (p) => choose(p, 'opt-out', { service: 'measurements' }), 'withheld'],
  ['an opt-out of another service', async (p) => choose(p, 'opt-out', { service: 'others' }), 'some'],
  ['a restriction of everything', async (p) => choose(p, 'restriction'), 'withheld'],
  ['a restriction toward another organisation', async (p) => choose(p, 'restriction', { receiver: bodo }), 'some'],
  ['a restriction of the other controller', async (p) => choose(p, 'restriction', { controller: oslo }), 'some'],
  ['a block of the reader', async (p) => choose(p, 'block', { practitioner: HPR }), 'withheld'],
  ['a block of somebody else', async (p) => choose(p, 'block', { practitioner: '990000002' }), 'some'],
  ['one record restricted', async (p) => choose(p, 'restriction', { record: await recordOf(p, oslo) }), 'some'],
  [
    'every record restricted',
    async (p) => {
      for (const controller of [oslo, bergen]) await choose(p, 'restriction', { record: await recordOf(p, controller) })
    },
    'withheld',
  ],
  [
    'a restriction that a consent opens to the reader',
    async (p) => {
      await choose(p, 'restriction')
      await choose(p, 'consent', { receiver: bergen })
    },
    'some',
  ],
]

test('what the patient has chosen counts, in each way and for each service', async () => {
  for (const [what, make, status] of cases) {
    const kari = await somebody()
    await write(kari, oslo)
    await write(kari, bergen)
    await make(kari)
    assert.deepEqual(statuses(await ask([kari], ['measurements'])), [[`measurements ${status}`]], what)
  }
})

test('a restricted record counts neither under its own id nor under that of the same fact registered again', async () => {
  const kari = await somebody()
  const fact = { identifier: [{ system: 'http://test/fact', value: 'one' }] }
  const first = await write(kari, oslo, 'measurements', fact)
  const [row] = await api.sql<{ id: string }[]>`select id from record where patient = ${kari.key}`
  await api.sql`
    insert into patient_choice (patient, id, kind, record, valid_from, made, made_by, made_as)
    values (${kari.key}, 1, 'restriction', ${row?.id ?? ''}, '2025-01-01', '2025-01-01', 1, 'self')`
  const answered = async () => statuses(await ask([kari], ['measurements']))
  const hidden = await answered()
  await api.as(platform(oslo)).delete(`/fhir/measurements/Observation/${first}`, { 'if-match': 'W/"1"' })
  const second = await write(kari, oslo, 'measurements', fact)
  assert.notEqual(second, first)
  assert.deepEqual(await answered(), hidden)
  await write(kari, oslo, 'measurements', { identifier: [{ system: 'http://test/fact', value: 'two' }] })
  assert.notDeepEqual(await answered(), hidden)
})

const signalled = async (people: readonly Person[], services = ['others']): Promise<string[]> => {
  const body = listOf(people, services, { name: 'signals', valueBoolean: true })
  const reply = await api.as(reader).post('/fhir/$has-data', body, listAttestation())
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return parametersOf(reply).map(({ part }) =>
    (part?.[1]?.part ?? []).map(({ valueCode, valueCoding, valueDateTime }) => valueCode ?? valueCoding?.code ?? valueDateTime).join(' '),
  )
}

test('a service adds a signal from the newest records of a search, when asked; the log has the signal and its records', async () => {
  const [kari, restricted, closed, elsewhere] = [await somebody(), await somebody(), await somebody(), await somebody()]
  const at = (day: string, value: number, more: SentBody = {}) => ({
    effectiveDateTime: `2026-01-${day}T08:00:00Z`,
    valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    ...more,
  })
  for (const [day, value] of [
    ['09', 60],
    ['11', 80],
    ['10', 70],
  ] as const)
    await write(kari, bodo, 'others', at(day, value))
  await write(restricted, bodo, 'others', at('09', 60))
  await choose(restricted, 'restriction')
  await write(closed, bodo, 'others', at('09', 60))
  await write(closed, bodo, 'others', at('12', 140, { meta: { security: [{ system: 'http://test', code: 'closed' }] } }))
  await write(elsewhere, oslo, 'others', at('12', 140))
  assert.deepEqual(await signalled([kari, restricted, closed, elsewhere]), [
    'others some 80-70 2026-01-11T08:00:00.000Z',
    'others withheld',
    'others some 60 2026-01-09T08:00:00.000Z',
    'others withheld',
  ])
  const [row] = await api.sql<{ reason: string; values: string[] }[]>`
    select l.reason, array(
      select r.content::jsonb #>> '{valueQuantity,value}' from record r
      where r.patient = l.patient and r.id = any (disclosed_ids(l.disclosed))) as values
    from access_log l where l.patient = ${kari.key} and l.event = '$has-data'`
  assert.equal(row?.reason, 'others: some (80-70)')
  assert.deepEqual(row?.values.sort(), ['70', '80'])
})

test('there is no signal when the request asks for none, nor from a service that has none', async () => {
  const kari = await somebody()
  await write(kari, bodo, 'others')
  await write(kari, oslo)
  assert.deepEqual(statuses(await ask([kari], ['others', 'measurements'])), [['others some', 'measurements some']])
  assert.deepEqual(await signalled([kari], ['measurements']), ['measurements some'])
})

test('extra-sensitive records show nothing that an agreement has not opened, and hint at nothing', async () => {
  const [silent, opened, both] = [await somebody(), await somebody(), await somebody()]
  await write(silent, bodo, 'others', { meta: { security: [{ system: 'http://test', code: 'closed' }] } })
  await write(opened, bodo, 'others', { meta: { security: [{ system: 'http://test', code: 'opened' }] } })
  await write(both, bodo, 'others', {
    meta: {
      security: [
        { system: 'http://test', code: 'opened' },
        { system: 'http://test', code: 'closed' },
      ],
    },
  })
  assert.deepEqual(statuses(await ask([silent, opened, both], ['others'])), [['others unknown'], ['others some'], ['others unknown']])
})

test('the status of each patient is that of a search', async () => {
  const people: Person[] = []
  for (const [, make] of cases) {
    const kari = await somebody()
    await write(kari, oslo)
    await write(kari, bergen)
    await make(kari)
    people.push(kari)
  }
  const answers = statuses(await ask(people, ['measurements'])).flat()
  for (const [index, { number }] of people.entries()) {
    const reply = await api.as(reader).search('Observation', { 'patient.identifier': number })
    const found = matchesIn(reply, 'Observation')
    const codes = JSON.stringify(entriesOf(reply))
    const status = found.length > 0 ? 'some' : codes.includes('withheld') ? 'withheld' : codes.includes('"none"') ? 'none' : 'unknown'
    assert.equal(answers[index], `measurements ${status}`, cases[index]?.[0] ?? '')
  }
})

test('who is not on the list of the unit is not answered for, whether there is something, nothing, or no such person', async () => {
  const [listed, elsewhere, without, another] = [
    await somebody(),
    await somebodyElsewhere(),
    await somebodyElsewhere(),
    await somebodyElsewhere(),
  ]
  for (const one of [listed, elsewhere]) await write(one, oslo)
  await api.sql`insert into worklist (unit, organization, drawn_up, received, left_out) values (${oslo}, ${oslo}, ${NOW}, ${NOW}, 0)`
  await api.sql`insert into worklist_patient (patient, unit, position) values (${another.key}, ${oslo}, 1)`
  assert.deepEqual(statuses(await ask([listed, elsewhere, without, another, { number: '01010112345' }], ['measurements'])).flat(), [
    'measurements some',
    ...Array.from({ length: 4 }, () => 'measurements refused not-on-your-list'),
  ])
  const refused = await ask([elsewhere], ['measurements'])
  assert.deepEqual([refused.status, problemOf(refused)], [403, 'not-on-your-list'])
})

test('the list of the unit counts until seven days after it was drawn up', async () => {
  const kari = await somebody()
  const drawnUp = async (at: number) => {
    await api.sql`update worklist set drawn_up = ${new Date(at)} where unit = ${bergen}`
    return (await ask([kari], ['measurements'])).status
  }
  const week = 7 * 24 * 3_600_000
  const answers = [await drawnUp(NOW.getTime() - week + 1), await drawnUp(NOW.getTime() - week)]
  await drawnUp(NOW.getTime())
  assert.deepEqual(answers, [200, 403])
})

test('each patient’s log has one row, with what was returned and nothing disclosed; other patients are not in it', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  await write(kari, oslo)
  const before = (await api.logged()).length
  await ask([kari, ola, kari], ['measurements', 'others'])
  const rows = await rowsSince(before)
  assert.deepEqual(
    rows.map(({ patient, event, outcome, disclosed, name }) => [patient, event, outcome, disclosed, name]).sort(),
    [
      [kari.key, '$has-data', 'ok', null, 'Nora Nurse'],
      [ola.key, '$has-data', 'ok', null, 'Nora Nurse'],
    ].sort(),
  )
  const [row] = await api.sql`select service, purpose, reason from access_log where patient = ${kari.key} and event = '$has-data'`
  assert.deepEqual({ ...row }, { service: 'has-data', purpose: 'TREAT', reason: 'measurements: some, others: unknown' })
})

test('a patient who has chosen notices is not notified of a list', async () => {
  const kari = await somebody()
  await write(kari, oslo)
  await api.sql`insert into patient_alert_setting (patient, alerts) values (${kari.key}, ${['every-look-up']})`
  await ask([kari], ['measurements'])
  assert.deepEqual([...(await api.sql`select cause from patient_notice where patient = ${kari.key}`)], [])
})

test('a system gets an answer about its own organisation’s records', async () => {
  const [own, other] = [await somebody(), await somebody()]
  await write(own, oslo)
  await write(other, bergen)
  assert.deepEqual(statuses(await ask([own, other], ['measurements'], {}, platform(oslo))), [
    ['measurements some'],
    ['measurements own-only'],
  ])
})

const refusals: [what: string, status: number, code: string, ask: (people: Person[]) => Promise<Reply>][] = [
  ['no attestation', 400, 'attestation-missing', async (people) => await ask(people, ['measurements'], {})],
  ['emergency access', 403, 'override-of-one-patient', async (people) => await ask(people, ['measurements'], listAttestation('BTG'))],
  [
    'declared consent',
    403,
    'override-of-one-patient',
    async (people) => await ask(people, ['measurements'], { ...listAttestation(), 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }),
  ],
  [
    'an attestation of somebody who is not in the list',
    403,
    'attestation-for-another-patient',
    async (people) => await ask(people, ['measurements'], { attestation: attestationHeader(attestation(reader, '01010112345')) }),
  ],
  [
    'somebody without HPR number',
    403,
    'health-personnel-required',
    async (people) => await ask(people, ['measurements'], listAttestation(), nurse(bergen, { scopes, hprNumber: undefined })),
  ],
  [
    'a citizen',
    403,
    'access-denied',
    async (people) =>
      await api
        .as(nurse(bergen, { kind: 'citizen', scopes: ['helsevev:measurements/citizen'] }))
        .post('/fhir/$has-data', listOf(people, ['measurements'])),
  ],
  [
    'a token without scope',
    403,
    'insufficient-scope',
    async (people) => await ask(people, [], listAttestation(), nurse(bergen, { scopes: [] })),
  ],
  ['a role that the service is closed to', 403, 'role-not-open', async (people) => await ask(people, ['doctors-only'])],
]

test('what is refused is refused whole, with its reason, and stands in the log of each', async () => {
  for (const [what, status, code, refused] of refusals) {
    const people = [await somebody(), await somebody()]
    const before = (await api.logged()).length
    const reply = await refused(people)
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], what)
    const rows = await rowsSince(before)
    assert.ok(rows.length > 0 && rows.every(({ problem }) => problem === code), what)
  }
})

test('an attestation that names one patient is good for that one', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const named = { attestation: attestationHeader(attestation(reader, kari.number)) }
  assert.deepEqual(statuses(await ask([kari, ola], ['measurements'], named)), [
    ['measurements unknown'],
    ['measurements refused attestation-for-another-patient'],
  ])
})

test('a request that is not a list is refused with its place', async () => {
  const kari = await somebody()
  const people = Array.from({ length: 101 }, () => kari)
  const rows: [body: unknown, status: number, code: string][] = [
    [{ resourceType: 'Bundle' }, 400, 'invalid-parameter'],
    ['{', 400, 'not-json'],
    [{ resourceType: 'Parameters', parameter: [] }, 400, 'empty'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'service', valueCode: 'measurements' }] }, 400, 'patient-required'],
    [{ resourceType: 'Parameters', parameter: [null] }, 400, 'json-type'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'patient', valueString: kari.number }] }, 400, 'patient-required'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'patient', valueIdentifier: { value: 7 } }] }, 400, 'json-type'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'all', valueBoolean: true }] }, 400, 'invalid-parameter'],
    [{ resourceType: 'Parameters', parameter: [{ name: 'signals', valueCode: 'all' }] }, 400, 'invalid-parameter'],
    [listOf([kari], ['measurements'], { name: 'signals', valueBoolean: true, valueCode: 'all' }), 400, 'choice'],
    [listOf([kari], ['measurements'], { name: 'service', valueString: 'measurements' }), 404, 'unknown-service'],
    [
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'signals', valueBoolean: true },
          { name: 'signals', valueBoolean: false },
        ],
      },
      400,
      'invalid-parameter',
    ],
    [listOf([kari], ['nothing']), 404, 'unknown-service'],
    [listOf(people, ['measurements']), 413, 'too-large'],
  ]
  for (const [body, status, code] of rows) {
    const reply = await api.as(reader).post('/fhir/$has-data', body, listAttestation())
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], JSON.stringify(body).slice(0, 80))
  }
  assert.equal((await ask(people.slice(1), ['measurements'])).status, 200)
})

test('odd numbers and texts are nobody, and harm nobody else', async () => {
  const kari = await somebody()
  await write(kari, oslo)
  const odd = ["'; drop table record; --", '9'.repeat(400), 'ææ'].map((number) => ({ number }))
  assert.deepEqual(statuses(await ask([...odd, kari], ['measurements'])).flat(), [
    ...odd.map(() => 'measurements refused not-on-your-list'),
    'measurements some',
  ])
})

/** The statements that PostgreSQL got while `work` ran, by what the client sent. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = []
  const { options } = api.sql
  const before = options.debug
  options.debug = (_connection, text) => sent.push(text)
  try {
    await work()
  } finally {
    options.debug = before
  }
  return sent
}

test('a list of many people asks as many statements of the database as a list of two', async () => {
  const people: Person[] = []
  for (let count = 0; count < 12; count += 1) people.push(await somebody())
  for (const person of people) await write(person, bergen)
  const services = ['measurements', 'others']
  const countOf = async (some: Person[]): Promise<Record<string, number>> => {
    const sent = await statementsOf(async () => assert.equal((await ask(some, services)).status, 200))
    const about = (word: RegExp) => sent.filter((text) => word.test(text)).length
    return { facts: about(/as "roleRules"/), records: about(/from record r/), all: sent.filter((text) => /\bselect\b/i.test(text)).length }
  }
  await countOf(people)
  const [few, many] = [await countOf(people.slice(0, 2)), await countOf(people)]
  assert.deepEqual([many.facts, many.records], [1, 1], 'one statement for the facts, and one for what there is')
  assert.equal(many.all, few.all)
})

test('the row says why something was not seen, for each person of the list; the answer says it to nobody', async () => {
  const [seen, hidden, blocked, out, apart, none] = [
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
    await somebody(),
  ]
  for (const person of [seen, hidden, blocked, out]) await write(person, oslo)
  await write(apart, bodo)
  const choices: [person: Person, choice: { kind: string; controller?: string; practitioner?: string; service?: string }][] = [
    [hidden, { kind: 'restriction', controller: oslo }],
    [blocked, { kind: 'block', practitioner: HPR }],
    [out, { kind: 'opt-out', service: 'measurements' }],
  ]
  for (const [{ key }, { kind, controller = null, practitioner = null, service = null }] of choices)
    await api.sql`
      insert into patient_choice (patient, id, kind, controller, practitioner, service, valid_from, made, made_by, made_as)
      values (${key}, 1, ${kind}, ${controller}, ${practitioner}, ${service}, '2025-01-01', '2025-01-01', 1, 'self')`
  const people = [seen, hidden, blocked, out, apart, none]
  const reply = await ask(people, ['measurements'])
  assert.deepEqual(statuses(reply).flat(), [
    'measurements some',
    'measurements withheld',
    'measurements withheld',
    'measurements withheld',
    'measurements withheld',
    'measurements unknown',
  ])
  const rows = await api.sql<{ patient: string; unseen: string[] | null }[]>`
    select patient, unseen from access_log where event = '$has-data' and patient = any (${people.map(({ key }) => key)}::bigint[])`
  const of = new Map(rows.map(({ patient, unseen }) => [patient, unseen]))
  assert.deepEqual(
    people.map(({ key }) => of.get(key)),
    [null, ['hidden'], ['blocked'], ['opted-out'], ['not-agreed'], ['nothing']],
  )
  assert.doesNotMatch(JSON.stringify(reply.body), /hidden|blocked|opted|agreed/)
})
