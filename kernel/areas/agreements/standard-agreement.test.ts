import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../../audit/actors.ts'
import type { PatientKey } from '../../store/ids.ts'
import {
  type ActsOnDatabase,
  actor,
  actsOnDatabase,
  bergen,
  berit,
  bodo,
  done,
  homeCare,
  kari,
  ola,
  oslo,
  rulesOf,
} from '../../testing/acts-on-a-database.ts'
import { agreements, standing, versionsOf } from './agreement.ts'
import { amend } from './amend.ts'
import { end } from './end.ts'
import { enterGroup, leaveGroup, makeGroup } from './groups.ts'
import { isMember } from './parties.ts'
import { standardAgreements } from './standard-agreement.ts'
import { joinStandard } from './standard-join.ts'
import { leaveStandard } from './standard-leave.ts'
import { publishStandard, type StandardTerms } from './standard-publish.ts'

let world: ActsOnDatabase
before(async () => {
  world = await actsOnDatabase()
})
after(async () => await world.close())
beforeEach(() => world.pass(1000))

const publisher = actor('Petra Publisher', oslo)

let count = 0
function terms(changes: Partial<StandardTerms> = {}): StandardTerms {
  count += 1
  return {
    id: `common-${count}`,
    title: 'Common care',
    services: ['measurements', 'plans'],
    purposes: ['TREAT', 'BTG'],
    sensitiveCodes: [],
    legalBasis: 'pasientjournalloven § 19',
    group: `members-${count}`,
    groupName: 'Members',
    validUntil: null,
    ...changes,
  }
}

const publications: [what: string, rules: string[], changes: Partial<StandardTerms>, by?: Actor][] = [
  ['with a new group', [], {}],
  ['by an organisation that is not there', ['organisation-unknown'], {}, actor('Nils', '999999999')],
  ['with capitals in its id', ['group-id-invalid'], { id: 'Common' }],
  ['with an id of two letters', [], { id: 'cc' }],
  ['with an id of one letter', ['group-id-invalid'], { id: 'c' }],
  ['with a group that is not there', ['group-unknown'], { groupName: undefined }],
  ['with an id of a group that is none', ['group-id-invalid'], { group: '1st' }],
  ['without a title', ['title-missing'], { title: ' ' }],
  ['without services', ['services-missing'], { services: [] }],
  ['with one service that is not there', ['service-unknown'], { services: ['plans', 'poems'] }],
  ['without purposes', ['purposes-invalid'], { purposes: [] }],
  ['that is over already', ['period-over'], { validUntil: new Date('2026-01-01') }],
]
for (const [what, rules, changes, by = publisher] of publications) {
  test(`a standard agreement ${what} → ${rules.join(', ') || 'done'}`, async () => {
    const sent = terms(changes)
    const result = await publishStandard(world.acts, by, sent)
    // A period that is over also ends before it begins, because it would begin now.
    assert.deepEqual(
      rulesOf(result).map((rule) => rule.replace('period-invalid', 'period-over')),
      rules,
    )
    const [found] = (await standardAgreements(world.acts.sql, world.now())).filter(({ id }) => id === sent.id)
    assert.equal(found?.version, rules.length === 0 ? 1 : undefined)
  })
}

test('only who published a standard agreement publishes its next version', async () => {
  const first = done(await publishStandard(world.acts, publisher, terms()))
  assert.deepEqual(rulesOf(await publishStandard(world.acts, kari, { ...first, title: 'Mine' })), ['not-the-publisher'])
  assert.equal(done(await publishStandard(world.acts, publisher, { ...first, title: 'New' })).version, 2)
})

const joins: [what: string, rules: string[], by: Actor, counterSigner: Actor][] = [
  ['a municipality, with the publisher', [], kari, publisher],
  ['the publisher itself, with two of its people', [], ola, publisher],
  ['one person for both', ['same-person'], actor('petra  PUBLISHER', bergen), publisher],
  [
    'one person under two names for both',
    ['same-person'],
    actor('Petra P', bergen, '7' as PatientKey),
    actor('Petra Publisher', oslo, '7' as PatientKey),
  ],
  ['nobody named for the publisher', ['name-missing'], kari, actor('', oslo)],
  ['somebody of another organisation for the publisher', ['not-the-publisher'], kari, berit],
  ['two people of the one that joins', ['not-the-publisher'], kari, actor('Kjell', bergen)],
  ['a private provider', ['private-member'], actor('Pia', homeCare), publisher],
  ['an organisation that is not there', ['organisation-unknown'], actor('Nils', '999999999'), publisher],
]
for (const [what, rules, by, counterSigner] of joins) {
  test(`joined by ${what} → ${rules.join(', ') || 'done'}`, async () => {
    const { id, group } = done(await publishStandard(world.acts, publisher, terms()))
    assert.deepEqual(rulesOf(await joinStandard(world.acts, by, id, counterSigner)), rules)
    assert.equal(await isMember(world.acts.sql, group, by.organization ?? '', world.now()), rules.length === 0)
  })
}

