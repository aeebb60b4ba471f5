import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Composition, CompositionSection, Resource } from '@medplum/fhirtypes'
import type { InformationService } from '../../fhir/service.ts'
import { createValidator } from '../../fhir/validation/validator.ts'
import type { Caller } from '../../identity/caller.ts'
import { type PatientKey, parseLogicalId } from '../../store/ids.ts'
import { asResource, bundleOf, codeIn, entriesOf, idOf, problemOf, problemsOf, resourcesIn } from '../../testing/answers.ts'
import {
  attestation,
  attestationHeader,
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
import { followUpPatients, followUps } from '../follow-up/follow-up.ts'
import { personsArea } from '../persons/area.ts'
import { everything } from './everything.ts'

const { bergen, oslo, bodo } = organizations
const both: InformationService[] = [
  { ...measurements, patientSummary: [{ section: 'vital-signs', type: 'Observation', count: 3 }] },
  {
    ...measurements,
    id: 'elsewhere',
    names: { nb: 'annet', nn: 'anna', en: 'Elsewhere' },
    patientSummary: [{ section: 'problems', type: 'Observation', count: 3 }],
    representation: { ...measurements.representation, youth: 'never', parentsOfUnder12: false },
  },
]

let api: TestApi
before(async () => {
  api = await testApi(both)
  for (const service of ['measurements', 'elsewhere'])
    await api.agreement({ controller: oslo, receiver: bergen, service, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

interface Who {
  number: string
  identifier: { system: string; value: string }
  key: PatientKey
}
let series = 1
const person = (born?: string): Promise<Who> => api.person(series++, born)
const writer = (organization: string) => system(organization, { scopes: ['helsevev:measurements/write', 'helsevev:elsewhere/write'] })
const write = async (organization: string, service: string, who: Who, more: SentBody = {}): Promise<string> => {
  const reply = await api.as(writer(organization)).post(`/fhir/${service}/Observation`, pulse(who, more))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return idOf(reply)
}
const all = ['persons', 'measurements', 'elsewhere']
const citizen = ({ number }: Who, services = all): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari Nordmann', scopes: services.map((id) => `helsevev:${id}/citizen`) })
const staff = (services = all, organization: string = bergen): Caller =>
  nurse(organization, { scopes: services.map((id) => `helsevev:${id}/read`) })

const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
const ask = (
  operation: string,
  caller: Caller,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Reply> => api.as(caller).post(`/fhir/Patient/$${operation}`, new URLSearchParams(fields).toString(), { ...asForm, ...headers })
/** The resource that a document begins with. */
const compositionOf = (reply: Reply): Composition => asResource(entriesOf(reply)[0]?.resource, 'Composition')
const section = (reply: Reply, code: string): CompositionSection | undefined =>
  compositionOf(reply).section?.find((one) => codeIn(one.code) === code)
const reasons = (one: CompositionSection | undefined) => one?.emptyReason?.coding?.map(({ code }) => code).join(' ')
const narrative = (one: CompositionSection | undefined): string => one?.text?.div ?? ''
/** The last entry, which says what is not there. */
const toldAtEnd = (reply: Reply) => problemsOf({ body: entriesOf(reply).at(-1)?.resource })
const rows = async (who: Who): Promise<string[]> =>
  (
    await api.sql`select service, event, outcome, coalesce(octet_length(disclosed), 0) / 8 as shown from access_log
      where patient = ${who.key} and event like '$%' order by service = 'persons' desc, service, seq`
  ).map(({ service, event, outcome, shown }) => `${service} ${event} ${outcome} ${shown}`)

describe('$summary', () => {
  test('is a document in the shape of the International Patient Summary, valid FHIR, with every reference answered', async () => {
    const who = await person()
    const id = await write(oslo, 'measurements', who)
    const reply = await ask('summary', staff(), { 'patient.identifier': who.number })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    const document = bundleOf(reply)
    const composition = compositionOf(reply)
    assert.deepEqual([document.type, codeIn(composition.type)], ['document', '60591-5'])
    assert.ok(document.identifier?.value && document.timestamp)
    const validator = createValidator(api.kernel.codes)
    assert.deepEqual(
      validator.validate(document).filter(({ severity }) => severity === 'error'),
      [],
    )

    const urls = new Set(entriesOf(reply).map(({ fullUrl }) => fullUrl))
    const { subject, author, section: sections = [] } = composition
    const last = asResource(entriesOf(reply).at(-1)?.resource, 'Observation')
    const references = [subject, ...author, ...sections.flatMap((one) => one.entry ?? []), last.subject]
    for (const one of references) assert.ok(one?.reference && urls.has(one.reference), String(one?.reference))
    for (const required of ['11450-4', '48765-2', '10160-0']) {
      const one = section(reply, required)
      assert.ok(one?.title && narrative(one) && (one.entry || one.emptyReason), required)
    }
    assert.equal(reasons(section(reply, '10160-0')), 'unavailable no-service')
    assert.equal(reasons(section(reply, '11450-4')), 'unavailable unknown')
    assert.deepEqual(section(reply, '8716-3')?.entry, [{ reference: `http://test/fhir/measurements/Observation/${id}` }])
    assert.match(narrative(section(reply, '8716-3')), /<li>.*72 \/min, 2026-01-10<\/li>/)
    assert.equal(section(reply, '47519-4'), undefined, 'a section that is not required and that nobody gives to')
    assert.ok(!JSON.stringify(sections).includes(who.number))
    assert.deepEqual(await rows(who), ['persons $summary ok 0', 'elsewhere $summary ok 0', 'measurements $summary ok 1'])
  })

  test('a citizen gets the same about oneself, without naming oneself', async () => {
    const who = await person()
    await write(oslo, 'measurements', who)
    const reply = await ask('summary', citizen(who))
    assert.equal(reply.status, 200)
    assert.equal(section(reply, '8716-3')?.entry?.length, 1)
    const purposes = await api.sql`select distinct purpose from access_log where patient = ${who.key} and event = '$summary'`
    assert.deepEqual(
      purposes.map(({ purpose }) => purpose),
      ['PATRQT'],
    )
  })

  test('a section that does not hold all reports that, with the entries it has', async () => {
    const who = await person()
    for (const hour of [1, 2, 3, 4]) await write(oslo, 'measurements', who, { effectiveDateTime: `2026-01-0${hour}T08:00:00+01:00` })
    const one = section(await ask('summary', staff(), { 'patient.identifier': who.number }), '8716-3')
    assert.equal(one?.entry?.length, 3)
    assert.equal(codeIn(one.extension?.[0]?.valueCodeableConcept), 'more')
  })

  test('what no agreement opens and what the patient restricts is withheld, in the section it would stand in', async () => {
    const who = await person()
    await write(bodo, 'elsewhere', who)
    await write(oslo, 'measurements', who)
    await api.sql`
      insert into patient_choice (patient, id, kind, service, valid_from, made, made_by, made_as)
      values (${who.key}, 1, 'restriction', 'measurements', '2020-01-01', '2020-01-01', ${who.key}, 'self')`
    const reply = await ask('summary', staff(), { 'patient.identifier': who.number })
    assert.equal(reasons(section(reply, '11450-4')), 'withheld withheld')
    assert.equal(reasons(section(reply, '8716-3')), 'withheld withheld-by-patient GeneralBlock')
    assert.match(narrative(section(reply, '8716-3')), /restricted/)
  })

  test('a service without a scope is not asked, which is reported; one that refuses states why; each that was asked is a row', async () => {
    const who = await person('2012-06-01')
    const parent = await person('1980-01-01')
    await api.sql`update person set residence = 'home' where patient in (${who.key}, ${parent.key})`
    for (const [kind, patient] of [
      ['parental-responsibility', who],
      ['parental-consent', who],
    ] as const)
      await api.sql`
        insert into representation (patient, representative, kind, valid_from, source, registered, registered_by)
        values (${patient.key}, ${parent.key}, ${kind}, '2020-01-01', 'test', '2020-01-01', 'test')`
    const youth = await ask('summary', citizen(who))
    assert.equal(reasons(section(youth, '11450-4')), 'withheld too-young')
    assert.deepEqual(await rows(who), ['persons $summary ok 0', 'elsewhere $summary refused 0', 'measurements $summary ok 0'])
    const other = await person()
    const narrow = await ask('summary', staff(['persons', 'measurements']), { 'patient.identifier': other.number })
    assert.equal(reasons(section(narrow, '11450-4')), 'unavailable not-asked')
    assert.deepEqual(await rows(other), ['persons $summary ok 0', 'measurements $summary ok 0'])
  })

  test('emergency access is one item of the follow-up of each controller, with the services that were opened', async () => {
    const who = await person()
    await write(oslo, 'measurements', who)
    await write(oslo, 'elsewhere', who)
    const caller = staff()
    const header = attestationHeader(attestation(caller, who.number, 'BTG', 'unconscious, brought in by ambulance'))
    const reply = await ask('summary', caller, { 'patient.identifier': who.number }, { attestation: header })
    assert.equal(reply.status, 200)
    for (const controller of [bergen, oslo]) {
      const items = await followUps(api.sql, controller, { open: true })
      const patients = await followUpPatients(
        api.sql,
        controller,
        items.map(({ eventId }) => eventId),
      )
      const ofPatient = items.filter(({ eventId }) => patients.get(eventId) === who.key)
      assert.deepEqual(
        ofPatient.map(({ opened }) => opened.map(({ service }) => service).sort()),
        [['elsewhere', 'measurements']],
      )
    }
  })

  test('script in a text is text, also in the narrative', async () => {
    const who = await person()
    await write(oslo, 'measurements', who, {
      code: { text: '<img src=x onerror="alert(1)">', coding: [{ system: 'http://loinc.org', code: '8867-4', display: '<b>' }] },
    })
    const div = narrative(section(await ask('summary', staff(), { 'patient.identifier': who.number }), '8716-3'))
    assert.ok(div.includes('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'))
    assert.ok(!/<(?!\/?(div|ul|li|p)\b)/.test(div))
  })

  for (const [what, caller, fields, status] of [
    ['nobody is named', staff(), {}, 400],
    ['a parameter that is not offered', staff(), { 'patient.identifier': '1', _type: 'Observation' }, 400],
    ['a system by itself', system(bergen, { scopes: ['helsevev:persons/read'] }), { 'patient.identifier': '01010112345' }, 403],
    ['staff without the scope of persons', staff(['measurements']), { 'patient.identifier': '01010112345' }, 403],
  ] as const)
    test(`${what}: ${status}`, async () => assert.equal((await ask('summary', caller, fields)).status, status))

  test('a citizen who does not act for the person gets nothing', async () => {
    const who = await person()
    await write(oslo, 'measurements', who)
    const reply = await ask('summary', citizen(await person()), { 'patient.identifier': who.number })
    assert.deepEqual([reply.status, problemOf(reply)], [403, 'representation-missing'])
  })
})

describe('$everything', () => {
  test('all released records of every service in one Bundle, each service its own row with what left', async () => {
    const who = await person()
    const shown = [await write(oslo, 'measurements', who), await write(bodo, 'elsewhere', who)]
    const delayed = { meta: { security: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9603', code: 'NORN_ALL' }] } }
    const hidden = await write(oslo, 'measurements', who, { ...delayed, effectiveDateTime: '2026-01-11T08:00:00+01:00' })
    const reply = await ask('everything', citizen(who))
    assert.equal(reply.status, 200)
    assert.equal(reply.headers['content-type'], 'application/fhir+json; charset=utf-8')
    assert.equal(bundleOf(reply).type, 'searchset')
    const [patient, ...others] = resourcesIn(reply)
    assert.equal(patient?.resourceType, 'Patient')
    const observations = others.map((one) => asResource(one, 'Observation'))
    assert.deepEqual(observations.map(({ id }) => id).sort(), [...shown].sort())
    assert.ok(!JSON.stringify(reply.body).includes(hidden))
    assert.ok(observations.every(({ subject }) => subject?.identifier?.value === who.number))
    assert.deepEqual(await rows(who), ['persons $everything ok 0', 'elsewhere $everything ok 1', 'measurements $everything ok 1'])
  })

  test('many records come page by page, all of them', async () => {
    const who = await person()
    const entry = Array.from({ length: 450 }, (_, index) => ({
      resource: pulse(who, { effectiveDateTime: new Date(Date.UTC(2025, 0, 1, index)).toISOString() }),
      request: { method: 'POST', url: 'Observation' },
    }))
    const sent = await api.as(writer(oslo)).post('/fhir/measurements', { resourceType: 'Bundle', type: 'transaction', entry })
    assert.equal(sent.status, 200)
    const reply = await ask('everything', citizen(who))
    assert.equal(entriesOf(reply).length, 451)
    assert.equal(new Set(entriesOf(reply).map(({ fullUrl }) => fullUrl)).size, 451)
  })

  test('a record that cannot be read never takes others with it, and what can be read of it is sent', async () => {
    const who = await person()
    const sound = await write(oslo, 'measurements', who)
    const odd: [string, string][] = [
      ['odd-code', '{"resourceType":"Observation","id":"ID","status":"final","code":{"coding":[{"code":"8867-4","display":{}}]}}'],
      ['no-status', '{"resourceType":"Observation","id":"ID","code":[]}'],
      ['no-object', '{}'],
      ['cut-off', '{"resourceType":"Observation","id":"ID","sta'],
      ['no-json', 'odd'],
    ]
    const ids: string[] = []
    for (const [hour, [, content]] of odd.entries()) {
      const id = await write(oslo, 'measurements', who, { effectiveDateTime: `2026-01-09T0${hour}:00:00Z` })
      const key = parseLogicalId(id)
      ids.push(id)
      await api.database.owner`
        update record set content = ${content.replace('ID', id)}
        where patient = ${key?.patient ?? ''} and id = ${key?.id ?? ''} and superseded is null`
    }
    const reply = await ask('everything', citizen(who))
    assert.equal(reply.status, 200)
    const found = resourcesIn(reply)
    const read = found.filter(({ resourceType }) => resourceType === 'Observation')
    assert.deepEqual(read.map(({ id }) => id).sort(), [sound, ids[0]].sort())
    const outcome = asResource(found.at(-1), 'OperationOutcome')
    assert.equal(outcome.issue?.[0]?.extension?.[0]?.valueUnsignedInt, 4)
  })

  test('a service that is closed to the citizen, or was not asked, is reported at the end', async () => {
    const child = await person('2020-01-01')
    const parent = await person('1980-01-01')
    await api.sql`update person set residence = 'here' where patient in (${child.key}, ${parent.key})`
    await api.sql`
      insert into representation (patient, representative, kind, valid_from, source, registered, registered_by)
      values (${child.key}, ${parent.key}, 'parental-responsibility', '2020-01-01', 'test', '2020-01-01', 'test')`
    await write(oslo, 'elsewhere', child)
    const reply = await ask('everything', citizen(parent), { 'patient.identifier': child.number })
    assert.deepEqual(toldAtEnd(reply), ['representation-missing'])
    const narrow = await ask('everything', citizen(parent, ['persons', 'measurements']))
    assert.deepEqual(toldAtEnd(narrow), ['not-asked'])
  })

  test('what one download cannot hold, and what the patient hides during it, is reported and not sent', async () => {
    const who = await person()
    for (const day of [1, 2, 3]) await write(oslo, 'measurements', who, { effectiveDateTime: `2026-01-0${day}T08:00:00+01:00` })
    const begun = async (most?: number) =>
      await everything(
        { kernel: api.kernel, caller: citizen(who), area: personsArea, attestation: undefined, accessBasis: undefined, eventId: 'x' },
        new URLSearchParams(),
        most,
      )
    const read = async (lines: AsyncIterable<string> | undefined): Promise<Resource[]> => {
      let text = ''
      for await (const line of lines ?? []) text += line
      return resourcesIn({ body: JSON.parse(text) })
    }
    const capped = await read((await begun(2)).lines)
    assert.deepEqual(
      capped.map(({ resourceType }) => resourceType),
      ['Patient', 'Observation', 'Observation', 'OperationOutcome'],
    )
    assert.equal(problemOf({ body: capped.at(-1) }), 'more')
    const { lines } = await begun()
    await api.sql`
      insert into patient_choice (patient, id, kind, service, valid_from, made, made_by, made_as)
      values (${who.key}, 1, 'opt-out', 'measurements', '2020-01-01', '2020-01-01', ${who.key}, 'self')`
    const stopped = await read(lines)
    assert.deepEqual(
      stopped.map(({ resourceType }) => resourceType),
      ['Patient', 'OperationOutcome'],
    )
    assert.equal(problemOf({ body: stopped[1] }), 'changed-meanwhile')
  })

  test('staff are refused: they ask the service they need', async () => {
    const who = await person()
    assert.equal((await ask('everything', staff(), { 'patient.identifier': who.number })).status, 403)
    assert.equal((await ask('everything', citizen(await person()), { 'patient.identifier': who.number })).status, 403)
  })
})
