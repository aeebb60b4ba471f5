/**
 * The published messages of e-prescription, where `HELSEVEV_EXAMPLES` names a folder that holds `sfm-medication-list`
 * (NorskHelsenett/SFM.tools) and `e-resept-examples` (mjhaugsdal/eresept-java): what becomes of each kind, and that every order ends alike.
 * docs/api/e-prescription-messages.md
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { organizations, type Reply, system, testApi } from '@helsevev/kernel/testing/api'
import { classify } from '@helsevev/kernel/values/identity-number'
import { ePrescriptions } from '@helsevev/service-e-prescriptions/service'
import { medicationList } from '@helsevev/service-medication-list/service'
import { randomFrom, shuffled } from './prescription-chains.ts'
import { type PublishedMessage, publishedMessages } from './published-messages.ts'
import { storedState } from './stored-state.ts'

const examples = process.env['HELSEVEV_EXAMPLES']
const skip = examples === undefined && 'HELSEVEV_EXAMPLES names no folder'
const services: InformationService[] = [ePrescriptions, medicationList]
const clock = () => new Date('2026-11-30T12:00:00Z')

/** Outcome of each kind, with the number of files. `-` is what is no message of e-prescription that is read. */
// biome-ignore format: a table, one row to a line
const expected: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'sfm-medication-list': {
    'M1: stored': 24, 'M5: stored': 7, 'M5.2: stored': 7, 'M7: stored': 1, 'M9.6: stored': 12, 'M9.6: waits': 2, 'M9.12: stored': 14,
    'M25.1: stored': 2, 'M27.1: stored': 1, 'M27.2: waits': 1, 'AppRec: stored': 12, 'AppRec: waits': 4,
    // Questions, and answers about dispensings alone, are no part of a record; the others are the export of a record system.
    'M9.5: 422 other-message': 14, 'M9.7: 422 other-message': 12, 'M9.8: 422 other-message': 12, 'M9.11: 422 other-message': 14,
    '-: 422 unreadable-message': 2,
  },
  'e-resept-examples': {
    'M1: stored': 2, 'M5: stored': 2, 'M5.2: stored': 2, 'M7: stored': 2, 'M9.6: stored': 3, 'M9.12: stored': 2, 'M10: stored': 1, 'M25.1: stored': 1,
    // Two bodies without MsgHead, whose id is not known.
    'M5: 422 head-missing': 1, 'M7: 422 head-missing': 1,
    'M9.5: 422 other-message': 2, 'M9.7: 422 other-message': 2, 'M9.8: 422 other-message': 2, 'M9.11: 422 other-message': 2,
    // M3, M4, M9.1 to M9.4, M14, M15, M21 and M24, of pharmacies, Helfo and others.
    '-: 422 unreadable-message': 21,
  },
}

interface End {
  /** Kind and outcome of each message, by its name. */
  outcomes: Map<string, string>
  state: string
}

/** What becomes of the messages in this order, on a server of their own. */
async function endOf(messages: readonly PublishedMessage[]): Promise<End> {
  const api = await testApi(services, clock)
  try {
    for (const value of new Set(messages.flatMap(({ numbers }) => numbers).toSorted())) {
      const kind = classify(value)?.kind ?? 'FNR'
      assert.ok(!isProblem(await registerPerson(api.sql, api.kernel.ids, { system: kind, value }, {}, 'flag')))
    }
    const outcomes = new Map<string, string>()
    const scopes = services.map(({ id }) => `helsevev:${id}/write`)
    const labels = new Map(messages.map(({ name, label }) => [name, label]))
    for (const { name, kind, octets } of messages) {
      const service = services.find(({ adapters }) => adapters?.[0]?.recognises?.(octets)) ?? ePrescriptions
      const path = `/fhir/${service.id}/$${service.adapters?.[0]?.name}`
      const reply = await api.as(system(organizations.oslo, { scopes })).post(path, octets, { 'content-type': 'application/xml' })
      outcomes.set(name, outcomeOf(kind, reply))
    }
    const { state, waiting } = await storedState(api.sql)
    for (const [name, outcome] of outcomes) {
      if (outcome.endsWith(': waits') && !waiting.has(labels.get(name) ?? '')) outcomes.set(name, outcome.replace('waits', 'stored'))
    }
    return { outcomes, state }
  } finally {
    await api.close()
  }
}

function outcomeOf(kind: string, { status, body }: Reply): string {
  const [issue] = (body as { issue?: { details?: { coding?: { code?: string }[] } }[] } | undefined)?.issue ?? []
  if (status === 201) return `${kind}: stored`
  return status === 202 ? `${kind}: waits` : `${kind}: ${status} ${issue?.details?.coding?.[0]?.code}`
}

function tally(outcomes: ReadonlyMap<string, string>): Record<string, number> {
  const counts = new Map<string, number>()
  for (const outcome of outcomes.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return Object.fromEntries(counts)
}

for (const folder of ['sfm-medication-list', 'e-resept-examples']) {
  test(`every message of ${folder} is stored, waits for its patient, or is refused for what it is; three orders end alike`, {
    skip,
  }, async () => {
    const messages = publishedMessages(join(examples ?? '', folder))
    const first = await endOf(messages)
    assert.deepEqual(tally(first.outcomes), expected[folder])
    for (const order of [messages.toReversed(), shuffled(messages, randomFrom(7))]) assert.equal((await endOf(order)).state, first.state)
  })
}
