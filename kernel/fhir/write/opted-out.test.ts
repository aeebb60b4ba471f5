/** What comes during an opt-out: what is stored, who is notified, and what the end of the opt-out shows. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { storeChoice } from '../../areas/choices/make.ts'
import type { Caller } from '../../identity/caller.ts'
import { isProblem } from '../../problem/problem.ts'
import { bundleOf, entriesOf, idOf, matchesIn } from '../../testing/answers.ts'
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

const { bergen, oslo } = organizations
const BASE = '/fhir/measurements'
const told = 'shown-to-nobody'
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 20
async function optedOut(): Promise<{ person: Person; end: () => Promise<void> }> {
  series += 1
  const person = await api.person(series)
  const made = await storeChoice(
    { ...api.kernel, sql: api.sql },
    [person.key],
    { kind: 'opt-out', service: 'measurements' },
    { person: person.key, as: 'self' },
  )
  assert.ok(!isProblem(made))
  const end = async () => {
    await api.sql`update patient_choice set ended = now(), ended_by = ${person.key}, ended_as = 'self' where id = ${made.choice.id}`
  }
  return { person, end }
}

const citizen = ({ number }: Person): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari', client: 'citizen-portal', scopes: ['helsevev:measurements/citizen'] })
const find = async (who: Caller, { number }: Person) =>
  matchesIn(await api.as(who).search('Observation', { 'patient.identifier': number }), 'Observation').map(({ id }) => id)
const outcome = { prefer: 'return=OperationOutcome' }
const proven = (who: Caller, { number }: Person) => ({ attestation: attestationHeader(attestation(who, number)) })
const says = (reply: Reply): boolean => JSON.stringify(reply.body).includes(told)

test('what a system sends is stored, answered as always, shown to nobody, and shown to all when the opt-out ends', async () => {
  const { person, end } = await optedOut()
  const sent = await api.as(system(oslo)).post(`${BASE}/Observation`, pulse(person))
  assert.equal(sent.status, 201)
  const id = idOf(sent)
  const again = await api.as(system(oslo)).post(`${BASE}/Observation`, pulse(person), outcome)
  assert.deepEqual([says(sent), says(again)], [false, false])
  const readers = [nurse(oslo), nurse(bergen), citizen(person)]
  for (const who of readers) assert.deepEqual(await find(who, person), [], who.kind)
  const ids = (await find(system(oslo), person)).sort()
  assert.deepEqual([ids.length, ids.includes(id)], [2, true])
  await end()
  for (const who of [...readers, system(oslo)]) assert.deepEqual((await find(who, person)).sort(), ids, who.kind)
})

test('a person who writes is told that nobody is shown it, also in a Bundle, and nothing of it is stored with the record', async () => {
  const { person, end } = await optedOut()
  const who = nurse(oslo)
  const sent = await api.as(who).post(`${BASE}/Observation`, pulse(person), { ...outcome, ...proven(who, person) })
  assert.deepEqual([sent.status, says(sent)], [201, true], JSON.stringify(sent.body))
  const entry = [
    {
      fullUrl: 'urn:uuid:0',
      resource: pulse(person, { effectiveDateTime: '2026-01-14T08:00:00Z' }),
      request: { method: 'POST', url: 'Observation' },
    },
  ]
  const both = await api.as(who).post(BASE, { resourceType: 'Bundle', type: 'transaction', entry }, proven(who, person))
  assert.deepEqual([both.status, says(both)], [200, true], JSON.stringify(both.body))
  const stored = await api.sql<{ content: string }[]>`select content from record where patient = ${person.key}`
  assert.deepEqual(
    stored.map(({ content }) => content.includes(told)),
    [false, false],
  )
  await end()
  const after = await api
    .as(who)
    .post(`${BASE}/Observation`, pulse(person, { effectiveDateTime: '2026-01-13T08:00:00Z' }), { ...outcome, ...proven(who, person) })
  assert.deepEqual([after.status, says(after)], [201, false])
})

test('a practitioner whom the patient has blocked is told nothing of the opt-out by writing', async () => {
  const { person } = await optedOut()
  const blocked = await storeChoice(
    { ...api.kernel, sql: api.sql },
    [person.key],
    { kind: 'block', practitioner: nurse(oslo).hprNumber },
    { person: person.key, as: 'self' },
  )
  assert.ok(!isProblem(blocked))
  const sent = await api.as(nurse(oslo)).post(`${BASE}/Observation`, pulse(person), { ...outcome, ...proven(nurse(oslo), person) })
  assert.deepEqual([sent.status, says(sent)], [201, false])
})

test('an update by the system that wrote it during the opt-out is what is shown at its end', async () => {
  const { person, end } = await optedOut()
  const id = idOf(await api.as(system(oslo)).post(`${BASE}/Observation`, pulse(person)))
  const corrected = { ...pulse(person, { status: 'amended' }), id }
  const updated = await api.as(system(oslo)).put(`${BASE}/Observation/${id}`, corrected, { 'if-match': 'W/"1"' })
  assert.equal(updated.status, 200, JSON.stringify(updated.body))
  await end()
  const reply = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': person.number })
  assert.deepEqual([bundleOf(reply).total ?? entriesOf(reply).length, matchesIn(reply, 'Observation')[0]?.status], [1, 'amended'])
})
