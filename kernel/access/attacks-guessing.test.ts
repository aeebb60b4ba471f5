/** Attempts to learn that something is there by guessing ids, by writing, by counting, or by comparing answers. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '../identity/caller.ts'
import { logicalId, logLineId, type PatientKey, parseLogicalId, placeText, relationLogicalId } from '../store/ids.ts'
import { bundleOf, idOf, issuesOf, matchesIn, noticesIn, resourceOf } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen, oslo, bodo } = organizations
const HPR = '990000001'
const path = '/fhir/measurements/Observation'

let api: TestApi
let series = 1
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const person = () => api.person(series++)
const plain = ({ status, body }: Reply) => [status, body]

async function block(patient: PatientKey): Promise<void> {
  await api.sql`
    insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
    values (${patient}, ${api.kernel.ids.recordId()}, 'block', ${HPR}, '2025-01-01', '2025-01-01', 1, 'self')`
}

const headersFor = (who: Caller, about: Person) => ({ attestation: attestationHeader(attestation(who, about.number)) })

test('guessed ids of writes: an unknown record, another organisation’s and another patient’s are answered alike', async () => {
  const mine = await person()
  const theirs = idOf(await api.as(system(oslo)).post(path, pulse(mine)))
  const nobodys = logicalId(mine.key, api.kernel.ids.recordId())
  const answers = async (id: string) => {
    const ifMatch = { 'if-match': 'W/"1"' }
    const who = api.as(system(bergen))
    const put = await who.put(`${path}/${id}`, { ...pulse(mine), id }, ifMatch)
    return [plain(put), plain(await who.delete(`${path}/${id}`, ifMatch))]
  }
  assert.deepEqual(await answers(theirs), await answers(nobodys))
  assert.equal((await api.as(system(oslo)).get(`${path}/${theirs}`)).status, 200)
})

test('guessed ids of choices: staff cannot tell another patient’s choice from none', async () => {
  const [mine, other] = [await person(), await person()]
  const id = api.kernel.ids.recordId()
  await api.sql`
    insert into patient_choice (patient, id, kind, valid_from, made, made_by, made_as)
    values (${other.key}, ${id}, 'restriction', '2025-01-01', '2025-01-01', 1, 'self')`
  const who = nurse(bergen, { scopes: ['helsevev:privacy/read', 'helsevev:privacy/write'] })
  const end = async (choice: string) =>
    plain(await api.as(who).put(`/fhir/Consent/${choice}`, { resourceType: 'Consent', status: 'inactive' }, headersFor(who, mine)))
  assert.deepEqual(await end(logicalId(other.key, id)), await end(logicalId(other.key, api.kernel.ids.recordId())))
  const [left] = await api.sql`select ended from patient_choice where patient = ${other.key}`
  assert.equal(left?.ended, null)
})

test('a block is not for staff to find: it is neither listed nor told of beside what is', async () => {
  const mine = await person()
  await block(mine.key)
  const who = nurse(bergen, { scopes: ['helsevev:privacy/read', 'helsevev:privacy/write'] })
  const form = new URLSearchParams({ 'patient.identifier': mine.number }).toString()
  const asForm = { ...headersFor(who, mine), 'content-type': 'application/x-www-form-urlencoded' }
  const reply = await api.as(who).post('/fhir/Consent/_search', form, asForm)
  const { total, entry } = bundleOf(reply)
  assert.deepEqual([reply.status, total, entry], [200, 0, undefined])
})

/** Everything a search can be asked, as far as this service takes it. */
const questions: Record<string, string>[] = [
  {},
  { code: '8867-4' },
  { code: 'http://loinc.org|8867-4' },
  { code: 'none-such' },
  { date: 'ge2026-01-10' },
  { date: 'lt1990' },
  { _count: '0' },
  { _count: '1' },
  { _skip: '1' },
  { _summary: 'count' },
  { 'code:text': 'puls', _summary: 'count' },
  { '_has:Observation:has-member:status': 'final', _summary: 'count' },
]

