/** A database whose log was written before migration 0019 in formats 1 and 2: it migrates, verifies, is read, and goes on in format 3. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Sql } from 'postgres'
import { controllerLookUpsPage, lookUps } from '../areas/access-log/look-ups.ts'
import { connectAsOwner } from '../store/database.ts'
import { createIds, type PatientKey } from '../store/ids.ts'
import { migrate, migrationsFolder } from '../store/migrate.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { exampleEntry } from '../testing/example-entry.ts'
import { openAccessLog } from './access-log.ts'
import { hashOpening1, hashRow1 } from './chain-format-1.ts'
import { logKey, newLogKeyText } from './log-key.ts'
import { verifyLog } from './verify.ts'

const key = logKey(newLogKeyText())
const clock = () => new Date('2026-01-15T12:00:00Z')
const ids = createIds(clock)
const options = { keys: [key], now: clock() }
const [FIRST, SECOND] = ['1000', '2000'] as const
const KARI = '4611686018427387905' as PatientKey
const OLD = 18

let template: TestDatabase
let sql: Sql
let folder: string
before(async () => {
  template = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'helsevev-older-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  for (const name of readdirSync(folder)) if (Number(name.slice(0, 4)) > OLD) rmSync(join(folder, name))
  const name = `older_${process.pid}`
  await template.owner`create database ${template.owner(name)}`
  const url = new URL(template.ownerUrl)
  url.pathname = `/${name}`
  sql = connectAsOwner(url.href)
})
after(async () => {
  const { database = '' } = sql.options
  await sql.end()
  await template.owner`drop database ${template.owner(database)}`
  await template.close()
  rmSync(folder, { recursive: true, force: true })
})

const sha256 = (...parts: (string | Buffer)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest()

/** The row as format 2 hashed it: what COPY writes of the table as it was, with the number of fields that the hash made. */
async function copied(segment: string, seq: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  const columns = `seq, patient, at, event, outcome, actor, service, type, purpose, problem, withheld, disclosed, disclosed_versions,
    event_id, attestation, toa, decision_ref, basis, reason`
  const statement = `copy (select ${columns} from access_log where segment = ${segment} and seq = ${seq}) to stdout (format binary)`
  for await (const chunk of await sql.unsafe(statement).readable()) chunks.push(chunk)
  const row = Buffer.concat(chunks).subarray(19, -2)
  row.writeInt16BE(20)
  return row
}

async function sign(segment: string, seq: number, hash: Buffer): Promise<void> {
  const signature = key.sign(Buffer.from(`helsevev access log ${segment} ${seq} ${hash.toString('hex')}`))
  await sql`
    insert into log_checkpoint (segment, seq, hash, at, key_id, signature)
    values (${segment}, ${seq}, ${hash}, ${clock()}, ${key.id}, ${signature})`
}

test('it migrates, verifies, is read under the new columns, and goes on in format 3, linked to what was there', async () => {
  await migrate(sql, { folder })
  await sql`insert into organization (number, name, type) values ('900000001', 'Bergen kommune', 'other'), ('900000002', 'HUS', 'other')`
  await sql`
    insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content)
    values (${KARI}, 11, 1, 'news2', 'Observation', '900000002', ${clock()}, ${clock()}, '{}', 1, '{}'),
      (77, 12, 1, 'news2', 'Observation', '900000001', ${clock()}, ${clock()}, '{}', 1, '{}')`
  await sql`insert into person_link (patient, same_as) values (${KARI}, 77), (77, ${KARI})`
  await sql`
    insert into log_actor (id, digest, name, organization, client) overriding system value
    values (5,
      ${sha256(JSON.stringify([null, 'Nora', null, null, '900000001', null, null, null, 'ehr']))
        .subarray(0, 16)
        .toString('hex')}::uuid,
      'Nora', '900000001', 'ehr')`
  const none = Buffer.alloc(32)
  await sql`insert into log_segment values (${FIRST}, ${clock()}, null, ${none}, 1)`
  const entry = { ...exampleEntry({ patient: KARI, actor: '5' }), segment: FIRST, seq: '1' }
  const one = hashRow1(hashOpening1(FIRST, null, none), entry)
  await insertOld(FIRST, 1, entry.eventId, one)
  await sign(FIRST, 1, one)
  await sql`insert into log_segment values (${SECOND}, ${clock()}, ${FIRST}, ${one}, 2)`
  let hash = sha256(`helsevev access log 2 ${SECOND} ${FIRST} ${one.toString('hex')}`)
  for (const seq of [1, 2, 3]) {
    await insertOld(SECOND, seq, crypto.randomUUID(), none)
    hash = sha256(hash, await copied(SECOND, seq))
    await sql`alter table access_log disable trigger user`
    await sql`update access_log set hash = ${hash} where segment = ${SECOND} and seq = ${seq}`
    await sql`alter table access_log enable trigger user`
  }
  await sign(SECOND, 3, hash)

  await migrate(sql)
  const migrated = await verifyLog(sql, options)
  assert.deepEqual([migrated.rows, migrated.segments, migrated.checkpoints, migrated.broken], [4, 2, 2, undefined])
  assert.equal((await lookUps(sql, KARI)).length, 4)
  // The second controller’s record, and that of the linked key, were shown: both are in the row, and each controller sees its own.
  const day = { from: new Date('2026-01-15'), until: new Date('2026-01-16'), limit: 10, skip: 0 }
  for (const [controller, resources] of [
    ['900000001', 2],
    ['900000002', 1],
  ] as const)
    assert.deepEqual(
      (await controllerLookUpsPage(sql, controller, day)).map((row) => row.resources),
      Array.from({ length: 4 }, () => resources),
    )

  const log = await openAccessLog(sql, { ids, clock, key })
  await log.append(exampleEntry({ patient: KARI, actor: '5' }))
  await log.close()
  const grown = await verifyLog(sql, options)
  assert.deepEqual([grown.rows, grown.segments, grown.broken], [5, 3, undefined])
  await sql`alter table access_log disable trigger user`
  await sql`update access_log set withheld = true where segment = ${SECOND} and seq = 2`
  assert.deepEqual((await verifyLog(sql, options)).broken?.seq, '2')
})

async function insertOld(segment: string, seq: number, eventId: string, hash: Buffer): Promise<void> {
  await sql`
    insert into access_log (patient, segment, seq, at, event, outcome, actor, service, type, purpose, withheld, disclosed, event_id, hash)
    values (${KARI}, ${segment}, ${seq}, '2026-01-15T10:00:00.123Z', 'search-type', 'ok', 5, 'measurements', 'Observation', 'TREAT', false,
      '{11,12}', ${eventId}, ${hash})`
}
