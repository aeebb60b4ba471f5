import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, EpisodeOfCare } from '@medplum/fhirtypes'
import type { PastApi } from './loader.ts'
import { asOf } from './versions.ts'

const version = (number: number, day: string, status: EpisodeOfCare['status']): EpisodeOfCare => ({
  resourceType: 'EpisodeOfCare',
  id: 'one',
  meta: { versionId: String(number), lastUpdated: `2026-${day}T12:00:00Z` },
  status,
  patient: {},
})
const bundle = (...resources: EpisodeOfCare[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})
const versions = [version(3, '03-01', 'finished'), version(2, '02-01', 'onhold'), version(1, '01-01', 'active')]

function api(asked: string[]): PastApi {
  const none = async () => {
    throw new Error('Only the history is asked.')
  }
  return {
    search: none,
    operation: none,
    async history(service, type, id) {
      asked.push(`${service}/${type}/${id}`)
      return bundle(...versions)
    },
  }
}

for (const [at, status, asks] of [
  ['2025-12-31', 'active', true],
  ['2026-01-15', 'active', true],
  ['2026-02-15', 'onhold', true],
  ['2026-03-02', 'finished', false],
] as const) {
  test(`on ${at} the record was ${status}, and its history is ${asks ? '' : 'not '}asked for`, async () => {
    const asked: string[] = []
    const { entry } = await asOf(api(asked), 'x', bundle(version(3, '03-01', 'finished')), new Date(`${at}T00:00:00Z`))
    assert.equal((entry?.[0]?.resource as EpisodeOfCare | undefined)?.status, status)
    assert.deepEqual(asked, asks ? ['x/EpisodeOfCare/one'] : [])
  })
}

test('a record that never changed is not asked about, whenever it came', async () => {
  const asked: string[] = []
  await asOf(api(asked), 'x', bundle(version(1, '06-01', 'active')), new Date('2026-01-01T00:00:00Z'))
  assert.deepEqual(asked, [])
})
