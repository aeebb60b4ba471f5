import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparison, figure, type MeasuredRound } from './statistics.ts'

const round = (answers: number, more: Partial<MeasuredRound> = {}): MeasuredRound => ({
  answers,
  wrong: {},
  seconds: 10,
  p50: 10,
  p99: 20,
  cpu: 1000,
  late: 0,
  serverCpu: 5000,
  postgresCpu: 4000,
  idle: 0.1,
  ...more,
})

test('a figure is the middle value, with the distance between the ends as a share of it', () => {
  assert.deepEqual(figure([30, 10, 20]), { median: 20, spread: 1 })
  assert.deepEqual(figure([10, 20]), { median: 15, spread: 10 / 15 })
  assert.deepEqual(figure([7]), { median: 7, spread: 0 })
})

test('full and bare are compared round by round, so that a slow minute of the machine tells against both', () => {
  const compared = comparison([round(100), round(50), round(100)], [round(200), round(100), round(250)])
  assert.deepEqual(compared.ratio, { median: 0.5, spread: (0.5 - 0.4) / 0.5 })
  assert.equal(compared.full.perSecond.median, 10)
  assert.equal(compared.full.serverCpu.median, 0.05)
})

test('wrong answers of all rounds are added up by what was seen, and never count as answers', () => {
  const { full } = comparison([round(10, { wrong: { 'status 503': 2 } }), round(10, { wrong: { 'status 503': 1 } })], [round(1), round(1)])
  assert.deepEqual(full.wrong, { 'status 503': 3 })
  assert.equal(full.answers, 20)
})
