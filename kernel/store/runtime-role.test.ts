import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../testing/database.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await database.sql`
    insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content)
    values (1, 1, 1, 'news2', 'Observation', '964338531', now(), now(), '{}', 1, '{}')
  `
  await database.sql`insert into log_actor (digest, name, client) values (gen_random_uuid(), 'A nurse', 'a client')`
  await database.sql`insert into log_segment (segment, ordinal, opened, predecessor_hash, format) values (1, 0, now(), '\\x00', 3)`
  await database.sql`insert into log_node values (1, 8, 0, '\\x00')`
  await database.sql`insert into log_key values ('key', '\\x00', now())`
  await database.sql`insert into log_checkpoint values (1, 1, '\\x00', now(), 'key', '\\x00')`
  await database.sql`
    insert into access_log (patient, segment, seq, at, event, outcome, event_id, hash)
    values (1, 1, 1, now(), 'search', 'ok', gen_random_uuid(), '\\x00')
  `
})
after(() => database.close())

const append = ['access_log', 'log_actor', 'log_segment', 'log_checkpoint', 'log_node', 'log_key']
const change: Record<string, string> = {
  access_log: 'withheld = true',
  log_actor: "name = 'Nobody'",
  log_segment: 'opened = now()',
  log_checkpoint: 'at = now()',
  log_node: 'level = 9',
  log_key: 'first_used = now()',
}
const rewrites = append.flatMap((table) => [`update ${table} set ${change[table]}`, `delete from ${table}`, `truncate ${table}`])

const attacks = [
  ...rewrites,
  'update record set content = \'{"changed":true}\'',
  "update record set controller = '999999999', superseded = now()",
  'delete from record',
  'truncate record',
  "insert into schema_migration values (99, 'x', 'x', false)",
  'alter table access_log disable trigger all',
  'drop trigger access_log_append_only on access_log',
  'drop table access_log',
  'create table mine (id integer)',
  'set role helsevev_owner',
  'set session_replication_role = replica',
  "copy record to program 'cat'",
]

for (const attack of attacks) {
  test(`the server's role may not: ${attack}`, async () => {
    await assert.rejects(database.sql.unsafe(attack), { code: '42501' })
  })
}

for (const attack of rewrites) {
  test(`the owner is stopped by the trigger: ${attack}`, async () => {
    await assert.rejects(database.owner.unsafe(attack), { code: '42501', message: /^(access_log|log_\w+) is append-only$/ })
  })
}

test("the server's role cannot give itself a right on the log", async () => {
  await database.sql`grant update on access_log to helsevev_runtime`
  await assert.rejects(database.sql`update access_log set withheld = true`, { code: '42501' })
})

test("the server's role may add to the log, read it, and stamp a version as superseded", async () => {
  assert.equal((await database.sql`select from access_log`).length, 1)
  assert.equal((await database.sql`update record set superseded = now() where patient = 1`).count, 1)
})