test('counts do not leak: whatever is asked, what a block hides is answered as what was never there, but for the one notice', async () => {
  const [blocked, empty] = [await person(), await person()]
  for (let minute = 10; minute < 13; minute += 1)
    await api.as(system(oslo)).post(path, pulse(blocked, { effectiveDateTime: `2026-01-10T08:${minute}:00+01:00` }))
  await block(blocked.key)
  const shape = async (about: Person, form: Record<string, string>) => {
    const reply = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': about.number, ...form })
    const { total, link = [] } = bundleOf(reply)
    return [reply.status, total, matchesIn(reply, 'Observation').length, link.map(({ relation }) => relation)]
  }
  const notices = new Set<string>()
  for (const form of questions) {
    assert.deepEqual(await shape(blocked, form), await shape(empty, form), JSON.stringify(form))
    const told = noticesIn(await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': blocked.number, ...form }))
    notices.add(JSON.stringify(told.filter((issue) => JSON.stringify(issue).includes('SpecificBlock'))))
  }
  assert.equal(notices.size, 1, 'the notice is one and the same')
})

test('a record of one’s choosing is not found by its id in a search either', async () => {
  const mine = await person()
  const id = idOf(await api.as(system(oslo)).post(path, pulse(mine)))
  await block(mine.key)
  const ask = async (_id: string) => {
    const reply = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': mine.number, _id })
    const { total, entry } = bundleOf(reply)
    return [reply.status, total, entry]
  }
  assert.deepEqual(await ask(id), await ask(logicalId(mine.key, api.kernel.ids.recordId())))
})

test('a reference from one’s own record to another’s neither opens nor confirms it', async () => {
  const mine = await person()
  const theirs = idOf(await api.as(system(oslo)).post(path, pulse(mine)))
  const refer = async (id: string, day: string) => {
    const reply = await api
      .as(system(bodo))
      .post(path, pulse(mine, { effectiveDateTime: day, derivedFrom: [{ reference: `Observation/${id}` }] }))
    return reply.status === 201 ? [reply.status, resourceOf(reply, 'Observation').meta?.tag] : [reply.status, issuesOf(reply)]
  }
  const nobodys = logicalId(mine.key, api.kernel.ids.recordId())
  assert.deepEqual(await refer(theirs, '2026-01-11'), await refer(nobodys, '2026-01-12'))
})

/** The id with its letter at this place moved on by one. */
const moved = (id: string, at: number) =>
  id.slice(0, at) + (id[at] === 'p' ? 'a' : String.fromCharCode(id.charCodeAt(at) + 1)) + id.slice(at + 1)

test('forged ids are answered as ids of nobody, word for word, and leave the same row of the log', async () => {
  const mine = await person()
  const id = idOf(await api.as(system(oslo)).post(path, pulse(mine)))
  const { patient, id: record } = parseLogicalId(id) ?? assert.fail('no logical id')
  const nobodys = logicalId(api.kernel.ids.patientKey(), api.kernel.ids.recordId())
  const rows = async () => Number((await api.sql`select count(*) as rows from access_log`)[0]?.rows)
  const ask = async (asked: string, who = nurse(bergen)) => {
    const before = await rows()
    const reply = await api.as(who).get(`${path}/${asked}`, who.kind === 'person' ? headersFor(who, mine) : {})
    return [reply.status, reply.body, (await rows()) - before]
  }
  assert.equal((await ask(id))[0], 200)
  const forged = [
    ...[0, 15, 16, 31].map((at) => moved(id, at)),
    id.split('').reverse().join(''),
    `${id.slice(16)}${id.slice(0, 16)}`,
    placeText(patient, record),
    logLineId({ segment: patient, seq: record }),
    relationLogicalId(patient, record, new Date()),
  ]
  for (const who of [nurse(bergen), system(oslo)]) {
    const expected = await ask(nobodys, who)
    for (const one of forged) assert.deepEqual(await ask(one, who), expected, one)
  }
})

test('two ids of one person have no more in common in an answer than ids of two', async () => {
  const [mine, other] = [await person(), await person()]
  const idsOf = async (about: Person) =>
    await Promise.all(
      [10, 11, 12, 13].map(async (minute) =>
        idOf(await api.as(system(oslo)).post(path, pulse(about, { effectiveDateTime: `2026-01-10T08:${minute}:00+01:00` }))),
      ),
    )
  const given = [...(await idsOf(mine)), ...(await idsOf(other))]
  for (const [place, one] of given.entries()) for (const two of given.slice(place + 1)) assert.notEqual(one.slice(0, 12), two.slice(0, 12))
})
