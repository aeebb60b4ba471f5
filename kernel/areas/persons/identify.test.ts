import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, problemOf } from '../../testing/answers.ts'
import { nurse, organizations, system, type TestApi, testApi } from '../../testing/api.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const scopes = ['helsevev:persons/read']
const form = { 'content-type': 'application/x-www-form-urlencoded', 'purpose-of-use': 'TREAT' }
const ask = (number: string, who = nurse(organizations.bodo, { scopes }), headers: Record<string, string> = form) =>
  api.as(who).post('/fhir/Patient/_search', new URLSearchParams({ 'patient.identifier': number }).toString(), headers)

test('a nurse sees who has the number, and the person sees that she asked', async () => {
  const kari = await api.person(61, '1941-02-03')
  const reply = await ask(kari.number)
  const [found] = matchesIn(reply, 'Patient')
  assert.deepEqual([reply.status, found?.birthDate, found?.identifier], [200, '1941-02-03', [kari.identifier]])
  const last = (await api.logged()).at(-1)
  assert.deepEqual([last?.patient, last?.event, last?.outcome, last?.name], [kari.key, 'search-type', 'ok', 'Nora Nurse'])
})

test('a protected address is marked, so that nothing that reveals it is shown, and other addresses are not', async () => {
  for (const [at, confidentiality, security] of [
    [63, 'Unclassified', undefined],
    [64, 'ClientAddress', undefined],
    [65, 'Confidential', 'R'],
    [66, 'StrictlyConfidential', 'R'],
  ] as const) {
    const person = await api.person(at, '1941-02-03')
    await api.sql`update person set address_confidentiality = ${confidentiality} where patient = ${person.key}`
    const [found] = matchesIn(await ask(person.number), 'Patient')
    assert.equal(found?.meta?.security?.[0]?.code, security, confidentiality)
  }
})

const refusals: [why: string, who: ReturnType<typeof nurse>, headers: Record<string, string>, code: string][] = [
  ['without the scope', nurse(organizations.bodo), form, 'insufficient-scope'],
  ['without HPR number', nurse(organizations.bodo, { scopes, hprNumber: undefined }), form, 'health-personnel-required'],
  ['without purpose', nurse(organizations.bodo, { scopes }), { ...form, 'purpose-of-use': '' }, 'attestation-incomplete'],
  ['for an organisation nobody knows', nurse('999999999', { scopes }), form, 'organisation-not-member'],
  ['by a system, for which there is nobody to see', system(organizations.bodo, { scopes }), form, 'person-login-required'],
]
for (const [why, who, headers, code] of refusals) {
  test(`nobody is identified ${why}`, async () => {
    const { number } = await api.person(62)
    const reply = await ask(number, who, headers)
    assert.equal(problemOf(reply), code)
    assert.equal((await api.logged()).at(-1)?.problem, code)
  })
}
