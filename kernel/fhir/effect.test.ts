/** What a row of the access log says that a look-up did: which restrictions it opened and by what, and why something was not seen. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RELEASE_SYSTEM } from '../codes/release-codes.ts'
import { parseLogicalId } from '../store/ids.ts'
import { bundleOf, idOf } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen, oslo, bodo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
interface Chosen {
  kind?: string
  controller?: string
  receiver?: string
  practitioner?: string
  record?: string
}

let choices = 0
async function choose(person: Person, { kind = 'restriction', controller, receiver, practitioner, record }: Chosen = {}): Promise<string> {
  choices += 1
  await api.sql`
    insert into patient_choice (patient, id, kind, service, controller, receiver, practitioner, record, valid_from, made, made_by, made_as)
    values (${person.key}, ${choices}, ${kind}, 'measurements', ${controller ?? null}, ${receiver ?? null}, ${practitioner ?? null},
      ${record ?? null}, '2025-01-01', '2025-01-01', 1, 'self')`
  return String(choices)
}

const recordOf = (id: string): string => parseLogicalId(id)?.id ?? ''

let series = 100
async function someone({ at = [bergen, oslo], code }: { at?: string[]; code?: string } = {}): Promise<{ person: Person; ids: string[] }> {
  series += 1
  const person = await api.person(series)
  const labelled = code ? { meta: { security: [{ system: RELEASE_SYSTEM, code }] } } : {}
  const ids: string[] = []
  for (const controller of at)
    ids.push(idOf(await api.as(system(controller)).post('/fhir/measurements/Observation', pulse(person, labelled))))
  return { person, ids }
}

const emergency = (person: Person) => ({
  attestation: attestationHeader(attestation(nurse(bergen), person.number, 'BTG', 'Unconscious, found at home')),
})
const consent = { 'nhn-access-basis': 'FORHOYET_SAMTYKKE' }
const find = async (person: Person, headers: Record<string, string> = {}, who = nurse(bergen), form: Record<string, string> = {}) =>
  await api.as(who).search('Observation', { 'patient.identifier': person.number, ...form }, headers)
const read = async (person: Person, id: string, headers: Record<string, string> = {}) =>
  await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${id}`, { ...emergency(person), ...headers })

interface Row {
  basis: string | null
  openedBy: string | null
  opened: string[] | null
  unseen: string[] | null
}

/** The row of the answer. */
async function rowOf({ headers }: Reply): Promise<Row> {
  const [row] = await api.sql<Row[]>`
    select basis, opened_by as "openedBy", opened, unseen from access_log where event_id = ${String(headers['x-event-id'])}`
  assert.ok(row)
  return { ...row, opened: row.opened && [...row.opened].sort(), unseen: row.unseen && [...row.unseen].sort() }
}
const effect = async (reply: Reply) => {
  const { openedBy, opened } = await rowOf(reply)
  return [openedBy, opened]
}
const unseen = async (reply: Reply) => (await rowOf(reply)).unseen

test('emergency access that met no restriction has opened nothing, and the patient still hears of it', async () => {
  const { person } = await someone()
  const reply = await find(person, emergency(person))
  assert.deepEqual(await rowOf(reply), { basis: 'emergency', openedBy: null, opened: null, unseen: null })
  const [notice] = await api.sql`select cause from patient_notice where patient = ${person.key}`
  assert.equal(notice?.['cause'], 'emergency-access')
})

test('emergency access has opened the restriction of which it showed something', async () => {
  const { person } = await someone()
  const [whole, oslos] = [await choose(person), await choose(person, { controller: oslo })]
  await choose(person, { controller: bodo })
  await choose(person, { receiver: bodo })
  assert.deepEqual(await effect(await find(person, emergency(person))), ['emergency', [`restriction/${whole}`, `restriction/${oslos}`]])
})

test('a restriction of which the look-up showed nothing is not opened by it', async () => {
  const { person, ids } = await someone()
  const [own = '', other = ''] = ids
  const choice = await choose(person, { record: recordOf(other) })
  assert.deepEqual(await effect(await read(person, own)), [null, null])
  assert.deepEqual(await effect(await read(person, other)), ['emergency', [`restriction/${choice}`]])
  const none = await find(person, emergency(person), nurse(bergen), { 'value-quantity': 'gt500|http://unitsofmeasure.org|/min' })
  assert.deepEqual(await effect(none), [null, null])
})

test('a count names no record, and opens the restriction whose records it counts', async () => {
  const { person, ids } = await someone()
  const choice = await choose(person, { record: recordOf(ids[1] ?? '') })
  const counted = await find(person, emergency(person), nurse(bergen), { _summary: 'count' })
  assert.equal(bundleOf(counted).total, 2)
  assert.deepEqual(await effect(counted), ['emergency', [`restriction/${choice}`]])
  assert.equal(await unseen(counted), null)
})

test('a declared consent is the ground it was asked on, and has opened what it showed of a restriction', async () => {
  const { person } = await someone()
  assert.deepEqual(await rowOf(await find(person, consent)), { basis: 'consent', openedBy: null, opened: null, unseen: null })
  const notices = async () => (await api.sql`select cause from patient_notice where patient = ${person.key}`).map(({ cause }) => cause)
  assert.deepEqual(await notices(), [])
  const empty = await choose(person, { controller: bodo })
  assert.deepEqual(await effect(await find(person, consent)), [null, null])
  assert.deepEqual(await notices(), [], `restriction ${empty} covers nothing that is shown`)
  const choice = await choose(person, { controller: oslo })
  assert.deepEqual(await effect(await find(person, consent)), ['declared-consent', [`restriction/${choice}`]])
  assert.deepEqual(await notices(), ['consent-declared'])
})

