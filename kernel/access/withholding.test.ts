/** What the patient's choices and the release rules do to the answers of the API: for every search, read, operation and batch. */

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RELEASE_SYSTEM } from '../codes/release-codes.ts'
import { bundleOf, idOf, issuesOf, matchesIn, noticesIn, problemOf, responsesOf, valuesOf } from '../testing/answers.ts'
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
} from '../testing/api.ts'
import type { SentBody } from '../testing/sent.ts'

const { bergen, oslo, bodo } = organizations
const HPR = '990000001'
let api: TestApi
before(async () => {
  api = await testApi()
  for (const purposes of [['TREAT', 'ETREAT', 'BTG']]) await api.agreement({ controller: oslo, receiver: bergen, purposes })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
type ChoiceColumns = Partial<Record<'service' | 'controller' | 'receiver' | 'practitioner' | 'record' | 'valid_until' | 'ended', string>>

let choices = 0
async function choose(person: Person, kind: string, columns: ChoiceColumns = {}): Promise<string> {
  choices += 1
  const { service, controller, receiver, practitioner, record, valid_until, ended } = columns
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, receiver, practitioner, record,
      valid_from, valid_until, made, made_by, made_as, ended, ended_by)
    values (${person.key}, ${choices}, ${kind}, ${service ?? null}, ${controller ?? null}, ${receiver ?? null},
      ${practitioner ?? null}, ${record ?? null},
      '2025-01-01', ${valid_until ?? null}, '2025-01-01', 1, 'self', ${ended ?? null}, ${ended ? 1 : null})`
  return String(choices)
}

let series = 200
/** A person with one pulse at Bergen and one at Oslo, and the ids of these records. */
async function patient(): Promise<{ person: Person; own: string; other: string }> {
  series += 1
  const person = await api.person(series)
  const own = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person))
  const other = await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(person))
  return { person, own: idOf(own), other: idOf(other) }
}

const find = async (person: Person, headers: Record<string, string> = {}, who = nurse(bergen), form: Record<string, string> = {}) =>
  await api.as(who).search('Observation', { 'patient.identifier': person.number, ...form }, headers)
const ids = (reply: Reply): string[] =>
  matchesIn(reply, 'Observation')
    .map(({ id }) => id ?? '')
    .sort()
const causes = (reply: Reply): [cause: string | undefined, count: number | undefined][] =>
  noticesIn(reply).flatMap(({ details, extension }) =>
    (details?.coding ?? []).flatMap(({ system: from, code }): [string | undefined, number | undefined][] =>
      from?.endsWith('/withheld') ? [[code, extension?.[0]?.valueInteger]] : [],
    ),
  )
const emergency = (person: Person) => ({
  attestation: attestationHeader(attestation(nurse(bergen), person.number, 'BTG', 'Unconscious, found at home')),
})
const consent = { 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }

type Hidden = 'own' | 'other' | 'both'
const rows: [
  what: string,
  kind: string,
  columns: ChoiceColumns,
  hides: Hidden | 'nothing',
  cause: string,
  opensInEmergency: boolean,
  opensByConsent: boolean,
][] = [
  ['a restriction of everything', 'restriction', {}, 'both', 'GeneralBlock', true, true],
  ['a restriction of this service', 'restriction', { service: 'measurements' }, 'both', 'GeneralBlock', true, true],
  ['a restriction of another service', 'restriction', { service: 'news2' }, 'nothing', '', true, true],
  ["a restriction of one controller's records", 'restriction', { controller: oslo }, 'other', 'GeneralBlock', true, true],
  ['a restriction toward this organisation', 'restriction', { receiver: bergen }, 'both', 'GeneralBlock', true, true],
  ['a restriction toward another organisation', 'restriction', { receiver: bodo }, 'nothing', '', true, true],
  ['a restriction that has run out', 'restriction', { valid_until: '2026-01-15T10:00:00Z' }, 'nothing', '', true, true],
  ['a restriction that runs out in a second', 'restriction', { valid_until: '2026-01-15T10:00:01Z' }, 'both', 'GeneralBlock', true, true],
  ['a restriction that was ended', 'restriction', { ended: '2025-06-01' }, 'nothing', '', true, true],
  ['a block of this nurse', 'block', { practitioner: HPR }, 'both', 'SpecificBlock', false, false],
  ['a block of this nurse at one controller', 'block', { practitioner: HPR, controller: oslo }, 'other', 'SpecificBlock', false, false],
  ['a block of another nurse', 'block', { practitioner: '990000002' }, 'nothing', '', false, false],
  ['an opt-out of the service', 'opt-out', { service: 'measurements' }, 'both', 'Reservation', false, false],
  ['an opt-out of another service', 'opt-out', { service: 'news2' }, 'nothing', '', false, false],
]

for (const [what, kind, columns, hides, cause, opensInEmergency, opensByConsent] of rows) {
  test(`${what} hides ${hides}, in searches, reads by id, operations and batches, and says why`, async () => {
    const { person, own, other } = await patient()
    await choose(person, kind, columns)
    const hidden: string[] = { own: [own], other: [other], both: [own, other], nothing: [] }[hides]
    const left = [own, other].filter((id) => !hidden.includes(id)).sort()
    const found = await find(person)
    const count = kind === 'restriction' ? hidden.length : undefined
    assert.deepEqual([ids(found), causes(found)], [left, cause ? [[cause, count]] : []])
    for (const id of [own, other]) {
      const { status } = await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${id}`)
      assert.equal(status, hidden.includes(id) ? 404 : 200)
      const batch = await api.as(nurse(bergen)).post(
        '/fhir/measurements',
        { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: `Observation/${id}` } }] },
        {
          attestation: attestationHeader(attestation(nurse(bergen), person.number)),
        },
      )
      assert.equal(responsesOf(batch)[0]?.status, hidden.includes(id) ? '404' : '200')
    }
    const counted = await api
      .as(nurse(bergen))
      .post('/fhir/measurements/$count', new URLSearchParams({ 'patient.identifier': person.number }).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
      })
    assert.equal(valuesOf(counted).count, left.length)
    const all = [own, other].sort()
    const urgent = await find(person, emergency(person))
    if (kind === 'block' && hides === 'both') assert.equal(problemOf(urgent), 'blocked-by-patient')
    else assert.deepEqual(ids(urgent), opensInEmergency ? all : left)
    assert.deepEqual(ids(await find(person, consent)), opensByConsent ? all : left)
    assert.deepEqual(ids(await find(person, { 'purpose-of-use': 'ETREAT' })), left, 'the emergency chain overrides nothing')
    assert.equal(ids(await find(person, {}, system(bergen))).length, 1, 'the record system reads back its own')
  })
}

