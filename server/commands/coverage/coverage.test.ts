import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idOf } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import criticalInformation from '@helsevev/service-critical-information/service'
import { observe } from '../testing.ts'

const { bergen, oslo } = organizations
const scopes = ['helsevev:critical-information/write']
const hospital = system(oslo, { scopes })
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  await api.sql`insert into county (number, name) values ('46', 'Vestland')`
  await api.sql`insert into municipality ${api.sql([
    { number: '4601', name: 'Bergen', county: '46' },
    { number: '4602', name: 'Kinn', county: '46' },
  ])}`
})
after(async () => await api.close())

async function command(...words: string[]): Promise<{ code: number; printed: string; rows: string[][] }> {
  const { url, ownerUrl } = api.database
  const { code, printed } = await observe(['coverage', ...words], { source: { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl } })
  const rows = printed.split('\n').flatMap((line) => (/^(\d{4} |not known|in all)/.test(line) ? [line.split(/ {2,}/)] : []))
  return { code, printed, rows }
}

let series = 200
async function person(municipality: string | null, died: string | null = null) {
  series += 1
  const one = await api.person(series)
  await api.sql`update person set municipality = ${municipality}, died = ${died} where patient = ${one.key}`
  return one
}

type Person = Awaited<ReturnType<typeof person>>
const hl7 = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] })
const volven = (list: number, code: string) => ({ coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code }] })
const allergy = ({ identifier }: Person, verification: string): SentBody => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: hl7('allergyintolerance-clinical', verification === 'refuted' ? 'inactive' : 'active'),
  verificationStatus: hl7('allergyintolerance-verification', verification),
  category: ['food'],
  criticality: 'high',
  code: volven(7514, '10'),
  patient: { identifier },
  reaction: [{ manifestation: [volven(7497, '1')] }],
})
const treatment = ({ identifier }: Person): SentBody => ({
  resourceType: 'Procedure',
  status: 'in-progress',
  code: volven(7517, '5'),
  subject: { identifier },
})
async function write(resource: SentBody, who = hospital): Promise<string> {
  const reply = await api.as(who).post(`/fhir/critical-information/${resource.resourceType}`, resource)
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return idOf(reply)
}

test('without anybody in the register there is nothing to count, and an unknown municipality is said to be so', async () => {
  assert.deepEqual((await command()).code, 0)
  const { code, printed } = await command('--municipality', '4601')
  assert.deepEqual([code, printed], [1, 'Nobody in the person register lives there.\n'])
  for (const words of [['--municipality', 'Bergen'], ['--all'], ['4601']]) assert.equal((await command(...words)).code, 2)
})

test('people are counted once, where they live, when an entry stands; without populations there are counts alone', async () => {
  const confirmed = await person('4601')
  await write(allergy(confirmed, 'confirmed'))
  await write(treatment(confirmed), system(bergen, { scopes }))
  await write(allergy(await person('4601'), 'unconfirmed'))
  await write(allergy(await person('4601'), 'refuted'))
  await write(treatment(await person('4601')))
  await write(allergy(await person('4601', '2025-12-01'), 'confirmed'))
  const wrong = await write(treatment(await person('4601')))
  await api.as(hospital).delete(`/fhir/critical-information/Procedure/${wrong}`, { 'if-match': 'W/"1"' })
  await person('4602')
  const { code, rows, printed } = await command()
  assert.equal(code, 0)
  assert.deepEqual(rows, [
    ['4601 Bergen', '3', '2'],
    ['4602 Kinn', '0', '0'],
    ['in all', '3', '2'],
  ])
  assert.match(printed, /No population is known for 4601, 4602, so there are counts only: npx helsevev import population FILE/)
})

test('a person under two numbers that turned out to be one is one', async () => {
  const [before, now] = [await person('4602'), await person('4602')]
  await write(treatment(before))
  await api.sql`insert into person_link ${api.sql([
    { patient: before.key, same_as: now.key },
    { patient: now.key, same_as: before.key },
  ])}`
  await write(allergy(now, 'confirmed'))
  assert.deepEqual((await command('--municipality', '4602')).rows, [
    ['4602 Kinn', '1', '1'],
    ['in all', '1', '1'],
  ])
})

test('with populations, verified stands against five per cent of the newest, with source, day and one third beside', async () => {
  await api.sql`insert into municipality_population ${api.sql([
    { municipality: '4601', counted: '2020-01-01', population: 9000, source: 'Somebody before' },
    { municipality: '4601', counted: '2026-01-01', population: 300, source: 'A test' },
    { municipality: '4602', counted: '2026-01-01', population: 110, source: 'A test' },
  ])}`
  const { rows, printed } = await command()
  assert.deepEqual(rows, [
    ['4601 Bergen', '3', '2', '300', '15', '5', '13.3 %'],
    ['4602 Kinn', '1', '1', '110', '6', '2', '18.2 %'],
    ['in all', '4', '3', '410', '21', '7', '14.6 %'],
  ])
  assert.match(printed, /set out from one third, 33 %/)
  assert.deepEqual(printed.match(/^Population: .*$/gm), ['Population: A test, 2026-01-01.'])
})

test('where the municipality of somebody is not known, no share is given in all', async () => {
  await write(treatment(await person(null)))
  const { rows, printed } = await command()
  assert.deepEqual(rows.at(-2), ['not known', '1', '1'])
  assert.deepEqual(rows.at(-1), ['in all', '5', '4'])
  assert.match(printed, /does not know the municipality/)
})
