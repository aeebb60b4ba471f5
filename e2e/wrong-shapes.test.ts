/**
 * No shape gets through: each element of each profile that a sender can write, in every wrong shape, over HTTP. What says nothing is
 * refused, and nothing makes the server fail. http://hl7.org/fhir/R4/json.html
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { responsesOf } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'
import { type Example, examplesOf } from './wrong-shapes/examples.ts'
import { type Mutant, mutantsOf, sample } from './wrong-shapes/mutants.ts'

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

/** The status of each mutant, sent as an entry of a batch. */
async function statuses({ service, resource: { resourceType } }: Example, mutants: readonly Mutant[]): Promise<string[]> {
  const entry = mutants.map(({ make }) => ({ resource: make(), request: { method: 'POST', url: resourceType } }))
  const answer = await api.as(writer).post(`/fhir/${service.id}`, { resourceType: 'Bundle', type: 'batch', entry })
  assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 400))
  return responsesOf(answer).map(({ status = '' }) => status)
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
