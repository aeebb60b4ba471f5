import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Communication } from '@medplum/fhirtypes'
import type { Actor } from '../../audit/actors.ts'
import { createChangeLog } from '../../audit/change-log.ts'
import type { Caller } from '../../identity/caller.ts'
import type { PatientKey } from '../../store/ids.ts'
import { asResource, bundleOf, codeIn, entriesOf, idOf, matchesIn, parametersOf, problemsOf, resourceOf } from '../../testing/answers.ts'
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
import { exampleEntry } from '../../testing/example-entry.ts'
import type { SentBody } from '../../testing/sent.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { answerQuestion, questionsTo } from './questions.ts'

const { bergen, oslo, bodo } = organizations
const ORG = 'urn:oid:2.16.578.1.12.4.1.4.101'
const scopes = ['access-log', 'measurements', 'representation', 'privacy'].map((id) => `helsevev:${id}/citizen`)

let api: TestApi
let now = NOW
before(async () => {
  api = await testApi(undefined, () => now)
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

interface Who {
  number: string
  identifier: { system: string; value: string }
  key: PatientKey
}
let series = 1
const person = (born?: string): Promise<Who> => api.person(series++, born)
const citizen = ({ number }: Who): Caller => system(bodo, { kind: 'citizen', pid: number, name: 'Kari Nordmann', client: 'portal', scopes })
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (who: Who, path: string, fields: Record<string, string> = {}): Promise<Reply> =>
  api.as(citizen(who)).post(path, new URLSearchParams(fields).toString(), asForm)
const ask = (who: Who, sent: SentBody): Promise<Reply> => api.as(citizen(who)).post('/fhir/Communication', sent)
const list = (who: Who, fields: Record<string, string> = {}): Promise<Reply> => post(who, '/fhir/Communication/_search', fields)
const found = async (who: Who, category: string, about?: Who): Promise<Communication[]> =>
  matchesIn(await list(who, { category, ...(about ? { 'patient.identifier': about.number } : {}) }), 'Communication')
const textIn = (one: Communication | undefined) => one?.payload?.[0]?.contentString
const outcome = (reply: Reply): string => (reply.status < 300 ? String(reply.status) : `${reply.status} ${problemsOf(reply).join(' ')}`)

/** Oslo has a record of the patient, and a nurse in Bergen looks at it. Returns the line of the log, as the patient sees it. */
async function lookedAt(who: Who, headers: Record<string, string> = {}): Promise<string> {
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(who))
  const { status } = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': who.number }, headers)
  assert.equal(status, 200)
  return await lineOf(who, 'TREAT')
}
async function lineOf(who: Who, purpose: string): Promise<string> {
  const lines = entriesOf(await api.as(citizen(who)).get('/fhir/AuditEvent'))
  const line = lines.find(({ resource }) => codeIn(asResource(resource, 'AuditEvent').purposeOfEvent?.[0]) === purpose)
  return line?.fullUrl ?? assert.fail(`There is no line of ${purpose}.`)
}
const question = (line: string, text = 'Why did you look at my record that night?', more: SentBody = {}): SentBody => ({
  resourceType: 'Communication',
  status: 'completed',
  about: [{ reference: line }],
  payload: [{ contentString: text }],
  ...more,
})
const to = (number: string): SentBody => ({ recipient: [{ identifier: { system: ORG, value: number } }] })

async function officer(organization: string): Promise<Actor> {
  const { key } = await person('1975-02-02')
  return {
    person: key,
    name: 'Per Personvern',
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: 'Bergen',
    organizationChild: undefined,
    supplier: undefined,
    client: 'control',
  }
}
const answer = async (id: string, more: Partial<Parameters<typeof answerQuestion>[2]> = {}) =>
  await answerQuestion(
    api.sql,
    { changes: createChangeLog(api.kernel), clock: () => now, ids: api.kernel.ids },
    {
      controller: bergen,
      id,
      answer: 'She was on duty when you called.',
      role: 'privacy officer',
      answeredBy: await officer(bergen),
      ...more,
    },
  )

test('a question reaches the organisation that looked, its answer the patient, and what follows is a new one', async () => {
  const kari = await person()
  const line = await lookedAt(kari)
  const asked = await ask(kari, question(line))
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  const id = idOf(asked)
  assert.equal(asked.headers.location, `http://test/fhir/Communication/${id}/_history/1`)
  assert.deepEqual(asked.body, {
    resourceType: 'Communication',
    id,
    status: 'completed',
    category: [{ coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/communication-kind', code: 'question' }] }],
    subject: { identifier: kari.identifier },
    sent: NOW.toISOString(),
    about: [{ reference: line }],
    recipient: [{ type: 'Organization', identifier: { system: ORG, value: bergen }, display: 'bergen' }],
    sender: { type: 'Patient', identifier: kari.identifier },
    payload: [{ contentString: 'Why did you look at my record that night?' }],
  })

  const [waiting, ...others] = (await questionsTo(api.sql, bergen, { open: true })).filter((one) => one.id === id)
  assert.deepEqual(
    [others.length, waiting?.question, waiting?.name, waiting?.event, waiting?.service, waiting?.purpose, waiting?.before],
    [0, 'Why did you look at my record that night?', 'Nora Nurse', 'search-type', 'measurements', 'TREAT', null],
  )
  assert.ok(!JSON.stringify(waiting).includes(kari.number) && !JSON.stringify(waiting).includes(`"${kari.key}"`))

  assert.equal(await answer(id), 'answered')
  assert.equal(await answer(id), 'answered-already')
  const [answered] = await found(kari, 'answer')
  assert.deepEqual(
    [
      textIn(answered),
      answered?.sender?.identifier?.value,
      answered?.sender?.display,
      answered?.extension?.[0]?.valueString,
      answered?.inResponseTo?.[0]?.reference,
    ],
    ['She was on duty when you called.', bergen, 'bergen', 'privacy officer', `http://test/fhir/Communication/${id}`],
  )
  assert.ok(!JSON.stringify(answered).includes('Per Personvern'))
  const [notice] = await found(kari, 'notice')
  assert.deepEqual([codeIn(notice?.reasonCode?.[0]), notice?.received], ['question-answered', undefined])

  const further = question(line, 'On duty where?', { inResponseTo: [{ reference: `Communication/${answered?.id}` }] })
  const followed = await ask(kari, further)
  assert.equal(followed.status, 201, JSON.stringify(followed.body))
  const { id: next, inResponseTo } = resourceOf(followed, 'Communication')
  assert.deepEqual(inResponseTo, [{ reference: `http://test/fhir/Communication/${answered?.id}` }])
  const again = (await questionsTo(api.sql, bergen, { open: true })).find((one) => one.id === next)
  assert.deepEqual(again?.before, { question: 'Why did you look at my record that night?', answer: 'She was on duty when you called.' })

  const rows = await api.sql`
    select event, outcome, type from access_log where patient = ${kari.key} and (event like 'question%') order by seq`
  assert.deepEqual(
    rows.map((row) => `${row.event} ${row.outcome} ${row.type}`),
    ['question-asked ok Communication', 'question-answered ok patient-question', 'question-asked ok Communication'],
  )
})

describe('a question is refused', () => {
  // biome-ignore format: a table, one row to a line
  const faults: [what: string, more: (line: string) => SentBody, expected: string][] = [
    ['without a line',                  () => ({ about: [] }),                                             '422 empty'],
    ['about something else than a line', () => ({ about: [{ reference: 'Observation/ab-cd' }] }),          '422 invalid-communication'],
    ['about a line that is not there',  () => ({ about: [{ reference: 'AuditEvent/abc-def' }] }),          '404 not-found'],
    ['of an organisation that has no part in it', () => to(bodo),                                          '422 organisation-other'],
    ['of something that is no organisation', () => ({ recipient: [{ identifier: { system: 'x', value: bergen } }] }), '422 invalid-communication'],
    ['following an answer that is not there', () => ({ inResponseTo: [{ reference: 'Communication/abc-def-answer' }] }), '422 answer-unknown'],
    ['without text',                    () => ({ payload: [{ contentString: '  ' }] }),                    '422 blank'],
    ['of 2001 characters',              () => ({ payload: [{ contentString: 'a'.repeat(2001) }] }),        '422 invalid-communication'],
    ['with a control character',        () => ({ payload: [{ contentString: 'a\u0000b' }] }),              '422 format'],
    ['with text turned round',          () => ({ payload: [{ contentString: 'a\u202eb' }] }),              '422 invalid-communication'],
    ['with an identity number',         () => ({ payload: [{ contentString: `Is it ${makeIdentityNumber({ birthDate: '1950-05-17', series: 99 })}?` }] }), '422 invalid-communication'],
    ['with an attachment',              () => ({ payload: [{ contentAttachment: { url: 'http://x' } }] }), '422 invalid-communication'],
    ['with a note, which has no place', () => ({ note: [{ text: 'x' }] }),                                 '422 invalid-communication'],
  ]
  for (const [what, more, expected] of faults)
    test(`${what}: ${expected}`, async () => {
      const kari = await person()
      const line = await lookedAt(kari)
      const reply = await ask(kari, { ...question(line), ...more(line) })
      assert.equal(outcome(reply).split(' ').slice(0, 2).join(' '), expected)
      assert.ok(!/\d{11}/.test(JSON.stringify(reply.body)))
      const [row] = await api.sql`select count(*)::integer as count from patient_question where patient = ${kari.key}`
      assert.equal(row?.count, 0)
    })

  test('about the line of somebody else, as if it were not there', async () => {
    const kari = await person()
    const line = await lookedAt(kari)
    const other = await person()
    const none = await ask(other, question('http://test/fhir/AuditEvent/abc-def'))
    const others = await ask(other, question(line))
    assert.deepEqual([others.status, others.body], [none.status, none.body])
    const named = await ask(other, question(line, 'Why was that done?', { subject: { identifier: kari.identifier } }))
    assert.equal(outcome(named), '403 representation-missing')
  })

  test('about a line of the citizen herself: there is nobody to ask', async () => {
    const kari = await person()
    await lookedAt(kari)
    assert.equal(outcome(await ask(kari, question(await lineOf(kari, 'PATRQT')))), '422 nobody-to-ask')
  })

  test('twice while the first waits; the controller of what was seen may be asked as well as the one that looked', async () => {
    const kari = await person()
    const line = await lookedAt(kari)
    assert.equal(outcome(await ask(kari, question(line))), '201')
    assert.equal(outcome(await ask(kari, question(line, 'And once again?'))), '422 question-open')
    assert.equal(outcome(await ask(kari, question(line, 'Did you share it?', to(oslo)))), '201')
    assert.equal((await found(kari, 'question')).length, 2)
  })

  test('by two numbers of one person: the questions are those of one person', async () => {
    const before = await person()
    const line = await lookedAt(before)
    assert.equal(outcome(await ask(before, question(line))), '201')
    const now = await person()
    await api.sql`insert into person_link (patient, same_as) values (${before.key}, ${now.key}), (${now.key}, ${before.key})`
    assert.equal(await lineOf(now, 'TREAT'), line)
    assert.equal((await found(now, 'question')).length, 1)
    assert.equal(outcome(await ask(now, question(line, 'And once again, by the other number?'))), '422 question-open')
    assert.equal(outcome(await ask(now, question(line, 'Did you share it with others?', to(oslo)))), '201')
    assert.equal((await found(before, 'question')).length, 2)
    const keys = await api.sql<{ patient: string }[]>`
      select distinct patient from patient_question where patient in (${before.key}, ${now.key})`
    assert.deepEqual(
      keys.map(({ patient }) => patient),
      [before.key],
      'under the key of the line',
    )
  })

  test('about a look-up by staff who are relatives of the patient, by another relative: there is nobody to ask', async () => {
    const child = await person('2018-05-17')
    const [father, mother] = [await person('1980-01-01'), await person('1980-02-02')]
    await api.sql`update person set residence = 'home' where patient in (${child.key}, ${father.key})`
    for (const { key } of [father, mother])
      await api.sql`
        insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
        values (${child.key}, ${key}, 'parental-responsibility', '{}', '2020-01-01', 'test', '2020-01-01', 'test')`
    const employee = { ...(await officer(bergen)), person: mother.key, hprNumber: '990000077', name: 'Mona' }
    const actor = await api.kernel.actorId(employee)
    await api.kernel.log.append(exampleEntry({ patient: child.key, at: NOW, actor, disclosed: null }))
    const lines = entriesOf(await post(father, '/fhir/AuditEvent/_search', { 'patient.identifier': child.number }))
    const line = lines.find(({ resource }) => asResource(resource, 'AuditEvent').agent[0]?.name === 'Mona')
    const asked = await ask(father, question(line?.fullUrl ?? '', undefined, { subject: { identifier: child.identifier } }))
    assert.equal(outcome(asked), '422 nobody-to-ask')
    assert.ok(!JSON.stringify(asked.body).includes(bergen))
  })

  test('by staff, by a citizen without the scope, and by a youth without consent', async () => {
    const kari = await person()
    const line = await lookedAt(kari)
    assert.equal((await api.as(nurse(bergen, { scopes })).post('/fhir/Communication', question(line))).status, 403)
    assert.equal((await api.as({ ...citizen(kari), scopes: [] }).post('/fhir/Communication', question(line))).status, 403)
    assert.equal(outcome(await ask(await person('2011-01-15'), question(line))), '403 too-young')
  })
})

test('script, SQL and markup in a question and in its answer come back as the text they are, and stand in no log', async () => {
  for (const text of [
    '<script>alert(1)</script> why?',
    "'; drop table patient_question; --",
    '<img src=x onerror="alert(1)">&lt;b&gt; why',
  ]) {
    const kari = await person()
    const asked = await ask(kari, question(await lookedAt(kari), text))
    assert.equal(textIn(resourceOf(asked, 'Communication')), text)
    assert.equal(asked.headers['content-type'], 'application/fhir+json; charset=utf-8')
    assert.equal(await answer(idOf(asked), { answer: text }), 'answered')
    assert.equal(textIn((await found(kari, 'answer'))[0]), text)
    const rows = await api.sql`select reason from access_log where patient = ${kari.key}`
    assert.ok(rows.every(({ reason }) => reason === null || !reason.includes(text)))
  }
})

describe('an answer is refused', () => {
  // biome-ignore format: a table, one row to a line
  const faults: [what: string, more: () => Promise<Partial<Parameters<typeof answerQuestion>[2]>>, expected: string][] = [
    ['by somebody of another organisation', async () => ({ answeredBy: await officer(oslo) }),                     'other-organization'],
    ['for an organisation that was not asked', async () => ({ controller: oslo, answeredBy: await officer(oslo) }), 'unknown'],
    ['of an id that is none',               async () => ({ id: 'x' }),                                             'unknown'],
    ['of nine letters',                     async () => ({ answer: 'abcdefghi' }),                                 'answer-invalid'],
    ['of 4001 characters',                  async () => ({ answer: `${'a b c d e '.repeat(400)}f` }),                            'answer-invalid'],
    ['with an identity number',             async () => ({ answer: `It was a mistake of ${makeIdentityNumber({ birthDate: '1950-05-17', series: 99 })}.` }), 'identity-number-in-text'],
    ['without a role',                      async () => ({ role: ' ' }),                                           'role-missing'],
    ['by whoever made the look-up',         async () => ({ answeredBy: { ...(await officer(bergen)), hprNumber: '990000001' } }), 'same-person'],
    ['by nobody in the person register',    async () => ({ answeredBy: { ...(await officer(bergen)), person: undefined } }), 'person-unknown'],
  ]
  for (const [what, more, expected] of faults)
    test(`${what}: ${expected}`, async () => {
      const kari = await person()
      const asked = await ask(kari, question(await lookedAt(kari)))
      assert.equal(await answer(idOf(asked), await more()), expected)
      assert.equal((await found(kari, 'answer')).length, 0)
      assert.equal((await found(kari, 'notice')).length, 0)
    })
})

describe('those who act for somebody', () => {
  const acts = async (patient: Who, who: Who, areas: string[]) =>
    await api.sql`
      insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
      values (${patient.key}, ${who.key}, 'power-of-attorney', ${areas}, '2020-01-01', 'test', '2020-01-01', 'test')`

  test('ask, see what such people asked and not what the patient asked, and get no notices', async () => {
    const kari = await person()
    const helper = await person('1980-01-01')
    await acts(kari, helper, ['3'])
    const line = await lookedAt(kari)
    await ask(kari, question(line, 'My own question'))
    const asked = await ask(helper, question(line, 'I ask for her', { subject: { identifier: kari.identifier } }))
    assert.equal(asked.status, 201, JSON.stringify(asked.body))
    assert.deepEqual(resourceOf(asked, 'Communication').sender, { type: 'RelatedPerson' })
    assert.deepEqual((await found(helper, 'question', kari)).map(textIn), ['I ask for her'])
    assert.equal((await found(kari, 'question')).length, 2)
    const controllers = await ask(helper, question(line, 'Whose was it then?', { subject: { identifier: kari.identifier }, ...to(oslo) }))
    assert.equal(outcome(controllers), '422 organisation-other', 'whose records were seen is not theirs to find out')
    await answer(idOf(asked))
    assert.deepEqual(await found(helper, 'notice', kari), [])
    assert.equal((await found(kari, 'notice')).length, 1)
  })

  test('of another area, or with a protected address on either side, are refused', async () => {
    const kari = await person()
    const helper = await person('1980-01-01')
    await acts(kari, helper, ['4'])
    const line = await lookedAt(kari)
    const sent = question(line, 'Why was that done?', { subject: { identifier: kari.identifier } })
    assert.equal(outcome(await ask(helper, sent)), '403 representation-missing')
    await api.sql`update representation set ended = valid_from, ended_by = 'test' where patient = ${kari.key}`
    await api.sql`
      insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
      select patient, representative, kind, '{3}', valid_from + interval '1 second', source, registered, registered_by
      from representation where patient = ${kari.key}`
    await api.sql`update person set address_confidentiality = 'Confidential' where patient = ${kari.key}`
    assert.equal(outcome(await ask(helper, sent)), '403 representation-missing', 'a protected address is told to nobody')
  })
})

describe('notices', () => {
  test('emergency access is listed with its line and who looked, counts as unseen until it is seen, and once', async () => {
    const kari = await person()
    await lookedAt(kari, { attestation: attestationHeader(attestation(nurse(bergen), kari.number, 'TREAT')) })
    const header = attestationHeader(attestation(nurse(bergen), kari.number, 'BTG', 'unconscious, brought in by ambulance'))
    await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': kari.number }, { attestation: header })
    const [notice] = await found(kari, 'notice')
    assert.deepEqual(
      [notice?.reasonCode?.[0], notice?.sender?.display, notice?.about?.[0]?.reference, notice?.received],
      [
        { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/notice-cause', code: 'emergency-access' }], text: 'Nora Nurse' },
        'bergen',
        await lineOf(kari, 'BTG'),
        undefined,
      ],
    )
    const other = await person()
    const seen = async (who: Who, fields = {}) => parametersOf(await post(who, '/fhir/Communication/$seen', fields))
    const named = { _id: notice?.id ?? '' }
    assert.deepEqual(await seen(other, named), [{ name: 'seen', valueInteger: 0 }], 'another citizen')
    assert.equal(bundleOf(await list(kari, { 'received:missing': 'true' })).total, 1)
    assert.deepEqual(await seen(kari, named), [{ name: 'seen', valueInteger: 1 }])
    assert.deepEqual(await seen(kari), [{ name: 'seen', valueInteger: 0 }])
    assert.equal(bundleOf(await list(kari, { 'received:missing': 'true' })).total, 0)
    assert.equal((await found(kari, 'notice'))[0]?.received, NOW.toISOString())
  })

  test('the giver is notified of a power of attorney given and withdrawn, and the patient of a choice that staff made', async () => {
    const kari = await person()
    const helper = await person('1980-01-01')
    await api.sql`update person set family_name = 'Hansen' where patient = ${helper.key}`
    const given = await api.as(citizen(kari)).post('/fhir/RelatedPerson', {
      resourceType: 'RelatedPerson',
      identifier: [helper.identifier],
      name: [{ family: 'Hansen' }],
      relationship: [{ coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/representation', code: 'power-of-attorney' }] }],
      extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/representation-area', valueCode: '3' }],
    })
    await api.as(citizen(helper)).put(`/fhir/RelatedPerson/${idOf(given)}`, { resourceType: 'RelatedPerson', active: false })
    const coding = (canonical: string, code: string) => ({ coding: [{ system: canonical, code }] })
    const staff = nurse(bergen, { scopes: ['helsevev:privacy/read', 'helsevev:privacy/write'] })
    const choice = (end: string) => ({
      resourceType: 'Consent',
      status: 'active',
      extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/patient-choice-note', valueString: 'Asked by telephone' }],
      scope: coding('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
      category: [coding('http://loinc.org', '59284-0'), coding('http://helsevev.no/fhir/CodeSystem/patient-choice', 'restriction')],
      patient: { identifier: kari.identifier },
      policyRule: coding('http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', 'PBRL5-3'),
      provision: { type: 'deny', period: { end } },
    })
    const headers = { attestation: attestationHeader(attestation(staff, kari.number)) }
    assert.equal((await api.as(staff).post('/fhir/Consent', choice('2027-01-01'), headers)).status, 201)
    assert.equal((await api.as(citizen(kari)).post('/fhir/Consent', choice('2028-01-01'))).status, 201)
    const causes = (await found(kari, 'notice')).map(({ reasonCode }) => codeIn(reasonCode?.[0]))
    assert.deepEqual(causes.sort(), ['choice-made', 'representation-ended', 'representation-registered'])
    assert.deepEqual(await found(helper, 'notice'), [])
  })
})

test('the last visit is the end of the one before: half an hour without a look-up parts two, and only one’s own count', async () => {
  const kari = await person()
  const helper = await person('1980-01-01')
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${kari.key}, ${helper.key}, 'power-of-attorney', '{3}', '2020-01-01', 'test', '2020-01-01', 'test')`
  const at = (minutes: number) => {
    now = new Date(NOW.getTime() + minutes * 60_000)
  }
  const visit = async (who = kari) =>
    parametersOf(await post(who, '/fhir/Patient/$last-visit', { 'patient.identifier': kari.number }))[0]?.valueInstant
  try {
    assert.equal(await visit(), undefined)
    at(10)
    assert.equal(await visit(), undefined, 'still the first visit')
    at(40)
    assert.equal(await visit(), undefined, 'half an hour later to the minute')
    at(71)
    assert.equal(await visit(), new Date(NOW.getTime() + 40 * 60_000).toISOString(), 'a minute more')
    at(80)
    assert.equal(await visit(), new Date(NOW.getTime() + 40 * 60_000).toISOString(), 'the same visit')
    assert.equal(await visit(helper), undefined, 'another has visits of his own')
  } finally {
    now = NOW
  }
})
