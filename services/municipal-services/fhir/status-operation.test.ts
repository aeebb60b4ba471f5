import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Parameters } from '@medplum/fhirtypes'
import { context, type RecordsSeen, reportedService, testRecords } from '../testing/records.ts'
import { NOTICE, statusOperation } from './status-operation.ts'

const BERGEN = { organization: '100200309', name: 'Bergen kommune', phone: '55 00 00 00' }
const BODO = { organization: '100200406', name: 'Bodø kommune' }

async function ask(seen: RecordsSeen): Promise<Parameters> {
  const answer = await statusOperation.run(testRecords(seen), context(new Date('2026-06-15T12:00:00+02:00')))
  return isProblem(answer) || answer.resourceType !== 'Parameters' ? assert.fail() : answer
}

function value(answer: Parameters, name: string) {
  const found = answer.parameter?.find((parameter) => parameter.name === name)
  return found?.valueCode ?? found?.valueInteger ?? found?.valueBoolean ?? found?.valueString
}

const named = (answer: Parameters) =>
  (answer.parameter ?? [])
    .filter(({ name }) => name === 'controller')
    .map(({ part }) => part?.find(({ name }) => name === 'name')?.valueString)

test('active and paused services are counted apart, with who has reported since when', async () => {
  const answer = await ask({
    services: [reportedService('100200309'), reportedService('100200309', { status: 'onhold' })],
    contributors: [BERGEN],
  })
  assert.deepEqual(answer, {
    resourceType: 'Parameters',
    parameter: [
      { name: 'status', valueCode: 'some' },
      { name: 'active', valueInteger: 1 },
      { name: 'onHold', valueInteger: 1 },
      { name: 'upcoming', valueInteger: 0 },
      { name: 'unclosed', valueInteger: 0 },
      { name: 'partial', valueBoolean: false },
      { name: 'noAgreement', valueBoolean: false },
      { name: 'standing', valueString: '1 municipal service is active and 1 on hold.' },
      { name: 'notice', valueString: NOTICE },
      {
        name: 'controller',
        part: [
          { name: 'organization', valueIdentifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: '100200309' } },
          { name: 'name', valueString: 'Bergen kommune' },
          { name: 'phone', valueString: '55 00 00 00' },
          { name: 'since', valueDateTime: '2026-01-15T08:00:00.000Z' },
        ],
      },
    ],
  })
})

const finished = reportedService('100200309', { status: 'finished', period: { start: '2026-01-15', end: '2026-03-01' } })

for (const [name, seen, status, partial] of [
  ['nobody has reported', { services: [], contributors: [] }, 'unknown', false],
  ['a service that has ended', { services: [finished], contributors: [BERGEN] }, 'none', false],
  [
    'a service sent in error',
    { services: [reportedService('100200309', { status: 'entered-in-error' })], contributors: [BERGEN] },
    'none',
    false,
  ],
  ['nothing in sight, something withheld', { services: [], contributors: [], withheld: true }, 'withheld', false],
  ['an ended service in sight, something withheld', { services: [finished], contributors: [BERGEN], withheld: true }, 'withheld', false],
  [
    'a service in sight, something withheld',
    { services: [reportedService('100200309')], contributors: [BERGEN], withheld: true },
    'some',
    true,
  ],
  ['a service in sight', { services: [reportedService('100200309')], contributors: [BERGEN] }, 'some', false],
] as [string, RecordsSeen, string, boolean][]) {
  test(`${name}: ${status}${partial ? ', partial' : ''}`, async () => {
    const answer = await ask(seen)
    assert.deepEqual([value(answer, 'status'), value(answer, 'partial')], [status, partial])
  })
}

test('what the patient withholds is told with cause and count, apart from what no agreement opens', async () => {
  const withheldByPatient = [{ cause: 'SpecificBlock' as const, count: 2 }, { cause: 'Reservation' as const }]
  const answer = await ask({ services: [], contributors: [], withheldByPatient })
  assert.deepEqual([value(answer, 'status'), value(answer, 'partial'), value(answer, 'noAgreement')], ['withheld', false, false])
  assert.deepEqual(
    answer.parameter?.filter(({ name }) => name === 'withheldByPatient').map(({ part }) => part),
    [
      [
        { name: 'cause', valueCode: 'SpecificBlock' },
        { name: 'count', valueInteger: 2 },
      ],
      [{ name: 'cause', valueCode: 'Reservation' }],
    ],
  )
})

test('a service still marked active after its end date is not counted, and told of', async () => {
  const answer = await ask({
    services: [reportedService('100200309', { period: { start: '2026-01-15', end: '2026-06-14' } })],
    contributors: [BERGEN],
  })
  assert.deepEqual([value(answer, 'status'), value(answer, 'active'), value(answer, 'unclosed')], ['none', 0, 1])
})

test('a municipality with nothing but hidden extra-sensitive services is not named, and answers like one that never reported', async () => {
  const [hidden, never] = [await ask({ services: [], contributors: [BODO] }), await ask({ services: [], contributors: [] })]
  assert.deepEqual(hidden, never)
  assert.deepEqual(named(await ask({ services: [reportedService('100200309')], contributors: [BERGEN, BODO] })), ['Bergen kommune'])
})

test('the standing notice is the same for everyone', async () => {
  for (const seen of [
    { services: [], contributors: [] },
    { services: [reportedService('100200309')], contributors: [BERGEN] },
  ])
    assert.equal(value(await ask(seen), 'notice'), NOTICE)
})
