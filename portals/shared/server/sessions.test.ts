import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { open, seal } from './seal.ts'
import { draftKeyOf, type Login, loginSessions, personSessions, type Session } from './sessions.ts'
import { memoryRows } from './testing/session-rows.ts'

interface Content {
  organization?: string
  patient?: { identityNumber: string }
}

const ida = { name: 'Ida Testesen', identityNumber: '13878510067' }

const content: Session<Content> = {
  person: ida,
  csrf: 'csrf-value',
  dpopKey: {},
  refreshToken: 'a-refresh-token',
  patient: { identityNumber: '17866412308' },
}

function make(key = randomBytes(32)) {
  const clock = { time: Date.parse('2026-01-15T08:00:00Z') }
  const rows = memoryRows()
  const options = { portal: 'clinician', rows, key, now: () => new Date(clock.time) }
  return {
    rows,
    clock,
    people: personSessions<Content>(options),
    elsewhere: personSessions<Content>({ ...options, portal: 'citizen' }),
    logins: loginSessions(options),
    pass: (minutes: number) => void (clock.time += minutes * 60_000),
  }
}

test('the table holds neither the id nor any content in the clear', async () => {
  const { people, rows } = make()
  const id = await people.create(content)
  const stored = [...rows.rows.values()].map(({ digest, person, sealed }) => Buffer.concat([digest, person ?? Buffer.alloc(0), sealed]))
  assert.equal(Buffer.from(id, 'base64url').length, 32)
  for (const secret of [id, Buffer.from(id, 'base64url'), '17866412308', '13878510067', 'a-refresh-token', 'Ida', 'csrf-value'])
    for (const row of stored) assert.equal(row.includes(secret), false)
})

test('a session lives through 29 idle minutes and ends after 30', async () => {
  const { people, pass } = make()
  const id = await people.create(content)
  pass(29)
  assert.deepEqual(await people.load(id), content)
  pass(29)
  assert.deepEqual(await people.load(id), content)
  pass(30)
  assert.equal(await people.load(id), undefined)
  assert.equal(await people.change(id, (session) => session), undefined)
})

test('to look at a session is no use of it, and says how long it lasts', async () => {
  const { people, pass } = make()
  const id = await people.create(content)
  pass(20)
  assert.deepEqual(await people.look(id), { content, left: { idleSeconds: 600, endsInSeconds: 460 * 60 } })
  await people.load(id)
  assert.equal((await people.look(id))?.left.idleSeconds, 1800)
  pass(30)
  assert.equal(await people.look(id), undefined)
})

test('a draft is sealed with one key for a person and a portal', () => {
  const key = randomBytes(32)
  const other = { name: 'Oda Testesen', identityNumber: '17866412308' }
  const keys = [draftKeyOf(key, 'citizen', ida), draftKeyOf(key, 'citizen', other), draftKeyOf(key, 'clinician', ida)]
  assert.equal(new Set(keys).size, 3)
  assert.equal(draftKeyOf(key, 'citizen', { ...ida, name: 'Ida Nygift' }), keys[0])
})

test('a session in constant use ends after eight hours', async () => {
  const { people, pass } = make()
  const id = await people.create(content)
  for (let minutes = 0; minutes < 460; minutes += 20) {
    pass(20)
    assert.ok(await people.load(id))
  }
  pass(19)
  assert.ok(await people.load(id))
  pass(1)
  assert.equal(await people.load(id), undefined)
})

test('a sign-in under way ends after ten minutes and is no session', async () => {
  const login: Login = { state: 's', nonce: 'n', codeVerifier: 'v', dpopKey: {} }
  for (const kept of [login, { ...login, after: { organization: '964338531' } }]) {
    const { people, logins, pass } = make()
    const [id, late] = [await logins.create(kept), await logins.create(kept)]
    assert.equal(await people.load(id), undefined)
    pass(9)
    assert.deepEqual(await logins.take(id), kept)
    pass(1)
    assert.equal(await logins.take(late), undefined)
  }
})

