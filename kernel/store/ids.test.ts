/** What who holds logical ids can learn from them, and that the ids of an older database stay. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Sql } from 'postgres'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { placeOf } from './covered.ts'
import { connectAsOwner } from './database.ts'
import {
  createIds,
  logicalId,
  logLineId,
  type PatientKey,
  parseLogicalId,
  parseLogLineId,
  parsePlace,
  patientOfRelation,
  placeText,
  type RecordId,
  referenceByPlace,
  relationLogicalId,
  useIdKey,
  useIdKeyOf,
} from './ids.ts'
import { migrate, migrationsFolder } from './migrate.ts'

const ids = createIds(() => new Date('2026-01-15T12:00:00Z'))
const fixed = { key: Buffer.from('what is not told'), since: 0n }
const BEFORE = 24

let database: TestDatabase
let older: Sql
let folder: string
before(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'helsevev-older-ids-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  for (const name of readdirSync(folder)) if (Number(name.slice(0, 4)) > BEFORE) rmSync(join(folder, name))
  const name = `older_ids_${process.pid}`
  await database.owner`create database ${database.owner(name)}`
  const url = new URL(database.ownerUrl)
  url.pathname = `/${name}`
  older = connectAsOwner(url.href)
})
after(async () => {
  const { database: name = '' } = older.options
  await older.end()
  await database.owner`drop database ${database.owner(name)}`
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** In how many of the 32 places the ids of each pair have the same letter, and how long a beginning they share at most. */
function likeness(pairs: readonly (readonly [string, string])[]): { same: number; beginning: number } {
  const shared = pairs.map(([one, other]) => [...one].map((letter, at) => letter === other[at]))
  const same = shared.flat().filter(Boolean).length / pairs.length
  return { same, beginning: Math.max(...shared.map((places) => places.indexOf(false))) }
}

test('1,000 pairs of ids of one person have no more in common than 1,000 pairs of ids of two', () => {
  useIdKey(fixed)
  // Keys and record ids of a day: what is alike in them is alike in all ids of the older form.
  const key = (number: number) => `${4_611_686_018_427_387_904n + BigInt(number) * 7_919n}` as PatientKey
  const pairsOf = (other: (number: number) => number) =>
    Array.from({ length: 1000 }, (_, number) => {
      const pair = [logicalId(key(number), ids.recordId()), logicalId(key(other(number)), ids.recordId())] as const
      return pair
    })
  for (const pairs of [pairsOf((number) => number), pairsOf((number) => number + 5000)]) {
    for (const id of pairs.flat()) assert.match(id, /^[a-p]{32}$/)
    // 32 places with one of 16 letters: two by chance, and the mean of 1,000 pairs within five standard deviations of it.
    const { same, beginning } = likeness(pairs)
    assert.ok(Math.abs(same - 2) < 0.22, `${same} letters are the same`)
    assert.ok(beginning <= 5, `${beginning} letters at the beginning are the same`)
  }
})

test('ids that follow each other, and lines of one segment of the log, have nothing in common either', () => {
  useIdKey(fixed)
  const lines = Array.from({ length: 1001 }, (_, seq) => logLineId({ segment: '915115998455214070', seq: String(seq) }))
  const { same, beginning } = likeness(lines.slice(1).map((line, at) => [lines[at] ?? '', line] as const))
  assert.ok(Math.abs(same - 2) < 0.22, `${same} letters are the same`)
  assert.ok(beginning <= 5)
})

test('an id names what it was given for, and nothing under another kind or another key', () => {
  useIdKey(fixed)
  const patient = '9223372036854775807' as PatientKey
  const id = '9223372036854775806' as RecordId
  const record = logicalId(patient, id)
  const line = logLineId({ segment: patient, seq: id })
  const relation = relationLogicalId(patient, id, new Date('2026-01-15T12:00:00Z'))
  assert.deepEqual(parseLogicalId(record), { patient, id })
  assert.deepEqual(parseLogLineId(line), { segment: patient, seq: id })
  assert.equal(patientOfRelation(relation), patient)
  for (const other of [line, relation]) assert.equal(parseLogicalId(other)?.patient, '0')
  assert.equal(parseLogLineId(record)?.segment, '0')
  assert.equal(patientOfRelation(record), '0')
  assert.equal(parseLogicalId(placeText(patient, id))?.patient, '0', 'the older form of what has the newer')
  for (const text of ['', 'x', `${record}a`, record.slice(1), 'a-', '-a', 'gpppppppppppppppp-g'])
    assert.equal(parseLogicalId(text), undefined)
  useIdKey({ ...fixed, key: Buffer.alloc(16) })
  assert.notDeepEqual(parseLogicalId(record), { patient, id })
})

test('a token names a record by its place, in the server and in SQL alike', async () => {
  await useIdKeyOf(database.sql)
  const [patient, id] = ['77' as PatientKey, ids.recordId()]
  assert.equal(referenceByPlace(`Observation/${logicalId(patient, id)}`), `Observation/${placeText(patient, id)}`)
  for (const text of ['Observation/one', 'urn:uuid:0b4c', `Observation/${'a'.repeat(31)}`]) assert.equal(referenceByPlace(text), text)
  assert.deepEqual(parsePlace(placeText(patient, id)), { patient, id })
  const [row] =
    await database.sql`select ${placeOf(database.sql, 'r')} as place from (select 77::bigint as patient, ${id}::bigint as id) as r`
  assert.equal(row?.place, placeText(patient, id))
})

test('the key is made once, and the server may read it and not change it', async () => {
  const keys = async () => await database.sql`select key, since from logical_id_key`
  const [{ key, since }, ...others] = (await keys()) as unknown as [{ key: Buffer; since: string }]
  assert.deepEqual([key.length, since, others.length], [16, '0', 0])
  for (const change of [
    "update logical_id_key set since = '1'",
    'delete from logical_id_key',
    "insert into logical_id_key values (1, '', 1)",
  ])
    await assert.rejects(database.sql.unsafe(change), { code: '42501' })
  for (const change of ["update logical_id_key set since = '1'", 'delete from logical_id_key', 'truncate logical_id_key'])
    await assert.rejects(database.owner.unsafe(change), { code: '42501' })
  assert.deepEqual((await keys())[0]?.key, key)
})

test('what an older database gave is found and written as it was given, and what it gives from now on is not of that form', async () => {
  await migrate(older, { folder })
  const patient = '4611686018427387905' as PatientKey
  const [first, last] = [ids.recordId(), ids.recordId()]
  for (const [table, id] of [
    ['record', first],
    ['patient_notice', last],
  ] as const)
    await (table === 'record'
      ? older`
        insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content)
        values (${patient}, ${id}, 1, 'news2', 'Observation', '900000002', now(), now(), '{}', 1, '{}')`
      : older`insert into patient_notice values (${patient}, ${id}, now(), gen_random_uuid(), 'write')`)
  const registered = new Date('2026-01-15T12:00:00.5Z')
  await older`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (1, 2, 'parental-responsibility', '{}', now(), 'register', ${registered}, 'Kari')`
  await migrate(older)
  await useIdKeyOf(older)
  for (const id of [first, last]) {
    assert.equal(logicalId(patient, id), placeText(patient, id))
    assert.deepEqual(parseLogicalId(placeText(patient, id)), { patient, id })
  }
  assert.match(relationLogicalId(patient, '5', registered), /^[a-p]{16}-[a-p]$/)
  const later = createIds(() => new Date('2026-01-15T12:00:01Z')).recordId()
  assert.match(logicalId(patient, later), /^[a-p]{32}$/)
  assert.equal(parseLogicalId(placeText(patient, later))?.patient, '0')
})
