import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { Sql } from 'postgres'
import { connectAsRuntime } from '../store/database.ts'
import { createIds } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { openAccessLog } from './access-log.ts'
import { createActors } from './actors.ts'
import { hashOpening1, hashRow1, type LogRow1 } from './chain-format-1.ts'
import { FIELDS_2 } from './chain-format-2.ts'
import { CHECKPOINT_ROWS, type Checkpoint } from './checkpoints.ts'
import { logKey, newLogKeyText } from './log-key.ts'
import { treeOfSegment } from './segment-tree.ts'
import { noteText, originOf } from './signed-note.ts'
import { verifyLog } from './verify.ts'
import { checkWitness } from './witness.ts'

const key = logKey(newLogKeyText())
const clock = () => new Date('2026-01-15T10:00:00Z')
const ids = createIds(clock)
const options = { keys: [key], now: clock() }
let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => {
  await endKilled()
  await database.close()
})
/** The pools of servers that are killed: such a server signs nothing any more, not even after a minute. */
const killed: Sql[] = []
const endKilled = async () => await Promise.all(killed.splice(0).map((sql) => sql.end()))
beforeEach(async () => {
  await endKilled()
  await asOwner(
    ...['access_log', 'log_checkpoint', 'log_segment', 'log_node', 'log_actor', 'log_attestation'].map((table) => `delete from ${table}`),
  )
})

/** Statements with the rights of the owner, who can switch triggers off. */
async function asOwner(...statements: string[]): Promise<void> {
  const tables = ['access_log', 'log_segment', 'log_checkpoint', 'log_actor', 'log_node', 'log_attestation']
  const switched = (how: string) => tables.map((table) => `alter table ${table} ${how} trigger user`)
  for (const statement of [...switched('disable'), ...statements, ...switched('enable')]) await database.owner.unsafe(statement)
}

async function segment(rows: number, end: 'closed' | 'killed' = 'closed', witnessed: Checkpoint[] = []): Promise<string> {
  const sql = end === 'killed' ? connectAsRuntime(database.url, 2) : database.sql
  if (end === 'killed') killed.push(sql)
  const log = await openAccessLog(sql, { ids, clock, key, witness: (checkpoint) => void witnessed.push(checkpoint) })
  await Promise.all(Array.from({ length: rows }, () => log.append(exampleEntry())))
  if (end === 'closed') await log.close()
  const [newest] = await database.sql<{ segment: string }[]>`select max(segment) as segment from log_segment`
  return newest?.segment ?? ''
}

const broken = async () => (await verifyLog(database.sql, options)).broken
const place = async () => {
  const found = await broken()
  return found && { segment: found.segment, seq: found.seq }
}

/** Waits until there are this many checkpoints, which are written apart from the rows. */
async function checkpoints(count: number): Promise<void> {
  for (;;) {
    const [row] = await database.sql<{ count: number }[]>`select count(*)::integer as count from log_checkpoint`
    if ((row?.count ?? 0) >= count) return
  }
}

test('a tail cut off behind the newest checkpoint of a killed server is not seen: a thousand rows or a minute, and no more', async () => {
  const cut = await segment(CHECKPOINT_ROWS + 1, 'killed')
  await checkpoints(1)
  await asOwner(`delete from access_log where segment = ${cut} and seq = ${CHECKPOINT_ROWS + 1}`)
  assert.equal(await broken(), undefined)
})

test('a tail cut off in front of it is found', async () => {
  const cut = await segment(CHECKPOINT_ROWS + 1, 'killed')
  await checkpoints(1)
  await asOwner(`delete from access_log where segment = ${cut} and seq >= ${CHECKPOINT_ROWS}`)
  assert.deepEqual(await broken(), {
    segment: cut,
    seq: String(CHECKPOINT_ROWS),
    at: undefined,
    reason: `rows up to ${CHECKPOINT_ROWS} were signed for and are missing`,
  })
})