test('a sign-in that anybody begins costs no row, and is sealed for this portal and key', async () => {
  const key = randomBytes(32)
  const { logins, rows } = make(key)
  const login: Login = { state: 'the-state', nonce: 'n', codeVerifier: 'the-verifier', dpopKey: {} }
  const cookie = await logins.create(login)
  assert.equal(rows.rows.size, 0)
  for (const secret of ['the-state', 'the-verifier', Buffer.from('the-state').toString('base64url')]) assert.ok(!cookie.includes(secret))
  assert.equal(await make().logins.take(cookie), undefined, 'another key')
  assert.equal(await loginSessions({ portal: 'citizen', rows: memoryRows(), key, now: () => new Date(0) }).take(cookie), undefined)
  assert.equal(await logins.take(`${cookie.slice(0, -4)}AAAA`), undefined, 'changed')
  assert.deepEqual(await logins.take(cookie), login)
})

test('a session that was destroyed, or never was, does not load', async () => {
  const { people } = make()
  const id = await people.create(content)
  await people.destroy(id)
  assert.equal(await people.load(id), undefined)
  assert.equal(await people.load('planted-by-someone'), undefined)
})

test('a session of one portal opens nothing in another', async () => {
  const { people, elsewhere } = make()
  const id = await people.create(content)
  assert.equal(await elsewhere.load(id), undefined)
  assert.deepEqual(await people.load(id), content)
})

test('all sessions of a person end at once, in every portal, and nobody else’s', async () => {
  const { people, elsewhere, logins } = make()
  const other = { ...content, person: { name: 'Ida Testesen', identityNumber: '17866412308' } }
  const ended = [await people.create(content), await people.create(content)]
  const endedElsewhere = await elsewhere.create(content)
  const kept = await people.create(other)
  const underWay = await logins.create({ state: 's', nonce: 'n', codeVerifier: 'v', dpopKey: {} })
  await people.destroyAllOf(ida)
  for (const id of ended) assert.equal(await people.load(id), undefined)
  assert.equal(await elsewhere.load(endedElsewhere), undefined)
  assert.deepEqual(await people.load(kept), other)
  assert.ok(await logins.take(underWay))
})

test('whose a session is cannot be found by trying every identity number without the key', async () => {
  const [one, another] = [make(), make()]
  await one.people.create(content)
  await one.elsewhere.create(content)
  await another.people.create(content)
  const keyOf = ({ rows }: typeof one) => [...rows.rows.values()].map(({ person }) => person?.toString('hex'))
  assert.equal(new Set(keyOf(one)).size, 1)
  assert.notEqual(keyOf(one)[0], keyOf(another)[0])
})

test('two changes at once are both kept', async () => {
  const { people } = make()
  const id = await people.create(content)
  await Promise.all([
    people.change(id, async (session) => ({ ...session, organization: '999999999' })),
    people.change(id, ({ patient: _, ...session }) => session),
  ])
  const after = await people.load(id)
  assert.equal(after?.organization, '999999999')
  assert.equal(after?.patient, undefined)
})

test('expired rows are removed when someone signs in', async () => {
  const { people, rows, pass } = make()
  await people.create(content)
  pass(31)
  await people.create(content)
  assert.equal(rows.rows.size, 1)
})

test('what was sealed opens with the same key and row only, and not when changed', () => {
  const key = randomBytes(32)
  const row = randomBytes(32)
  const sealed = seal(key, row, { secret: 'x' })
  assert.deepEqual(open(key, row, sealed), { secret: 'x' })
  assert.equal(open(randomBytes(32), row, sealed), undefined)
  assert.equal(open(key, randomBytes(32), sealed), undefined)
  const changed = Buffer.from(sealed)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  assert.equal(open(key, row, changed), undefined)
  assert.equal(open(key, row, Buffer.alloc(28)), undefined)
  assert.notDeepEqual(seal(key, row, 'same'), seal(key, row, 'same'))
})