test('one restricted record is gone from searches and reads, and counted', async () => {
  const { person, own, other } = await patient()
  const [row] = await api.sql<{ id: string }[]>`select id from record where patient = ${person.key} and controller = ${oslo}`
  await choose(person, 'restriction', { record: row?.id ?? '' })
  const found = await find(person)
  assert.deepEqual([ids(found), causes(found), bundleOf(found).total], [[own], [['GeneralBlock', 1]], 1])
  assert.equal((await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${other}`)).status, 404)
})

test('the count of what is withheld does not follow the question, so that no search can feel its way to it', async () => {
  const { person } = await patient()
  await choose(person, 'restriction')
  const counts: unknown[] = []
  for (const form of [{ code: '8867-4' }, { code: '9279-1' }, { date: 'lt1990' }, { _summary: 'count' }] as Record<string, string>[])
    counts.push(causes(await find(person, {}, nurse(bergen), form)), bundleOf(await find(person, {}, nurse(bergen), form)).total)
  assert.deepEqual(counts, Array.from({ length: 4 }, () => [[['GeneralBlock', 2]], 0]).flat())
})

const consents: [what: string, columns: ChoiceColumns, opens: boolean][] = [
  ['for everybody', {}, true],
  ['for this organisation', { receiver: bergen }, true],
  ['for another organisation', { receiver: bodo }, false],
  ['for this nurse', { practitioner: HPR }, true],
  ['for another nurse', { practitioner: '990000002' }, false],
  ['for this service', { service: 'measurements' }, true],
  ['for another service', { service: 'news2' }, false],
  ["for one controller's records, narrower than the restriction", { controller: oslo }, false],
  ['that has run out', { valid_until: '2026-01-15T10:00:00Z' }, false],
  ['that was withdrawn', { ended: '2025-06-01' }, false],
]
for (const [what, columns, opens] of consents) {
  test(`a consent ${what} ${opens ? 'opens' : 'does not open'} a restriction, and never a block`, async () => {
    const { person, own, other } = await patient()
    await choose(person, 'restriction')
    await choose(person, 'consent', columns)
    assert.deepEqual(ids(await find(person)), opens ? [own, other].sort() : [])
    await choose(person, 'block', { practitioner: HPR })
    assert.deepEqual(ids(await find(person)), [])
  })
}

test('a consent to a service does not open a record restricted by itself; one to that record does, and is logged as ground', async () => {
  const { person, own, other } = await patient()
  const [row] = await api.sql<{ id: string }[]>`select id from record where patient = ${person.key} and controller = ${oslo}`
  const record = row?.id ?? ''
  await choose(person, 'restriction', { record })
  await choose(person, 'consent', { service: 'measurements' })
  await choose(person, 'consent', {})
  assert.deepEqual(ids(await find(person)), [own])
  await choose(person, 'consent', { record })
  assert.deepEqual(ids(await find(person)), [own, other].sort())
  const log = await api.sql`select basis from access_log where patient = ${person.key} and purpose = 'TREAT' order by seq`
  assert.deepEqual(
    log.map(({ basis }) => basis),
    [null, 'registered-consent'],
  )
  assert.equal((await api.sql`select cause from patient_notice where patient = ${person.key}`).length, 0)
})

test('what its source has blocked against staff opens in an emergency alone, with notice and follow-up', async () => {
  series += 1
  const person = await api.person(series)
  const written = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, secured('NORS')))
  assert.equal(written.status, 201)
  assert.deepEqual(ids(await find(person)), [])
  assert.deepEqual(ids(await find(person, consent)), [])
  await choose(person, 'consent', {})
  assert.deepEqual(ids(await find(person)), [])
  assert.equal(ids(await find(person, emergency(person))).length, 1)
  const notices = await api.sql`select cause from patient_notice where patient = ${person.key}`
  assert.deepEqual(
    notices.map(({ cause }) => cause),
    ['emergency-access'],
  )
  const queued = await api.sql`select controller from emergency_follow_up where patient = ${person.key} order by controller`
  assert.deepEqual(
    queued.map(({ controller }) => controller),
    [bergen],
  )
})

test('what emergency or declared consent opened is shown to the patient, queued, and logged with its reason', async () => {
  const { person } = await patient()
  await choose(person, 'restriction')
  await find(person, consent)
  await find(person, emergency(person))
  const notices = await api.sql`select cause from patient_notice where patient = ${person.key} order by id`
  assert.deepEqual(
    notices.map(({ cause }) => cause),
    ['consent-declared', 'emergency-access'],
  )
  const queued = await api.sql`select controller, reason from emergency_follow_up where patient = ${person.key} order by controller`
  assert.deepEqual(
    queued.map(({ controller, reason }) => [controller, reason]),
    [bergen, oslo].map((controller) => [controller, 'Unconscious, found at home']),
  )
  const log = await api.sql`
    select purpose, basis, reason, decision_ref, toa is not null as toa from access_log
    where patient = ${person.key} and purpose is not null order by seq`
  assert.deepEqual(
    log.map(({ purpose, basis, reason, decision_ref, toa }) => [purpose, basis, reason, decision_ref, toa]),
    [
      ['TREAT', 'consent', null, 'decision-1', true],
      ['BTG', 'emergency', 'Unconscious, found at home', 'decision-1', true],
    ],
  )
})

test('elevated access that opens nothing extra is shown to the patient when it is an emergency, and not when it is a consent', async () => {
  const { person } = await patient()
  await find(person, consent)
  await find(person, emergency(person))
  const notices = await api.sql`select cause from patient_notice where patient = ${person.key}`
  assert.deepEqual(
    notices.map(({ cause }) => cause),
    ['emergency-access'],
  )
})

for (const [what, ask] of [
  ['search', async (person: Person) => ids(await find(person)).length],
  [
    'read by id',
    async (_person: Person, id: string) => (await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${id}`)).status === 200,
  ],
] as [string, (person: Person, id: string) => Promise<number | boolean>][]) {
  test(`a block acknowledged between decision and ${what} wins`, async () => {
    const { person, own } = await patient()
    const facts = api.kernel.facts
    let blocked = false
    api.kernel.facts = async (request) => {
      const read = await facts(request)
      if (!blocked) {
        blocked = true
        await choose(person, 'block', { practitioner: HPR })
      }
      return read
    }
    try {
      assert.equal(Number(await ask(person, own)), 0)
    } finally {
      api.kernel.facts = facts
    }
  })
}

