/** What acts on agreements change from the next call on, seen from outside on a real database (R3 to R6, R9). */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { createChangeLog } from '../../audit/change-log.ts'
import type { Caller } from '../../identity/caller.ts'
import { actor, day, done, homeCare, night, proposal } from '../../testing/acts-on-a-database.ts'
import { matchesIn, problemOf, sentenceOf } from '../../testing/answers.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { measurements } from '../../testing/measurements.ts'
import { changed } from '../../testing/sent.ts'
import type { Acts } from './act.ts'
import { amend } from './amend.ts'
import { close } from './close.ts'
import { beginDelivery, endDelivery } from './delivery.ts'
import { end } from './end.ts'
import { setParticipation } from './participation.ts'
import { propose } from './propose.ts'
import { reopen } from './reopen.ts'
import { removeRoleRule, setRoleRule } from './role-rules.ts'
import { sign } from './sign.ts'
import { joinStandard } from './standard-join.ts'
import { leaveStandard } from './standard-leave.ts'
import { publishStandard } from './standard-publish.ts'

const { bergen, oslo, bodo } = organizations
/** Two hospitals that consume and do not produce: without an agreement they are refused. */
const [haukeland, ulleval] = ['900000031', '900000032']
const [kari, hege, ulf, ola] = [actor('Kari', bergen), actor('Hege', haukeland), actor('Ulf', ulleval), actor('Ola', oslo)]
const service = 'measurements'

let time = NOW.getTime()
let api: TestApi
let acts: Acts
let series = 60
let patient: Awaited<ReturnType<TestApi['person']>>
before(async () => {
  const clock = () => new Date(time)
  api = await testApi([measurements], clock)
  const { sql } = api
  const { ids, log, actorId } = api.kernel
  acts = { sql, ids, clock, services: [measurements], changes: createChangeLog({ log, actorId, ids, clock }) }
  const rows = [
    [haukeland, 'Haukeland', 'health-trust', null],
    [ulleval, 'Ullevål', 'health-trust', null],
    [homeCare, 'Home care AS', 'private-provider', null],
    [day, 'Day team', 'private-provider', homeCare],
    [night, 'Night team', 'private-provider', homeCare],
  ] as const
  for (const [number, name, type, partOf] of rows)
    await sql`
      insert into organization (number, name, type, part_of, helsenet_from, terms_accepted)
      values (${number}, ${name}, ${type}, ${partOf}, '2020-01-01', '2020-01-01')`
  for (const organization of [haukeland, ulleval, homeCare])
    done(await setParticipation(acts, actor('Admin', organization), { organization, service, consumes: true }))
})
after(async () => await api.close())
beforeEach(async () => {
  time += 1000
  patient = await api.person(series++)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(patient))
})

/** A patient whose records come from one more controller, Oslo. */
async function alsoFromOslo(): Promise<void> {
  await api.as(system(oslo)).post('/fhir/measurements/Observation', pulse(patient, { effectiveDateTime: '2026-01-09' }))
}

async function look(who: Caller, unit?: string, purpose = 'TREAT'): Promise<{ outcome: string; why: string }> {
  // Each call is later than all that was done before it.
  time += 1
  const content = changed(
    attestation(who, patient.number, purpose, 'Found unconscious at the door'),
    unit ? { 'practitioner.point_of_care.id': unit } : {},
  )
  const reply = await api
    .as(who)
    .search('Observation', { 'patient.identifier': patient.number }, { attestation: attestationHeader(content) })
  if (reply.status !== 200) return { outcome: String(problemOf(reply)), why: sentenceOf(reply) }
  return { outcome: `${matchesIn(reply, 'Observation').length} found`, why: '' }
}

async function outcome(who: Caller, unit?: string, purpose?: string): Promise<string> {
  return (await look(who, unit, purpose)).outcome
}

const asHaukeland = () => nurse(haukeland)
const asUlleval = () => nurse(ulleval)

async function agreed(receiver: string, by: typeof hege): Promise<string> {
  const { id } = done(await propose(acts, kari, proposal({ controller: bergen, receiver })))
  for (const signer of [kari, by]) done(await sign(acts, signer, { id }))
  return id
}

test('R4: proposed and signed by one is refused with the reason, signed by both opens, ended is refused again', async () => {
  assert.match((await look(asHaukeland())).why, /There is none at all/)
  const { id } = done(await propose(acts, hege, proposal({ controller: bergen, receiver: haukeland })))
  assert.match((await look(asHaukeland())).why, /The agreement with bergen is waiting for a signature: ask bergen\./)
  done(await sign(acts, kari, { id }))
  assert.equal(await outcome(asHaukeland()), 'no-agreement')
  done(await sign(acts, hege, { id }))
  assert.equal(await outcome(asHaukeland()), '1 found')
  assert.equal(await outcome(asUlleval()), 'no-agreement')
  done(await end(acts, kari, { id, reason: 'the unit has moved' }))
  assert.match((await look(asHaukeland())).why, /has been ended/)
})

test('an end that lies ahead takes effect when it comes', async () => {
  const id = await agreed(haukeland, hege)
  const at = new Date(time + 10)
  done(await end(acts, hege, { id, at, reason: 'the unit has moved' }))
  time = at.getTime() - 2
  assert.equal(await outcome(asHaukeland()), '1 found')
  assert.equal(await outcome(asHaukeland()), 'no-agreement')
})

