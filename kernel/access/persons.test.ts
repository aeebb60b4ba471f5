/** Who is who, over HTTP on a real database: persons with several numbers, vendors and units as the registers have them, case officers. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Caller } from '../identity/caller.ts'
import { createIds, type PatientKey } from '../store/ids.ts'
import { attestation, attestationHeader, NOW, nurse, organizations, system, type TestApi, testApi } from '../testing/api.ts'
import { changed, type SentBody } from '../testing/sent.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'

const { bergen, oslo, vendor } = organizations
const ids = createIds(() => NOW)
let api: TestApi
let series = 100
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
const person = async (): Promise<Person> => await api.person(series++)

const pulse = (of: Person, value = 70): SentBody => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { identifier: of.identifier },
  effectiveDateTime: `2026-01-10T10:00:${String(series++ % 60).padStart(2, '0')}+01:00`,
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '/min' },
})

async function reported(controller: string, of: Person): Promise<void> {
  const reply = await api.as(system(controller)).post('/fhir/measurements/Observation', pulse(of))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
}

/** The problem of a search, or how many were found. */
async function look(who: Caller, of: Person, sent: SentBody = attestation(who, of.number)): Promise<string> {
  const reply = await api.as(who).search('Observation', { 'patient.identifier': of.number }, { attestation: attestationHeader(sent) })
  return outcome(reply)
}

function outcome({ body }: { body: unknown }): string {
  const { issue, total } = body as { issue?: { details?: { coding?: { code?: string }[] } }[]; total?: number }
  const code = issue?.[0]?.details?.coding?.[0]?.code
  return code ?? `${total ?? 'stored'}`
}

test('a block names a person: it holds under every HPR number, of linked identity numbers too', async () => {
  const kari = await person()
  await reported(bergen, kari)
  const reader = nurse(bergen)
  const [own] = await api.sql<{ patient: PatientKey }[]>`
    insert into person (patient) values (${ids.patientKey()}) returning patient`
  const [linked] = await api.sql<{ patient: PatientKey }[]>`
    insert into person (patient) values (${ids.patientKey()}) returning patient`
  assert.ok(own && linked)
  await api.sql`insert into person_identifier (system, value, patient) values ('FNR', ${reader.pid ?? ''}, ${own.patient})`
  await api.sql`insert into practitioner (hpr_number, person) values ('7710001', ${linked.patient}), ('7710002', null)`
  const block = async (hpr: string) => {
    await api.sql`delete from patient_choice where patient = ${kari.key}`.catch(() => undefined)
    await api.sql`
      insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
      values (${kari.key}, ${ids.recordId()}, 'block', ${hpr}, '2020-01-01', '2020-01-01', ${kari.key}, 'self')`
  }
  assert.equal(await look(reader, kari), '1')
  await block('7710002')
  assert.equal(await look(reader, kari), '1', 'the number of nobody we know')
  await block('7710001')
  assert.equal(await look(reader, kari), '1', 'the number of a person who is not linked yet')
  await api.sql`
    insert into person_link (patient, same_as) values (${own.patient}, ${linked.patient}), (${linked.patient}, ${own.patient})`
  assert.equal(await look(reader, kari), '0')
  assert.equal(await look(reader, kari, attestation(reader, kari.number, 'BTG', 'Found unconscious at home')), 'blocked-by-patient')
})

