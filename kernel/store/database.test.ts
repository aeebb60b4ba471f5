import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../testing/database.ts'
import { isUnavailable, openDatabase } from './database.ts'

test('with one URL the pool takes on the runtime role, and commands are the owner', async () => {
  const clone = await testDatabase()
  const database = await openDatabase({ databaseUrl: clone.ownerUrl })
  try {
    assert.deepEqual([...(await database.sql`select current_user::text as role`)], [{ role: 'helsevev_runtime' }])
    assert.deepEqual([...(await database.owner((sql) => sql`select current_user::text as role`))], [{ role: 'helsevev_owner' }])
    await assert.rejects(database.sql`delete from access_log`, { code: '42501' })
  } finally {
    await database.close()
    await clone.close()
  }
})

test('with two URLs each signs in as itself, and what is told of the database holds no password', async () => {
  const clone = await testDatabase()
  const database = await openDatabase({ databaseUrl: clone.url, migrationUrl: clone.ownerUrl })
  try {
    assert.deepEqual([...(await database.sql`select session_user::text as role`)], [{ role: 'helsevev_runtime' }])
    const { password, port, pathname } = new URL(clone.url)
    const { version, ...where } = database.where
    assert.deepEqual(where, {
      host: '127.0.0.1',
      port: Number(port),
      name: pathname.slice(1),
    })
    assert.match(version, /^\d+\.\d+/)
    assert.doesNotMatch(JSON.stringify(database.where), new RegExp(password))
  } finally {
    await database.close()
    await clone.close()
  }
})

test('with the URL of the runtime role alone it serves a migrated database, and has no owner', async () => {
  const clone = await testDatabase()
  const database = await openDatabase({ databaseUrl: clone.url })
  try {
    await assert.rejects(
      database.owner(async () => undefined),
      /needs the owner of the database: set DATABASE_MIGRATION_URL/,
    )
    await clone.owner`delete from schema_migration where number > 1`
    await assert.rejects(
      openDatabase({ databaseUrl: clone.url }),
      /lacks the migrations reference, .*Set DATABASE_MIGRATION_URL to its owner/,
    )
  } finally {
    await database.close()
    await clone.close()
  }
})

test('a runtime role that could change the access log is refused', async () => {
  const clone = await testDatabase()
  try {
    await clone.owner`grant delete on access_log to helsevev_runtime`
    await assert.rejects(openDatabase({ databaseUrl: clone.url }), /The role helsevev_runtime may change the access log/)
  } finally {
    await clone.close()
  }
})

test('a key keeps all its digits both ways, alone and in an array; times are dates and bytes are buffers', async () => {
  const clone = await testDatabase()
  try {
    const big = '9223372036854775807'
    const at = new Date('2026-01-31T22:59:59.123Z')
    const [row] = await clone.sql`
      select ${big}::int8 as key, ${[big, '-1']}::int8[] as keys, ${at}::timestamptz as at, ${['a"b', '{,}', '']}::text[] as words,
        ${Buffer.from([0, 255])}::bytea as bytes,
        '2026-01-31'::date::text as day
    `
    assert.deepEqual(
      { ...row },
      {
        key: big,
        keys: [big, '-1'],
        at,
        words: ['a"b', '{,}', ''],
        bytes: Buffer.from([0, 255]),
        day: '2026-01-31',
      },
    )
  } finally {
    await clone.close()
  }
})

const states: [string, boolean][] = [
  ['08006', true],
  ['53100', true],
  ['53300', true],
  ['57P01', true],
  ['57P02', true],
  ['57P03', true],
  ['25006', true],
  ['58030', true],
  ['57014', true],
  ['57P04', false],
  ['23505', false],
  ['40001', false],
  ['42501', false],
  ['22P02', false],
  ['CONNECTION_CLOSED', true],
  ['CONNECTION_ENDED', true],
  ['CONNECTION_DESTROYED', true],
  ['CONNECT_TIMEOUT', true],
  ['ECONNREFUSED', true],
  ['ECONNRESET', true],
  ['EPIPE', true],
  ['ENOENT', false],
  ['UNSAFE_TRANSACTION', false],
]
for (const [code, expected] of states) {
  test(`${code} ${expected ? 'means that the database cannot be used just now' : 'is a fault of what was asked'}`, () => {
    const error = Object.assign(new Error('x'), { code })
    assert.equal(isUnavailable(error), expected)
    assert.equal(isUnavailable(new Error('outer', { cause: error })), expected)
    assert.equal(isUnavailable(new AggregateError([error], 'all addresses')), expected)
  })
}

test('what is no error of a database is no unavailable database', () => {
  for (const value of [undefined, null, 'ECONNREFUSED', {}, new Error('x')]) assert.equal(isUnavailable(value), false)
})

test('a database that is not there is unavailable', async () => {
  await assert.rejects(openDatabase({ databaseUrl: 'postgres://helsevev_runtime:x@127.0.0.1:1/none' }), isUnavailable)
})
