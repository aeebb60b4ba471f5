import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { sessionRows } from './session-rows.ts'

const at = (minutes: number) => new Date(Date.parse('2026-01-15T08:00:00Z') + minutes * 60_000)
const alive = (minutes: number) => ({ now: at(minutes), idleSince: at(minutes - 30) })
const row = () => ({ digest: randomBytes(32), sealed: Buffer.from('sealed'), now: at(0), expires: at(480) })

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('a row is used until it has been idle for its time, and each use counts', async () => {
  const rows = sessionRows(database.sql)
  const { digest, ...rest } = row()
  await rows.insert({ digest, ...rest })
  assert.deepEqual(await rows.use(digest, alive(29)), Buffer.from('sealed'))
  assert.deepEqual(await rows.use(digest, alive(58)), Buffer.from('sealed'))
  const looked = await rows.look(digest, alive(80))
  assert.deepEqual(looked && [looked.sealed.toString(), looked.lastUsed, looked.expires], ['sealed', at(58), at(480)])
  assert.equal(await rows.look(digest, alive(88)), undefined, 'to look is no use')
  assert.equal(await rows.use(digest, alive(88)), undefined)
  assert.equal(await rows.use(randomBytes(32), alive(1)), undefined)
})

test('use is written down every ten seconds at most, so that what a page asks for side by side does not wait in line', async () => {
  const rows = sessionRows(database.sql)
  const { digest, ...rest } = row()
  await rows.insert({ digest, ...rest })
  const seconds = (count: number) => ({ now: new Date(at(0).getTime() + count * 1000), idleSince: at(-30) })
  const written = async () => {
    const [found] = await database.sql<{ last_used: Date }[]>`select last_used from portal_session where id_digest = ${digest}`
    return found && (found.last_used.getTime() - at(0).getTime()) / 1000
  }
  for (const [used, stands] of [
    [9, 0],
    [10, 10],
    [19, 10],
    [20, 20],
  ] as const) {
    assert.ok(await rows.use(digest, seconds(used)))
    assert.equal(await written(), stands, String(used))
  }
})

test('a row past its end is not used, whatever the use of it', async () => {
  const rows = sessionRows(database.sql)
  const { digest, ...rest } = row()
  await rows.insert({ digest, ...rest, now: at(470) })
  assert.ok(await rows.use(digest, alive(479)))
  assert.equal(await rows.use(digest, alive(480)), undefined)
})

test('changes of one row wait for each other and none is lost', async () => {
  const rows = sessionRows(database.sql)
  const { digest, ...rest } = row()
  await rows.insert({ digest, ...rest, sealed: Buffer.from('') })
  await Promise.all(
    ['a', 'b', 'c'].map((letter) => rows.change(digest, alive(1), async (sealed) => Buffer.concat([sealed, Buffer.from(letter)]))),
  )
  const letters = (await rows.use(digest, alive(2)))?.toString('utf8') ?? ''
  assert.equal([...letters].sort().join(''), 'abc')
  assert.equal(await rows.change(randomBytes(32), alive(1), async (sealed) => sealed), false)
})

test('a removed row is gone, and expired rows are swept', async () => {
  await database.sql`delete from portal_session`
  const rows = sessionRows(database.sql)
  const kept = row()
  const removed = row()
  await rows.insert({ ...kept, now: at(60) })
  await rows.insert(removed)
  await rows.remove(removed.digest)
  assert.equal(await rows.use(removed.digest, alive(1)), undefined)
  await rows.removeExpired(alive(61))
  const left = await database.sql`select id_digest from portal_session`
  assert.deepEqual(
    left.map((found) => found['id_digest']),
    [kept.digest],
  )
})

test('the rows of one person are removed together; those of others, and of nobody yet, are left', async () => {
  await database.sql`delete from portal_session`
  const rows = sessionRows(database.sql)
  const [ida, ola] = [randomBytes(32), randomBytes(32)]
  const kept = [{ ...row(), person: ola }, row()]
  for (const each of [{ ...row(), person: ida }, { ...row(), person: ida }, ...kept]) await rows.insert(each)
  await rows.removeAllOf(ida)
  const left = await database.sql<{ id_digest: Buffer }[]>`select id_digest from portal_session`
  assert.deepEqual(left.map(({ id_digest }) => id_digest.toString('hex')).sort(), kept.map(({ digest }) => digest.toString('hex')).sort())
})

test('of those who take a row at once, one gets it, and nobody after', async () => {
  const rows = sessionRows(database.sql)
  const taken = row()
  await rows.insert(taken)
  const got = await Promise.all(Array.from({ length: 8 }, () => rows.take(taken.digest, alive(1))))
  assert.equal(got.filter((sealed) => sealed !== undefined).length, 1)
  const old = row()
  await rows.insert(old)
  assert.equal(await rows.take(old.digest, alive(30)), undefined)
})
