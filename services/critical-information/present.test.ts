/**
 * What is present counts, and nothing else does: in $status, $has-data, $summary, searches and the figures of an installation. Each row of
 * the table stands on one side of a boundary.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { connectAsOwner } from '@helsevev/kernel/store/database'
import { present } from '@helsevev/kernel/store/present'
import { bundleOf, idOf, matchesIn, parametersOf, valuesOf } from '@helsevev/kernel/testing/answers'
import { attestation, attestationHeader, NOW, nurse, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { ResourceType } from '@medplum/fhirtypes'

import { type Entry, standingOf } from './fhir/entry.ts'
import criticalInformation from './service.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:critical-information/read', 'helsevev:critical-information/write', 'helsevev:persons/read']
const hospital = system(oslo, { scopes })
const reader = nurse(bergen, { scopes })
const BASE = '/fhir/critical-information'
const VALID_UNTIL = 'http://nhn.no/kj/fhir/StructureDefinition/KjValidUntil'
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  await api.agreement({ controller: oslo, receiver: bergen })
  await api.sql`
    insert into worklist (unit, organization, drawn_up, received, left_out) values (${bergen}, ${bergen}, ${NOW}, ${NOW}, 0)`
})
after(async () => await api.close())

const hl7 = (list: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }] })
const volven = (list: number, code: string) => ({ coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code }] })
const until = (text: string) => ({ extension: [{ url: VALID_UNTIL, valueDateTime: text }] })
const allergy: SentBody = {
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
  verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
  category: ['food'],
  criticality: 'high',
  code: volven(7514, '10'),
  reaction: [{ manifestation: [volven(7497, '1')] }],
}
const condition: SentBody = {
  resourceType: 'Condition',
  clinicalStatus: hl7('condition-clinical', 'active'),
  verificationStatus: hl7('condition-ver-status', 'confirmed'),
  category: [volven(7651, '5')],
  code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7110', code: 'E271' }] },
}
const flag: SentBody = { resourceType: 'Flag', status: 'active', category: [volven(7651, '8')], code: volven(7522, '1') }
const treatment: SentBody = { resourceType: 'Procedure', status: 'in-progress', code: volven(7517, '5') }

type Row = [name: string, entry: SentBody, isPresent: boolean, standing: string]
// 15 January 2026, 11:00 in Norway. A date lasts the whole day in Norway, which ends at 23:00 UTC.
const rows: Row[] = [
  ['stated', allergy, true, 'active'],
  ['ends today', { ...allergy, ...until('2026-01-15') }, true, 'active'],
  ['ended yesterday', { ...allergy, ...until('2026-01-14') }, false, 'ended'],
  ['ends this month', { ...allergy, ...until('2026-01') }, true, 'active'],
  ['ended last month', { ...allergy, ...until('2025-12') }, false, 'ended'],
  ['ended last year', { ...allergy, ...until('2025') }, false, 'ended'],
  ['ends in a millisecond', { ...allergy, ...until(new Date(NOW.getTime() + 1).toISOString()) }, true, 'active'],
  ['ends now', { ...allergy, ...until(NOW.toISOString()) }, false, 'ended'],
  ['inactive', { ...allergy, clinicalStatus: hl7('allergyintolerance-clinical', 'inactive') }, false, 'ended'],
  ['refuted', { ...condition, verificationStatus: hl7('condition-ver-status', 'refuted') }, false, 'refuted'],
  ['suspected', { ...condition, verificationStatus: hl7('condition-ver-status', 'unconfirmed') }, true, 'active'],
  ['began later than now, by a wrong date', { ...condition, onsetDateTime: '2026-03-01' }, true, 'active'],
  ['a treatment that goes on', treatment, true, 'active'],
  ['a treatment that is completed', { ...treatment, status: 'completed' }, false, 'ended'],
  ['a period that began today', { ...flag, period: { start: '2026-01-15' } }, true, 'active'],
  ['a period that begins tomorrow', { ...flag, period: { start: '2026-01-16' } }, false, 'not-begun'],
  ['a period whose last day is today', { ...flag, period: { start: '2025-01-01', end: '2026-01-15' } }, true, 'active'],
  ['a period whose last day was yesterday', { ...flag, period: { start: '2025-01-01', end: '2026-01-14' } }, false, 'ended'],
  ['entered in error', { ...flag, status: 'entered-in-error' }, false, 'entered-in-error'],
]

let series = 200
type Person = Awaited<ReturnType<TestApi['person']>>
async function somebodyWith(entry: SentBody): Promise<{ person: Person; id: string }> {
  series += 1
  const person = await api.person(series)
  await api.sql`insert into worklist_patient (patient, unit, position) values (${person.key}, ${bergen}, 1)`
  const element = entry.resourceType === 'AllergyIntolerance' ? 'patient' : 'subject'
  const reply = await api
    .as(hospital)
    .post(`${BASE}/${entry.resourceType ?? ''}`, { ...entry, [element]: { identifier: person.identifier } })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return { person, id: idOf(reply) }
}
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const withoutPatient = () => {
  const { patients: _none, ...content } = attestation(reader, '')
  return { attestation: attestationHeader(content) }
}

async function counted(person: Person): Promise<{ status: unknown; entries: unknown; hasData: unknown }> {
  const status = valuesOf(await api.as(reader).post(`${BASE}/$status`, `patient.identifier=${person.number}`, form))
  const list = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueIdentifier: person.identifier },
      { name: 'service', valueCode: 'critical-information' },
    ],
  }
  const reply = await api.as(reader).post('/fhir/$has-data', list, withoutPatient())
  const hasData = parametersOf(reply)[0]?.part?.[1]?.part?.find(({ name }) => name === 'status')?.valueCode
  return { status: status.status, entries: status.entries, hasData }
}

for (const [name, entry, isPresent, standing] of rows) {
  test(`${name}: ${isPresent ? 'counts' : 'does not count, and is found'}`, async () => {
    const { person, id } = await somebodyWith(entry)
    const type = (entry.resourceType ?? '') as ResourceType
    assert.deepEqual(await counted(person), {
      status: isPresent ? 'some' : 'none',
      entries: isPresent ? 1 : 0,
      hasData: isPresent ? 'some' : 'none',
    })
    const find = async (more: Record<string, string>) =>
      matchesIn(await api.as(reader).search(type, { 'patient.identifier': person.number, ...more }), type).map((found) => found.id)
    assert.deepEqual(await find({ present: 'true' }), isPresent ? [id] : [])
    assert.deepEqual(await find({ present: 'false' }), isPresent ? [] : [id])
    const [whole] = matchesIn(await api.as(reader).search(type, { 'patient.identifier': person.number }), type)
    assert.equal(standingOf(whole as Entry, NOW), standing)
    const summary = await api.as(reader).post('/fhir/Patient/$summary', `patient.identifier=${person.number}`, form)
    const inSummary = (bundleOf(summary).entry ?? []).some(({ resource }) => resource?.resourceType === type && resource.id === id)
    assert.equal(inSummary, isPresent, JSON.stringify(summary.body).slice(0, 2000))
  })
}

test('an entry stops counting when its day is over, without a write', async () => {
  const { person } = await somebodyWith({ ...allergy, ...until('2026-01-15') })
  const [row] = await api.sql<{ tokens: string[] }[]>`select tokens from record where patient = ${person.key}`
  assert.ok(row?.tokens.includes('_present-until=|2026-01-15T23:00:00.000Z'))
  assert.equal((await counted(person)).entries, 1)
})

test('what is asked for is true or false', async () => {
  const { person } = await somebodyWith(allergy)
  const reply = await api.as(reader).search('AllergyIntolerance', { 'patient.identifier': person.number, present: 'yes' })
  assert.match(JSON.stringify([reply.status, reply.body]), /400.*present takes true or false/s)
})

test('what was stored before times were kept counts in the same way after the migration', async () => {
  const presentNow = async () =>
    await api.sql<{ id: string }[]>`
      select id from record where superseded is null and ${present(api.sql, api.sql`tokens`, api.sql`${NOW}::timestamptz`)} order by id`
  const expected = (await presentNow()).map(({ id }) => id)
  const migration = readFileSync(new URL('../../kernel/store/migrations/0028_present.sql', import.meta.url), 'utf8')
  const owner = connectAsOwner(api.database.ownerUrl)
  try {
    // Before times were kept, a status stood in its token without its code system.
    await owner`
      update record set tokens = array(
        select regexp_replace(token, '^(standing|clinical-status|status)=[^|]+[|]', '\\1=|')
        from unnest(tokens) as token where not starts_with(token, '_present'))`
    assert.notEqual((await presentNow()).length, expected.length)
    await owner.unsafe(migration)
  } finally {
    await owner.end()
  }
  assert.deepEqual(
    (await presentNow()).map(({ id }) => id),
    expected,
  )
})
