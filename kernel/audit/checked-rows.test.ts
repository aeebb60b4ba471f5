import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createIds } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { type AccessLog, openAccessLog } from './access-log.ts'
import { checkRows } from './checked-rows.ts'
import { logKey, newLogKeyText } from './log-key.ts'

const key = logKey(newLogKeyText())
const now = new Date('2026-01-15T10:00:00Z')
const ids = createIds(() => now)
let database: TestDatabase
let log: AccessLog
let first = ''
let second = ''

before(async () => {
  database = await testDatabase()
  const open = async () => await openAccessLog(database.sql, { ids, clock: () => now, key })
  const closed = await open()
  await Promise.all(Array.from({ length: 600 }, () => closed.append(exampleEntry())))
  await closed.close()
  log = await open()
  await log.append(exampleEntry())
  const segments = await database.sql<{ segment: string }[]>`select segment from log_segment order by ordinal`
  ;[first = '', second = ''] = segments.map(({ segment }) => segment)
})
after(async () => {
  await log.close()
  await database.close()
})

const states = async (...places: [segment: string, seq: number][]) =>
  (
    await checkRows(
      database.sql,
      places.map(([segment, seq]) => ({ segment, seq: String(seq) })),
    )
  ).map(({ state }) => state)

async function asOwner(...statements: string[]): Promise<void> {
  const tables = ['access_log', 'log_node', 'log_checkpoint', 'log_key']
  const switched = (how: string) => tables.map((table) => `alter table ${table} ${how} trigger user`)
  for (const statement of [...switched('disable'), ...statements, ...switched('enable')]) await database.owner.unsafe(statement)
}

test('rows that a signed checkpoint covers are checked against it, with its time; newer ones wait', async () => {
  assert.deepEqual(await checkRows(database.sql, [{ segment: first, seq: '1' }]), [{ state: 'checked', at: now }])
  assert.deepEqual(await states([first, 255], [second, 1], [first, 600], [first, 256]), ['checked', 'waiting', 'checked', 'checked'])
})

test('a row that is not there, and a segment that is not, are never checked', async () => {
  assert.deepEqual(await states([first, 601], ['4611686018427387905', 1]), ['waiting', 'no-tree'])
})

// biome-ignore format: a table, one row to a line
const attacks: [what: string, change: string, undo: string, seq: number][] = [
  ['a row that was changed',                           `update access_log set event = 'other' where seq = 7`,                 `update access_log set event = 'search-type' where seq = 7`, 7],
  ['a row whose hash was made again',                  `update access_log set hash = decode(repeat('ab', 32), 'hex') where seq = 7`, `update access_log set hash = (select hash from kept where seq = 7) where seq = 7`, 7],
  ['a stored node that was changed',                   `update log_node set hash = decode(repeat('ab', 32), 'hex') where index = 1`, `update log_node n set hash = k.hash from kept_node k where k.segment = n.segment and k.level = n.level and k.index = n.index`, 7],
  ['a checkpoint whose root was changed',              `update log_checkpoint set hash = decode(repeat('ab', 32), 'hex')`,    `update log_checkpoint c set hash = k.hash from kept_checkpoint k where k.segment = c.segment and k.seq = c.seq`, 7],
  ['a checkpoint that another has signed',             `update log_checkpoint set signature = decode(repeat('ab', 64), 'hex')`, `update log_checkpoint c set signature = k.signature from kept_checkpoint k where k.segment = c.segment and k.seq = c.seq`, 7],
]
for (const [what, change, undo, seq] of attacks) {
  test(`${what} differs, and agrees again when it is mended`, async () => {
    await database.owner.unsafe(`
      create table if not exists kept as select * from access_log; create table if not exists kept_node as select * from log_node;
      create table if not exists kept_checkpoint as select * from log_checkpoint`)
    const [row] = await database.sql<{ event: string }[]>`select event from access_log where segment = ${first} and seq = 7`
    await asOwner(change)
    assert.deepEqual(await states([first, seq]), ['differs'])
    await asOwner(undo.replace(`'search-type'`, `'${row?.event}'`))
    assert.deepEqual(await states([first, seq]), ['checked'])
  })
}

test('a row that was removed differs', async () => {
  await asOwner(`delete from access_log where segment = ${first} and seq = 7`)
  assert.deepEqual(await states([first, 7]), ['differs'])
})