test('R6: a second municipality joins in one act, and both share every service with each other', async () => {
  const { id, group } = done(await publishStandard(world.acts, publisher, terms()))
  done(await joinStandard(world.acts, kari, id, publisher))
  const joined = done(await joinStandard(world.acts, berit, id, publisher))
  assert.deepEqual(
    joined.agreements.map((one) => [one.controller, one.service, one.receiver, one.signedByController, one.signedByReceiver]),
    ['measurements', 'plans'].map((service) => [bodo, service, group, 'Berit Bodin', 'Petra Publisher']),
  )
  for (const [receiver, controller] of [
    [bergen, bodo],
    [bodo, bergen],
  ] as const) {
    const open = (await agreements(world.acts.sql, { receiver, controller, now: world.now() })).filter((one) => one.receiver === group)
    assert.deepEqual(
      open.map((one) => [one.service, standing(one, world.now())]),
      [
        ['measurements', 'in-force'],
        ['plans', 'in-force'],
      ],
    )
  }
  assert.deepEqual(rulesOf(await joinStandard(world.acts, berit, id, publisher)), ['already-joined'])
  const rows = (await world.logged()).filter(({ reason }) => reason?.includes(`joins ${id}`))
  assert.deepEqual(
    rows.map(({ event, name, reason }) => [event, name, reason]),
    [
      ['standard-agreement-joined', 'Kari Nordmann', `${bergen} joins ${id}/1; for the publisher ${oslo}: Petra Publisher`],
      ['standard-agreement-joined', 'Berit Bodin', `${bodo} joins ${id}/1; for the publisher ${oslo}: Petra Publisher`],
    ],
  )
})

test('a new version holds for who joins it, who stays has the old one; a service it no longer names is ended', async () => {
  const first = done(await publishStandard(world.acts, publisher, terms()))
  const before = done(await joinStandard(world.acts, kari, first.id, publisher))
  done(await joinStandard(world.acts, berit, first.id, publisher))
  world.pass(10)
  done(await publishStandard(world.acts, publisher, { ...first, services: ['measurements'], purposes: ['TREAT'] }))
  world.pass(10)
  const { agreements: after } = done(await joinStandard(world.acts, kari, first.id, publisher))
  const [measurements, plans] = before.agreements.map(({ id }) => id)
  assert.deepEqual(
    after.map(({ id, version, purposes }) => [id, version, purposes]),
    [[measurements, 2, ['TREAT']]],
  )
  const stands = async (id: string | undefined) =>
    (await versionsOf(world.acts.sql, id ?? '')).map((version) => standing(version, world.now()))
  assert.deepEqual(await stands(measurements), ['superseded', 'in-force'])
  assert.deepEqual(await stands(plans), ['ended'])
  const ofBodo = (await agreements(world.acts.sql, { controller: bodo, now: world.now() })).filter(
    (one) => one.standardAgreement === `${first.id}/1`,
  )
  assert.deepEqual(
    ofBodo.map((one) => standing(one, world.now())),
    ['in-force', 'in-force'],
  )
})

test('who leaves shares no more and receives no more; the others go on, and it may join again', async () => {
  const { id, group } = done(await publishStandard(world.acts, publisher, terms()))
  for (const by of [kari, berit]) done(await joinStandard(world.acts, by, id, publisher))
  world.pass(10)
  assert.deepEqual(rulesOf(await leaveStandard(world.acts, kari, { id, reason: '' })), ['reason-missing'])
  assert.equal(done(await leaveStandard(world.acts, kari, { id, reason: 'tries something else' })).ended.length, 2)
  const stands = async (controller: string) =>
    (await agreements(world.acts.sql, { controller, now: world.now() }))
      .filter((one) => one.receiver === group)
      .map((one) => standing(one, world.now()))
  assert.deepEqual(await stands(bergen), ['ended', 'ended'])
  assert.deepEqual(await stands(bodo), ['in-force', 'in-force'])
  assert.equal(await isMember(world.acts.sql, group, bergen, world.now()), false)
  assert.equal(await isMember(world.acts.sql, group, bodo, world.now()), true)
  assert.deepEqual(rulesOf(await leaveStandard(world.acts, kari, { id, reason: 'leaves once more' })), ['not-joined'])
  done(await joinStandard(world.acts, kari, id, publisher))
  assert.equal(await isMember(world.acts.sql, group, bergen, world.now()), true)
})