const citizen = (person: Person, more = {}) =>
  system(bergen, {
    kind: 'citizen',
    pid: person.number,
    name: 'Kari',
    client: 'citizen-portal',
    scopes: ['helsevev:measurements/citizen'],
    ...more,
  })
const secured = (code: string, more = {}) => ({ meta: { security: [{ system: RELEASE_SYSTEM, code }] }, ...more })
const labelled = (...security: { system?: string; code?: string; display?: string }[]) => ({ meta: { security } })
const RELEASE_DATE = 'http://helsevev.no/fhir/StructureDefinition/release-date'
const PLACE = `Observation.extension('${RELEASE_DATE}')`
const released = (date: object) => ({ extension: [{ url: RELEASE_DATE, ...date }] })
const delayed = (...extension: object[]) => ({ ...secured('NORU'), extension: extension.map((one) => ({ url: RELEASE_DATE, ...one })) })

const releases: [what: string, resource: SentBody, self: boolean, staff: boolean][] = [
  ['without a code', {}, true, true],
  ['of code N', secured('N'), true, true],
  ['of code NORN_ALL', secured('NORN_ALL'), false, true],
  ['of code NORN_FORANS, kept from parents', secured('NORN_FORANS'), true, true],
  ['of code NORU until tomorrow', secured('NORU', released({ valueDateTime: '2026-01-16T10:00:00Z' })), false, true],
  ['of code NORU for three days', secured('NORU', released({ valueUnsignedInt: 3 })), false, true],
  ['of code NORS, blocked against staff', secured('NORS'), true, false],
  ['of code NORN_ALL under no system', labelled({ code: 'NORN_ALL' }), false, true],
  ['of code NORS under no system', labelled({ code: 'NORS' }), true, false],
  ['of code norn-all, spelt oddly', secured('norn-all'), false, true],
  ['of the name of NORN_KUT', secured('Nektet, klart utilrådelig'), false, true],
  ['of code NORN_ALL in a list whose address is wrong', labelled({ system: 'http://wrong.test/list', code: 'NORN_ALL' }), false, true],
  ['of code NORN_ALL in the list as an address', labelled({ system: 'https://fat.test/volven/9603', code: 'NORN_ALL' }), false, true],
  ['of codes N and NORN_ALL, of which the stricter holds', labelled({ code: 'N' }, { code: 'NORN_ALL' }), false, true],
  [
    'of codes N and NORU until tomorrow, of which the stricter holds',
    { ...labelled({ code: 'N' }, { code: 'NORU' }), ...released({ valueUnsignedInt: 1 }) },
    false,
    true,
  ],
  ['of codes NORS and NORN_ALL, of which each hides', labelled({ code: 'NORS' }, { code: 'NORN_ALL' }), false, false],
  ['that HL7 calls very restricted', labelled({ system: 'urn:oid:2.16.840.1.113883.5.25', code: 'V' }), false, true],
  ['that HL7 calls restricted', labelled({ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }), true, true],
]
for (const [what, resource, self, staff] of releases) {
  test(`a record ${what} is ${self ? '' : 'not '}shown to the patient, and ${staff ? '' : 'not '}to staff`, async () => {
    series += 1
    const person = await api.person(series)
    const written = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, resource))
    assert.equal(written.status, 201, JSON.stringify(written.body))
    const own = await api.as(citizen(person)).search('Observation', {})
    assert.deepEqual([ids(own).length, bundleOf(own).total], self ? [1, 1] : [0, 0])
    const found = await find(person)
    assert.deepEqual([ids(found).length, causes(found)], staff ? [1, []] : [0, [['GeneralBlock', 1]]])
    if (!staff) assert.equal(ids(await find(person, emergency(person))).length, 1)
  })
}

