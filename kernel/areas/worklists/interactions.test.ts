/** The list of patients that a unit has: who may send it, who sees it, what is kept, and what an attacker gets. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { List, Patient } from '@medplum/fhirtypes'
import { WORKLIST_DAYS } from '../../access/facts.ts'
import { asResource, codeIn, issuesOf, placesOf, problemOf, resourceOf, sentenceOf } from '../../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, type Reply, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { changed, type SentBody } from '../../testing/sent.ts'
import { MOST_LISTED, OUT_OF_DATE_HOURS, WORKLIST_PLACE } from './list-resource.ts'
import { sweepWorklists } from './worklists.ts'

const { bergen, oslo } = organizations
const LEGEVAKT = '900000021'
const WARD = '900000022'
/** A sub-unit of a unit of Bergen. */
const ROOM = '900000023'
const OSLO_UNIT = '900000031'
const scopes = ['helsevev:worklist/read', 'helsevev:worklist/write']
const ehr = (organization: string, more = {}) => system(organization, { scopes, ...more })
const reader = nurse(bergen, { scopes: ['helsevev:worklist/read'] })
let now = NOW
let api: TestApi
before(async () => {
  api = await testApi([measurements], () => now)
  await api.sql`insert into organization (number, name, type, part_of) values
    (${LEGEVAKT}, 'Bergen legevakt', 'municipality', ${bergen}), (${WARD}, 'Bergen sykehjem', 'municipality', ${bergen}),
    (${ROOM}, 'Bergen sykehjem, stua', 'municipality', ${WARD}), (${OSLO_UNIT}, 'Oslo legevakt', 'municipality', ${oslo})`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 300
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
const named = async (givenName: string, familyName: string): Promise<Person> => {
  const person = await somebody()
  await api.sql`update person set given_name = ${givenName}, family_name = ${familyName}, gender = 'female' where patient = ${person.key}`
  return person
}
const entryOf = ({ number }: { number: string }, place?: string, more: SentBody = {}): SentBody => ({
  ...(place === undefined ? {} : { extension: [{ url: WORKLIST_PLACE, valueString: place }] }),
  item: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number }, display: 'a name from the EHR' },
  ...more,
})
let minutes = 0
/** Makes a list, each drawn up a little later than the one before. */
const listOf = (entries: SentBody[], more: SentBody = {}): SentBody & { date: string } => {
  minutes += 1
  const date = new Date(NOW.getTime() - 60 * 60_000 + minutes * 1000).toISOString()
  return { resourceType: 'List', status: 'current', mode: 'working', date, ...(entries.length > 0 ? { entry: entries } : {}), ...more }
}
const send = async (unit: string, list: unknown, who = ehr(bergen)): Promise<Reply> => await api.as(who).put(`/fhir/List/${unit}`, list)
const attests = (
  unit: string,
  { purpose = 'TREAT', change = {} }: { purpose?: string; change?: SentBody } = {},
): Record<string, string> => {
  const { patients: _none, ...content } = attestation(reader, '', purpose, 'Somebody is found unconscious', now)
  return { attestation: attestationHeader(changed(content, { 'practitioner.point_of_care.id': unit, ...change })) }
}
const see = async (unit: string, headers = attests(unit), who = reader): Promise<Reply> =>
  await api.as(who).get(`/fhir/List/${unit}`, headers)
const listed = (reply: Reply): List => resourceOf(reply, 'List')
const patientsOn = (reply: Reply): Patient[] => (listed(reply).contained ?? []).map((one) => asResource(one, 'Patient'))
const namesOn = (reply: Reply) => patientsOn(reply).map(({ name }) => name?.[0]?.family)

test('a unit’s system sends its list, and personnel of the unit see it in its order, with names of the register', async () => {
  const [kari, ola] = [await named('Kari', 'Nes'), await named('Ola', 'Vik')]
  const list = listOf([entryOf(ola, 'Rom 4', { date: '2026-01-15T08:00:00+01:00' }), entryOf(kari)])
  const sent = await send(LEGEVAKT, list)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  assert.match(sentenceOf(sent), /^2 patients/)
  const { status, body } = await see(LEGEVAKT)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(body, {
    resourceType: 'List',
    id: LEGEVAKT,
    contained: [
      {
        resourceType: 'Patient',
        identifier: [ola.identifier],
        name: [{ family: 'Vik', given: ['Ola'] }],
        gender: 'female',
        birthDate: '1950-05-17',
        id: 'patient-1',
      },
      {
        resourceType: 'Patient',
        identifier: [kari.identifier],
        name: [{ family: 'Nes', given: ['Kari'] }],
        gender: 'female',
        birthDate: '1950-05-17',
        id: 'patient-2',
      },
    ],
    status: 'current',
    mode: 'working',
    title: 'Bergen legevakt',
    code: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-example-use-codes', code: 'worklist' }] },
    date: list.date,
    source: {
      type: 'Organization',
      identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: LEGEVAKT },
      display: 'Bergen legevakt',
    },
    entry: [
      { extension: [{ url: WORKLIST_PLACE, valueString: 'Rom 4' }], date: '2026-01-15T07:00:00.000Z', item: { reference: '#patient-1' } },
      { item: { reference: '#patient-2' } },
    ],
  })
})

