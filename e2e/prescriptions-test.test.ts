/**
 * The mediator of the vendor kit: random chains compared with the states that Helsevev makes of the same messages, and a chain through the
 * doors of both.
 */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeMessage } from '@helsevev/clinical/e-prescription/made-up'
import { type PrescriptionFact, prescriptionState } from '@helsevev/clinical/medicines/prescription-state'
import { matchesIn } from '@helsevev/kernel/testing/answers'
import { createForward } from '@helsevev/prescriptions-test/forward'
import { createMediator, type Delivery } from '@helsevev/prescriptions-test/mediator'
import { type MediatorServer, serveMediator } from '@helsevev/prescriptions-test/server'
import { bergen, helseVest, oslo } from '@helsevev/server/seed/organizations'
import { clientOf, supplierOf } from '@helsevev/server/seed/sign-in'
import { bare, type Chain, headOf, m1, m5, m10 } from '@helsevev/service-e-prescriptions/testing/messages'
import { startTestSystem, type TestSystem } from './test-system.ts'

const HOUR = 3_600_000
const BEGIN = Date.parse('2026-03-01T08:00:00Z')

/** Always the same numbers from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** One chain of messages and acts in random order: what the mediator holds, and what follows from the accepted ones, after each step. */
function randomChain(seed: number): { step: string; mediator: string | undefined; model: string }[] {
  const random = randomFrom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  let hours = 0
  let ids = 0
  const at = () => new Date(BEGIN + hours * HOUR)
  const time = () => at().toISOString()
  const mediator = createMediator({ clock: at, id: () => `made-${(ids += 1)}` })
  const chain: Chain = { patient: '14835010067', id: 'prescription' }
  const [repeats, packages, validUntil] = [below(3), 1 + below(2), ['2026-03-05', '2026-03-31'][below(2)] ?? '']
  const facts: PrescriptionFact[] = []
  const sent: string[] = []
  const dispensings: string[] = []
  const isAccepted = (text: string) => {
    sent.push(text)
    return mediator.receive(text)?.isAccepted === true
  }
  const answerOf = (text: string) =>
    /<Status V="(\d)"/.exec(mediator.receive(text)?.answers.find(({ kind }) => kind === 'M5.2')?.text ?? '')?.[1]
  const steps: readonly (() => string)[] = [
    () => {
      const id = `recall-${(ids += 1)}`
      const text = m5(chain, id, time(), String(1 + below(5)))
      if (!isAccepted(text)) return 'recall refused'
      facts.push({ kind: 'recall', at: at(), id, reason: '2' })
      facts.push({ kind: 'recall-answer', at: at(), of: id, status: answerOf(text) ?? '' })
      return `recall answered ${answerOf(text)}`
    },
    ...Array.from({ length: 3 }, () => () => {
      const id = `dispensing-${(ids += 1)}`
      const dispensed = { packages: String([0.5, 1, 2][below(3)]), concluded: below(8) === 0 }
      if (!isAccepted(m10(chain, id, time(), dispensed))) return 'dispensing refused'
      dispensings.push(id)
      facts.push({
        kind: 'dispensing',
        at: at(),
        id,
        packages: Number(dispensed.packages),
        ...(dispensed.concluded ? { concluded: true } : {}),
      })
      return `dispensed ${dispensed.packages}${dispensed.concluded ? ', concluded' : ''}`
    }),
    () => {
      const [id, cancels] = [`cancellation-${(ids += 1)}`, dispensings[below(dispensings.length)] ?? 'none']
      if (!isAccepted(m10(chain, id, time(), { cancels }))) return 'cancellation refused'
      facts.push({ kind: 'cancellation', at: at(), id, of: cancels })
      return `cancelled ${cancels}`
    },
    () => {
      if (!mediator.take(chain.id)) return 'not taken'
      facts.push({ kind: 'taken', at: at() })
      return 'taken'
    },
    () => {
      if (!mediator.release(chain.id)) return 'not released'
      facts.push({ kind: 'released', at: at() })
      return 'released'
    },
    () => {
      const before = sent[below(sent.length)] ?? ''
      mediator.receive(before)
      return 'sent again'
    },
  ]
  const text = m1(chain, time(), {
    validUntil,
    drug: { itemGroup: { code: 'L' }, packages: String(packages), repeats, prescribing: { dosings: [] } },
  })
  assert.ok(isAccepted(text))
  facts.push({ kind: 'prescription', at: at(), id: chain.id, validUntil, repeats, packages })
  return Array.from({ length: 10 }, () => {
    hours += 1 + below(30)
    const step = steps[below(steps.length)]?.() ?? ''
    return { step, mediator: mediator.stateOf(chain.id), model: prescriptionState(facts, at()).state }
  })
}

test('200 random chains have the same state in the mediator and in what Helsevev makes of their messages', () => {
  const seen = new Set<string>()
  for (let seed = 1; seed <= 200; seed++) {
    const chain = randomChain(seed * 7919)
    for (const [index, { mediator, model }] of chain.entries())
      assert.equal(
        model,
        mediator,
        `chain ${seed}: ${chain
          .slice(0, index + 1)
          .map(({ step }) => step)
          .join('; ')}`,
      )
    for (const { mediator, step } of chain) seen.add(`${mediator}`).add(step.replace(/[ ,]*[\d.]+|-\d+| .*$/g, ''))
  }
  for (const state of ['E', 'U', 'T', 'F', 'R', 'recall', 'dispensed', 'cancelled', 'taken', 'released']) assert.ok(seen.has(state), state)
})

