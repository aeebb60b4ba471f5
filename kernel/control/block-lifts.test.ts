/** Lifting a block for a patient who does not sign in, through the control API: two persons, and no word about a block. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attestation, attestationHeader, nurse, organizations, system } from '../testing/api.ts'
import { type Scene, type Somebody, scene } from '../testing/control-scene.ts'
import { contract } from './contract.ts'

const { bergen } = organizations
let world: Scene
let asks: Somebody
let confirms: Somebody
let series = 0
before(async () => {
  world = await scene()
  asks = await world.person(bergen, ['Aud', 'Asks'], 'privacy-officer')
  confirms = await world.person(bergen, ['Kim', 'Confirms'], 'owner')
})
after(async () => await world.close())

type Patient = Awaited<ReturnType<Scene['api']['person']>>

/** A patient with a record, seen by the practitioner with the number, unless blocked. */
async function patientOf(hpr: string, blocked: boolean): Promise<Patient> {
  series += 1
  const { sql } = world.api
  const patient = await world.api.person(250 + series)
  await world.api.as(system(bergen)).post('/fhir/measurements/Observation', {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: patient.identifier },
    effectiveDateTime: '2026-01-10T10:00:00+01:00',
    valueQuantity: { value: 70, system: 'http://unitsofmeasure.org', code: '/min' },
  })
  if (blocked)
    await sql`
      insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
      values (${patient.key}, ${world.api.kernel.ids.recordId()}, 'block', ${hpr}, '2020-01-01', '2020-01-01', ${patient.key}, 'self')`
  return patient
}

async function found(patient: Patient): Promise<number | undefined> {
  const who = nurse(bergen)
  const header = attestationHeader(attestation(who, patient.number, 'TREAT', undefined, world.api.kernel.clock()))
  const reply = await world.api.as(who).search('Observation', { 'patient.identifier': patient.number }, { attestation: header })
  return (reply.body as { total?: number }).total
}

const HPR = '990000001'
const reason = 'Kom i skranken og ba om det'
const identifiedAt = () => new Date(world.api.kernel.clock().getTime() - 3_600_000).toISOString()
const body = (patient: Patient, more: object = {}) => ({
  identityNumber: patient.number,
  hprNumber: HPR,
  identified: 'passport' as const,
  identifiedAt: identifiedAt(),
  reason,
  ...more,
})
const rule = (answer: unknown) => JSON.stringify(answer).match(/"code":"([a-z-]+)"\}\]/)?.[1]

test('one asks and another confirms: then the practitioner sees again, and the patient is told', async () => {
  const patient = await patientOf(HPR, true)
  assert.equal(await found(patient), 0)
  const { id } = await world.answer(asks, contract.askBlockLift, { body: body(patient) })
  assert.equal(await found(patient), 0, 'a request lifts nothing')
  const same = await world.ask(asks, contract.confirmBlockLift, { id, body: { reason } })
  assert.equal(rule(same.body), 'same-person')
  const { letter } = await world.answer(confirms, contract.confirmBlockLift, { id, body: { reason } })
  assert.equal(await found(patient), 1)
  assert.match(letter.nb, /Aud Asks registrerte det og Kim Confirms bekreftet det/)
  assert.match(letter.en, /identified by passport/)
  const notices = await world.api.sql`select cause from patient_notice where patient = ${patient.key}`
  assert.deepEqual([...notices], [{ cause: 'choice-ended' }])
  const rows = await world.api.sql<{ event: string; reason: string }[]>`
    select event, reason from access_log where patient = ${patient.key} and event like 'block-%' order by seq`
  assert.deepEqual(
    rows.map(({ event }) => event),
    ['block-lift-asked', 'block-lifted'],
  )
  assert.ok(
    rows.every(({ reason: why }) => !why.includes(HPR)),
    'the log does not name who was blocked',
  )
  assert.equal((await world.ask(confirms, contract.confirmBlockLift, { id, body: { reason } })).status, 404, 'once')
})

test('with and without a block the answers are alike, but for what differs between any two requests', async () => {
  const answers: string[] = []
  for (const blocked of [true, false]) {
    const patient = await patientOf(HPR, blocked)
    const asked = await world.answer(asks, contract.askBlockLift, { body: body(patient) })
    const listed = await world.answer(confirms, contract.blockLifts, { query: { status: 'open' } })
    const [one] = listed.items
    const confirmed = await world.answer(confirms, contract.confirmBlockLift, { id: asked.id, body: { reason } })
    answers.push(JSON.stringify([{ ...asked, id: '' }, { ...one, id: '', asked: '', identifiedAt: '' }, confirmed.letter]))
  }
  assert.equal(answers[0], answers[1])
})

test('the person whom the block is about takes no part, under any number', async () => {
  const patient = await patientOf('7730001', true)
  await world.api.sql`insert into practitioner (hpr_number, person) values ('7730001', ${asks.key}), ('7730002', ${confirms.key})`
  const asked = await world.ask(asks, contract.askBlockLift, { body: body(patient, { hprNumber: '7730001' }) })
  assert.equal(rule(asked.body), 'blocked-person')
  const { id } = await world.answer(asks, contract.askBlockLift, { body: body(patient, { hprNumber: '7730002' }) })
  assert.equal(rule((await world.ask(confirms, contract.confirmBlockLift, { id, body: { reason } })).body), 'blocked-person')
})

test('what is asked for is complete, and lapses after seven days', async () => {
  const patient = await patientOf(HPR, true)
  // biome-ignore format: a table, one row to a line
  const rows: [what: string, more: object, expected: string][] = [
    ['a practitioner of no register',    { hprNumber: '1' },                                 'practitioner-unknown'],
    ['identified tomorrow',              { identifiedAt: '2100-01-01' },                     'identified-when'],
    ['identified last year',             { identifiedAt: '2020-01-01' },                     'identified-when'],
    ['identified at no time',            { identifiedAt: 'soon' },                           'identified-when'],
    ['known to staff',                   { identified: 'known-to-staff' },                   'body-invalid'],
    ['a reason that says nothing',       { reason: 'aaaaaaaaaaaaaaaaaaaa' },                 'reason-required'],
  ]
  for (const [what, more, expected] of rows) {
    const reply = await world.ask(asks, contract.askBlockLift, { body: body(patient, more) } as never)
    assert.equal(rule(reply.body), expected, what)
  }
  const { id } = await world.answer(asks, contract.askBlockLift, { body: body(patient) })
  world.pass(7 * 86_400_000)
  assert.equal((await world.ask(confirms, contract.confirmBlockLift, { id, body: { reason } })).status, 404)
  const closed = await world.answer(confirms, contract.blockLifts, { query: { status: 'closed' } })
  assert.ok(closed.items.some((one) => one.id === id && one.confirmed === null))
})