test('membership and terms of a vendor have periods, which are read at each call', async () => {
  const kari = await person()
  await reported(bergen, kari)
  const reader = nurse(bergen, { multiTenant: true, supplier: vendor })
  const [before, after] = [new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)]
  // biome-ignore format: a table, one row to a line
  const rows: [what: string, change: Record<string, Date | null>, expected: string][] = [
    ['a member with terms',              {},                                           '1'],
    ['no membership',                    { helsenet_from: null },                      'supplier-not-member'],
    ['a membership that begins later',   { helsenet_from: after },                     'supplier-not-member'],
    ['a membership that begins now',     { helsenet_from: NOW },                       '1'],
    ['a membership that ended',          { helsenet_until: before },                   'supplier-not-member'],
    ['a membership that ends now',       { helsenet_until: NOW },                      'supplier-not-member'],
    ['a membership that ends later',     { helsenet_until: after },                    '1'],
    ['terms not accepted',               { terms_accepted: null },                     'supplier-not-member'],
    ['terms accepted later',             { terms_accepted: after },                    'supplier-not-member'],
    ['terms accepted now',               { terms_accepted: NOW },                      '1'],
    ['terms that ended',                 { terms_until: NOW },                         'supplier-not-member'],
    ['terms that end later',             { terms_until: after },                       '1'],
  ]
  const usual = { helsenet_from: new Date('2020-01-01'), helsenet_until: null, terms_accepted: new Date('2020-01-01'), terms_until: null }
  for (const [what, change, expected] of rows) {
    await api.sql`update organization set ${api.sql({ ...usual, ...change })} where number = ${vendor}`
    assert.equal(await look(reader, kari), expected, what)
  }
  await api.sql`update organization set ${api.sql(usual)} where number = ${vendor}`
})

test('terms of an organisation that lie ahead or have ended are none', async () => {
  const kari = await person()
  await reported(bergen, kari)
  for (const [column, value] of [
    ['terms_accepted', new Date(NOW.getTime() + 1)],
    ['terms_until', NOW],
  ] as const) {
    const [was] = await api.sql<Record<string, Date | null>[]>`select ${api.sql(column)} from organization where number = ${bergen}`
    await api.sql`update organization set ${api.sql(column)} = ${value} where number = ${bergen}`
    assert.equal(await look(nurse(bergen), kari), 'organisation-not-member', column)
    await api.sql`update organization set ${api.sql(column)} = ${was?.[column] ?? null} where number = ${bergen}`
  }
})

test('a unit in the token opens a private provider’s contract only when the register has it as part of the organisation', async () => {
  const kari = await person()
  await reported(bergen, kari)
  const units = { own: '900000802', 'of another organisation': '900000803', 'of no register': '900000899' }
  await api.sql`
    insert into organization (number, name, type, part_of) values (${units['of another organisation']}, 'Ward', 'other', ${oslo})`
  const rows: [unit: keyof typeof units, inToken: boolean, expected: string][] = [
    ['own', true, '1'],
    ['own', false, 'no-agreement'],
    ['of another organisation', true, 'no-agreement'],
    ['of no register', true, 'no-agreement'],
  ]
  for (const [at, [named, inToken, expected]] of rows.entries()) {
    const provider = `90000081${at}`
    const unit = units[named]
    await api.sql`
      insert into organization (number, name, type, helsenet_from, terms_accepted)
      values (${provider}, 'Provider', 'private-provider', '2020-01-01', '2020-01-01')`
    if (named === 'own')
      await api.sql`
        insert into organization (number, name, type, part_of) values (${unit}, 'Ward', 'other', ${provider})
        on conflict (number) do update set part_of = excluded.part_of`
    await api.sql`
      insert into service_participation (organization, service, produces, consumes) values (${provider}, 'measurements', false, true)`
    await api.sql`
      insert into sharing_agreement (id, controller, service, receiver, receiver_type, units, valid_from, purposes, legal_basis,
        proposed, proposed_by, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver)
      values (${`unit-${at}`}, ${bergen}, 'measurements', ${provider}, 'private-provider', ${[unit]}, '2020-01-01', '{TREAT}', 'law',
        '2020-01-01', 'Kari', '2020-01-01', 'Kari', '2020-01-01', 'Ola')`
    await api.sql`
      insert into service_delivery (patient, controller, provider, unit, valid_from, registered_by)
      values (${kari.key}, ${bergen}, ${provider}, ${unit}, '2020-01-01', 'Kari')`
    const who = nurse(provider, inToken ? { organizationChild: unit } : {})
    assert.equal(await look(who, kari), expected, `a unit ${named}${inToken ? '' : ', not in the token'}`)
  }
})