describe('a chain through the doors', () => {
  let it: TestSystem
  let mediator: MediatorServer
  let now = Date.now() - 30 * 24 * HOUR
  let ids = 0

  before(async () => {
    it = await startTestSystem()
    const sender = (organization: string) => ({
      helseId: {
        clientCredentials: (asked: { scope: string | string[] }) =>
          it.vendorToken(clientOf(organization), supplierOf(organization) ? organization : undefined, asked.scope),
      },
    })
    const senders = { prescriber: sender(bergen.number), pharmacy: sender(helseVest.number), 'general-practitioner': sender(oslo.number) }
    const made = createMediator({ clock: () => new Date(now), id: () => `00000000-0000-4000-9000-${String((ids += 1)).padStart(12, '0')}` })
    mediator = await serveMediator(made, 0, createForward({ baseUrl: it.system.baseUrl, senders: senders as never }))
  })
  after(async () => {
    await mediator?.close()
    await it?.close()
  })

  interface Answered {
    state?: string
    accepted?: boolean
    answers?: Delivery[]
    forwarded?: { at: string; kind: string; status: number; code: string }[]
  }
  const post = async (path: string, body = ''): Promise<Answered> => {
    now += HOUR
    const answer = await fetch(`${mediator.address}/${path}`, { method: 'POST', body })
    return (await answer.json()) as Answered
  }
  const time = () => new Date(now + HOUR).toISOString()
  /** Kinds with who has them; each was stored by Helsevev. */
  const stored = ({ forwarded = [] }: Answered) =>
    forwarded.map(({ at, kind, code }) => `${kind} ${at}${code === 'message-stored' ? '' : ` ${code}`}`)
  const uuid = () => `00000000-0000-4000-a000-${String((ids += 1)).padStart(12, '0')}`

  test('Helsevev holds what the mediator holds: in parts, recalled under dispensing, renewed, looked up, locked', async () => {
    const { number } = await it.patient(41)
    const nurse = await it.person('nurse-bergen', bergen.number, ['helsevev:e-prescriptions/read'])
    const held = async () => {
      const { body } = await nurse.search('e-prescriptions', 'MedicationRequest', { 'patient.identifier': number })
      return matchesIn({ body } as never, 'MedicationRequest')
        .map(({ identifier, status }) => `${identifier?.[0]?.value} ${status}`)
        .sort()
    }
    const [old, next, locked] = [uuid(), uuid(), uuid()].map((id): Chain => ({ patient: number, id })) as [Chain, Chain, Chain]
    const validUntil = new Date(now + 300 * 24 * HOUR).toISOString().slice(0, 10)

    assert.deepEqual(stored(await post('messages', m1(old, time(), { validUntil }))), ['M1 prescriber', 'AppRec prescriber'])
    const first = await post('messages', m10(old, uuid(), time(), { packages: '0.5' }))
    assert.deepEqual(stored(first), ['M10 pharmacy', 'AppRec pharmacy', 'M6 prescriber', 'M8 general-practitioner'])
    assert.deepEqual(await held(), [`${old.id} active`])

    assert.equal((await post(`prescriptions/${old.id}/take`)).state, 'U')
    const recall = await post('messages', m5(old, uuid(), time(), '3', next.id))
    assert.deepEqual(stored(recall), ['M5 prescriber', 'AppRec prescriber', 'M5.2 prescriber'])
    assert.match(recall.answers?.at(-1)?.text ?? '', /<Status V="2"/)
    assert.deepEqual(stored(await post('messages', m1(next, time(), { validUntil }))), ['M1 prescriber', 'AppRec prescriber'])
    assert.deepEqual(await held(), [`${old.id} active`, `${next.id} active`])
    const last = await post('messages', m10(old, uuid(), time()))
    assert.deepEqual(stored(last), ['M10 pharmacy', 'AppRec pharmacy', 'M6 prescriber', 'M8 general-practitioner', 'M7 prescriber'])
    assert.deepEqual(await held(), [`${old.id} cancelled`, `${next.id} active`])

    const late = await post('messages', m10(old, uuid(), time()))
    assert.deepEqual([late.accepted, stored(late)], [false, []])
    await post('messages', m1(locked, time(), { validUntil, isLocked: true, referenceNumber: '83620417' }))
    const asked = (numbers: string[]) =>
      makeMessage('M9.5', {
        head: headOf(number, uuid(), time()),
        body: { patient: number, all: { code: '1' }, referenceNumbers: numbers },
      })
    const found = await post('messages', asked([]))
    assert.deepEqual(stored(found), ['M9.6 prescriber'])
    assert.match(found.answers?.[0]?.text ?? '', /<LastResept>true</)
    assert.doesNotMatch(found.answers?.[0]?.text ?? '', new RegExp(locked.id))
    assert.match((await post('messages', asked(['83620417']))).answers?.[0]?.text ?? '', new RegExp(`<LastResept>false.*${locked.id}`))
    assert.deepEqual(await held(), [`${old.id} cancelled`, `${next.id} active`, `${locked.id} active`])
    assert.deepEqual((await post('messages', bare('M5', { prescriptionId: 'x', reason: { code: '2' } }))).accepted, undefined)
  })
})
