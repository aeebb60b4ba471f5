import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { isProblem } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import {
  type ActsOnDatabase,
  actor,
  actsOnDatabase,
  bergen,
  berit,
  bodo,
  day,
  done,
  homeCare,
  hospital,
  kari,
  night,
  ola,
  oslo,
  osloUnit,
  proposal,
  rulesOf,
} from '../../testing/acts-on-a-database.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { standing, versionsOf } from './agreement.ts'
import { type Amendment, amend } from './amend.ts'
import { end } from './end.ts'
import { addMember, makeGroup } from './groups.ts'
import { type Proposal, propose } from './propose.ts'
import { sign } from './sign.ts'

let world: ActsOnDatabase
before(async () => {
  world = await actsOnDatabase()
  done(await makeGroup(world.acts, kari, { id: 'coast', name: 'The coast' }))
  for (const member of [bergen, bodo]) await addMember(world.acts.sql, 'coast', member, world.now())
})
after(async () => await world.close())
beforeEach(() => world.pass(1000))

const contract: Partial<Proposal> = { controller: oslo, receiver: homeCare, receiverType: 'private-provider' }

const proposals: [what: string, rules: string[], changes: Partial<Proposal>, by?: ReturnType<typeof actor>][] = [
  ['the controller proposes', [], {}],
  ['the receiver proposes', [], {}, ola],
  ['somebody else proposes', ['not-a-party'], {}, berit],
  ['somebody of no organisation proposes', ['not-a-party'], {}, actor('Nobody Known', undefined)],
  ['nobody is named', ['name-missing'], {}, actor(' ', bergen)],
  [
    'an identity number stands in the name',
    ['identity-number-in-text'],
    {},
    actor(`Kari ${makeIdentityNumber({ birthDate: '1980-03-04', series: 1 })}`, bergen),
  ],
  ['a name of two letters proposes', [], {}, actor('Bo', bergen)],
  ['a name of one letter proposes', ['name-missing'], {}, actor('B', bergen)],
  ['the service is not there', ['service-unknown'], { service: 'poems' }],
  ['the controller is not there', ['organisation-unknown'], { controller: '999999999' }, actor('Kari', '999999999')],
  ['the receiver is not there', ['organisation-unknown'], { receiver: '999999999' }],
  ['the receiver is the controller', ['receiver-is-controller'], { receiver: bergen }],
  ['no purpose is named', ['purposes-invalid'], { purposes: [] }],
  ['every purpose is named', [], { purposes: ['TREAT', 'ETREAT', 'COC', 'BTG'] }],
  ['one purpose is not known', ['purposes-invalid'], { purposes: ['TREAT', 'HRESCH'] }],
  ['the legal basis is blank', ['legal-basis-missing'], { legalBasis: '  ' }],
  ['the legal basis has 500 characters', [], { legalBasis: '§'.repeat(500) }],
  ['the legal basis has 501 characters', ['legal-basis-missing'], { legalBasis: '§'.repeat(501) }],
  ['a code has a space', ['code-invalid'], { sensitiveCodes: ['14', '2 3'] }],
  ['it ends when it begins', ['period-invalid'], { validFrom: new Date('2027-01-01'), validUntil: new Date('2027-01-01') }],
  ['it ends a moment after it begins', [], { validFrom: new Date('2027-01-01'), validUntil: new Date('2027-01-01T00:00:00.001Z') }],
  ['it is over already', ['period-over'], { validUntil: new Date('2026-01-02') }],
  ['two rules are broken, both are reported', ['purposes-invalid', 'legal-basis-missing'], { purposes: [], legalBasis: '' }],
  ['a group receives', [], { receiver: 'coast', receiverType: 'group', controller: oslo }, ola],
  ['a member of the group proposes', [], { receiver: 'coast', receiverType: 'group', controller: oslo }, berit],
  [
    'somebody outside the group proposes',
    ['not-a-party'],
    { receiver: 'coast', receiverType: 'group', controller: oslo },
    actor('Hege', hospital),
  ],
  ['the group is not there', ['group-unknown'], { receiver: 'inland', receiverType: 'group' }],
  ['a municipality shares with its private provider', [], contract, ola],
  ['the private provider proposes', [], contract, actor('Pia', homeCare)],
  ['the contract names a unit', [], { ...contract, units: [day] }, ola],
  ['the contract names a unit of a unit', [], { ...contract, units: [night] }, ola],
  ["the contract names somebody else's unit", ['unit-unknown'], { ...contract, units: [day, osloUnit] }, ola],
  ['the contract names the provider itself as unit', ['unit-unknown'], { ...contract, units: [homeCare] }, ola],
  [
    'a hospital shares with a private provider',
    ['controller-not-municipality'],
    { ...contract, controller: hospital },
    actor('Hege', hospital),
  ],
  ['a private provider receives as any organisation', ['receiver-is-private'], { ...contract, receiverType: 'organization' }, ola],
  ['a municipality receives as private provider', ['receiver-not-private'], { receiverType: 'private-provider' }],
  ['municipal services are named where records state none', ['service-codes-not-here'], { ...contract, serviceCodes: ['1'] }, ola],
  ['units are named without a private provider', ['units-without-provider'], { units: [osloUnit] }],
]
for (const [what, rules, changes, by = kari] of proposals) {
  test(`proposal: ${what} → ${rules.join(', ') || 'done'}`, async () => {
    const result = await propose(world.acts, by, proposal(changes))
    assert.deepEqual(rulesOf(result), rules)
    if (!isProblem(result)) assert.equal(standing(result, world.now()), 'pending')
  })
}

