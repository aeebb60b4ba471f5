/** Where a fault of an entry stands in the Bundle: at a member that the Bundle has. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem } from '../../problem/problem.ts'
import { atEntry } from './bundle-entries.ts'

const written = { resource: { resourceType: 'Observation' as const, status: 'final' as const, code: {} } }
const deleted = { request: { method: 'DELETE' as const, url: 'Observation/g-g' } }

// biome-ignore format: a table, one row to a line
const places: [entry: typeof written | typeof deleted | undefined, expression: string | undefined, place: string][] = [
  [written,   'Observation.value',                         'Bundle.entry[3].resource.value'],
  [written,   'Observation.component[0].code',             'Bundle.entry[3].resource.component[0].code'],
  [written,   'Observation',                               'Bundle.entry[3].resource'],
  [written,   'Resource.meta.lastUpdated',                 'Bundle.entry[3].resource.meta.lastUpdated'],
  [written,   'resourceType',                              'Bundle.entry[3].resource.resourceType'],
  [written,   'Bundle.entry[3].request.url',               'Bundle.entry[3].request.url'],
  [written,   'attestation.practitioner.point_of_care.id', 'attestation.practitioner.point_of_care.id'],
  [written,   'attestation',                               'attestation'],
  [written,   undefined,                                   'Bundle.entry[3].resource'],
  [deleted,   undefined,                                   'Bundle.entry[3].request'],
  [undefined, undefined,                                   'Bundle.entry[3].request'],
]

for (const [entry, expression, place] of places)
  test(`${expression ?? 'no element'} of ${entry ? Object.keys(entry).join() : 'nothing'} is at ${place}`, () => {
    const fault = problem('invalid-resource', 'A fault.', expression === undefined ? undefined : { expression })
    assert.deepEqual(
      atEntry(entry, 3, fault).map((issue) => issue.expression),
      [place],
    )
  })