test('a registered consent is named with the restriction that it opened', async () => {
  const { person } = await someone()
  const restriction = await choose(person, { controller: oslo })
  const given = await choose(person, { kind: 'consent', controller: oslo })
  const row = await rowOf(await find(person))
  assert.deepEqual([row.openedBy, row.opened], ['registered-consent', [`consent/${given}`, `restriction/${restriction}`]])
  assert.equal(row.basis, 'registered-consent')
  const { person: other } = await someone({ at: [bergen] })
  await choose(other, { controller: oslo })
  await choose(other, { kind: 'consent', controller: oslo })
  assert.deepEqual(await rowOf(await find(other)), { basis: null, openedBy: null, opened: null, unseen: null })
})

test('what the source has blocked against staff is opened by an emergency alone', async () => {
  const { person } = await someone({ code: 'NORS' })
  // In the service of the tests each label is an extra-sensitive code too, which the agreement with Oslo does not open.
  const unseen = ['extra-sensitive', 'not-released']
  assert.deepEqual(await rowOf(await find(person)), { basis: null, openedBy: null, opened: null, unseen })
  assert.deepEqual(await effect(await find(person, consent)), [null, null])
  assert.deepEqual(await effect(await find(person, emergency(person))), ['emergency', ['source']])
})

test('a search states each true reason why something was not seen, and none when all was seen', async () => {
  const all = await someone()
  assert.equal(await unseen(await find(all.person)), null)
  const hidden = await someone()
  await choose(hidden.person, { controller: oslo })
  assert.deepEqual(await unseen(await find(hidden.person)), ['hidden'])
  const blocked = await someone()
  await choose(blocked.person, { kind: 'block', practitioner: '990000001' })
  assert.deepEqual(await unseen(await find(blocked.person)), ['blocked'])
  const out = await someone()
  await choose(out.person, { kind: 'opt-out' })
  assert.deepEqual(await unseen(await find(out.person)), ['opted-out'])
  const apart = await someone({ at: [bergen, bodo] })
  assert.deepEqual(await unseen(await find(apart.person)), ['not-agreed'])
  const none = await someone({ at: [] })
  assert.deepEqual(await unseen(await find(none.person)), ['nothing'])
  const both = await someone({ at: [bergen, oslo, bodo] })
  await choose(both.person, { controller: oslo })
  assert.deepEqual(await unseen(await find(both.person)), ['hidden', 'not-agreed'])
})

test('a restriction of what is not there, and one toward others, hid nothing', async () => {
  const { person } = await someone()
  await choose(person, { controller: bodo })
  await choose(person, { receiver: bodo })
  assert.equal(await unseen(await find(person)), null)
})

test('who reads its own records alone has the same reason, whether others hold something or not', async () => {
  for (const at of [[oslo], [oslo, bodo], []]) {
    const { person } = await someone({ at })
    const who = nurse(oslo)
    const reply = await find(person, { attestation: attestationHeader(attestation(who, person.number)) }, who)
    assert.equal(reply.status, 200)
    assert.deepEqual(await unseen(reply), ['not-agreed'])
  }
})

test('a record that was asked for by its id and not shown has its reason', async () => {
  const look = async (id: string | undefined) =>
    await unseen(await api.as(nurse(bergen)).get(`/fhir/measurements/Observation/${id ?? 'no-such-id'}`))
  const { person, ids } = await someone({ at: [bergen, oslo, bodo] })
  assert.equal(await look(ids[0]), null)
  await choose(person, { record: recordOf(ids[1] ?? '') })
  assert.deepEqual(await look(ids[1]), ['hidden'])
  assert.deepEqual(await look(ids[2]), ['not-agreed'])
  assert.deepEqual(await look(`${ids[0]?.split('-')[0]}-ghij`), ['nothing'])
  const source = await someone({ code: 'NORS' })
  assert.deepEqual(await look(source.ids[0]), ['not-released'])
  const blocked = await someone()
  await choose(blocked.person, { kind: 'block', practitioner: '990000001', controller: oslo })
  assert.deepEqual(await look(blocked.ids[1]), ['blocked'])
  const out = await someone()
  await choose(out.person, { kind: 'opt-out' })
  assert.deepEqual(await look(out.ids[1]), ['opted-out'])
})

test('a citizen is not shown what is not released, and the row knows it', async () => {
  const { person } = await someone({ at: [oslo], code: 'NORN_KUT' })
  const self = system(bergen, { kind: 'citizen', pid: person.number, scopes: ['helsevev:measurements/citizen'] })
  const found = await api.as(self).search('Observation', {})
  assert.equal(bundleOf(found).total, 0)
  assert.deepEqual(await unseen(found), ['not-released'])
  const { person: other } = await someone({ at: [oslo] })
  const all = await api.as({ ...self, pid: other.number }).search('Observation', {})
  assert.equal(await unseen(all), null)
})

test('a refusal for want of an agreement, and one because of a block, has its reason', async () => {
  await api.sql`update service_participation set produces = false where organization = ${bodo}`
  const { person } = await someone({ at: [oslo] })
  const refused = await find(person, { attestation: attestationHeader(attestation(nurse(bodo), person.number)) }, nurse(bodo))
  await api.sql`update service_participation set produces = true where organization = ${bodo}`
  assert.deepEqual([refused.status, await unseen(refused)], [403, ['not-agreed']])
  await choose(person, { kind: 'block', practitioner: '990000001' })
  const blocked = await find(person, emergency(person))
  assert.deepEqual([blocked.status, await unseen(blocked)], [403, ['blocked']])
  assert.deepEqual(await effect(blocked), [null, null])
})