test('what is amended stays as it was until both have signed, and is as amended from then on', async () => {
  const id = await agreed(haukeland, hege)
  done(await amend(acts, hege, id, { purposes: ['BTG'] }))
  done(await sign(acts, hege, { id }))
  assert.deepEqual([await outcome(asHaukeland()), await outcome(asHaukeland(), undefined, 'BTG')], ['1 found', 'no-agreement'])
  done(await sign(acts, kari, { id }))
  assert.deepEqual([await outcome(asHaukeland()), await outcome(asHaukeland(), undefined, 'BTG')], ['no-agreement', '1 found'])
  done(await end(acts, kari, { id, reason: 'the unit has moved' }))
})

test('R3: one service closed to one receiver is refused on the next call, and others see as before', async () => {
  const agreements = [await agreed(haukeland, hege), await agreed(ulleval, ulf)]
  assert.deepEqual([await outcome(asHaukeland()), await outcome(asUlleval())], ['1 found', '1 found'])
  const closure = { controller: bergen, service, receiver: haukeland, reason: 'we look into it' }
  done(await close(acts, kari, closure))
  const refused = await look(asHaukeland())
  assert.equal(refused.outcome, 'no-agreement')
  assert.match(refused.why, /is closed to you by the data controller: ask bergen\./)
  assert.doesNotMatch(refused.why, /look into it/)
  assert.equal(await outcome(asUlleval()), '1 found')
  assert.equal(await outcome(nurse(bergen)), '1 found')
  done(await reopen(acts, kari, { ...closure, reason: 'all is well again' }))
  assert.equal(await outcome(asHaukeland()), '1 found')
  for (const id of agreements) done(await end(acts, kari, { id, reason: 'the unit has moved' }))
})

test('R6: a second municipality joins in one act, and sees and shows from the next call on, until it leaves', async () => {
  await alsoFromOslo()
  const publisher = actor('Petra', bodo)
  const id = 'common'
  const terms = {
    id,
    title: 'Common',
    services: [service],
    purposes: ['TREAT'],
    sensitiveCodes: [],
    legalBasis: 'pasientjournalloven § 19',
  }
  done(await publishStandard(acts, publisher, { ...terms, group: 'members', groupName: 'Members', validUntil: null }))
  done(await joinStandard(acts, kari, id, publisher))
  assert.deepEqual([await outcome(nurse(bergen)), await outcome(nurse(oslo))], ['1 found', '1 found'])
  done(await joinStandard(acts, ola, id, publisher))
  assert.deepEqual([await outcome(nurse(bergen)), await outcome(nurse(oslo))], ['2 found', '2 found'])
  assert.equal(await outcome(asHaukeland()), 'no-agreement')
  done(await close(acts, ola, { controller: oslo, service, receiver: bergen, reason: 'we look into it' }))
  assert.deepEqual([await outcome(nurse(bergen)), await outcome(nurse(oslo))], ['1 found', '2 found'])
  done(await reopen(acts, ola, { controller: oslo, service, receiver: bergen, reason: 'all is well again' }))
  done(await leaveStandard(acts, kari, { id, reason: 'tries something else' }))
  assert.deepEqual([await outcome(nurse(bergen)), await outcome(nurse(oslo))], ['1 found', '1 found'])
})

test('R5: a private provider reads those it delivers to, from the units of its contract, and nobody else', async () => {
  const pia = actor('Pia', homeCare)
  const who = nurse(homeCare)
  const { id } = done(
    await propose(acts, kari, proposal({ controller: bergen, receiver: homeCare, receiverType: 'private-provider', units: [day] })),
  )
  for (const signer of [kari, pia]) done(await sign(acts, signer, { id }))
  assert.match((await look(who, day)).why, /is for patients that you deliver services to/)
  const delivery = { patient: patient.key, controller: bergen, provider: homeCare, unit: day }
  done(await beginDelivery(acts, kari, delivery))
  assert.equal(await outcome(who, day), '1 found')
  assert.match((await look(who, night)).why, /is for other units of your organisation/)
  const delivered = patient
  patient = await api.person(series++)
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(patient))
  assert.equal(await outcome(who, day), 'no-agreement')
  patient = delivered
  done(await endDelivery(acts, kari, delivery))
  assert.equal(await outcome(who, day), 'no-agreement')
})

test('within one organisation a role is shut out and let in from the next call on', async () => {
  const rule = { organization: bergen, service, role: 'LE', purposes: ['TREAT'] }
  done(await setRoleRule(acts, kari, rule))
  assert.equal(await outcome(nurse(bergen)), 'role-not-open')
  done(await setRoleRule(acts, kari, { ...rule, role: 'SP' }))
  assert.equal(await outcome(nurse(bergen)), '1 found')
  assert.equal(await outcome(nurse(bergen), undefined, 'BTG'), 'role-not-open')
  for (const role of ['LE', 'SP']) done(await removeRoleRule(acts, kari, { ...rule, role }))
  assert.equal(await outcome(nurse(bergen), undefined, 'BTG'), '1 found')
})

test('R9: who consumes no more is refused, whatever agreement there is, and who produces no more stores nothing', async () => {
  const id = await agreed(haukeland, hege)
  done(await setParticipation(acts, hege, { organization: haukeland, service, consumes: false }))
  assert.match((await look(asHaukeland())).why, /is not registered as using/)
  done(await setParticipation(acts, hege, { organization: haukeland, service, consumes: true }))
  assert.equal(await outcome(asHaukeland()), '1 found')
  const store = async () => (await api.as(system(bodo)).post('/fhir/measurements/Observation', pulse(patient))).status
  done(await setParticipation(acts, actor('Berit', bodo), { organization: bodo, service, produces: false }))
  assert.equal(await store(), 403)
  done(await setParticipation(acts, actor('Berit', bodo), { organization: bodo, service, produces: true }))
  assert.equal(await store(), 201)
  done(await end(acts, kari, { id, reason: 'the unit has moved' }))
})
