import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { logKey, newLogKeyText, readPublicKeys } from '@helsevev/kernel/audit/log-key'
import { readNotes } from '@helsevev/kernel/audit/signed-note'
import { leafHash, provesConsistency, rootOfInclusion } from '@helsevev/kernel/audit/tree'
import { createHttpServer } from '@helsevev/kernel/http/http-server'
import { silentLog } from '@helsevev/kernel/log/log'
import { createIds, logLineId, toLetters } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { exampleEntry } from '@helsevev/kernel/testing/example-entry'
import type { FastifyInstance } from 'fastify'
import { logApi } from './log-api.ts'

const clock = () => new Date('2026-01-15T10:00:00Z')
const key = logKey(newLogKeyText())
const ROWS = 700
let database: TestDatabase
let app: FastifyInstance
let segment: string
let tree: string
/** Lines of the technical log. */
const written: string[] = []
/** A new address for each test, so that no test waits for another. */
let address = 0

before(async () => {
  database = await testDatabase()
  const log = await openAccessLog(database.sql, { ids: createIds(clock), clock, key })
  await Promise.all(Array.from({ length: ROWS }, () => log.append(exampleEntry())))
  await log.close()
  const [row] = await database.sql<{ segment: string }[]>`select segment from log_segment`
  segment = row?.segment ?? ''
  tree = toLetters(segment)
  app = createHttpServer(silentLog)
  await app.register(async (scope) => logApi(scope, { sql: database.sql, clock, log: (code) => written.push(code) }))
})
after(async () => {
  await app.close()
  await database.close()
})

