import assert from 'node:assert/strict'
import { test } from 'node:test'
import { healthcareServiceOf } from './healthcare-service.ts'

for (const [type, registered, authorization, code, list] of [
  ['municipality', 'KA02', 'LE', 'KA02', 8663],
  ['municipality', undefined, 'SP', 'KP02', 8663],
  ['municipality', undefined, 'LE', 'KP01', 8663],
  ['municipality', undefined, 'XX', 'KP02', 8663],
  ['private-provider', undefined, 'SP', 'KP02', 8663],
  ['general-practice', undefined, 'LE', 'KA01', 8663],
  ['health-trust', 'S03', 'LE', 'S03', 8668],
  ['regional-health-trust', undefined, 'SP', '4', 8668],
] as const) {
  test(`${type}${registered ? ` registered with ${registered}` : ''}, ${authorization}: ${code} of list ${list}`, () => {
    const place = { number: '973000005', name: 'Enheten', type, ...(registered ? { healthcareService: registered } : {}) }
    assert.deepEqual(healthcareServiceOf(place, authorization), { code, system: `urn:oid:2.16.578.1.12.4.1.1.${list}` })
  })
}