test('a segment with more checkpoints than are held at a time is read to its end', async () => {
  const signed = await segment(2100)
  const tree = (await treeOfSegment(database.sql, signed)) ?? assert.fail()
  const heads = await Promise.all(
    Array.from({ length: 2100 }, async (_, place) => ({ seq: String(place + 1), root: await tree.root(place + 2) })),
  )
  const signatures = heads.map(({ seq, root }) =>
    key.sign(Buffer.from(noteText({ origin: originOf(signed, signed), size: Number(seq) + 1, root }))).toString('hex'),
  )
  await database.sql`
    insert into log_checkpoint (segment, seq, hash, at, key_id, signature)
    select ${signed}, seq, decode(hash, 'hex'), ${clock()}, ${key.id}, decode(signature, 'hex')
    from unnest(${heads.map(({ seq }) => seq)}::bigint[], ${heads.map(({ root }) => root)}::text[], ${signatures}::text[])
      as s (seq, hash, signature)
    on conflict do nothing`
  const { rows: read, checkpoints: checked, broken: wrong } = await verifyLog(database.sql, options)
  // One more checkpoint is that of the list of segments.
  assert.deepEqual({ read, checked, wrong }, { read: 2100, checked: 2101, wrong: undefined })
  await asOwner(`update access_log set withheld = true where seq = 1001`)
  assert.deepEqual(await place(), { segment: signed, seq: '1001' })
  await asOwner(`delete from access_log where seq = 1000 or seq > 1500`)
  assert.deepEqual(await place(), { segment: signed, seq: '1000' })
})

const columns: [string, string][] = [
  ['attestation', '7'],
  ['actor', '7'],
  ['names_digest', '7'],
  ['citizen', '7'],
  ['episode', '7'],
  ['automatic', 'true'],
  ['opened_by', "'emergency'"],
  ['opened', "'{restriction/1}'"],
  ['unseen', "'{blocked}'"],
  ['organization', "'900000009'"],
  ['controllers', "'900000009'"],
  ['disclosed', 'disclosed || disclosed'],
  ['toa', "'2026-01-15'"],
  ['toa', "'infinity'"],
  ['at', "at + interval '1 microsecond'"],
  ['at', "'-infinity'"],
  ['decision_ref', "'another'"],
  ['basis', "'consent'"],
  ['reason', "''"],
  ['hash', "sha512('x')"],
  ['hash', "''"],
  ['disclosed', 'null'],
  ['disclosed', "''"],
]
for (const [column, value] of columns) {
  test(`a row whose ${column} was set to ${value} is found`, async () => {
    const changed = await segment(3)
    await asOwner(`update access_log set ${column} = ${value} where seq = 2`)
    assert.deepEqual(await place(), { segment: changed, seq: '2' })
  })
}

for (const seq of ['0', '-1', '-9223372036854775808', '3', '9223372036854775807']) {
  test(`a row that was added under the number ${seq} is found`, async () => {
    await segment(2)
    await asOwner(
      `insert into access_log (patient, segment, seq, at, event, outcome, event_id, hash)
        select 1, segment, ${seq}, at, event, outcome, event_id, hash from access_log where seq = 1`,
    )
    assert.notEqual(await broken(), undefined)
  })
}

test('after something wrong was found, the connection is free for the next statement', async () => {
  const sql = database.owner
  await segment(1500)
  await asOwner('update access_log set withheld = true where seq = 1')
  assert.equal((await verifyLog(sql, options)).broken?.seq, '1')
  assert.equal((await verifyLog(sql, options)).broken?.seq, '1')
})

test('who an actor was cannot be changed', async () => {
  const actor = await createActors(database.sql)({
    person: undefined,
    name: 'Nora Nurse',
    hprNumber: '990000001',
    role: 'SP',
    organization: '900000001',
    organizationName: 'Bergen kommune',
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
  })
  assert.equal(await broken(), undefined)
  await asOwner(`update log_actor set name = 'Olga Other'`)
  assert.match((await broken())?.reason ?? '', new RegExp(`^actor ${actor}, which rows of the log name, was changed`))
})

