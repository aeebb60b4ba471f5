/** A record that a relative of the patient wrote as staff, as it is read by the patient, by other relatives and by other staff. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '../identity/caller.ts'
import { idOf } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

const { bergen, oslo } = organizations
let api: TestApi
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const scopes = ['helsevev:measurements/citizen', 'helsevev:persons/citizen']
const citizen = ({ number }: Person): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari', client: 'citizen-portal', scopes })

/** A relation to the patient, and what the staff of Oslo wrote before it was registered. */
async function written(series: number, isRelative: boolean): Promise<{ patient: Person; helper: Person; id: string }> {
  const [patient, helper, aunt] = [await api.person(series), await api.person(series + 1), await api.person(series + 2)]
  const staff = nurse(oslo, { pid: aunt.number, name: 'Anna Aunt', scopes: ['helsevev:measurements/write'] })
  const more = {
    performer: [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: oslo }, display: 'Oslo' }],
    identifier: [{ system: 'https://oslo.example', value: `${series}` }],
    note: [{ text: 'Sat for five minutes', authorString: 'Anna Aunt, Oslo' }],
  }
  const headers = { attestation: attestationHeader(attestation(staff, patient.number)) }
  const sent = await api.as(staff).post('/fhir/measurements/Observation', pulse(patient, more), headers)
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  for (const one of [helper, ...(isRelative ? [aunt] : [])])
    await api.sql`
      insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
      values (${patient.key}, ${one.key}, 'power-of-attorney', '{3}', '2020-01-01', 'test', '2020-01-01', 'test')`
  return { patient, helper, id: idOf(sent) }
}

const namesOslo = ({ body }: Reply) => JSON.stringify(body).includes(oslo) || /Oslo|oslo|Aunt/.test(JSON.stringify(body))
const find = async (who: Caller, { number }: Person, more: Record<string, string> = {}) =>
  await api.as(who).search('Observation', { 'patient.identifier': number, ...more })
const read = async (who: Caller, id: string) => await api.as(who).get(`/fhir/measurements/Observation/${id}`)

test('other relatives are shown the measurement, and neither where nor by whom it was written', async () => {
  const { patient, helper, id } = await written(10, true)
  for (const reply of [await find(citizen(helper), patient), await read(citizen(helper), id)]) {
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    assert.match(JSON.stringify(reply.body), /72/)
    assert.match(JSON.stringify(reply.body), /Sat for five minutes/)
    assert.equal(namesOslo(reply), false, JSON.stringify(reply.body))
  }
})

test('the patient and staff of another organisation are shown both', async () => {
  const { patient, id } = await written(20, true)
  assert.equal(namesOslo(await read(citizen(patient), id)), true)
  assert.equal(namesOslo(await find(nurse(bergen), patient)), true)
})

test('what other staff of the same organisation wrote is shown to relatives with its source', async () => {
  const { patient, helper } = await written(30, false)
  assert.equal(namesOslo(await find(citizen(helper), patient)), true)
})