const wrongReleases: [what: string, resource: SentBody, place: string][] = [
  ['a code that the list does not have', secured('NORN_XX'), 'Observation.meta.security[0].code'],
  ['a code that no list is named for, and that ours does not have', labelled({ code: 'HEMMELIG' }), 'Observation.meta.security[0].code'],
  ['a label without a code', labelled({ system: RELEASE_SYSTEM, display: 'Sperret' }), 'Observation.meta.security[0].code'],
  [
    'an unknown code like those of the list in another list',
    labelled({ system: 'http://x', code: 'NORN_XX' }),
    'Observation.meta.security[0].code',
  ],
  [
    'a code that HL7 confidentiality does not have',
    labelled({ system: 'urn:oid:2.16.840.1.113883.5.25', code: 'X' }),
    'Observation.meta.security[0].code',
  ],
  ['NORU without a date', secured('NORU'), PLACE],
  ['NORU of a date that has passed', secured('NORU', released({ valueDateTime: '2026-01-15T10:00:00Z' })), PLACE],
  ['NORU for no day', secured('NORU', released({ valueUnsignedInt: 0 })), PLACE],
  ['NORU for more days than there are', secured('NORU', released({ valueUnsignedInt: 2_000_000_000 })), PLACE],
  ['a date without NORU', released({ valueUnsignedInt: 3 }), PLACE],
  ['N with a date', secured('N', released({ valueUnsignedInt: 3 })), PLACE],
  [
    'two dates in one extension',
    secured('NORU', released({ valueUnsignedInt: 3, valueDateTime: '2027-01-01' })),
    'Observation.extension[0].valueDateTime',
  ],
  ['two extensions that differ', delayed({ valueUnsignedInt: 3 }, { valueUnsignedInt: 4 }), PLACE],
  ['two extensions alike', delayed({ valueUnsignedInt: 3 }, { valueUnsignedInt: 3 }), PLACE],
  ['a date of another type', delayed({ valueString: '2027-01-01' }), PLACE],
  ['a date in meta', { meta: { security: [{ code: 'NORU' }], ...released({ valueUnsignedInt: 3 }) } }, 'Observation.meta.extension[0]'],
  [
    'a date under an address that is spelt oddly',
    { ...secured('NORU'), extension: [{ url: `${RELEASE_DATE}/`, valueUnsignedInt: 3 }] },
    'Observation.extension[0]',
  ],
]
for (const [what, resource, place] of wrongReleases) {
  test(`${what} is refused, and the element named`, async () => {
    series += 1
    const person = await api.person(series)
    const reply = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, resource))
    assert.deepEqual([reply.status, issuesOf(reply)[0]?.expression], [422, [place]])
  })
}

