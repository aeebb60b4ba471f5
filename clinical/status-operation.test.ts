/** The answer of `$status`, from what the caller may see. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Records } from '@helsevev/kernel/fhir/service'
import type { Parameters } from '@medplum/fhirtypes'
import { codesAsWritten } from './codes.ts'
import { countingStatus } from './status-operation.ts'

interface Seen {
  goals?: number
  reported?: boolean
  noAgreement?: boolean
  blocked?: boolean
}

const recordsOf = ({ goals = 0, reported = false, noAgreement = false, blocked = false }: Seen): Records => ({
  search: async () => assert.fail('a record is opened'),
  count: async (type) => (type === 'Goal' ? goals : 0),
  unreadable: () => 0,
  asOf: async () => assert.fail('a record is opened'),
  measuredDays: async () => assert.fail('a record is opened'),
  contributors: async () =>
    reported ? [{ organization: '974760223', name: 'Bergen kommune', phone: '55550000', since: new Date('2026-01-15T08:00:00Z') }] : [],
  somethingWithheld: async () => noAgreement,
  nothing: async () => (noAgreement ? 'withheld' : reported ? 'none' : 'unknown'),
  ownOnly: undefined,
  withheldByPatient: async () => (blocked ? [{ cause: 'SpecificBlock' as const, count: 2 }] : []),
  settings: async () => [],
})

const status = countingStatus({
  summary: 'Whether the person has goals or plans.',
  counts: { goals: (records) => records.count('Goal'), plans: (records) => records.count('CarePlan') },
})

async function answerTo(seen: Seen): Promise<Parameters> {
  const context = {
    now: new Date('2026-01-15T10:00:00Z'),
    birthDate: undefined,
    patient: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '' },
    parameters: new URLSearchParams(),
    codes: codesAsWritten,
    elsewhere: async () => undefined,
    withheldElsewhere: () => undefined,
  }
  return (await status.run(recordsOf(seen), context)) as Parameters
}

const cases: [seen: Seen, status: string, partial: boolean][] = [
  [{}, 'unknown', false],
  [{ reported: true }, 'none', false],
  [{ noAgreement: true }, 'withheld', false],
  [{ blocked: true }, 'withheld', false],
  [{ reported: true, blocked: true }, 'withheld', false],
  [{ goals: 3, reported: true }, 'some', false],
  [{ goals: 3, reported: true, noAgreement: true }, 'some', true],
  [{ goals: 3, reported: true, blocked: true }, 'some', true],
]
for (const [seen, expected, partial] of cases) {
  test(`${JSON.stringify(seen)} gives the status ${expected}, ${partial ? 'partial' : 'and nothing is missing'}`, async () => {
    const { parameter = [] } = await answerTo(seen)
    const named = (name: string) => parameter.find((one) => one.name === name)
    assert.deepEqual([named('status')?.valueCode, named('partial')?.valueBoolean], [expected, partial])
  })
}

test('the answer has each number, what is withheld, and the controllers with their telephone', async () => {
  assert.deepEqual(await answerTo({ goals: 3, reported: true, blocked: true }), {
    resourceType: 'Parameters',
    parameter: [
      { name: 'status', valueCode: 'some' },
      { name: 'goals', valueInteger: 3 },
      { name: 'plans', valueInteger: 0 },
      { name: 'partial', valueBoolean: true },
      { name: 'noAgreement', valueBoolean: false },
      {
        name: 'withheldByPatient',
        part: [
          { name: 'cause', valueCode: 'SpecificBlock' },
          { name: 'count', valueInteger: 2 },
        ],
      },
      {
        name: 'controller',
        part: [
          { name: 'organization', valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: '974760223' } },
          { name: 'name', valueString: 'Bergen kommune' },
          { name: 'phone', valueString: '55550000' },
          { name: 'since', valueDateTime: '2026-01-15T08:00:00.000Z' },
        ],
      },
    ],
  })
})
