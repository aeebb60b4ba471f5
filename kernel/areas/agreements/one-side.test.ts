import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { registerPerson } from '../../identity/persons.ts'
import type { PatientKey } from '../../store/ids.ts'
import {
  type ActsOnDatabase,
  actor,
  actsOnDatabase,
  bergen,
  bodo,
  day,
  done,
  homeCare,
  hospital,
  kari,
  ola,
  oslo,
  osloUnit,
  proposal,
  rulesOf,
} from '../../testing/acts-on-a-database.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { type Closure, close } from './close.ts'
import { beginDelivery, type Delivery, deliveryCounts, endDelivery } from './delivery.ts'
import { end } from './end.ts'
import { participations, setParticipation } from './participation.ts'
import { propose } from './propose.ts'
import { reopen } from './reopen.ts'
import { type RoleRule, removeRoleRule, roleRules, setRoleRule } from './role-rules.ts'

let world: ActsOnDatabase
let patient: PatientKey
before(async () => {
  world = await actsOnDatabase()
  const number = makeIdentityNumber({ birthDate: '1940-03-04', series: 1 })
  patient = done(await registerPerson(world.acts.sql, world.acts.ids, { system: 'FNR', value: number }, {})).key
})
after(async () => await world.close())
beforeEach(() => world.pass(1000))

const closure: Closure = { controller: bergen, service: 'measurements', receiver: hospital, reason: 'we look into it' }
const closures: [what: string, rules: string[], changes: Partial<Closure>, by?: typeof kari][] = [
  ['without a reason', ['reason-missing'], { reason: ' x ' }],
  ['by the receiver', ['not-the-controller'], {}, actor('Hege', hospital)],
  ['by somebody else', ['not-the-controller'], {}, ola],
  ['of a service that is not there', ['service-unknown'], { service: 'poems' }],
  ['to an organisation that is not there', ['organisation-unknown'], { receiver: '999999999' }],
  ['to itself', ['receiver-is-controller'], { receiver: bergen }],
  [
    'with an identity number in the reason',
    ['identity-number-in-text'],
    { reason: `about ${makeIdentityNumber({ birthDate: '1940-03-04', series: 2 })}` },
  ],
  ['with a reason of nine letters', ['reason-missing'], { reason: 'an inquir', receiver: oslo }],
  ['with a reason of ten letters', [], { reason: 'an inquiry is', receiver: oslo }],
  ['by the controller', [], {}],
  ['a second time', ['already-closed'], {}],
  ['of another service', [], { service: 'plans' }],
  ['to another receiver', [], { receiver: bodo }],
]
for (const [what, rules, changes, by = kari] of closures) {
  test(`a service closed ${what} → ${rules.join(', ') || 'done'}`, async () => {
    assert.deepEqual(rulesOf(await close(world.acts, by, { ...closure, ...changes })), rules)
  })
}

test('a service is opened again by its controller, once and with a reason, and may be closed again', async () => {
  const again = { ...closure, receiver: bodo, service: 'plans' }
  assert.deepEqual(rulesOf(await reopen(world.acts, kari, again)), ['not-closed'])
  done(await close(world.acts, kari, again))
  assert.deepEqual(rulesOf(await reopen(world.acts, ola, again)), ['not-the-controller'])
  assert.deepEqual(rulesOf(await reopen(world.acts, kari, { ...again, reason: '' })), ['reason-missing'])
  done(await reopen(world.acts, kari, again))
  assert.deepEqual(rulesOf(await reopen(world.acts, kari, again)), ['not-closed'])
  world.pass(1)
  done(await close(world.acts, kari, again))
  const events = (await world.logged()).filter(
    ({ service, reason }) => service === 'plans' && reason === `${bergen} to ${bodo}: we look into it`,
  )
  assert.deepEqual(
    events.map(({ event }) => event),
    ['sharing-closed', 'sharing-reopened', 'sharing-closed'],
  )
})

const rule: RoleRule = { organization: bergen, service: 'measurements', role: 'SP', purposes: ['TREAT'] }
const roles: [what: string, rules: string[], changes: Partial<RoleRule>, by?: typeof kari][] = [
  ['for what the service lets the role do', [], {}],
  ['for all that the service lets the role do', [], { purposes: ['TREAT', 'ETREAT', 'BTG'] }],
  ['for more than the service lets the role do', ['role-not-in-service'], { purposes: ['TREAT', 'COC'] }],
  ['for a role that the service does not know', ['role-not-in-service'], { role: 'TL' }],
  ['for a role of another service only', ['role-not-in-service'], { service: 'plans', role: 'LE' }],
  ['for no purpose', ['purposes-invalid'], { purposes: [] }],
  ['in a service that is not there', ['service-unknown'], { service: 'poems' }],
  ['by another organisation', ['not-the-organisation'], {}, ola],
]
for (const [what, rules, changes, by = kari] of roles) {
  test(`a rule about a role ${what} → ${rules.join(', ') || 'done'}`, async () => {
    assert.deepEqual(rulesOf(await setRoleRule(world.acts, by, { ...rule, ...changes })), rules)
  })
}

test('a rule about a role is written over by the next, and taken away', async () => {
  done(await setRoleRule(world.acts, ola, { ...rule, organization: oslo }))
  done(await setRoleRule(world.acts, ola, { ...rule, organization: oslo, purposes: ['BTG'] }))
  assert.deepEqual([...(await roleRules(world.acts.sql, oslo))], [{ ...rule, organization: oslo, purposes: ['BTG'] }])
  assert.deepEqual(rulesOf(await removeRoleRule(world.acts, kari, { ...rule, organization: oslo })), ['not-the-organisation'])
  done(await removeRoleRule(world.acts, ola, { ...rule, organization: oslo }))
  assert.deepEqual(rulesOf(await removeRoleRule(world.acts, ola, { ...rule, organization: oslo })), ['no-role-rule'])
  assert.deepEqual([...(await roleRules(world.acts.sql, oslo))], [])
})