/** The acts that can be done before, and then one more. */
const steps = {
  'controller signs': (id: string) => sign(world.acts, kari, { id }),
  'receiver signs': (id: string) => sign(world.acts, ola, { id }),
  'somebody else signs': (id: string) => sign(world.acts, berit, { id }),
  'one name signs for the receiver': (id: string) => sign(world.acts, actor('  kari  NORDMANN ', oslo), { id }),
  'version 1 is signed': (id: string) => sign(world.acts, ola, { id, version: 1 }),
  'version 7 is signed': (id: string) => sign(world.acts, ola, { id, version: 7 }),
  'controller amends': (id: string) => amend(world.acts, kari, id, { purposes: ['TREAT', 'BTG'] }),
  'receiver amends': (id: string) => amend(world.acts, ola, id, { validUntil: new Date('2028-01-01') }),
  'somebody else amends': (id: string) => amend(world.acts, berit, id, { purposes: ['BTG'] }),
  'amended to the same': (id: string) => amend(world.acts, kari, id, {}),
  'amended to no purpose': (id: string) => amend(world.acts, kari, id, { purposes: [] }),
  'amended to be over': (id: string) => amend(world.acts, kari, id, { validUntil: new Date('2026-01-02') }),
  'controller ends': (id: string) => end(world.acts, kari, { id, reason: 'the unit has moved' }),
  'receiver ends': (id: string) => end(world.acts, ola, { id, reason: 'the unit has moved' }),
  'somebody else ends': (id: string) => end(world.acts, berit, { id, reason: 'the unit has moved' }),
  'ended without a reason': (id: string) => end(world.acts, kari, { id, reason: '  ' }),
  'ended from tomorrow': (id: string) =>
    end(world.acts, kari, { id, reason: 'the unit has moved', at: new Date(world.now().getTime() + 86_400_000) }),
  'ended from the day after': (id: string) =>
    end(world.acts, kari, { id, reason: 'the unit has moved', at: new Date(world.now().getTime() + 172_800_000) }),
  'ended a moment ago': (id: string) =>
    end(world.acts, kari, { id, reason: 'the unit has moved', at: new Date(world.now().getTime() - 1) }),
} satisfies Record<string, (id: string) => Promise<unknown>>
type StepName = keyof typeof steps