test('an actor made to fit a new digest is found too, because rows name it by the old one', async () => {
  const actors = createActors(database.sql)
  const nora = { person: undefined, hprNumber: undefined, role: undefined, organization: undefined, organizationName: undefined }
  const more = { organizationChild: undefined, supplier: undefined, client: 'portal' }
  const real = await actors({ ...nora, ...more, name: 'Nora Nurse' })
  const other = await actors({ ...nora, ...more, name: 'Olga Other' })
  await asOwner(
    `create temporary table o as select * from log_actor where id = ${other}`,
    `delete from log_actor where id = ${other}`,
    `update log_actor set name = o.name, digest = o.digest from o where log_actor.id = ${real}`,
  )
  assert.match((await broken())?.reason ?? '', new RegExp(`^actor ${real},`))
})

/** A segment as it was written in an older format, in which each hash covers the one before it. */
async function oldSegment(rows: number, format: 1 | 2): Promise<string> {
  const id = ids.recordId()
  const none = Buffer.alloc(32)
  let hash = format === 1 ? hashOpening1(id, null, none) : sha256(`helsevev access log 2 ${id}  ${none.toString('hex')}`)
  await database.sql`
    insert into log_segment (segment, ordinal, opened, predecessor, predecessor_hash, format)
    select ${id}, count(*), ${clock()}, null, ${none}, ${format} from log_segment`
  for (let seq = 1; seq <= rows; seq++) {
    const row: LogRow1 = { ...exampleEntry(), segment: id, seq: String(seq) }
    await database.sql`
      insert into access_log (patient, segment, seq, at, event, outcome, service, type, purpose, withheld, disclosed, event_id, hash)
      values (${row.patient}, ${id}, ${row.seq}, ${row.at}, ${row.event}, ${row.outcome}, ${row.service}, ${row.type}, ${row.purpose},
        ${row.withheld}, decode('000000000000000b000000000000000c', 'hex'), ${row.eventId}, ${none})`
    hash = format === 1 ? hashRow1(hash, row) : sha256(hash, await copied2(id, row.seq))
    await asOwner(`update access_log set hash = decode('${hash.toString('hex')}', 'hex') where segment = ${id} and seq = ${seq}`)
  }
  return id
}