test('who leaves one of two standard agreements for the same group stays in the group', async () => {
  const one = done(await publishStandard(world.acts, publisher, terms()))
  const two = done(await publishStandard(world.acts, publisher, terms({ group: one.group, services: ['plans'] })))
  for (const { id } of [one, two]) done(await joinStandard(world.acts, kari, id, publisher))
  done(await leaveStandard(world.acts, kari, { id: one.id, reason: 'it is enough now' }))
  assert.equal(await isMember(world.acts.sql, one.group, bergen, world.now()), true)
  done(await leaveStandard(world.acts, kari, { id: two.id, reason: 'it is enough now' }))
  assert.equal(await isMember(world.acts.sql, one.group, bergen, world.now()), false)
})

test('two who join at the same time both come in, and one that joins twice comes in once', async () => {
  const { id, group } = done(await publishStandard(world.acts, publisher, terms()))
  const results = await Promise.all([kari, berit, kari].map((by) => joinStandard(world.acts, by, id, publisher)))
  assert.deepEqual(results.flatMap(rulesOf), ['already-joined'])
  const [row] = await world.acts.sql<{ count: number }[]>`select count(*)::int as count from sharing_agreement where receiver = ${group}`
  assert.equal(row?.count, 4)
})

test('when one of its agreements cannot be stored, nothing of a joining is', async () => {
  const { id, group } = done(await publishStandard(world.acts, publisher, terms()))
  const uuid = 'abcdefab-cdef-4abc-8def-abcdefabcdef'
  const ids = { ...world.acts.ids, uuid: () => uuid }
  await assert.rejects(joinStandard({ ...world.acts, ids }, kari, id, publisher), { code: '23505' })
  assert.equal(await isMember(world.acts.sql, group, bergen, world.now()), false)
  assert.deepEqual(
    (await agreements(world.acts.sql, { controller: bergen, now: world.now() })).filter((one) => one.receiver === group),
    [],
  )
})

test('an agreement made by joining is not amended alone; its controller and the publisher may end it, another member may not', async () => {
  const { id } = done(await publishStandard(world.acts, publisher, terms()))
  done(await joinStandard(world.acts, berit, id, publisher))
  const [first, second] = done(await joinStandard(world.acts, kari, id, publisher)).agreements.map((one) => one.id)
  assert.deepEqual(rulesOf(await amend(world.acts, kari, first ?? '', { purposes: ['TREAT'] })), ['under-standard'])
  assert.deepEqual(rulesOf(await end(world.acts, berit, { id: first ?? '', reason: 'it is not mine' })), ['not-a-party'])
  done(await end(world.acts, publisher, { id: first ?? '', reason: 'terms are broken' }))
  done(await end(world.acts, kari, { id: second ?? '', reason: 'one service less' }))
})

test('a standard agreement that does not exist is reported as unknown', async () => {
  assert.deepEqual(rulesOf(await joinStandard(world.acts, kari, 'nothing', publisher)), ['agreement-unknown'])
  assert.deepEqual(rulesOf(await leaveStandard(world.acts, kari, { id: 'nothing', reason: 'it is enough now' })), ['agreement-unknown'])
})

test('a standard agreement is joined until the moment it is over', async () => {
  const validUntil = new Date(world.now().getTime() + 1000)
  const { id } = done(await publishStandard(world.acts, publisher, terms({ validUntil })))
  world.pass(999)
  done(await joinStandard(world.acts, kari, id, publisher))
  world.pass(1)
  assert.deepEqual(rulesOf(await joinStandard(world.acts, berit, id, publisher)), ['period-over'])
})

test('organisations come and go in a group for themselves; a private provider does not', async () => {
  done(await makeGroup(world.acts, kari, { id: 'fjord', name: 'The fjord' }))
  assert.deepEqual(rulesOf(await makeGroup(world.acts, ola, { id: 'fjord', name: 'Another' })), ['group-exists'])
  assert.deepEqual(rulesOf(await makeGroup(world.acts, ola, { id: 'Fjord', name: 'Another' })), ['group-id-invalid'])
  assert.deepEqual(rulesOf(await makeGroup(world.acts, ola, { id: 'no-name', name: '' })), ['title-missing'])
  done(await enterGroup(world.acts, ola, 'fjord'))
  assert.deepEqual(rulesOf(await enterGroup(world.acts, ola, 'fjord')), ['already-member'])
  assert.deepEqual(rulesOf(await enterGroup(world.acts, actor('Pia', homeCare), 'fjord')), ['private-member'])
  assert.deepEqual(rulesOf(await enterGroup(world.acts, ola, 'nowhere')), ['group-unknown'])
  world.pass(1)
  assert.deepEqual(rulesOf(await leaveGroup(world.acts, ola, { group: 'fjord', reason: '' })), ['reason-missing'])
  done(await leaveGroup(world.acts, ola, { group: 'fjord', reason: 'the unit has moved' }))
  assert.deepEqual(rulesOf(await leaveGroup(world.acts, ola, { group: 'fjord', reason: 'the unit has moved' })), ['not-member'])
})