const get = async (url: string, remoteAddress = `10.0.0.${address}`) => await app.inject({ method: 'GET', url, remoteAddress })
async function text(url: string): Promise<string> {
  address = (address + 1) % 250
  const reply = await get(url)
  assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`)
  return reply.body
}
const hashesOf = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64').toString('hex'))

test('the checkpoint of a segment is a note that the published key has signed', async () => {
  const keys = readPublicKeys(await text(`/log/${tree}/keys`))
  const [note] = readNotes(await text(`/log/${tree}/checkpoint`)) ?? []
  assert.deepEqual([note?.origin, note?.size, note?.isSignedBy(keys)], [`helsevev.no/log/${tree}`, ROWS + 1, true])
  assert.equal(note?.isSignedBy([logKey(newLogKeyText())]), false)
  assert.match(await text(`/log/${tree}/keys`), new RegExp(`^helsevev\\.no/log/${tree}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}\n$`))
})

test('a row is proven to be in the tree of the checkpoint, by its place and by its hash', async () => {
  for (const index of [1, 255, 256, 511, ROWS]) {
    const [row] = await database.sql<{ hash: string }[]>`select encode(hash, 'hex') as hash from access_log where seq = ${index}`
    for (const asked of [`index=${index}`, `hash=${row?.hash}`]) {
      const proof = await text(`/log/${tree}/inclusion?${asked}`)
      const [, place, path = '', note = ''] =
        /^c2sp\.org\/tlog-proof@v1\nindex (\d+)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([\s\S]*)$/.exec(proof) ?? []
      const head = readNotes(note)?.[0] ?? assert.fail(note)
      assert.equal(place, String(index))
      assert.ok(head.isSignedBy([key]))
      assert.equal(rootOfInclusion(row?.hash ?? '', index, head.size, hashesOf(path)), head.root)
    }
  }
})

test('each size of the tree is proven to be the beginning of the tree of the checkpoint', async () => {
  const [head] = readNotes(await text(`/log/${tree}/checkpoint`)) ?? assert.fail()
  const opening = leafHash((await text('/log/segments')).trim())
  assert.ok(head)
  const proof = hashesOf(await text(`/log/${tree}/consistency?from=1&to=${head.size}`))
  assert.ok(provesConsistency({ size: 1, root: opening }, head, proof))
  assert.ok(!provesConsistency({ size: 1, root: leafHash('another') }, head, proof))
})

test('the list of segments is a tree with checkpoint and proofs of its own; all checkpoints come in one answer', async () => {
  const [list] = readNotes(await text('/log/segments/checkpoint')) ?? []
  assert.deepEqual([list?.origin, list?.size], [`helsevev.no/log/${tree}/segments`, 1])
  assert.equal(list?.root, leafHash((await text('/log/segments')).trim()))
  assert.match(await text('/log/segments/inclusion?index=0'), /^c2sp\.org\/tlog-proof@v1\nindex 0\n\nhelsevev/)
  const all = readNotes(await text('/log/checkpoints')) ?? []
  assert.deepEqual(all.map(({ origin }) => origin).sort(), [`helsevev.no/log/${tree}`, `helsevev.no/log/${tree}/segments`])
})

for (const [url, status, words] of [
  ['checkpoint?size=7', 404, 'no such'],
  ['checkpoint?size=x', 400, 'size takes'],
  ['inclusion?index=701', 404, 'no such'],
  ['inclusion?index=-1', 400, 'index takes'],
  ['inclusion', 400, 'index takes'],
  [`inclusion?hash=${'0'.repeat(64)}`, 404, 'no such'],
  ['inclusion?hash=0', 400, 'hash takes'],
  ['consistency?from=0&to=5', 404, 'no such'],
  ['consistency?from=5&to=4', 404, 'no such'],
  ['consistency?from=5&to=702', 404, 'no such'],
  ['consistency?from=5', 400, 'to takes'],
] as const)
  test(`${url} answers ${status}`, async () => {
    address = (address + 1) % 250
    const reply = await get(`/log/${tree}/${url}`)
    assert.deepEqual([reply.statusCode, reply.body.includes(words)], [status, true], reply.body)
  })

test('a tree that is not there is 404, whatever its name', async () => {
  for (const name of ['abcdef', 'xyz', '..%2f', 'pppppppppppppppp'])
    assert.equal((await get(`/log/${name}/checkpoint`, '10.0.1.1')).statusCode, 404)
})

test('one address that asks without end is told to wait, and another is not', async () => {
  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await get('/log/segments', '10.0.2.1')).statusCode))
  assert.deepEqual([statuses.filter((one) => one === 200).length, statuses.filter((one) => one === 429).length], [50, 10])
  assert.equal((await get('/log/segments', '10.0.2.2')).statusCode, 200)
})

test('nothing that is published is about a person: hashes, numbers and times of segments alone', async () => {
  const patient = exampleEntry().patient
  for (const url of ['/log/segments', '/log/checkpoints', `/log/${tree}/inclusion?index=1`])
    for (const part of [patient, toLetters(patient), 'measurements']) assert.ok(!(await text(url)).includes(part))
})

const check = async (lines: unknown, remoteAddress = '10.1.0.1') =>
  await app.inject({ method: 'POST', url: '/log/check', remoteAddress, payload: { lines } as object })

test('lines are checked by the ids of their AuditEvents, and what differs reaches the technical log', async () => {
  const line = (row: number) => logLineId({ segment, seq: String(row) })
  const id = (row: number) => ({ id: line(row), tree, index: row })
  const reply = await check([line(1), line(ROWS), line(ROWS + 1), 'b-b'])
  assert.equal(reply.statusCode, 200, reply.body)
  const at = clock().toISOString()
  assert.deepEqual(reply.json(), {
    lines: [
      { ...id(1), state: 'checked', at },
      { ...id(ROWS), state: 'checked', at },
      { ...id(ROWS + 1), state: 'waiting' },
      { id: 'b-b', state: 'no-tree' },
    ],
    nextWithinSeconds: 60,
  })
  assert.deepEqual(written, [])
  await database.owner.unsafe(`alter table access_log disable trigger user; update access_log set event = 'other' where seq = 2;
    alter table access_log enable trigger user`)
  assert.equal((await check([line(2)])).json<{ lines: { state: string }[] }>().lines[0]?.state, 'differs')
  assert.deepEqual(written, ['LOG_DIFFERS'])
})

test('a body that is not JSON is told so', async () => {
  for (const payload of ['{"lines":[', 'lines=1', '']) {
    const headers = { 'content-type': 'application/json' }
    const reply = await app.inject({ method: 'POST', url: '/log/check', remoteAddress: '10.1.0.4', headers, payload })
    assert.deepEqual([reply.statusCode, /The body is not JSON\. Send one object/.test(reply.body)], [400, true], reply.body)
  }
})

test('lines of another form, none and too many are refused, and so is who asks too often', async () => {
  for (const lines of [[], ['x-y'], [1], 'a-b', Array.from({ length: 301 }, () => 'b-b')]) {
    const reply = await check(lines, '10.1.0.2')
    assert.deepEqual([reply.statusCode, /invalid-parameter/.test(reply.body)], [400, true], reply.body)
  }
  const replies = await Promise.all(Array.from({ length: 60 }, async () => (await check(['b-b'], '10.1.0.3')).statusCode))
  assert.ok(replies.includes(429))
})
