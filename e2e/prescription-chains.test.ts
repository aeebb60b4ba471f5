/**
 * Chains of messages in random orders end alike, and as the mediator has them. `HELSEVEV_CHAINS=10000 node --test
 * e2e/prescription-chains.test.ts` compares that many; `HELSEVEV_CHAINS_FROM` is the first seed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identifierValue, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { organizations, system, testApi } from '@helsevev/kernel/testing/api'
import { ePrescriptions } from '@helsevev/service-e-prescriptions/service'
import { medicationList } from '@helsevev/service-medication-list/service'
import type { Resource } from '@medplum/fhirtypes'
import { type RandomChains, randomChains, randomFrom, type Shared, shuffled } from './prescription-chains.ts'
import { SimulatedStore, setsOf } from './simulated-store.ts'
import { storedState } from './stored-state.ts'

const COUNT = Number(process.env['HELSEVEV_CHAINS'] ?? 40)
const FROM = Number(process.env['HELSEVEV_CHAINS_FROM'] ?? 1)
const PATIENT = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '14835010067' }
const services: Readonly<Record<Shared['service'], InformationService>> = {
  'e-prescriptions': ePrescriptions,
  'medication-list': medicationList,
}

interface Ended {
  state: string
  resources: Resource[]
}

/** What stands when the messages have come in this order. */
function endOf(messages: readonly Shared[], now: Date): Ended {
  const stores = new Map(Object.entries(services).map(([id, service]) => [id, new SimulatedStore(service, now)]))
  for (const { at, service, text } of messages) stores.get(service)?.receive(setsOf(services[service], text, now, PATIENT), at)
  const all = [...stores.values()]
  return { state: all.map((store) => store.state()).join('\n'), resources: all.flatMap((store) => store.resources()) }
}

function statesIn(resources: readonly Resource[]): Map<string, string> {
  return new Map(
    resources.flatMap((one) => {
      if (one.resourceType !== 'MedicationRequest') return []
      const parts = one.extension?.find(({ url }) => url.endsWith('/prescription-state'))?.extension ?? []
      const stated = parts.find(({ url }) => url === 'state')
      return [[identifierValue(RESEPT_ID, one.identifier) ?? '', stated?.valueCoding?.code ?? stated?.valueCode ?? '']]
    }),
  )
}

function agreesWithMediator({ states, list, doctor }: RandomChains, { resources }: Ended, about: string): void {
  const found = statesIn(resources)
  for (const [id, state] of states) assert.equal(found.get(id), state, `${about}, prescription ${id}`)
  const lists = resources.filter((one) => one.resourceType === 'List')
  assert.deepEqual(
    lists.map(({ identifier }) => identifierValue(MESSAGE_ID, identifier)),
    list === undefined ? [] : [list],
    about,
  )
  const active = resources.flatMap((one) => (one.resourceType === 'CareTeam' && one.status === 'active' ? [one] : []))
  const doctors = new Set(active.flatMap(({ participant = [] }) => participant.flatMap(({ member }) => member?.identifier?.value ?? [])))
  assert.deepEqual([...doctors], doctor === undefined ? [] : [doctor], about)
}

test(`${COUNT} random chains end alike in three orders, and as the mediator has them`, () => {
  const seen = new Set<string>()
  for (let seed = FROM; seed < FROM + COUNT; seed++) {
    const chains = randomChains(seed * 7919, PATIENT.value)
    const random = randomFrom(seed)
    const first = endOf(chains.messages, chains.end)
    const about = `seed ${seed} (HELSEVEV_CHAINS_FROM=${seed} HELSEVEV_CHAINS=1)`
    agreesWithMediator(chains, first, about)
    for (const order of [chains.messages.toReversed(), shuffled(chains.messages, random), shuffled(chains.messages, random)])
      assert.equal(endOf(order, chains.end).state, first.state, about)
    for (const { kind } of chains.messages) seen.add(kind)
    for (const state of chains.states.values()) seen.add(state)
  }
  const expected = ['M1', 'M5', 'M5.2', 'M6', 'M7', 'M8', 'M9.6', 'M10', 'AppRec', 'M25.1', 'M27.1', 'E', 'U', 'T', 'F', 'R']
  if (COUNT >= 40) for (const one of expected) assert.ok(seen.has(one), one)
})

const senders: Readonly<Record<Shared['at'], string>> = {
  prescriber: organizations.bergen,
  pharmacy: organizations.oslo,
  'general-practitioner': organizations.bodo,
}
const SERVED = 5

/** What the server holds of the first chains, each with its messages in the order that `ordered` makes. */
async function servedState(ordered: (messages: Shared[]) => Shared[]): Promise<string> {
  const end = new Date('2026-06-01T00:00:00Z')
  const api = await testApi(Object.values(services), () => end)
  try {
    for (let seed = 1; seed <= SERVED; seed++) {
      const { number } = await api.person(seed)
      for (const { at, service, text } of ordered(randomChains(seed * 7919, number).messages)) {
        const path = `/fhir/${service}/$${services[service].adapters?.[0]?.name}`
        const sender = system(senders[at], { scopes: [`helsevev:${service}/write`] })
        const { status, body } = await api.as(sender).post(path, text, { 'content-type': 'application/xml' })
        assert.ok(status < 300, JSON.stringify(body))
      }
    }
    const { state, waiting } = await storedState(api.sql)
    assert.equal(waiting.size, 0)
    return state
  } finally {
    await api.close()
  }
}

test(`${SERVED} random chains end alike on the server in two orders`, async () => {
  const random = randomFrom(17)
  assert.equal(await servedState((messages) => shuffled(messages, random)), await servedState((messages) => messages))
})