const both: StepName[] = ['controller signs', 'receiver signs']
const sequences: [done: StepName[], then: StepName, rules: string[], stands: string[]][] = [
  [[], 'controller signs', [], ['pending']],
  [[], 'receiver signs', [], ['pending']],
  [['controller signs'], 'receiver signs', [], ['in-force']],
  [['receiver signs'], 'controller signs', [], ['in-force']],
  [['controller signs'], 'controller signs', ['already-signed'], ['pending']],
  [['controller signs'], 'one name signs for the receiver', ['same-person'], ['pending']],
  [[], 'somebody else signs', ['not-a-party'], ['pending']],
  [[], 'version 7 is signed', ['version-unknown'], ['pending']],
  [both, 'receiver signs', ['already-signed'], ['in-force']],
  [both, 'controller amends', [], ['in-force', 'pending']],
  [both, 'receiver amends', [], ['in-force', 'pending']],
  [both, 'somebody else amends', ['not-a-party'], ['in-force']],
  [both, 'amended to the same', ['nothing-changed'], ['in-force']],
  [both, 'amended to no purpose', ['purposes-invalid'], ['in-force']],
  [both, 'amended to be over', ['period-over'], ['in-force']],
  [[...both, 'controller amends'], 'receiver signs', [], ['in-force', 'pending']],
  [[...both, 'controller amends', 'receiver signs'], 'controller signs', [], ['superseded', 'in-force']],
  [[...both, 'controller amends'], 'version 1 is signed', ['already-signed'], ['in-force', 'pending']],
  [[...both, 'controller amends', ...both], 'version 1 is signed', ['superseded'], ['superseded', 'in-force']],
  [[...both, 'controller amends', 'receiver signs'], 'receiver amends', [], ['in-force', 'superseded', 'pending']],
  [['controller signs', 'receiver amends'], 'version 1 is signed', ['superseded'], ['superseded', 'pending']],
  [['controller signs', 'receiver amends'], 'receiver signs', [], ['superseded', 'pending']],
  [both, 'controller ends', [], ['ended']],
  [both, 'receiver ends', [], ['ended']],
  [both, 'somebody else ends', ['not-a-party'], ['in-force']],
  [both, 'ended without a reason', ['reason-missing'], ['in-force']],
  [both, 'ended from tomorrow', [], ['in-force']],
  [both, 'ended a moment ago', ['end-passed'], ['in-force']],
  [[...both, 'ended from tomorrow'], 'controller ends', [], ['ended']],
  [[...both, 'ended from tomorrow'], 'ended from the day after', ['ended'], ['in-force']],
  [[...both, 'ended from tomorrow'], 'receiver amends', ['ended'], ['in-force']],
  [[...both, 'controller ends'], 'receiver ends', ['ended'], ['ended']],
  [[...both, 'controller ends'], 'controller amends', ['ended'], ['ended']],
  [['controller signs', 'controller ends'], 'receiver signs', ['ended'], ['ended']],
  [[...both, 'controller amends'], 'controller ends', [], ['ended', 'ended']],
  [[...both, 'controller amends', 'controller ends'], 'receiver signs', ['ended'], ['ended', 'ended']],
]
for (const [before, then, rules, stands] of sequences) {
  test(`${['proposed', ...before].join(', ')}; ${then} → ${rules.join(', ') || 'done'}`, async () => {
    const { id } = done(await propose(world.acts, kari, proposal()))
    for (const step of before) {
      world.pass(10)
      assert.deepEqual(rulesOf(await (steps[step](id) as never)), [], step)
    }
    world.pass(10)
    assert.deepEqual(rulesOf(await (steps[then](id) as never)), rules)
    const versions = await versionsOf(world.acts.sql, id)
    assert.deepEqual(
      versions.map((version) => standing(version, world.now())),
      stands,
    )
  })
}

test('one person signs for both sides under two names: the key tells, and it is refused', async () => {
  const person = '4711' as PatientKey
  const { id } = done(await propose(world.acts, kari, proposal()))
  done(await sign(world.acts, actor('Kari Nordmann', bergen, person), { id }))
  assert.deepEqual(rulesOf(await sign(world.acts, actor('K. Nordmann', oslo, person), { id })), ['same-person'])
  assert.deepEqual(rulesOf(await sign(world.acts, actor('K. Nordmann', oslo, '4712' as PatientKey), { id })), [])
})

test('one person signs for both sides under a D-number and the national number that followed: refused', async () => {
  const [first, later] = ['4721', '4722'] as [PatientKey, PatientKey]
  await world.acts.sql`insert into person_link (patient, same_as) values (${first}, ${later}), (${later}, ${first})`
  const { id } = done(await propose(world.acts, kari, proposal()))
  done(await sign(world.acts, actor('Kari Nordmann', bergen, first), { id }))
  assert.deepEqual(rulesOf(await sign(world.acts, actor('K. Nordmann', oslo, later), { id })), ['same-person'])
  assert.deepEqual(rulesOf(await sign(world.acts, actor('K. Nordmann', oslo, '4723' as PatientKey), { id })), [])
})

test('one person signs for both sides under two health personnel numbers: refused', async () => {
  await world.acts.sql`insert into practitioner (hpr_number, person) values ('7700001', 4731), ('7700002', 4731), ('7700003', 4732)`
  const { id } = done(await propose(world.acts, kari, proposal()))
  done(await sign(world.acts, { ...actor('Kari Nordmann', bergen), hprNumber: '7700001' }, { id }))
  assert.deepEqual(rulesOf(await sign(world.acts, { ...actor('K. Nordmann', oslo), hprNumber: '7700002' }, { id })), ['same-person'])
  assert.deepEqual(rulesOf(await sign(world.acts, actor('K. Nordmann', oslo, '4731' as PatientKey), { id })), ['same-person'])
  assert.deepEqual(rulesOf(await sign(world.acts, { ...actor('K. Nordmann', oslo), hprNumber: '7700003' }, { id })), [])
})

