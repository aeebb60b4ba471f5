/**
 * SQL, HTML, templates and characters that reverse text, in every free text that can be sent. The text is kept and shown as it is, or
 * refused with a sentence. No statement runs, the server does not fail, and no identity number is stored.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { agreements } from '../areas/agreements/agreement.ts'
import { close } from '../areas/agreements/close.ts'
import { end } from '../areas/agreements/end.ts'
import { leaveGroup, makeGroup } from '../areas/agreements/groups.ts'
import { propose } from '../areas/agreements/propose.ts'
import { reopen } from '../areas/agreements/reopen.ts'
import { sign } from '../areas/agreements/sign.ts'
import { publishStandard } from '../areas/agreements/standard-publish.ts'
import { closeFollowUp, type FollowUpClosing, followUps, openFollowUps } from '../areas/follow-up/follow-up.ts'
import { closeCase, misuseCases } from '../areas/misuse/cases.ts'
import { registerRepresentation } from '../areas/representation/register.ts'
import { createChangeLog } from '../audit/change-log.ts'
import { isProblem } from '../problem/problem.ts'
import { type ActsOnDatabase, actor, actsOnDatabase, bergen, done, kari, ola, oslo, proposal } from '../testing/acts-on-a-database.ts'
import { bundleOf, idOf, matchesIn, problemOf, resourceOf } from '../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { BERGEN, MONTH_LATER, openScene } from '../testing/misuse-scene.ts'
import type { SentBody } from '../testing/sent.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'

const texts: [what: string, text: string][] = [
  ['SQL that ends a text', "'; drop table record; --"],
  ['SQL in a dollar quote', '$$; drop table access_log; $$'],
  ['SQL after a backslash', "\\'; truncate person; --"],
  ['HTML with a script', '<script>alert(document.cookie)</script>'],
  ['HTML with an event', '<img src=x onerror="alert(1)">&lt;b&gt;'],
  ['a template', '{{constructor.constructor("return 1")()}} #{7*7} <%= 1 %>'],
  ['a format and a path', '%s %n %00 ../../../etc/passwd'],
  ['letters of many alphabets', 'Ærlig talt: Ђорђе, 李, 🩺 å'],
]
const NUL = 'found\0at home'
const NUMBER = `asked for by ${makeIdentityNumber({ birthDate: '1950-05-17', series: 0 })}`

describe('through the API', () => {
  let api: TestApi
  let series = 1
  before(async () => {
    api = await testApi()
    await api.agreement({ controller: organizations.oslo, receiver: organizations.bergen, purposes: ['TREAT', 'BTG'] })
  })
  after(async () => await api.close())

  const coding = (canonical: string, value: string) => ({ coding: [{ system: canonical, code: value }] })
  const consent = (patient: { identifier: object }, note: string, until: string): SentBody => ({
    resourceType: 'Consent',
    status: 'active',
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/patient-choice-note', valueString: note }],
    scope: coding('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coding('http://loinc.org', '59284-0'), coding('http://helsevev.no/fhir/CodeSystem/patient-choice', 'restriction')],
    patient: { identifier: patient.identifier },
    policyRule: coding('http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', 'PBRL5-3'),
    provision: { type: 'deny', period: { end: until } },
  })
  const staff = nurse(organizations.bergen, { scopes: ['helsevev:privacy/read', 'helsevev:privacy/write'] })

  for (const [what, text] of texts) {
    test(`${what} as the note of a choice comes back as it was sent, and stands in no log`, async () => {
      const patient = await api.person(series++)
      const headers = { attestation: attestationHeader(attestation(staff, patient.number)) }
      const made = await api.as(staff).post('/fhir/Consent', consent(patient, text, '2027-01-01'), headers)
      assert.equal(made.status, 201, JSON.stringify(made.body))
      assert.equal(made.headers['content-type'], 'application/fhir+json; charset=utf-8')
      const form = new URLSearchParams({ 'patient.identifier': patient.number }).toString()
      const asForm = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
      const found = await api.as(staff).post('/fhir/Consent/_search', form, asForm)
      assert.equal(matchesIn(found, 'Consent')[0]?.extension?.[0]?.valueString, text)
      const rows = await api.sql`select reason from access_log where patient = ${patient.key}`
      assert.ok(rows.every(({ reason }) => reason === null || !reason.includes(text)))
    })

    test(`${what} as the reason of emergency access is told to the controller as it was written`, async () => {
      const patient = await api.person(series++)
      await api.as(system(organizations.oslo)).post('/fhir/measurements/Observation', pulse(patient))
      const reason = `${text}, found at home`
      const header = attestationHeader(attestation(nurse(organizations.bergen), patient.number, 'BTG', reason))
      const { status } = await api
        .as(nurse(organizations.bergen))
        .search('Observation', { 'patient.identifier': patient.number }, { attestation: header })
      assert.equal(status, 200)
      const [row] = await api.sql`select reason from access_log where patient = ${patient.key} and purpose = 'BTG'`
      assert.equal(row?.reason, reason)
      const followed = await followUps(api.sql, organizations.oslo, { open: true })
      assert.ok(followed.some((one) => one.reason === reason))
    })

    test(`${what} in every text of a resource is stored and served as text`, async () => {
      const patient = await api.person(series++)
      const sent = pulse(patient, {
        note: [{ text }],
        code: { text, coding: [{ system: 'http://loinc.org', code: '8867-4', display: text }] },
        identifier: [{ system: 'urn:test', value: text }],
        method: { text },
      })
      const created = await api.as(system(organizations.oslo)).post('/fhir/measurements/Observation', sent)
      assert.equal(created.status, 201, JSON.stringify(created.body))
      const read = await api.as(system(organizations.oslo)).get(`/fhir/measurements/Observation/${idOf(created)}`)
      const { note, code, identifier } = resourceOf(read, 'Observation')
      assert.deepEqual(
        [note?.[0]?.text, code.text, identifier?.[0]?.value, read.headers['content-type']],
        [text, text, text, 'application/fhir+json; charset=utf-8'],
      )
    })

    test(`${what} as a search finds nothing and harms nothing`, async () => {
      const patient = await api.person(series++)
      await api.as(system(organizations.oslo)).post('/fhir/measurements/Observation', pulse(patient))
      const reader = api.as(system(organizations.oslo))
      for (const form of [{ code: text }, { code: `${text}|${text}` }, { date: text }, { _id: text }, { [text]: text }])
        assert.ok([200, 400].includes((await reader.search('Observation', { 'patient.identifier': patient.number, ...form })).status))
      for (const number of [text, `${text}|${patient.number}`, `${patient.number}${text}`])
        assert.ok([200, 400, 404, 422].includes((await reader.search('Observation', { 'patient.identifier': number })).status), number)
      assert.equal(bundleOf(await reader.search('Observation', { 'patient.identifier': patient.number })).total, 1)
    })

    test(`${what} as name, client and role of who asks is what the log says, and refuses nobody their answer`, async () => {
      const patient = await api.person(series++)
      const odd = nurse(organizations.bergen, { name: text, client: text })
      assert.equal((await api.as(odd).search('Observation', { 'patient.identifier': patient.number })).status, 200)
      const rows = await api.sql`
        select a.name, a.client from access_log l join log_actor a on a.id = l.actor where l.patient = ${patient.key}`
      assert.deepEqual([...rows], [{ name: text, client: text }])
    })
  }

  const odd: [what: string, character: string][] = [
    ['a character that no database holds', '\0'],
    ['a half of a character', '\ud800'],
    ['a character that turns writing around', '\u202e'],
    ['a character that clears a screen', '\u001b[2J'],
  ]
  for (const [what, character] of odd) {
    test(`${what} in the reason of an emergency fails nothing, and is not in the log`, async () => {
      const patient = await api.person(series++)
      const header = attestationHeader(attestation(nurse(organizations.bergen), patient.number, 'BTG', `${character} found unconscious`))
      const { status } = await api
        .as(nurse(organizations.bergen))
        .search('Observation', { 'patient.identifier': patient.number }, { attestation: header })
      assert.ok([200, 400].includes(status), String(status))
      const rows =
        await api.sql`select coalesce(reason, '') || coalesce(problem, '') as text from access_log where patient = ${patient.key}`
      assert.equal(rows.length, 1)
      assert.ok(!rows[0]?.text.includes(character))
    })

    test(`${what} in the name of who asks fails nothing, and is not in the log`, async () => {
      const patient = await api.person(series++)
      const who = nurse(organizations.bergen, { name: `Nora ${character} Nurse` })
      assert.equal((await api.as(who).search('Observation', { 'patient.identifier': patient.number })).status, 200)
      const rows = await api.sql`select a.name from access_log l join log_actor a on a.id = l.actor where l.patient = ${patient.key}`
      assert.ok(rows.length === 1 && !rows[0]?.name.includes(character))
    })
  }

  test('control characters in the note of a choice are refused in words', async () => {
    const patient = await api.person(series++)
    const headers = { attestation: attestationHeader(attestation(staff, patient.number)) }
    const rows: [note: string, code: string][] = [
      // No string of FHIR holds them: http://hl7.org/fhir/R4/datatypes.html#string
      [NUL, 'format'],
      ['asked at the desk\u001b[2Jb', 'format'],
      // Half a character is no text of Unicode, and the body is refused as a whole.
      ['asked at the desk\ud800', 'not-json'],
    ]
    for (const [note, code] of rows)
      assert.equal(problemOf(await api.as(staff).post('/fhir/Consent', consent(patient, note, '2027-01-01'), headers)), code, note)
  })

  test('a number in a note is refused, and in the reason of an emergency taken out', async () => {
    const patient = await api.person(series++)
    const headers = { attestation: attestationHeader(attestation(staff, patient.number)) }
    assert.equal(problemOf(await api.as(staff).post('/fhir/Consent', consent(patient, NUMBER, '2027-01-01'), headers)), 'note-holds-number')
    const header = attestationHeader(attestation(nurse(organizations.bergen), patient.number, 'BTG', NUMBER))
    await api.as(nurse(organizations.bergen)).search('Observation', { 'patient.identifier': patient.number }, { attestation: header })
    for (const table of ['access_log', 'emergency_follow_up', 'log_attestation']) {
      const rows = await api.sql`select t::text as text from ${api.sql(table)} t`
      assert.ok(
        rows.every(({ text }) => !text.includes(NUMBER.slice(-11))),
        table,
      )
    }
  })
})

describe('of agreements', () => {
  let world: ActsOnDatabase
  before(async () => {
    world = await actsOnDatabase()
  })
  after(async () => await world.close())

  for (const [what, text] of texts) {
    test(`${what} as legal basis, reason, title and name is kept and logged as text`, async () => {
      const { acts } = world
      world.pass(1000)
      const agreement = done(await propose(acts, kari, proposal({ legalBasis: text })))
      done(await sign(acts, kari, { id: agreement.id }))
      done(await sign(acts, ola, { id: agreement.id }))
      done(await close(acts, kari, { controller: bergen, service: 'measurements', receiver: oslo, reason: text }))
      done(await reopen(acts, kari, { controller: bergen, service: 'measurements', receiver: oslo, reason: text }))
      done(await end(acts, kari, { id: agreement.id, reason: text }))
      const rows = await acts.sql`select legal_basis, ended_reason from sharing_agreement where id = ${agreement.id}`
      assert.deepEqual([...rows], [{ legal_basis: text, ended_reason: text }])
      const index = texts.findIndex(([, one]) => one === text)
      done(await makeGroup(acts, kari, { id: `group-${index}`, name: text }))
      const terms = { services: ['plans'], purposes: ['TREAT'], sensitiveCodes: [], validUntil: null }
      const standard = { id: `standard-${index}`, title: text, legalBasis: text, group: `members-${index}`, groupName: text, ...terms }
      done(await publishStandard(acts, kari, standard))
      const reasons = (await world.logged()).filter(({ reason }) => reason?.includes(text)).map(({ event }) => event)
      for (const event of ['sharing-closed', 'sharing-reopened', 'agreement-ended', 'group-made']) assert.ok(reasons.includes(event), event)
    })

    test(`${what} as the name of who acts, and as an id, does what a name and an id may`, async () => {
      const { acts } = world
      const named = actor(text, bergen)
      const made = await propose(acts, named, proposal())
      assert.ok(!isProblem(made))
      done(await end(acts, named, { id: made.id, reason: 'no longer wanted' }))
      const [row] = await acts.sql`select proposed_by, ended_by from sharing_agreement where id = ${made.id}`
      assert.deepEqual({ ...row }, { proposed_by: text, ended_by: text })
      for (const refused of [
        await end(acts, kari, { id: text, reason: 'no longer wanted' }),
        await makeGroup(acts, kari, { id: text, name: 'Group' }),
        await leaveGroup(acts, kari, { group: text, reason: 'no longer wanted' }),
        await propose(acts, kari, proposal({ service: text })),
        await propose(acts, kari, proposal({ receiver: text })),
        await propose(acts, kari, proposal({ sensitiveCodes: [text] })),
        await propose(acts, kari, proposal({ purposes: [text] })),
      ])
        assert.ok(isProblem(refused))
    })
  }

  test('a character that no database holds is refused in words, in every text of an agreement', async () => {
    const { acts } = world
    const before = (await agreements(acts.sql, { now: world.now() })).length
    const attempts = [
      () => propose(acts, kari, proposal({ legalBasis: NUL })),
      () => close(acts, kari, { controller: bergen, service: 'measurements', receiver: oslo, reason: NUL }),
      () => makeGroup(acts, kari, { id: 'group-nul', name: NUL }),
      () => propose(acts, actor(NUL, bergen), proposal()),
    ]
    for (const attempt of attempts) assert.ok(isProblem(await attempt()), attempt.toString())
    assert.equal((await agreements(acts.sql, { now: world.now() })).length, before)
  })

  test('a number in a text of an agreement is refused, so that none is shown to the other side', async () => {
    const { acts } = world
    for (const refused of [
      await propose(acts, kari, proposal({ legalBasis: NUMBER })),
      await close(acts, kari, { controller: bergen, service: 'measurements', receiver: oslo, reason: NUMBER }),
      await makeGroup(acts, kari, { id: 'group-number', name: NUMBER }),
      await propose(acts, actor(NUMBER, bergen), proposal()),
    ])
      assert.ok(isProblem(refused) && refused.issues[0]?.code === 'identity-number-in-text')
  })
})

describe('of control', () => {
  for (const [what, text] of [...texts, ['a character that no database holds', NUL] as const]) {
    test(`${what} as the note of a case and of an emergency is kept as text, and is in no row of the log`, async () => {
      const scene = await openScene()
      try {
        const { sql } = scene.database
        const reader = await scene.staff({ givenName: 'Nora', familyName: 'Nurse' })
        const officer = await scene.staff({ givenName: 'Ole', familyName: 'Officer' })
        const patient = await scene.person()
        await scene.watch(patient)
        const eventId = await scene.look(reader, { patient })
        await scene.found('celebrity')
        const note = `${text} was asked`
        const parts = { changes: scene.changes, clock: () => MONTH_LATER }
        const [one] = await misuseCases(sql, BERGEN, { open: true })
        assert.equal(await closeCase(sql, parts, { id: one?.id ?? '', finding: 'no-breach', note, closedBy: officer }), 'closed')
        const [{ actor: by } = { actor: '0' }] = await sql<{ actor: string }[]>`select actor from access_log where event_id = ${eventId}`
        await openFollowUps(sql, {
          patient,
          eventId,
          at: NOW,
          actor: by,
          service: 'news2',
          reason: note,
          episode: null,
          controllers: [BERGEN],
        })
        const closing: FollowUpClosing = { controller: BERGEN, eventId, finding: 'justified', note, closedBy: officer }
        assert.equal(await closeFollowUp(sql, parts, closing), 'closed')
        const shown = note.replace('\0', ' ')
        const [kept] = await misuseCases(sql, BERGEN, { open: false })
        const [followed] = await followUps(sql, BERGEN, { open: false })
        assert.deepEqual([kept?.note, followed?.note, followed?.reason], [shown, shown, shown])
        const rows = await sql`select reason from access_log where reason like ${`%was asked%`}`
        assert.equal(rows.length, 0)
      } finally {
        await scene.close()
      }
    })
  }
})

describe('of representation', () => {
  let api: TestApi
  before(async () => {
    api = await testApi()
  })
  after(async () => await api.close())

  let series = 1
  for (const [what, text] of texts) {
    test(`${what} as the source of a representation is kept as text`, async () => {
      const [patient, acts] = [await api.person(series++), await api.person(series++, '1980-01-01')]
      const parts = { sql: api.sql, clock: () => NOW, changes: createChangeLog(api.kernel) }
      const wanted = {
        kind: 'guardian',
        areas: ['PersonalInterests'],
        source: text,
        patient: [patient.key],
        representative: [acts.key],
      } as const
      const registrar = { as: 'registrar', actor: actor(text, undefined) } as const
      const result = await registerRepresentation(
        parts,
        { ...wanted, areas: [...wanted.areas], patient: [patient.key], representative: [acts.key] },
        registrar,
      )
      assert.ok(!isProblem(result), JSON.stringify(result))
      const [row] = await api.sql`select source, registered_by from representation where patient = ${patient.key}`
      assert.deepEqual({ ...row }, { source: text, registered_by: `registrar: ${text}` })
    })
  }
})
