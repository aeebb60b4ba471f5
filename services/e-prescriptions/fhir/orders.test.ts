/** The records of a chain end alike in whatever order its messages come: each arrival makes all of them again, as the server does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import type { SearchParameter } from '@helsevev/kernel/fhir/service'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { convertMessage } from '../messages/convert.ts'
import type { Made } from '../messages/made.ts'
import { type Chain, innerM1, m1, m5, m10, m52, m96, report } from '../testing/messages.ts'
import { completedCommunication, completedDispensing, completedPrescription, completedRecall } from './derived.ts'
import { communicationParameters, medicationDispenseParameters, medicationRequestParameters, taskParameters } from './search-parameters.ts'

const codes = codesFromData()
const now = new Date('2026-01-15T11:00:00Z')
const chain: Chain = { patient: '14835010067', id: '00000000-0000-4000-8000-000000000001' }
const at = (day: number, minute = 0) => `2026-01-0${day}T09:0${minute}:00+01:00`

const open = [
  m1(chain, at(2), { hiddenFromRepresentatives: true }),
  m10(chain, 'd1', at(3)),
  report('M6', chain, 'r6', 'd1', at(3, 1)),
  report('M8', chain, 'r8', 'd1', at(3, 1)),
  m10(chain, 'c1', at(4), { cancels: 'd1' }),
  m5(chain, 'k1', at(5)),
  m52(chain, 'a1', 'k1', at(5, 1), '2'),
  m96(chain.patient ?? '', 's1', at(5, 2), [[chain.id, 'U']], [innerM1(chain, at(2))]),
]
const locked = [
  m1(chain, at(2), { isLocked: true, referenceNumber: 'X' }),
  m10(chain, 'd1', at(3), { packages: '0.5' }),
  m10(chain, 'd2', at(4), { packages: '1.5' }),
  m5(chain, 'k1', at(5), '1', '00000000-0000-4000-8000-000000000002'),
  m5(chain, 'k2', at(6), '4'),
  m52(chain, 'a2', 'k2', at(6, 1)),
]

const next: Chain = { ...chain, id: '00000000-0000-4000-8000-000000000002' }
const renewed = [
  m1(chain, at(2)),
  m5(chain, 'k1', at(5), '1', next.id),
  m52(chain, 'a1', 'k1', at(5, 1), '2'),
  m1(next, at(4)),
  m5(next, 'k2', at(6), '4'),
  m10(chain, 'd1', at(6, 1)),
]

function recordsOf(message: string): Made[] {
  const made = convertMessage(Buffer.from(message), { codes, now })
  if (isProblem(made) || made.kind !== 'record-set') throw new Error(JSON.stringify(made))
  return made.entries.map(({ resource }) => resource as Made)
}

function completed(one: Made, others: readonly Made[]): Made {
  if (one.resourceType === 'MedicationRequest') return completedPrescription(one, others, now)
  if (one.resourceType === 'MedicationDispense') return completedDispensing(one, others)
  return one.resourceType === 'Task' ? completedRecall(one, others) : completedCommunication(one, others)
}

/** What stands when all have come; each arrival reads what the one before has stored. */
function ended(arrivals: readonly Made[][]): string {
  let stored: Made[] = []
  for (const records of arrivals) {
    const all = [...stored, ...records]
    // A record about no prescription has nobody to complete it.
    stored = all.map((one) =>
      isAbout(one)
        ? completed(
            one,
            all.filter((other) => other !== one && numbersOf(other).some((number) => numbersOf(one).includes(number))),
          )
        : one,
    )
  }
  return stored
    .map((one) => JSON.stringify(one))
    .sort()
    .join('\n')
}

function isAbout(one: Made): boolean {
  return numbersOf(one).length > 0
}

/** By what the server finds the records that belong together. */
function numbersOf(one: Made): string[] {
  const parameters = {
    MedicationRequest: medicationRequestParameters,
    MedicationDispense: medicationDispenseParameters,
    Task: taskParameters,
    Communication: communicationParameters,
  }[one.resourceType] as readonly SearchParameter<Made>[]
  const values = parameters.find(({ name }) => name === 'prescription')?.values?.(one) ?? []
  return values.flatMap(({ code }) => code ?? [])
}

for (const [name, messages] of [
  ['an open prescription', open],
  ['a locked one', locked],
  ['one that is renewed', renewed],
] as const)
  test(`the records of ${name} are the same after each of 100 orders`, () => {
    let seed = 7
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    const arrivals = messages.map(recordsOf)
    const expected = ended(arrivals)
    for (let round = 0; round < 100; round++) {
      const order = arrivals.map((records) => ({ records, place: random() })).sort((one, other) => one.place - other.place)
      assert.equal(ended(order.map(({ records }) => records)), expected, `round ${round}`)
    }
  })

type Renewal = readonly [string, readonly string[], string | undefined]
const other = '00000000-0000-4000-8000-000000000003'
const parent = (id: string) => m1(next, at(4), {}, { conversation: { parent: id, conversation: id } })
const stated = (previous: string) => m96(chain.patient ?? '', 's1', at(6), [[next.id, 'E', previous]])
// biome-ignore format: a table, one row to a line
const renewals: readonly Renewal[] = [
  ['nothing names an earlier one', [m1(next, at(4))], undefined],
  ['the recall of the earlier one names it', [m1(next, at(4)), m5(chain, 'k1', at(5), '1', next.id)], chain.id],
  ['its own M1 goes on from the earlier one', [parent(chain.id)], chain.id],
  ['its own M1 names itself', [parent(next.id)], undefined],
  ['a recall counts above its own M1', [parent(other), m5(chain, 'k1', at(5), '1', next.id)], chain.id],
  ['Reseptformidleren states it', [m1(next, at(4)), stated(chain.id)], chain.id],
  ['Reseptformidleren counts above a recall', [m1(next, at(4)), m5(chain, 'k1', at(5), '1', next.id), stated(other)], other],
  ['the recall of another that names another', [m1(next, at(4)), m5(chain, 'k1', at(5), '1', other)], undefined],
]
for (const [name, messages, expected] of renewals)
  test(`the prescription that one renews, in both orders: ${name}`, () => {
    for (const arrivals of [messages, messages.toReversed()]) {
      const [found] = (JSON.parse(`[${ended(arrivals.map(recordsOf)).split('\n').join()}]`) as Made[]).filter(
        (one) => one.resourceType === 'MedicationRequest',
      )
      assert.equal(found?.resourceType === 'MedicationRequest' ? found.priorPrescription?.identifier?.value : '', expected)
    }
  })
