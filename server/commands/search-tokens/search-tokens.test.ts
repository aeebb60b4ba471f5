import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type PatientKey, placeText, type RecordId } from '@helsevev/kernel/store/ids'
import { idOf, matchesIn } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import contacts from '@helsevev/service-contacts/service'
import { observe } from '../testing.ts'

let api: TestApi
before(async () => {
  api = await testApi([contacts])
})
after(async () => await api.close())

const asking = system(organizations.bergen, { scopes: ['helsevev:contacts/write', 'helsevev:contacts/read'] })
const command = async (...words: string[]) => {
  const { url, ownerUrl } = api.database
  return await observe(['search-tokens', 'renew', ...words], { source: { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl } })
}

test('what an older version stored is found again, once, and stopping in between loses nothing', async () => {
  const ids: string[] = []
  for (const series of [31, 32, 33]) {
    const person = await api.person(series)
    const created = await api.as(asking).post('/fhir/contacts/RelatedPerson', {
      resourceType: 'RelatedPerson',
      active: true,
      patient: { identifier: person.identifier },
      relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'SIS' }] }],
      name: [{ family: 'Berg', given: ['Petra'] }],
      telecom: [{ system: 'phone', value: '99 99 99 99' }],
      period: { start: '2024-01-01' },
    })
    assert.equal(created.status, 201, JSON.stringify(created.body))
    ids.push(idOf(created))
  }
  const [old] = await api.sql<{ tokens: string[] }[]>`select tokens from record order by id limit 1`
  await api.sql`update record set tokens = array['active=|true']`
  const found = async (series: number) =>
    matchesIn(
      await api.as(asking).search('RelatedPerson', { 'patient.identifier': (await api.person(series)).number, relationship: 'SIS' }),
      'RelatedPerson',
    ).length
  assert.equal(await found(31), 0)
  const first = await command()
  assert.deepEqual([first.code, first.printed.includes('3 records read, 3 made again.')], [0, true], first.printed)
  assert.deepEqual(await Promise.all([31, 32, 33].map(found)), [1, 1, 1])
  const [renewed] = await api.sql<{ tokens: string[] }[]>`select tokens from record order by id limit 1`
  assert.deepEqual(renewed?.tokens.toSorted(), old?.tokens.toSorted())
  assert.ok((await command()).printed.includes('3 records read, 0 made again.'))
  assert.equal((await command('--after', 'page-2')).code, 1)
  assert.equal(ids.length, 3)
})

test('a later run goes on after the place that was printed', async () => {
  const [row] = await api.sql<{ patient: PatientKey; id: RecordId }[]>`select patient, id from record order by patient, id limit 1`
  const rest = await command('--after', placeText(row?.patient ?? ('0' as PatientKey), row?.id ?? ('0' as RecordId)))
  assert.ok(rest.printed.includes('2 records read'), rest.printed)
})
