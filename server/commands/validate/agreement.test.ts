/**
 * `validate`, `$validate`, `replay` and the server agree: on the examples of every service, and on changed ones. What `validate` finds is
 * what the server answers, and `replay` sends each to a service that takes it.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { checkFile } from '@helsevev/kernel/fhir/messages/check-file'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { destinations } from '@helsevev/replay/destination'
import type { OperationOutcome } from '@medplum/fhirtypes'
import { randomFrom } from '../../seed/random.ts'
import { services } from '../../services.ts'
import { mutated } from '../fuzz/mutate.ts'
import { type FuzzRequest, validRequests } from '../fuzz/requests.ts'

const all: readonly InformationService[] = services
/** More before a change of the checks is merged: each takes some twenty milliseconds. */
const CHANGED = Number(process.env.HELSEVEV_AGREEMENT_RUNS ?? 80)
/** What only the server knows: docs/api/validate.md. */
const unknowable = ['person-unknown', 'business-key-conflict', 'duplicate', 'duplicate-entry', 'already-registered', 'busy']

let api: TestApi
let requests: FuzzRequest[]
before(async () => {
  api = await testApi(all)
  const { identifier } = await api.person(1)
  requests = validRequests(all, { system: identifier.system, number: identifier.value }).filter(
    ({ method, path, body }) =>
      method === 'POST' && !path.includes('_search') && !path.includes('{id}') && body !== undefined && body.kind !== 'form',
  )
  requests = [...new Map(requests.map((one) => [`${one.path} ${textOf(one)}`, one])).values()]
  requests = requests.filter(({ path }) => all.some(({ id }) => path === `/fhir/${id}` || path.startsWith(`/fhir/${id}/`)))
})
after(async () => await api.close())

const textOf = ({ body }: FuzzRequest) => (body?.kind === 'json' ? JSON.stringify(body.value) : body?.kind === 'text' ? body.text : '')
const serviceOf = ({ path }: FuzzRequest) => all.find(({ id }) => path.split('/')[2] === id) as InformationService

/** Bundles that write nothing: taken or refused as Bundles. */
const withoutResources: FuzzRequest[] = all.flatMap(({ id }) =>
  [{}, { entry: [] }, { entry: [{}] }].flatMap((more) =>
    ['transaction', 'batch', 'collection'].map((type) => ({
      interaction: `bundle ${id}`,
      method: 'POST',
      path: `/fhir/${id}`,
      headers: { 'content-type': 'application/fhir+json' },
      body: { kind: 'json', value: { resourceType: 'Bundle', type, ...more } },
    })),
  ),
)

interface Verdict {
  taken: boolean
  codes: string[]
}

async function byServer(request: FuzzRequest): Promise<Verdict | undefined> {
  const scopes = [`helsevev:${serviceOf(request).id}/write`]
  const reply = await api.as(system(organizations.bergen, { scopes })).post(request.path, textOf(request), request.headers)
  const outcomes = outcomesOf(reply)
  const codes = outcomes.flatMap(({ issue = [] }) =>
    issue.filter(({ severity }) => severity === 'error' || severity === 'fatal').flatMap(({ details }) => details?.coding?.[0]?.code ?? []),
  )
  assert.ok(reply.status < 500, `${request.path}: ${reply.status}`)
  if (codes.some((code) => unknowable.includes(code))) return undefined
  return { taken: reply.status < 300 && codes.length === 0, codes: [...new Set(codes)].toSorted() }
}

function outcomesOf({ status, body }: Reply): OperationOutcome[] {
  const { resourceType } = (body ?? {}) as { resourceType?: string }
  // A refusal, or the answer of $validate.
  if (status >= 300 || resourceType === 'OperationOutcome') return [body as OperationOutcome]
  const { entry = [] } = (body ?? {}) as { entry?: { response?: { outcome?: OperationOutcome } }[] }
  return entry.flatMap(({ response }) => response?.outcome ?? [])
}

async function byValidate(request: FuzzRequest): Promise<Verdict> {
  const { taken, nearest, unreadable } = await checkFile(api.kernel, [serviceOf(request)], Buffer.from(textOf(request)))
  const issues = [...(nearest?.issues ?? []), ...unreadable].filter(({ severity }) => severity === 'error')
  return { taken: taken.length > 0, codes: [...new Set(issues.map(({ code }) => code))].toSorted() }
}

test('validate says of every example and of changed ones what the server says', { timeout: 120_000 }, async () => {
  const random = randomFrom('agreement')
  const changed: FuzzRequest[] = []
  while (changed.length < CHANGED) {
    const from = random.pick(requests)
    const one = mutated(from, random)
    const isOfBody = one.method === from.method && one.path === from.path && one.headers === from.headers
    if (isOfBody && one.body?.kind === from.body?.kind) changed.push(one)
  }
  const counts = { taken: 0, refused: 0, passed: 0 }
  const differences: string[] = []
  for (const request of [...requests, ...withoutResources, ...changed]) {
    const server = await byServer(request)
    if (!server) {
      counts.passed += 1
      continue
    }
    counts[server.taken ? 'taken' : 'refused'] += 1
    const own = await byValidate(request)
    // Without an address, a file of no kind that is taken is just that; and a Bundle of another type is checked nevertheless.
    const isSame = own.codes.join() === server.codes.join() || own.codes.join() === 'unknown-interaction'
    const isOtherBundle = server.codes.join() === 'invalid-bundle' && own.codes.includes('invalid-bundle')
    if (own.taken !== server.taken || !(own.taken || isSame || isOtherBundle))
      differences.push(`${request.path}: validate ${own.codes}, server ${server.codes}: ${textOf(request).slice(0, 300)}`)
  }
  assert.deepEqual(differences, [])
  assert.ok(counts.taken > 30 && counts.refused > 30, JSON.stringify(counts))
})

test('replay finds a service for every type that a service takes, and the service of every example', () => {
  const offers = all.map(({ id, resources, operations = [], adapters = [] }) => ({
    service: id,
    types: Object.keys(resources).filter((type) => resources[type]?.interactions.some((one) => one === 'create' || one === 'update')),
    operations: [...operations, ...adapters].map(({ name }) => name),
    profiles: Object.values(resources).flatMap(({ profiles }) => profiles.map(({ profile }) => profile.url)),
  }))
  const sent = (content: unknown) => ({ name: 'a.json', folder: '', text: JSON.stringify(content), content })
  for (const { types } of offers)
    for (const type of types) {
      const [place] = destinations([sent({ resourceType: type })], offers)
      const found = offers.find(({ service }) => service === place?.service)
      assert.ok(found?.types.includes(type), `${type} goes to ${place?.path}`)
      assert.equal(place?.path, `${place?.service}/${type}`)
    }
  for (const request of requests) {
    if (request.body?.kind !== 'json') continue
    const [place] = destinations([sent(request.body.value)], offers)
    const isShared = /"resourceType":"Observation"/.test(textOf(request))
    if (!isShared) assert.equal(`/fhir/${place?.path}`, request.path.replace('/$validate', ''), textOf(request).slice(0, 200))
  }
})