const adoption: [says: { produces?: boolean; consumes?: boolean }, produces: boolean, consumes: boolean][] = [
  [{ produces: true }, true, false],
  [{ consumes: true }, true, true],
  [{ produces: false }, false, true],
  [{ produces: false, consumes: false }, false, false],
  [{ produces: true, consumes: true }, true, true],
  [{}, true, true],
]
test('R9: an organisation produces, consumes, both or neither, and changes one at a time', async () => {
  for (const [says, produces, consumes] of adoption) {
    world.pass(1)
    const set = done(await setParticipation(world.acts, kari, { organization: bergen, service: 'plans', ...says }))
    assert.deepEqual(set, { organization: bergen, service: 'plans', produces, consumes })
  }
  assert.deepEqual(
    [...(await participations(world.acts.sql, bergen))],
    [{ organization: bergen, service: 'plans', produces: true, consumes: true, since: world.now() }],
  )
  const { event, reason } = (await world.logged()).at(-1) ?? {}
  assert.deepEqual([event, reason], ['participation-set', `${bergen} produces and consumes`])
})

test('participation is an organisation’s own matter, in a service that is there', async () => {
  const asked = { organization: bergen, service: 'plans', produces: true }
  assert.deepEqual(rulesOf(await setParticipation(world.acts, ola, asked)), ['not-the-organisation'])
  assert.deepEqual(rulesOf(await setParticipation(world.acts, kari, { ...asked, service: 'poems' })), ['service-unknown'])
  assert.deepEqual(rulesOf(await setParticipation(world.acts, actor('Nils', '999999999'), { ...asked, organization: '999999999' })), [
    'organisation-unknown',
  ])
})

test('a delivery needs a contract between the two that has not been ended', async () => {
  const delivery: Delivery = { patient, controller: bodo, provider: homeCare, unit: '' }
  const berit = actor('Berit', bodo)
  assert.deepEqual(rulesOf(await beginDelivery(world.acts, berit, delivery)), ['no-contract'])
  const { id } = done(
    await propose(world.acts, berit, proposal({ controller: bodo, receiver: homeCare, receiverType: 'private-provider' })),
  )
  done(await beginDelivery(world.acts, berit, delivery))
  world.pass(1)
  done(await endDelivery(world.acts, berit, delivery))
  done(await end(world.acts, berit, { id, reason: 'the unit has moved' }))
  assert.deepEqual(rulesOf(await beginDelivery(world.acts, berit, delivery)), ['no-contract'])
})

test('R5: a controller registers which patients a private provider delivers to, by unit and period, and ends it', async () => {
  done(await propose(world.acts, ola, proposal({ controller: oslo, receiver: homeCare, receiverType: 'private-provider' })))
  const delivery: Delivery = { patient, controller: oslo, provider: homeCare, unit: day }
  const now = world.now()
  const later = new Date(now.getTime() + 1000)
  const rows: [what: string, rules: string[], Partial<Parameters<typeof beginDelivery>[2]>, by?: typeof kari][] = [
    ['by the provider', ['not-the-controller'], {}, actor('Pia', homeCare)],
    ['by a unit of somebody else', ['unit-unknown'], { unit: osloUnit }],
    ['about somebody who is not in the register', ['person-unknown'], { patient: '1' as PatientKey }],
    ['that ends when it begins', ['period-invalid'], { validFrom: later, validUntil: later }],
    ['that is over', ['period-over'], { validFrom: new Date(0), validUntil: now }],
    ['for a second', [], { validUntil: later }],
    ['that overlaps the first', ['already-delivering'], { validUntil: later }],
    ['of another unit', [], { unit: '' }],
    ['that begins when the first ends', [], { validFrom: later }],
    ['that begins while another runs on', ['already-delivering'], { validFrom: new Date('2027-01-01') }],
  ]
  for (const [what, rules, changes, by = ola] of rows)
    assert.deepEqual(rulesOf(await beginDelivery(world.acts, by, { ...delivery, ...changes })), rules, what)
  world.pass(2000)
  assert.deepEqual(
    [...(await deliveryCounts(world.acts.sql, world.now()))],
    [
      { controller: oslo, provider: homeCare, unit: '', patients: 1 },
      { controller: oslo, provider: homeCare, unit: day, patients: 1 },
    ],
  )
  assert.deepEqual(rulesOf(await endDelivery(world.acts, kari, delivery)), ['not-the-controller'])
  done(await endDelivery(world.acts, ola, delivery))
  assert.deepEqual(rulesOf(await endDelivery(world.acts, ola, delivery)), ['not-delivering'])
  assert.deepEqual(
    [...(await deliveryCounts(world.acts.sql, world.now()))],
    [{ controller: oslo, provider: homeCare, unit: '', patients: 1 }],
  )
  const last = (await world.logged()).at(-1)
  assert.deepEqual([last?.event, last?.patient, last?.reason], ['delivery-ended', patient, `${homeCare}, unit ${day}, for ${oslo}`])

  // One that is ended before it begins never does, and can be registered again from the same time.
  const ahead = { ...delivery, validFrom: new Date('2027-06-01') }
  for (let time = 0; time < 2; time++) {
    done(await beginDelivery(world.acts, ola, ahead))
    done(await endDelivery(world.acts, ola, delivery))
    assert.deepEqual(rulesOf(await endDelivery(world.acts, ola, delivery)), ['not-delivering'])
  }
  assert.deepEqual(
    [...(await deliveryCounts(world.acts.sql, new Date('2027-06-02')))].map(({ unit }) => unit),
    [''],
  )
})
