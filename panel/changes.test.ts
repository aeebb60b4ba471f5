import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, EpisodeOfCare } from '@medplum/fhirtypes'
import { changesOf } from './changes.ts'
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

test('each change has the data before and after, newest first, and everything is asked once', async () => {
  const asked: string[] = []
  const never = { ...version(1, '01-05', 'active'), id: 'never' }
  const api: PastApi = {
    async search() {
      asked.push('search')
      return bundle(version(3, '03-01', 'finished'), never)
    },
    operation: async () => ({ resourceType: 'Parameters' }),
    async history(_service, _type, id) {
      asked.push(id)
      return bundle(version(3, '03-01', 'finished'), version(2, '02-01', 'onhold'), version(1, '01-01', 'active'))
    },
  }
  const changes = await changesOf(api, async (past, at) => {
    const { entry = [] } = await asOf(past, 'x', await past.search('x', 'EpisodeOfCare'), at)
    return { data: entry.map(({ resource }) => (resource as EpisodeOfCare).status).join() }
  })
  assert.deepEqual(changes, [
    { at: '2026-03-01T12:00:00Z', before: 'onhold,active', after: 'finished,active' },
    { at: '2026-02-01T12:00:00Z', before: 'active,active', after: 'onhold,active' },
  ])
  assert.deepEqual(asked, ['search', 'one'])
})