const sha256 = (...parts: (string | Buffer)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest()

/** The bytes that a hash of format 2 covered: the row as COPY wrote it when ids were an array, without the hash. */
async function copied2(segment: string, seq: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  const statement = `copy (select seq, patient, at, event, outcome, actor, service, type, purpose, problem, withheld, '{11,12}'::bigint[],
    disclosed_versions, event_id, attestation, toa, decision_ref, basis, reason from access_log where segment = ${segment} and seq = ${seq})
    to stdout (format binary)`
  for await (const chunk of await database.owner.unsafe(statement).readable()) chunks.push(chunk)
  const row = Buffer.concat(chunks).subarray(19, -2)
  row.writeInt16BE(FIELDS_2)
  return row
}

for (const format of [1, 2] as const) {
  test(`segments of format ${format} hold, and are linked to`, async () => {
    await oldSegment(3, format)
    await segment(2)
    const { rows, segments, broken: wrong } = await verifyLog(database.sql, options)
    assert.deepEqual({ rows, segments, wrong }, { rows: 5, segments: 2, wrong: undefined })
  })

  test(`the end of a segment of format ${format} that was cut off is found, because the next one was linked to it`, async () => {
    const old = await oldSegment(3, format)
    const next = await segment(2)
    await asOwner(`delete from access_log where segment = ${old} and seq = 3`)
    assert.deepEqual(await place(), { segment: next, seq: '0' })
  })

  for (const change of [
    "event = 'read'",
    "reason = 'added later'",
    "basis = 'self'",
    'attestation = 1',
    'actor = 1',
    'toa = at',
    "decision_ref = 'x'",
    "opened_by = 'emergency'",
    "unseen = '{blocked}'",
    'automatic = true',
    'citizen = 1',
  ])
    test(`a row of format ${format} with ${change} is found`, async () => {
      const old = await oldSegment(3, format)
      await segment(1)
      await asOwner(`update access_log set ${change} where segment = ${old} and seq = 2`)
      assert.deepEqual(await place(), { segment: old, seq: '2' })
    })
}

async function* lines(witnessed: readonly Checkpoint[]) {
  yield '{"level":30,"code":"REQUEST"}'
  yield 'not JSON, though it says "CHECKPOINT"'
  for (const { segment, seq, hash, key } of witnessed)
    yield JSON.stringify({ level: 30, code: 'CHECKPOINT', segment, seq: Number(seq), hash, key })
  yield '{"code":"CHECKPOINT","segm'
}

const testify = async (witnessed: readonly Checkpoint[]) => await checkWitness(database.sql, lines(witnessed))

test('an actor or an attestation that rows name and that was emptied is found at the first such row', async () => {
  const more = { hprNumber: undefined, role: undefined, organization: undefined, organizationName: undefined }
  const actor = await createActors(database.sql)({
    ...more,
    person: undefined,
    name: 'Nora Nurse',
    organizationChild: undefined,
    supplier: undefined,
    client: 'p',
  })
  const attestation = '17'
  await asOwner(`insert into log_attestation (id, digest, user_selected) overriding system value values (17, gen_random_uuid(), true)`)
  const log = await openAccessLog(database.sql, { ids, clock, key })
  await log.append(exampleEntry())
  await log.append(exampleEntry({ actor, attestation }))
  await log.close()
  await asOwner('delete from log_attestation')
  assert.equal((await broken())?.seq, '2')
  await asOwner('delete from log_actor')
  assert.equal((await broken())?.reason, 'the actor or the attestation that the row names is gone, or is another one')
})

test('checkpoints that were witnessed stand in an untouched log', async () => {
  const witnessed: Checkpoint[] = []
  await segment(3, 'closed', witnessed)
  await segment(0, 'closed', witnessed)
  // Two of the segments, and two of the list of segments.
  assert.deepEqual(await testify(witnessed), { checkpoints: 4, broken: undefined })
})

test('a newest segment that was removed with checkpoints and place in the list is found by its witness, and by nothing else', async () => {
  const witnessed: Checkpoint[] = []
  await segment(3, 'closed', witnessed)
  const gone = await segment(3, 'closed', witnessed)
  await asOwner(
    `delete from access_log where segment = ${gone}`,
    `delete from log_checkpoint where segment = ${gone}`,
    `delete from log_segment where segment = ${gone}`,
  )
  assert.equal((await broken())?.reason, 'the list of segments was signed for up to place 1, and ends before it')
  await asOwner('delete from log_checkpoint where segment = 0 and seq = 1')
  assert.equal(await broken(), undefined)
  const { broken: found } = await testify(witnessed)
  assert.deepEqual(found, { segment: '0', seq: '1', at: undefined, reason: 'a segment was witnessed and is missing' })
  const { broken: alone } = await testify(witnessed.filter(({ segment: of }) => of === gone))
  assert.deepEqual(alone, { segment: gone, seq: '3', at: undefined, reason: 'the segment was witnessed and is missing' })
})

test('a tail that was cut off with its checkpoint is found by its witness', async () => {
  const witnessed: Checkpoint[] = []
  const cut = await segment(3, 'closed', witnessed)
  await asOwner(`delete from access_log where seq = 3`, `delete from log_checkpoint`)
  assert.equal(await broken(), undefined)
  assert.equal((await testify(witnessed)).broken?.reason, 'the row was witnessed and is missing')
  assert.equal((await testify(witnessed)).broken?.segment, cut)
})

test('a log that was written again with other hashes contradicts its witness', async () => {
  const witnessed: Checkpoint[] = []
  await segment(3, 'closed', witnessed)
  await asOwner(`update access_log set hash = sha256('x') where seq = 3`)
  assert.equal((await testify(witnessed)).broken?.reason, 'the hash differs from the one that was witnessed')
})