test('the next list replaces the one before as a whole, and an empty one shows that nobody is there', async () => {
  const [kari, ola] = [await named('Kari', 'Nes'), await named('Ola', 'Vik')]
  await send(LEGEVAKT, listOf([entryOf(kari), entryOf(ola)]))
  await send(LEGEVAKT, listOf([entryOf(ola)]))
  assert.deepEqual(namesOn(await see(LEGEVAKT)), ['Vik'])
  await send(LEGEVAKT, listOf([]))
  const { entry, emptyReason } = listed(await see(LEGEVAKT))
  assert.deepEqual([entry, codeIn(emptyReason)], [undefined, 'nilknown'])
})

test('a list drawn up before the one that stands changes nothing; the same sent again is taken', async () => {
  const [kari, ola] = [await named('Kari', 'Nes'), await named('Ola', 'Vik')]
  const earlier = listOf([entryOf(kari)])
  const later = listOf([entryOf(ola)])
  await send(WARD, later)
  const late = await send(WARD, earlier)
  assert.deepEqual([late.status, problemOf(late)], [409, 'worklist-superseded'])
  const rows = async () => (await api.sql<{ count: number }[]>`select count(*)::integer as count from access_log`)[0]?.count
  const before = await rows()
  const again = await send(WARD, later)
  assert.deepEqual([again.status, problemOf(again)], [200, 'worklist-taken'])
  // It is logged once, when it changed.
  assert.equal(await rows(), before)
  assert.deepEqual(namesOn(await see(WARD)), ['Vik'])
})

test('several lists of one unit at once end in the one drawn up last, and in no mixture', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => somebody()))
  const lists = people.map((person) => listOf([entryOf(person)]))
  await Promise.all(lists.map((list) => send(ROOM, list)).reverse())
  assert.deepEqual(
    patientsOn(await see(ROOM)).map(({ identifier }) => identifier?.[0]?.value),
    [people.at(-1)?.number],
  )
})

test('a person who is not in the register is left out, and both sides see that one is missing', async () => {
  const kari = await named('Kari', 'Nes')
  const sent = await send(WARD, listOf([entryOf({ number: '01010112345' }), entryOf(kari), entryOf({ number: 'not a number' })]))
  assert.deepEqual(
    issuesOf(sent)
      .slice(1)
      .map(({ expression, details }) => [expression?.[0], codeIn(details)]),
    [
      ['List.entry[0]', 'person-unknown'],
      ['List.entry[2]', 'person-unknown'],
    ],
  )
  const reply = await see(WARD)
  assert.deepEqual(
    listed(reply).entry?.map(({ flag }) => codeIn(flag)),
    [undefined, 'not-registered', 'not-registered'],
  )
  assert.ok(!JSON.stringify(reply.body).includes('01010112345'))
})

test('a person named twice stands once, under whichever number', async () => {
  const kari = await named('Kari', 'Nes')
  await send(WARD, listOf([entryOf(kari, 'Rom 1'), entryOf(kari, 'Rom 2')]))
  assert.deepEqual(
    listed(await see(WARD)).entry?.map(({ extension }) => extension?.[0]?.valueString),
    ['Rom 1'],
  )
})

test('a list shows when it is out of date, is not shown after seven days, and is then removed', async () => {
  const kari = await somebody()
  const list = listOf([entryOf(kari)])
  const at = (milliseconds: number) => new Date(Date.parse(list.date) + milliseconds)
  const hour = 60 * 60_000
  await send(ROOM, list)
  const rows: [Date, number, string | undefined][] = [
    [at(OUT_OF_DATE_HOURS * hour), 200, 'current'],
    [at(OUT_OF_DATE_HOURS * hour + 1000), 200, 'retired'],
    [at(WORKLIST_DAYS * 24 * hour - 1000), 200, 'retired'],
    [at(WORKLIST_DAYS * 24 * hour), 404, undefined],
  ]
  try {
    for (const [then, status, says] of rows) {
      now = then
      const reply = await see(ROOM)
      assert.deepEqual([reply.status, reply.status === 200 ? listed(reply).status : undefined], [status, says], then.toISOString())
    }
    await sweepWorklists(api.sql, at(WORKLIST_DAYS * 24 * hour - 1))
    assert.equal((await api.sql`select unit from worklist_patient where unit = ${ROOM}`).length, 1)
    assert.ok((await sweepWorklists(api.sql, at(WORKLIST_DAYS * 24 * hour))) > 0)
  } finally {
    now = NOW
  }
  assert.deepEqual([...(await api.sql`select unit from worklist_patient where unit = ${ROOM}`)], [])
})