test('a label is served as its list writes it, whatever the spelling it came in', async () => {
  series += 1
  const person = await api.person(series)
  const sent = labelled({ code: 'norn-all' }, { system: '2.16.578.1.12.4.1.1.9603', code: 'NORN_ALL' }, { system: 'http://x', code: 'A' })
  const written = await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, sent))
  assert.equal(written.status, 201, JSON.stringify(written.body))
  const [row] = await api.sql<{ content: string }[]>`select content from record where patient = ${person.key}`
  assert.deepEqual(JSON.parse(row?.content ?? '').meta.security, [
    { system: RELEASE_SYSTEM, code: 'NORN_ALL' },
    { system: 'http://x', code: 'A' },
  ])
})

test('a delayed record is shown to the patient at the moment it is released', async () => {
  let now = NOW
  const own = await testApi(undefined, () => now)
  try {
    const person = await own.person(1)
    await own.as(system(bergen)).post('/fhir/measurements/Observation', pulse(person, secured('NORU', released({ valueUnsignedInt: 1 }))))
    const seen: unknown[] = []
    for (const seconds of [86_399, 86_400]) {
      now = new Date(NOW.getTime() + seconds * 1000)
      seen.push(bundleOf(await own.as(citizen(person)).search('Observation', {})).total)
    }
    assert.deepEqual(seen, [0, 1])
  } finally {
    await own.close()
  }
})

test('a citizen sees records of every controller, restricted ones and extra-sensitive ones too, and of nobody else', async () => {
  const { person } = await patient()
  await api
    .as(system(bodo))
    .post('/fhir/measurements/Observation', pulse(person, { meta: { security: [{ system: 'http://test', code: '14' }] } }))
  await choose(person, 'restriction')
  assert.equal(ids(await api.as(citizen(person)).search('Observation', {})).length, 3)
  const stranger = await patient()
  const refused = await api.as(citizen(person)).search('Observation', { 'patient.identifier': stranger.person.number })
  assert.deepEqual([refused.status, problemOf(refused)], [403, 'representation-missing'])
  const guessed = stranger.own.replace(/^./, stranger.own.startsWith('b') ? 'c' : 'b')
  const answers: Reply[] = []
  for (const id of [stranger.own, guessed]) answers.push(await api.as(citizen(person)).get(`/fhir/measurements/Observation/${id}`))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 404],
  )
  assert.deepEqual(answers[0]?.body, answers[1]?.body)
  assert.equal(problemOf(await api.as(citizen(person)).post('/fhir/measurements/Observation', pulse(person))), 'access-denied')
})
