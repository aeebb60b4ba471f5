import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openingsOf } from './case-openings.ts'

const request = (opening: number, at: string, service: string | null, resources: number) => ({
  opening,
  at,
  eventId: at,
  organizationName: 'Bergen kommune',
  unit: 'Bergen legevakt',
  role: 'SP',
  service,
  event: 'search-type',
  type: null,
  purpose: 'TREAT',
  resources,
  openedBy: null,
  unseen: null,
  automatic: false,
})

test('the requests of one opening are one look-up, at the time of the first, with the services once each', () => {
  const lookUps = [
    request(1, '2026-01-15T09:00:00Z', 'news2', 2),
    request(2, '2026-01-15T09:00:01Z', null, 0),
    request(1, '2026-01-15T09:00:02Z', 'test-results', 3),
    request(1, '2026-01-15T09:00:03Z', 'news2', 0),
  ]
  assert.deepEqual(
    openingsOf({ lookUps }).map(({ at, services, requests, resources }) => [at, services, requests, resources]),
    [
      ['2026-01-15T09:00:00Z', ['news2', 'test-results'], 3, 5],
      ['2026-01-15T09:00:01Z', [], 1, 0],
    ],
  )
})