test('a unit that has sent no list has none, and one whose list is ended has none either', async () => {
  const kari = await somebody()
  assert.deepEqual([(await see(bergen)).status, problemOf(await see(bergen))], [404, 'not-found'])
  await send(bergen, listOf([entryOf(kari)]))
  assert.equal((await see(bergen)).status, 200)
  assert.equal((await api.as(ehr(bergen)).delete(`/fhir/List/${bergen}`)).status, 204)
  assert.equal((await see(bergen)).status, 404)
  assert.equal((await api.as(ehr(bergen)).delete(`/fhir/List/${bergen}`)).status, 404)
  assert.deepEqual([...(await api.sql`select patient from worklist_patient where unit = ${bergen}`)], [])
})

test('each person’s log shows when they came on the list, who read it, and when they left it; resending adds nothing', async () => {
  const [kari, ola] = [await somebody(), await somebody()]
  const row = async ({ key }: Person) =>
    (await api.sql`select event, service, type, outcome, purpose, reason from access_log where patient = ${key} order by segment, seq`).map(
      (found) => Object.values(found).join(' '),
    )
  await send(LEGEVAKT, listOf([entryOf(kari), entryOf(ola)]))
  await send(LEGEVAKT, listOf([entryOf(ola), entryOf(kari)]))
  await see(LEGEVAKT)
  await send(LEGEVAKT, listOf([entryOf(ola)]))
  assert.deepEqual(await row(kari), [
    `update worklist List ok  put on the list of unit ${LEGEVAKT}`,
    `read worklist List ok TREAT stood on the list of unit ${LEGEVAKT}`,
    `update worklist List ok  taken off the list of unit ${LEGEVAKT}`,
  ])
  assert.equal((await row(ola)).length, 2)
})

test('a patient who has chosen notices of every look-up gets none of lists', async () => {
  const kari = await somebody()
  await api.sql`insert into patient_alert_setting (patient, alerts) values (${kari.key}, ${['every-look-up', 'write']})`
  await send(LEGEVAKT, listOf([entryOf(kari)]))
  await see(LEGEVAKT)
  assert.deepEqual([...(await api.sql`select cause from patient_notice where patient = ${kari.key}`)], [])
})

const refusedToRead: [what: string, status: number, code: string, ask: () => Promise<Reply>][] = [
  ['the list of another unit of the same organisation', 403, 'not-your-unit', async () => await see(WARD, attests(LEGEVAKT))],
  ['the list of a unit from the organisation above it', 403, 'not-your-unit', async () => await see(LEGEVAKT, attests(bergen))],
  ['the list of a unit of another organisation', 403, 'not-your-unit', async () => await see(OSLO_UNIT, attests(LEGEVAKT))],
  ['the list of another organisation’s unit, attested as one’s own', 403, 'point-of-care-unknown', async () => await see(OSLO_UNIT)],
  ['the list of a unit that is nobody’s', 403, 'not-your-unit', async () => await see('900000099', attests(LEGEVAKT))],
  ['what is no unit', 403, 'not-your-unit', async () => await see('kari', attests(LEGEVAKT))],
  ['nobody’s attestation', 400, 'attestation-missing', async () => await see(LEGEVAKT, {})],
  ['an emergency', 403, 'override-of-one-patient', async () => await see(LEGEVAKT, attests(LEGEVAKT, { purpose: 'BTG' }))],
  [
    'declared consent',
    403,
    'override-of-one-patient',
    async () => await see(LEGEVAKT, { ...attests(LEGEVAKT), 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }),
  ],
  [
    'an attestation of one patient',
    403,
    'attestation-for-another-patient',
    async () => await see(LEGEVAKT, attests(LEGEVAKT, { change: { patients: [{ identifier: { id: '01010112345' } }] } })),
  ],
  [
    'an attestation of yesterday',
    401,
    'attestation-has-expired',
    async () => await see(LEGEVAKT, attests(LEGEVAKT, { change: { toa: NOW.getTime() / 1000 - 3601 } })),
  ],
  [
    'an authorisation that is not held',
    403,
    'authorization-not-held',
    async () => await see(LEGEVAKT, attests(LEGEVAKT, { change: { 'practitioner.authorization.code': 'LE' } })),
  ],
  [
    'somebody without HPR number',
    403,
    'health-personnel-required',
    async () => await see(LEGEVAKT, attests(LEGEVAKT), nurse(bergen, { scopes, hprNumber: undefined })),
  ],
  [
    'a token without scope',
    403,
    'insufficient-scope',
    async () => await see(LEGEVAKT, attests(LEGEVAKT), nurse(bergen, { scopes: ['helsevev:worklist/write'] })),
  ],
  [
    'a citizen',
    403,
    'access-denied',
    async () => await see(LEGEVAKT, {}, nurse(bergen, { kind: 'citizen', scopes: ['helsevev:worklist/citizen'] })),
  ],
  ['a system', 403, 'person-login-required', async () => await see(LEGEVAKT, {}, ehr(bergen))],
]

