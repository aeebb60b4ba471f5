import assert from 'node:assert/strict'
import { after, afterEach, before, mock, test } from 'node:test'
import { createIds } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { type AccessLog, openAccessLog } from './access-log.ts'
import { CHECKPOINT_MILLISECONDS, CHECKPOINT_ROWS, type Checkpoint } from './checkpoints.ts'
import { logKey, newLogKeyText } from './log-key.ts'
import { verifyLog } from './verify.ts'

const key = logKey(newLogKeyText())
const start = Date.UTC(2026, 0, 15, 10)
let now = start
const clock = () => new Date(now)
const ids = createIds(clock)
let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())
afterEach(() => {
  now = start
})

/** A log, its checkpoints as the witness received them, and a way to wait for the next checkpoint. */
async function open() {
  const witnessed: Checkpoint[] = []
  let told = Promise.withResolvers<void>()
  const log = await openAccessLog(database.sql, {
    ids,
    clock,
    key,
    witness: (checkpoint) => {
      witnessed.push(checkpoint)
      told.resolve()
      told = Promise.withResolvers<void>()
    },
  })
  // The list of segments has been signed for, and the segment before.
  witnessed.length = 0
  return { log, witnessed, next: async () => await told.promise, seqs: () => witnessed.map(({ seq }) => seq) }
}

async function append(log: AccessLog, rows: number): Promise<void> {
  for (let at = 0; at < rows; at += 500)
    await Promise.all(Array.from({ length: Math.min(500, rows - at) }, () => log.append(exampleEntry())))
}

test(`nothing is signed before row ${CHECKPOINT_ROWS}, and something is then`, async () => {
  const { log, seqs, next } = await open()
  await append(log, CHECKPOINT_ROWS - 1)
  assert.deepEqual(seqs(), [])
  const signed = next()
  await append(log, 1)
  await signed
  assert.deepEqual(seqs(), [String(CHECKPOINT_ROWS)])
  await log.close()
})

test('a row that comes a minute after the last checkpoint is signed for, and one that comes earlier is not', async () => {
  const { log, seqs, next } = await open()
  now = start + CHECKPOINT_MILLISECONDS - 1
  await append(log, 1)
  assert.deepEqual(seqs(), [])
  now = start + CHECKPOINT_MILLISECONDS
  const signed = next()
  await append(log, 1)
  await signed
  assert.deepEqual(seqs(), ['2'])
  await log.close()
})

test('rows that came are signed for within a minute though no more follow, and nothing is when none came', async () => {
  mock.timers.enable({ apis: ['setInterval'] })
  try {
    const { log, seqs, next } = await open()
    mock.timers.tick(CHECKPOINT_MILLISECONDS)
    await append(log, 1)
    const signed = next()
    mock.timers.tick(CHECKPOINT_MILLISECONDS - 1)
    assert.deepEqual(seqs(), [])
    mock.timers.tick(1)
    await signed
    assert.deepEqual(seqs(), ['1'])
    mock.timers.tick(10 * CHECKPOINT_MILLISECONDS)
    await log.close()
    // The end is signed for again when the log is closed.
    assert.deepEqual(seqs(), ['1', '1'])
  } finally {
    mock.timers.reset()
  }
})

test('look-ups go on while no checkpoint can be stored, and the next that can be stored covers them', async () => {
  const { log, seqs } = await open()
  await database.owner`revoke insert on log_checkpoint from helsevev_runtime`
  await append(log, CHECKPOINT_ROWS + 10)
  assert.deepEqual(seqs(), [])
  await database.owner`grant insert on log_checkpoint to helsevev_runtime`
  await append(log, 10)
  await log.close()
  assert.equal(seqs().at(-1), String(CHECKPOINT_ROWS + 20))
  assert.equal((await verifyLog(database.sql, { keys: [key], now: clock() })).broken, undefined)
})

test('closing says so when the end cannot be signed for', async () => {
  const { log } = await open()
  await append(log, 1)
  await database.owner`revoke insert on log_checkpoint from helsevev_runtime`
  await assert.rejects(log.close(), { code: '42501' })
  await database.owner`grant insert on log_checkpoint to helsevev_runtime`
})

test('a segment that was left after a failed commit is signed for beside the one that follows', async () => {
  const { log, witnessed } = await open()
  await append(log, 3)
  await assert.rejects(log.append(exampleEntry({ event: 'a text with\0' })))
  await append(log, 2)
  await log.close()
  // The segment that follows signs for the one before it when it is opened; segment 0 is the list of both.
  const signed = new Set(witnessed.filter(({ segment }) => segment !== '0').map(({ segment, seq }) => `${segment} ${seq}`))
  assert.deepEqual(
    [...signed].map((one) => one.split(' ')[1]),
    ['3', '2'],
  )
  assert.equal(new Set([...signed].map((one) => one.split(' ')[0])).size, 2)
  assert.equal((await verifyLog(database.sql, { keys: [key], now: clock() })).broken, undefined)
})

test('a log that opens with its first row leaves nothing without one, and one segment that is signed for with one', async () => {
  const segments = async () => (await database.sql`select segment from log_segment`).length
  const before = await segments()
  const silent = await openAccessLog(database.sql, { ids, clock, key, opens: 'with-first-row' })
  await silent.close()
  assert.equal(await segments(), before)
  const spoken = await openAccessLog(database.sql, { ids, clock, key, opens: 'with-first-row' })
  await Promise.all([append(spoken, 1), append(spoken, 1)])
  await append(spoken, 1)
  await spoken.close()
  assert.equal(await segments(), before + 1)
  const { broken, unsigned } = await verifyLog(database.sql, { keys: [key], now: clock() })
  assert.deepEqual([broken, unsigned], [undefined, 0])
})
