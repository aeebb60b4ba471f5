import assert from 'node:assert/strict'
import { test } from 'node:test'
import { episodeOf } from './episode.ts'

type Attested = Parameters<typeof episodeOf>[0]
const HOUR = 3_600_000
const first = { patient: '1', attestation: '2', purpose: 'TREAT', decisionRef: 'visit-17', toa: null, at: new Date('2026-01-15T09:00:00Z') }
const of = (more: Partial<Attested> = {}, who: string | undefined = '3') => episodeOf({ ...first, ...more }, who)

/** The first millisecond of an hour of the decision, after nine o'clock. */
function beginning(): number {
  const nine = first.at.getTime()
  const episode = of({ at: new Date(nine) })
  let [low, high] = [nine, nine + HOUR]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (of({ at: new Date(middle) }) === episode) low = middle
    else high = middle
  }
  return high
}

test('requests under one attestation are one episode, also when each states a new time of the decision', () => {
  const begins = beginning()
  const seconds = [0, 1, 61, 3599].map((second) => of({ toa: new Date(begins + second * 1000), at: new Date(begins + 5 * HOUR) }))
  assert.deepEqual(new Set(seconds).size, 1)
})

test('an hour of a decision has its first millisecond and its last, and none of the next', () => {
  const begins = beginning()
  const at = (milliseconds: number) => of({ at: new Date(begins + milliseconds) })
  assert.equal(at(0), at(HOUR - 1))
  assert.notEqual(at(-1), at(0))
  assert.notEqual(at(HOUR - 1), at(HOUR))
})

test('the time of the decision counts, and the time of the request where none was attested', () => {
  const toa = new Date('2026-01-15T08:00:00Z')
  assert.equal(of({ toa }), of({ toa, at: new Date('2026-01-15T08:59:00Z') }))
  assert.equal(of({ at: toa }), of({ toa }))
})

const others: [what: string, more: Partial<Attested>, who?: string][] = [
  ['another patient', { patient: '9' }],
  ['another place, unit or reason', { attestation: '9' }],
  ['another purpose', { purpose: 'BTG' }],
  ['another decision', { decisionRef: 'visit-18' }],
  ['no decision', { decisionRef: null }],
  ['the next day', { at: new Date('2026-01-16T09:00:00Z') }],
  ['another person', {}, '9'],
]
for (const [what, more, who] of others) {
  test(`${what} is another episode`, () => assert.notEqual(of(more, who), of()))
}

test('without an attestation or a person there is no episode', () => {
  assert.equal(of({ attestation: null }), null)
  assert.equal(episodeOf(first, undefined), null)
})

test('an episode is a number that PostgreSQL stores as bigint', () => {
  for (let patient = 1; patient <= 200; patient++) {
    const episode = BigInt(of({ patient: String(patient) }) ?? '-1')
    assert.ok(episode >= 0n && episode < 2n ** 63n)
  }
})
