/**
 * No shape gets through: each element of each profile that a sender can write, in every wrong shape, over HTTP. What says nothing is
 * refused, and nothing makes the server fail. http://hl7.org/fhir/R4/json.html
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { matchesIn, resourceOf, responsesOf } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'
import { kithMessage, sampleReport } from '@helsevev/service-test-results/made-up/kith-message'
import { testResults } from '@helsevev/service-test-results/service'
import type { Resource } from '@medplum/fhirtypes'
import { type Example, examplesOf } from './wrong-shapes/examples.ts'
import { type Mutant, mutantsOf, sample } from './wrong-shapes/mutants.ts'
import { xmlMutantsOf } from './wrong-shapes/xml-mutants.ts'

/** The wrong shapes that are sent of each profile; all of them take minutes. */
const COUNT = Number(process.env['HELSEVEV_SHAPES'] || 150)
const SEED = Number(process.env['HELSEVEV_SEED'] || 1)
const A_BUNDLE = 200

let api: TestApi
let identifier: { system: string; value: string }
before(async () => {
  api = await testApi(services)
  ;({ identifier } = await api.person(1))
})
after(async () => await api.close())

const writer = system(organizations.bergen, { scopes: services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`]) })

/** The codes that a service publishes, and those that its answers had. */
const known = new Set<string | undefined>()
const answeredCodes = new Set<string | undefined>()
before(async () => {
  for (const { id } of services)
    for (const { code } of resourceOf(await api.as(writer).get(`/fhir/${id}/CodeSystem/problem`), 'CodeSystem').concept ?? [])
      known.add(code)
})
function noteCodes(outcome: Resource | undefined): void {
  if (outcome?.resourceType !== 'OperationOutcome') return
  for (const { details } of outcome.issue)
    for (const { system: of, code } of details?.coding ?? []) if (of?.endsWith('/problem')) answeredCodes.add(code)
}

/** The status of each mutant, sent as an entry of a batch. */
async function statuses({ service, resource: { resourceType } }: Example, mutants: readonly Mutant[]): Promise<string[]> {
  const entry = mutants.map(({ make }) => ({ resource: make(), request: { method: 'POST', url: resourceType } }))
  const answer = await api.as(writer).post(`/fhir/${service.id}`, { resourceType: 'Bundle', type: 'batch', entry })
  assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 400))
  return responsesOf(answer).map(({ status = '', outcome }) => {
    noteCodes(outcome)
    return status
  })
}

for (const service of services) {
  const written = Object.values(service.resources).flatMap(({ interactions, profiles }) =>
    interactions.includes('create') ? profiles : [],
  )
  if (written.length === 0) continue
  test(`no wrong shape of ${service.id} is stored, and none makes the server fail`, async (t) => {
    const examples = examplesOf(service, createValidator(api.kernel.codes), identifier)
    const withoutExample = written.map(({ profile }) => profile).filter((profile) => !examples.some((one) => one.profile === profile))
    assert.deepEqual(
      withoutExample.map(({ name }) => name),
      [],
    )
    let sent = 0
    for (const { profile } of written) {
      const own = examples.filter((one) => one.profile === profile)
      for (const example of own) {
        const mutants = sample([...mutantsOf(example.resource)], COUNT / own.length, SEED)
        for (let from = 0; from < mutants.length; from += A_BUNDLE) {
          const some = mutants.slice(from, from + A_BUNDLE)
          const answered = await statuses(example, some)
          sent += some.length
          for (const [at, { what, saysNothing }] of some.entries()) {
            const status = answered[at] ?? ''
            assert.match(status, saysNothing ? /^4/ : /^[24]/, `${profile.name}: ${what} was answered ${status}`)
          }
        }
      }
    }
    t.diagnostic(`${sent} wrong shapes; HELSEVEV_SHAPES=${COUNT} HELSEVEV_SEED=${SEED}`)
  })
}

test('no wrong shape of a message of a laboratory makes the server fail, and what is stored has the shape of its profile', async (t) => {
  const person = await api.person(2)
  const message = kithMessage(sampleReport(person.number))
  const mutants = sample(xmlMutantsOf(message), COUNT / 3, SEED)
  for (const { what, make } of mutants) {
    const answer = await api.as(writer).post('/fhir/test-results/$kith-report', make(), { 'content-type': 'application/xml' })
    assert.match(String(answer.status), /^[24]/, `${what} was answered ${answer.status}`)
    noteCodes(answer.body as Resource | undefined)
  }
  const validator = createValidator(api.kernel.codes)
  let read = 0
  for (const [type, { profiles }] of Object.entries(testResults.resources)) {
    const form = { 'patient.identifier': person.number, _count: '1000' }
    const answer = await api.as(writer).post(`/fhir/test-results/${type}/_search`, new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    for (const resource of matchesIn(answer, type as Resource['resourceType'])) {
      read += 1
      assert.deepEqual(validator.validate(resource, profiles[0]?.profile), [], JSON.stringify(resource))
    }
  }
  t.diagnostic(`${mutants.length} messages, ${read} records; HELSEVEV_SHAPES=${COUNT} HELSEVEV_SEED=${SEED}`)
})

test('every code of every answer is published', () => {
  assert.ok(answeredCodes.size > 10, `${answeredCodes.size} codes`)
  assert.deepEqual(
    [...answeredCodes].filter((code) => !known.has(code)),
    [],
  )
})