test('nobody but personnel at that point of care sees a list, and a refusal names nobody', async () => {
  const kari = await named('Kari', 'Hemmelig')
  await send(LEGEVAKT, listOf([entryOf(kari)]))
  await send(WARD, listOf([entryOf(kari)]))
  await send(OSLO_UNIT, listOf([entryOf(kari)]), ehr(oslo))
  for (const [what, status, code, ask] of refusedToRead) {
    const before = (await api.logged()).length
    const reply = await ask()
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], what)
    assert.ok(!JSON.stringify(reply.body).includes('Hemmelig'), what)
    const rows = (await api.logged()).slice(before)
    assert.deepEqual(
      rows.map(({ patient, problem }) => [patient, problem]),
      [['0', code]],
      what,
    )
  }
})

const refusedToSend: [what: string, status: number, code: string, ask: (list: SentBody) => Promise<Reply>][] = [
  ['the system of another organisation', 403, 'not-your-unit', async (list) => await send(LEGEVAKT, list, ehr(oslo))],
  ['for a unit that is nobody’s', 403, 'not-your-unit', async (list) => await send('900000099', list)],
  ['for what is no unit', 403, 'not-your-unit', async (list) => await send('kari', list)],
  [
    'the system of another organisation, which attests the unit',
    403,
    'not-your-unit',
    async (list) => await api.as(ehr(oslo)).put(`/fhir/List/${LEGEVAKT}`, list, attests(LEGEVAKT)),
  ],
  [
    'a person',
    403,
    'access-denied',
    async (list) => await api.as(nurse(bergen, { scopes })).put(`/fhir/List/${LEGEVAKT}`, list, attests(LEGEVAKT)),
  ],
  ['a citizen', 403, 'access-denied', async (list) => await send(LEGEVAKT, list, nurse(bergen, { kind: 'citizen', scopes }))],
  [
    'a token that may read alone',
    403,
    'insufficient-scope',
    async (list) => await send(LEGEVAKT, list, ehr(bergen, { scopes: ['helsevev:worklist/read'] })),
  ],
  [
    'an organisation that is not in the register',
    403,
    'organisation-not-member',
    async (list) => await send(LEGEVAKT, list, ehr('900000088')),
  ],
]

test('nobody but the organisation’s own system sends a list, ends one, or finds out whether there is one', async () => {
  const kari = await named('Kari', 'Nes')
  await send(LEGEVAKT, listOf([entryOf(kari)]))
  for (const [what, status, code, ask] of refusedToSend) {
    const reply = await ask(listOf([]))
    assert.deepEqual([reply.status, problemOf(reply)], [status, code], what)
    assert.deepEqual(namesOn(await see(LEGEVAKT)), ['Nes'], what)
  }
  for (const unit of [LEGEVAKT, OSLO_UNIT, '900000099']) {
    const reply = await api.as(unit === OSLO_UNIT ? ehr(bergen) : ehr(oslo)).delete(`/fhir/List/${unit}`)
    assert.deepEqual([reply.status, problemOf(reply)], [403, 'not-your-unit'])
  }
  assert.deepEqual(namesOn(await see(LEGEVAKT)), ['Nes'])
})

