/**
 * An operator rewrites the whole log: with every right on the database and no signing key, and then with the key too. Both are found: the
 * first by the signatures, the second by checkpoints that somebody had kept.
 */
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { createIds } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { openAccessLog } from './access-log.ts'
import { createActors } from './actors.ts'
import { type LogKey, logKey, newLogKeyText } from './log-key.ts'
import { publishedCheckpoints } from './publish.ts'
import { type KeptHead, keptHeads } from './signed-note.ts'
import { verifyLog } from './verify.ts'

const key = logKey(newLogKeyText())
const clock = () => new Date('2026-01-15T10:00:00Z')
/** Verified an hour later. */
const now = new Date('2026-01-15T11:00:00Z')
let database: TestDatabase | undefined
let kept: KeptHead[]

const tables = ['access_log', 'log_segment', 'log_checkpoint', 'log_node', 'log_key', 'log_actor', 'log_attestation']

beforeEach(async () => {
  await database?.close()
  database = await testDatabase()
  await write(key, ['Nora Nurse', 'Olga Other'])
  const heads = keptHeads(await publishedCheckpoints(database.sql), [key])
  assert.ok(typeof heads !== 'string')
  kept = heads
})
after(async () => await database?.close())

const owner = () => (database ?? assert.fail()).owner
const verified = async (heads: readonly KeptHead[] = []) =>
  await verifyLog((database ?? assert.fail()).sql, { keys: [key], now, kept: heads })

/** Two servers, one after the other, in which each of the readers looks up three hundred times. */
async function write(signer: LogKey, readers: readonly string[], segmentIds = createIds(clock)): Promise<void> {
  const { sql } = database ?? assert.fail()
  const more = { hprNumber: undefined, role: undefined, organization: '900000001', organizationName: undefined }
  for (const name of readers) {
    const actor = await createActors(sql)({
      ...more,
      person: undefined,
      name,
      organizationChild: undefined,
      supplier: undefined,
      client: 'ehr',
    })
    const log = await openAccessLog(sql, { ids: segmentIds, clock, key: signer })
    await Promise.all(Array.from({ length: 300 }, () => log.append(exampleEntry({ actor }))))
    await log.close()
  }
}

/** Everything is deleted and written again, without Olga Other, in segments of the same numbers. */
async function rewrite(signer: LogKey): Promise<void> {
  const segments = await owner()<{ segment: string }[]>`select segment from log_segment order by ordinal`
  await withoutTriggers(tables.map((table) => `delete from ${table}`))
  const numbers = segments.map(({ segment }) => segment)
  await write(signer, ['Nora Nurse', 'Nora Nurse'], { ...createIds(clock), recordId: () => (numbers.shift() ?? '') as never })
}

async function withoutTriggers(statements: string[]): Promise<void> {
  const switched = (how: string) => tables.map((table) => `alter table ${table} ${how} trigger user`)
  for (const statement of [...switched('disable'), ...statements, ...switched('enable')]) await owner().unsafe(statement)
}

test('the log as it was written agrees with the checkpoints that were kept', async () => {
  const { broken, kept: agreed, rows } = await verified(kept)
  assert.deepEqual([broken, agreed, rows], [undefined, 3, 600])
})

test('all rewritten without the key, with checkpoints signed by another: found by the signature', async () => {
  await rewrite(logKey(newLogKeyText()))
  assert.match((await verified()).broken?.reason ?? '', /signed by the key [0-9a-f]{16}, which is not among those given/)
})

test('all rewritten without the key, with the other key under the name of ours: found by the signature', async () => {
  await rewrite(logKey(newLogKeyText()))
  await withoutTriggers([`update log_checkpoint set key_id = '${key.id}'`, `update log_key set id = '${key.id}'`])
  assert.match((await verified()).broken?.reason ?? '', /the signature of the checkpoint is wrong/)
})

test('all rewritten without the key, and without any checkpoint: found because nothing is signed', async () => {
  await rewrite(logKey(newLogKeyText()))
  await withoutTriggers(['delete from log_checkpoint'])
  assert.match((await verified()).broken?.reason ?? '', /^no checkpoint is signed for this row/)
})

test('all rewritten with the key is found by nothing in the database, and by each checkpoint that was kept', async () => {
  await rewrite(key)
  assert.equal((await verified()).broken, undefined)
  for (const head of kept) assert.match((await verified([head])).broken?.reason ?? '', /another one than the checkpoint that was kept/)
})

test('all rewritten with the key under other segments is found by each checkpoint that was kept', async () => {
  await withoutTriggers(tables.map((table) => `delete from ${table}`))
  await write(key, ['Nora Nurse'])
  assert.equal((await verified()).broken, undefined)
  for (const head of kept) assert.notEqual((await verified([head])).broken, undefined)
})

test('a newest segment taken away with its checkpoints and its place in the list is found by the checkpoints that were kept', async () => {
  const [newest] = await owner()<{ segment: string }[]>`select segment from log_segment order by ordinal desc limit 1`
  const gone = newest?.segment ?? ''
  await withoutTriggers([
    ...['access_log', 'log_checkpoint', 'log_segment', 'log_node'].map((table) => `delete from ${table} where segment = ${gone}`),
    'delete from log_checkpoint where segment = 0 and seq = 1',
  ])
  assert.equal((await verified()).broken, undefined)
  assert.equal((await verified(kept)).broken?.reason, 'the segment has a checkpoint that was kept, and is missing')
})

test('a tail taken away with its checkpoint is found by the checkpoints that were kept', async () => {
  await withoutTriggers(['delete from access_log where seq > 299', 'delete from log_checkpoint where seq > 299'])
  assert.match((await verified(kept)).broken?.reason ?? '', /^rows up to 300 were signed for and are missing|is signed for this row/)
})

test('emptying the actors is found', async () => {
  await withoutTriggers(['delete from log_actor'])
  assert.equal((await verified()).broken?.reason, 'the actor or the attestation that the row names is gone, or is another one')
})

test('an actor that is exchanged for another, with a digest that fits, is found', async () => {
  await withoutTriggers([
    `create temporary table o as select * from log_actor where name = 'Olga Other'`,
    `delete from log_actor where name = 'Olga Other'`,
    `update log_actor set name = o.name, digest = o.digest from o`,
  ])
  assert.match((await verified()).broken?.reason ?? '', /the actor or the attestation that the row names is gone, or is another one/)
})

// biome-ignore format: a table, one row to a line
const nodes: [what: string, statement: string, seq: string, reason: string][] = [
  ['was changed', `update log_node set hash = decode(repeat('ab', 32), 'hex')`,                                    '255', 'the stored node of level 8 that ends here was changed'],
  ['was removed', 'delete from log_node',                                                                          '255', 'the stored node of level 8 that ends here is missing'],
  ['was added',   'insert into log_node (segment, level, index, hash) select segment, 9, 0, hash from log_node',   '511', 'a node of level 9 is stored, and its rows are not there'],
]
for (const [what, statement, seq, reason] of nodes) {
  test(`a stored node of a tree that ${what} is found, where it ends`, async () => {
    assert.equal((await verified()).broken, undefined)
    await withoutTriggers([statement])
    const { broken } = await verified()
    assert.deepEqual([broken?.seq, broken?.reason], [seq, reason])
  })
}