test('an agreement that has run out is not signed, and one that runs for a moment more is', async () => {
  const validUntil = new Date(world.now().getTime() + 1000)
  const { id } = done(await propose(world.acts, kari, proposal({ validUntil })))
  world.pass(999)
  done(await sign(world.acts, kari, { id }))
  world.pass(1)
  assert.deepEqual(rulesOf(await sign(world.acts, ola, { id })), ['period-over'])
})

test('a new version has what was changed, and the rest of the version before it', async () => {
  const { id, ...first } = done(await propose(world.acts, kari, proposal({ sensitiveCodes: ['14'] })))
  const changes: Amendment = { purposes: ['TREAT', 'COC'], validUntil: new Date('2027-01-01') }
  const second = done(await amend(world.acts, ola, id, changes))
  assert.deepEqual(second, { ...first, ...changes, id, version: 2, proposed: world.now(), proposedBy: 'Ola Hansen' })
  const [, stored] = await versionsOf(world.acts.sql, id)
  assert.deepEqual(stored, second)
})

test('the controller cannot sign for a group that it is in itself', async () => {
  const { id } = done(await propose(world.acts, kari, proposal({ receiver: 'coast', receiverType: 'group' })))
  done(await sign(world.acts, kari, { id }))
  assert.deepEqual(rulesOf(await sign(world.acts, actor('Kjell', bergen), { id })), ['already-signed'])
  assert.equal(standing(done(await sign(world.acts, berit, { id })), world.now()), 'in-force')
})

test('two who amend at the same time get a version each, and the first of them is dropped', async () => {
  const { id } = done(await propose(world.acts, kari, proposal()))
  const made = await Promise.all([amend(world.acts, kari, id, { purposes: ['COC'] }), amend(world.acts, ola, id, { purposes: ['BTG'] })])
  assert.deepEqual(made.map((result) => done(result).version).sort(), [2, 3])
  const versions = await versionsOf(world.acts.sql, id)
  assert.deepEqual(
    versions.map((version) => version.superseded !== null),
    [true, true, false],
  )
})

test('two who sign at the same time put it in force once, whichever comes first', async () => {
  const { id } = done(await propose(world.acts, kari, proposal()))
  const results = await Promise.all([kari, ola, actor('Kjell', bergen)].map((by) => sign(world.acts, by, { id })))
  assert.deepEqual(results.flatMap(rulesOf), ['already-signed'])
})

test('an agreement that does not exist is reported as unknown', async () => {
  const results = await Promise.all([
    sign(world.acts, kari, { id: 'nothing' }),
    amend(world.acts, kari, 'nothing', {}),
    end(world.acts, kari, { id: 'nothing', reason: 'the unit has moved' }),
  ])
  assert.deepEqual(results.flatMap(rulesOf), ['agreement-unknown', 'agreement-unknown', 'agreement-unknown'])
})

test('each act is one row of the access log, with who, what and why; a refusal changes nothing and is none', async () => {
  const before = (await world.logged()).length
  const { id } = done(await propose(world.acts, kari, proposal()))
  done(await sign(world.acts, kari, { id }))
  await sign(world.acts, kari, { id })
  done(await sign(world.acts, ola, { id }))
  done(await amend(world.acts, ola, id, { purposes: ['COC'] }))
  done(await end(world.acts, ola, { id, reason: 'Oslo has another agreement' }))
  const row = (event: string, name: string, reason: string) => ({
    event,
    type: 'sharing-agreement',
    service: 'measurements',
    reason,
    name,
    patient: '0',
  })
  assert.deepEqual((await world.logged()).slice(before), [
    row('agreement-proposed', 'Kari Nordmann', `${id} version 1: data controller ${bergen}, receiver ${oslo}, TREAT`),
    row('agreement-signed', 'Kari Nordmann', `${id} version 1, for the data controller`),
    row('agreement-signed', 'Ola Hansen', `${id} version 1, for the receiver`),
    row('agreement-amended', 'Ola Hansen', `${id} version 2`),
    row('agreement-ended', 'Ola Hansen', `${id}: Oslo has another agreement`),
  ])
})

test('the row of the log is written after the change is stored, and the act fails when the log does', async () => {
  let seen: number | undefined
  const changes = async () => {
    const [row] = await world.acts.sql<
      { count: number }[]
    >`select count(*)::int as count from sharing_agreement where legal_basis = 'of this test'`
    seen = row?.count
    throw new Error('the log is away')
  }
  await assert.rejects(propose({ ...world.acts, changes }, kari, proposal({ legalBasis: 'of this test' })), /the log is away/)
  assert.equal(seen, 1)
})