test('a person who writes proves as much as one who reads; a system writes as its organisation', async () => {
  const kari = await person()
  const writer = nurse(bergen)
  const write = async (who: Caller, sent?: SentBody) =>
    outcome(await api.as(who).post('/fhir/measurements/Observation', pulse(kari), sent ? { attestation: attestationHeader(sent) } : {}))
  const whole = attestation(writer, kari.number)
  assert.equal(await write(writer, whole), 'stored')
  assert.equal(await write(writer), 'attestation-missing')
  assert.equal(await write({ ...writer, hprNumber: undefined }, whole), 'health-personnel-required')
  assert.equal(await write({ ...writer, pid: undefined }, whole), 'person-login-required')
  assert.equal(await write(writer, attestation(writer, (await person()).number)), 'attestation-for-another-patient')
  assert.equal(await write(writer, changed(whole, { 'practitioner.authorization.code': 'LE' })), 'authorization-not-held')
  assert.equal(await write(writer, changed(whole, { 'practitioner.point_of_care.id': oslo })), 'point-of-care-unknown')
  assert.equal(await write(writer, changed(whole, { toa: NOW.getTime() / 1000 - 3601 })), 'attestation-has-expired')
  assert.equal(await write(system(bergen)), 'stored')
})

test('a case officer sees what a controller opened, for coordination, from the day it holds until it ends', async () => {
  const kari = await person()
  await reported(bergen, kari)
  await reported(oslo, kari)
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['COC', 'TREAT'] })
  const pid = makeIdentityNumber({ birthDate: '1970-05-05', offset: 65, series: 9 })
  const officer = nurse(bergen, { pid, hprNumber: undefined, name: 'Sonja Saksbehandler' })
  const attests = (purpose: string) => changed(attestation(officer, kari.number, purpose), { 'practitioner.authorization': undefined })
  // Each call comes with a new token: what is known about a person is remembered for a token.
  const ask = async (purpose = 'COC') => await look({ ...officer, issuedAt: officer.issuedAt + series++ }, kari, attests(purpose))
  const [key] = await api.sql<{ patient: PatientKey }[]>`insert into person (patient) values (${ids.patientKey()}) returning patient`
  assert.ok(key)
  await api.sql`insert into person_identifier (system, value, patient) values ('FNR', ${pid}, ${key.patient})`
  const open = async (controller: string, more: Record<string, unknown> = {}) =>
    await api.sql`insert into case_officer_access ${api.sql({
      id: ids.uuid(),
      controller,
      service: 'measurements',
      receiver: bergen,
      purposes: ['COC'],
      valid_from: '2020-01-01',
      opened_by: 'Kari',
      reason: 'Tildelingskontoret',
      ...more,
    })}`
  await open(bergen)
  assert.equal(await ask(), 'health-personnel-required', 'opened, and not registered as case officer')
  await api.sql`
    insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
    values (${ids.uuid()}, ${bergen}, ${key.patient}, 'case-officer', '2020-01-01', 'Kari', 'Tildelingskontoret')`
  assert.equal(await ask(), '1')
  for (const purpose of ['TREAT', 'ETREAT']) assert.equal(await ask(purpose), 'role-not-open', purpose)
  await open(oslo, { valid_from: new Date(NOW.getTime() + 1) })
  assert.equal(await ask(), '1', 'an opening that begins later')
  await open(oslo, { service: 'plans' })
  assert.equal(await ask(), '1', 'an opening of another service')
  await open(oslo)
  assert.equal(await ask(), '2')
  await api.sql`
    update case_officer_access set valid_until = ${NOW}, ended_by = 'Kari', ended_reason = 'Avsluttet i dag' where valid_from <= ${NOW}`
  assert.equal(await ask(), 'health-personnel-required', 'ended')
  const [row] = await api.sql<{ role: string | null; purpose: string }[]>`
    select a.role, l.purpose from access_log l join log_actor a on a.id = l.actor
    where l.patient = ${kari.key} and a.name = 'Sonja Saksbehandler' and l.outcome = 'ok' limit 1`
  assert.deepEqual(row, { role: 'case-officer', purpose: 'COC' })
})
