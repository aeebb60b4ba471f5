/**
 * Two implementations of the rules, made from the same documents by different authors, give the same answers to random combinations of
 * actor, organisation, agreement, purpose, restriction, age and representation. docs/run/access.md
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ProblemCode } from '../problem/catalogue.ts'
import { changesOf, combinations, type Drawn } from '../testing/oracle/combinations.ts'
import { combine } from '../testing/oracle/combine.ts'
import { differences } from '../testing/oracle/compare.ts'
import { oracle } from '../testing/oracle/oracle.ts'
import { type Answer, answerOf } from './cases/answer.ts'
import type { Basis } from './decision.ts'
import { decide } from './pipeline.ts'

const runs = Number(process.env['HELSEVEV_ACCESS_RUNS'] || 100_000)
const seed = Number(process.env['HELSEVEV_ACCESS_SEED'] || Date.now() % 2 ** 31)

/** Each answer that a run must see comes at least once in this many combinations. */
const RAREST = 2000
const refusals: ProblemCode[] = [
  'organisation-missing',
  'access-denied',
  'person-login-required',
  'health-personnel-required',
  'organisation-not-member',
  'supplier-not-member',
  'delegation-withdrawn',
  'insufficient-scope',
  'attestation-missing',
  'attestation-incomplete',
  'purpose-unknown',
  'attestation-has-expired',
  'attestation-from-the-future',
  'attestation-practitioner-mismatch',
  'attestation-legal-entity-mismatch',
  'authorization-not-held',
  'point-of-care-unknown',
  'emergency-reason-required',
  'role-not-open',
  'no-agreement',
  'close-relation',
  'not-producing',
  'not-found',
  'person-unknown',
  'attestation-for-another-patient',
  'too-young',
  'representation-missing',
  'blocked-by-patient',
  'not-on-your-list',
]
const bases: Record<Basis, true> = {
  'own-data': true,
  treatment: true,
  'emergency-treatment': true,
  coordination: true,
  emergency: true,
  consent: true,
  'registered-consent': true,
  self: true,
  youth: true,
  parent: true,
  'foster-parent': true,
  guardian: true,
  'power-of-attorney': true,
  'without-capacity': true,
  control: true,
}
/** What the decisions of a run must have contained, in addition to every basis. */
const contents: Record<string, (answer: Exclude<Answer, { refused: ProblemCode }>) => boolean> = {
  'lifted by emergency': ({ lifted }) => lifted === 'emergency',
  'lifted by emergency with nothing restricted': ({ lifted, withholdings, basis }) =>
    lifted === 'emergency' && withholdings.size === 0 && basis === 'emergency',
  'lifted by consent': ({ lifted }) => lifted === 'consent',
  'hidden by a block': ({ withholdings }) => [...withholdings].some((one) => one.startsWith('SpecificBlock')),
  'hidden by a restriction': ({ withholdings }) => [...withholdings].some((one) => one.startsWith('GeneralBlock')),
  'hidden by an opt-out': ({ withholdings }) => [...withholdings].some((one) => one.startsWith('Reservation')),
  'hidden and not told': ({ withholdings }) => [...withholdings].some((one) => one.endsWith('false')),
  'a controller not visible': ({ withheld }) => withheld,
  'own records alone': ({ ownOnly }) => ownOnly !== undefined && ownOnly !== 'system',
  'a system': ({ ownOnly }) => ownOnly === 'system',
  'a part by contract': ({ contracted }) => contracted !== undefined && [...contracted].some((one) => !one.endsWith('|')),
  'an opened sensitive code': ({ opened }) => opened !== 'all' && opened.size > 0,
}

test(`the pipeline and the simple implementation answer ${runs} random combinations alike`, (t) => {
  t.diagnostic(`seed ${seed}: HELSEVEV_ACCESS_SEED=${seed} repeats this run, HELSEVEV_ACCESS_RUNS sets its length`)
  const seen = new Map<string, number>()
  const count = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1)
  const begun = performance.now()

  const result = fc.check(
    fc.property(combinations, (drawn) => {
      const { request, facts } = combine(drawn)
      const simple = oracle(request, facts)
      const found = answerOf(decide(request, facts))
      countAnswer(simple, count)
      return differences(simple, found).length === 0
    }),
    { numRuns: runs, seed },
  )

  t.diagnostic(`${result.numRuns} combinations in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  const [smallest] = result.counterexample ?? []
  if (smallest) assert.fail(describeDifference(smallest))

  const rare = [...refusals, ...Object.keys(bases), ...Object.keys(contents)]
    .map((name) => ({ name, times: seen.get(name) ?? 0 }))
    .filter(({ times }) => times < runs / RAREST)
  assert.deepEqual(
    rare,
    [],
    `each of these should come at least once in ${RAREST} combinations: draw them more often in oracle/combinations.ts`,
  )
})

function countAnswer(answer: Answer, count: (name: string) => void): void {
  if ('refused' in answer) {
    count(answer.refused)
    return
  }
  count(answer.basis)
  for (const [name, holds] of Object.entries(contents)) if (holds(answer)) count(name)
}

function describeDifference(drawn: Drawn): string {
  const { request, facts } = combine(drawn)
  return [
    `The two differ (seed ${seed}). The smallest combination found, as differences from an allowed search by a doctor on a winter morning:`,
    changesOf(drawn) || '  nothing',
    'Simple implementation / pipeline:',
    ...differences(oracle(request, facts), answerOf(decide(request, facts))).map((line) => `  ${line}`),
  ].join('\n')
}