test('a list that is none is refused with every fault and its place, and the one that stands stays', async () => {
  const kari = await named('Kari', 'Nes')
  await send(LEGEVAKT, listOf([entryOf(kari)]))
  const place = 'List.entry[0].extension[0].valueString'
  const rows: [list: SentBody, expressions: string[]][] = [
    [listOf([], { status: 'retired' }), ['List.status']],
    [listOf([], { mode: 'changes' }), ['List.mode']],
    [listOf([], { date: undefined }), ['List.date']],
    [listOf([], { date: '2026-01-15' }), ['List.date']],
    [listOf([], { date: '2026-01-15T09:00:00' }), ['List.date']],
    [listOf([], { date: new Date(NOW.getTime() + 5 * 60_000 + 1).toISOString() }), ['List.date']],
    [listOf([], { date: new Date(NOW.getTime() - 7 * 24 * 3600_000).toISOString() }), ['List.date']],
    [listOf([], { id: WARD }), ['List.id']],
    [listOf([{ item: { display: 'Kari' } }]), ['List.entry[0].item.identifier']],
    [listOf([entryOf(kari, 'Et veldig langt romnavn')]), [place]],
    [listOf([entryOf(kari, ' ')]), [place]],
    [listOf([entryOf(kari, 'Rom\n4')]), [place]],
    [listOf([entryOf(kari, kari.number)]), [place]],
    [listOf([entryOf(kari, 'Rom 1', { date: 'yesterday' })]), ['List.entry[0].date']],
    [listOf([entryOf(kari, ' '.repeat(21)), entryOf(kari, '\u202e4')]), [place]],
    [listOf([entryOf(kari, kari.number), entryOf(kari, '\u202e4')]), [place, 'List.entry[1].extension[0].valueString']],
  ]
  const more: [list: SentBody, expressions: string[]][] = [
    [listOf([entryOf(kari), entryOf(kari, undefined, { deleted: true })]), ['List']],
    [listOf([entryOf(kari, undefined, { deleted: false })]), ['List']],
    [listOf([entryOf(kari, undefined, { date: '2026-01-15' })], { mode: 'snapshot' }), ['List']],
    [listOf([entryOf(kari)], { emptyReason: { text: 'nobody' } }), ['List']],
    [listOf([entryOf(kari)], { title: 5, orderedBy: 7 }), ['List.title', 'List.orderedBy']],
    [listOf([entryOf(kari)], { subject: { identifier: kari.identifier } }), ['List.subject']],
    [listOf([entryOf(kari)], { contained: [{ resourceType: 'Patient', id: 'p' }] }), ['List.contained[0]']],
    [listOf([entryOf(kari, '\u200b')]), [place]],
    [
      listOf([entryOf(kari, 'Rom 1', { extension: [...['1', '2'].map((valueString) => ({ url: WORKLIST_PLACE, valueString }))] })]),
      ['List.entry[0].extension'],
    ],
    [listOf([{ item: { type: 'Device', identifier: kari.identifier } }]), ['List.entry[0].item.type']],
  ]
  for (const [list, expressions] of [...rows, ...more]) {
    const reply = await send(LEGEVAKT, list)
    assert.deepEqual([reply.status, placesOf(reply)], [422, expressions], JSON.stringify(list).slice(0, 200))
    assert.ok(!JSON.stringify(reply.body).includes(kari.number))
  }
  for (const name of ['if-match', 'if-none-exist'])
    assert.equal((await api.as(ehr(bergen)).put(`/fhir/List/${LEGEVAKT}`, listOf([]), { [name]: 'W/"9"' })).status, 400, name)
  for (const body of ['{', '[]', { resourceType: 'Bundle' }]) assert.equal((await send(LEGEVAKT, body)).status, 422)
  const many = await send(LEGEVAKT, listOf(Array.from({ length: MOST_LISTED + 1 }, () => entryOf(kari))))
  assert.deepEqual([many.status, problemOf(many)], [413, 'too-large'])
  assert.equal((await send(LEGEVAKT, listOf(Array.from({ length: MOST_LISTED }, () => entryOf(kari))))).status, 200)
  assert.deepEqual(namesOn(await see(LEGEVAKT)), ['Nes'])
})

test('script in a place comes back as the text it is', async () => {
  const kari = await somebody()
  await send(LEGEVAKT, listOf([entryOf(kari, '<script>x</script>')]))
  assert.equal(listed(await see(LEGEVAKT)).entry?.[0]?.extension?.[0]?.valueString, '<script>x</script>')
})

test('odd numbers harm nobody: they are not in the register', async () => {
  const kari = await somebody()
  const odd = ["'; drop table worklist; --", '9'.repeat(64), 'ææ'].map((number) => entryOf({ number }))
  const sent = await send(LEGEVAKT, listOf([...odd, entryOf(kari)]))
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  assert.equal(listed(await see(LEGEVAKT)).entry?.length, 4)
})
