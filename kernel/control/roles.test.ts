/** Who is admitted, in which role, and how roles begin and end. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import * as z from 'zod/mini'
import { sentenceOf } from '../testing/answers.ts'
import { bergen, controller, elevenDigits, oslo, REASON, ruleOf, type Scene, scene, vendor } from '../testing/control-scene.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import { contract, type GrantRole } from './contract.ts'
import { organizationsWithRole } from './roles.ts'

let world: Scene
before(async () => {
  world = await scene()
})
after(async () => await world.close())
beforeEach(async () => {
  world.pass(1000)
  await world.newRows()
})

test('a person without a role is shown who to ask, by name', async () => {
  const reply = await world.get(world.stranger, '/control/me')
  assert.match(sentenceOf(reply), /Ask Olga Owner or Sverre Second/)
  const nobody = await world.person('900000003', ['Berit', 'Bodo'])
  assert.match(sentenceOf(await world.get(nobody, '/control/me')), /the operator of Helsevev/)
  const little = await world.post(world.reader, '/control/closures', {})
  assert.match(sentenceOf(little), /needs the role owner, and you are reader/)
})

test('a scope to read does not write', async () => {
  const caller = controller(bergen, world.owner.number, 'Olga Owner', { scopes: ['helsevev:control/read'] })
  assert.equal((await world.get(caller, '/control/me')).status, 200)
  assert.equal(ruleOf(await world.post(caller, '/control/roles', {})), 'insufficient-scope')
})

test('an owner grants a role by a number that is never returned, and ends it; the role holds from the next call on', async () => {
  const { number, caller } = await world.person(bergen, ['Nils', 'New'])
  const reader: GrantRole = { identityNumber: number, role: 'reader', reason: REASON }
  const granted = await world.ask(world.owner, contract.grantRole, { body: reader })
  const { id } = z.parse(contract.grantRole.answer, granted.body)
  const [row] = await world.newRows()
  assert.deepEqual(
    [row?.event, row?.outcome, row?.name, row?.reason, row?.eventId],
    ['role-granted', 'ok', 'Olga Owner', `reader to Nils New: ${REASON}`, granted.headers['x-event-id']],
  )
  const me = await world.answer(caller, contract.me)
  assert.deepEqual([me.name, me.role, me.permissions], ['Nils New', 'reader', ['read']])
  const list = await world.answer(world.reader, contract.roles, { query: { count: '200' } })
  const held = list.items.find((one) => one.id === id)
  assert.deepEqual([held?.name, held?.role, held?.grantedBy, held?.reason, held?.holds], ['Nils New', 'reader', 'Olga Owner', REASON, true])
  assert.doesNotMatch(JSON.stringify(list), new RegExp(number))
  const again = await world.ask(world.owner, contract.grantRole, { body: reader })
  assert.deepEqual([again.status, ruleOf(again)], [409, 'role-held-already'])
  const ending = { id, body: { reason: REASON } }
  await world.answer(world.second, contract.endRole, ending)
  assert.equal(ruleOf(await world.ask(caller, contract.me)), 'controller-role-missing')
  assert.equal(ruleOf(await world.ask(world.second, contract.endRole, ending)), 'role-ended-already')
})

test('a role with an end ends by itself', async () => {
  const { number, caller } = await world.person(bergen, ['Tina', 'Temp'])
  world.holdClock()
  const until = new Date(world.api.kernel.clock().getTime() + 5000).toISOString()
  await world.answer(world.owner, contract.grantRole, {
    body: { identityNumber: number, role: 'privacy-officer', until, reason: REASON },
  })
  world.pass(4999)
  assert.equal((await world.answer(caller, contract.me)).role, 'privacy-officer')
  world.pass(1)
  assert.equal(ruleOf(await world.ask(caller, contract.me)), 'controller-role-missing')
})

const granting: [what: string, body: Record<string, unknown>, status: number, rule: string][] = [
  ['a number that is none', { identityNumber: '12345678901' }, 422, 'identity-number-invalid'],
  ['nobody of the register', { identityNumber: makeIdentityNumber({ birthDate: '1999-09-09', series: 400 }) }, 422, 'person-unknown'],
  ['a role that there is not', { role: 'king' }, 400, 'body-invalid'],
  ['a member that the route does not know', { organization: oslo }, 400, 'body-invalid'],
  ['no reason', { reason: '' }, 400, 'reason-required'],
  ['ten letters between blanks', { reason: 'a b c d e f g h i j' }, 200, ''],
  ['nine letters between blanks', { reason: 'a b c d e f g h i    ' }, 400, 'reason-required'],
  ['501 characters', { reason: 'abcde '.repeat(84).replace(/ $/, '') }, 400, 'reason-required'],
  ['an end that has passed', { until: '2026-01-01T00:00:00Z' }, 409, 'until-passed'],
  ['an end that is no time', { until: 'soon' }, 400, 'body-invalid'],
]
for (const [what, change, status, rule] of granting) {
  test(`granting with ${what}: ${status} ${rule}`, async () => {
    const somebody = await world.person(bergen, ['Gro', 'Granted'])
    const body = { identityNumber: somebody.number, role: 'reader', reason: REASON, ...change }
    const reply = await world.post(world.owner, '/control/roles', body)
    assert.deepEqual([reply.status, ruleOf(reply) ?? ''], [status, rule], JSON.stringify(reply.body))
    assert.equal((await world.newRows()).length, 1)
    assert.doesNotMatch(JSON.stringify(reply.body), elevenDigits)
  })
}

test('a reason with an identity number is refused', async () => {
  const { number } = world.stranger
  const reply = await world.post(world.owner, '/control/roles', {
    identityNumber: number,
    role: 'reader',
    reason: `Gjelder ${number} som er ansatt`,
  })
  assert.equal(ruleOf(reply), 'reason-required')
  assert.doesNotMatch(JSON.stringify(reply.body), elevenDigits)
})

test('the last owner stays, and the role of another organisation is as unknown as none', async () => {
  const { items } = await world.answer(world.osloOwner, contract.roles)
  assert.deepEqual(
    items.map(({ name }) => name),
    ['Ola Oslo'],
  )
  const ending = { id: items[0]?.id ?? '', body: { reason: REASON } }
  assert.equal(ruleOf(await world.ask(world.osloOwner, contract.endRole, ending)), 'last-owner')
  const foreign = await world.ask(world.owner, contract.endRole, ending)
  assert.deepEqual([foreign.status, ruleOf(foreign)], [404, 'not-found'])
})

test('two owners who end each other at once leave one', async () => {
  const one = await world.person(vendor, ['Eva', 'One'], 'owner')
  await world.api.sql`update organization set type = 'municipality' where number = ${vendor}`
  const two = await world.person(vendor, ['Tor', 'Two'], 'owner')
  const { items } = await world.answer(one, contract.roles)
  const idOf = (name: string) => items.find((item) => item.name === name)?.id ?? ''
  // The test API has one caller at a time, so the function is called directly: the two meet in the database nevertheless.
  const { endRole } = await import('./roles.ts')
  const { sql, kernel } = world.api
  const parts = { ids: kernel.ids, clock: kernel.clock, changes: async () => undefined }
  const actor = { person: one.key, name: 'Eva One' } as never
  const outcomes = await Promise.all(
    ['Eva One', 'Tor Two'].map(async (name) => await endRole(sql, parts, actor, { organization: vendor, id: idOf(name), reason: REASON })),
  )
  assert.equal(outcomes.filter((outcome) => 'problem' in outcome).length, 1)
  assert.equal((await sql`select from controller_role where organization = ${vendor} and valid_until is null`).length, 1)
  assert.ok(two)
})

test('an address with an identity number, an unknown parameter and an unknown route are refused', async () => {
  assert.equal(ruleOf(await world.get(world.owner, `/control/roles?name=${world.stranger.number}`)), 'identity-number-in-url')
  assert.equal(ruleOf(await world.get(world.owner, '/control/roles?name=kari')), 'invalid-parameter')
  assert.equal(ruleOf(await world.get(world.owner, '/control/roles?count=201')), 'invalid-parameter')
  assert.equal(ruleOf(await world.get(world.owner, '/control/everything')), 'unknown-interaction')
  assert.equal((await world.get(world.owner, '/control/agreements/%00')).status, 404)
})

test('somebody acts for the organisations where a role holds now, under any number, each once', async () => {
  const both = await world.person(bergen, ['Berit', 'Both'], 'reader')
  const { sql } = world.api
  const now = new Date('2026-03-01T12:00:00Z')
  const give = async (organization: string, role: string, until: string | null) => {
    await sql`
      insert into controller_role (id, organization, person, role, valid_from, valid_until, granted_by, reason)
      values (gen_random_uuid(), ${organization}, ${both.key}, ${role}, '2025-01-01', ${until}, 'Test', 'for the test')`
  }
  const where = async (person = both.key, at = now) => (await organizationsWithRole(sql, person, at)).map(({ number }) => number)
  assert.deepEqual(await where(), [bergen])
  await give(bergen, 'owner', null)
  await give(oslo, 'reader', '2026-03-01T12:00:00Z')
  assert.deepEqual(await where(), [bergen])
  assert.deepEqual((await where(both.key, new Date(now.getTime() - 1))).toSorted(), [bergen, oslo].toSorted())
  assert.deepEqual(await where(both.key, new Date('2024-12-31')), [])
  assert.deepEqual(await where(world.stranger.key), [])
})
