/** Display windows: the limits of kjernejournalforskriften hold for what is shown under it, and under nothing else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { services } from './services.ts'

test('no service rests on kjernejournalforskriften, whose display windows it would have to keep', () => {
  const resting = services.filter(({ legalBasis }) => legalBasis.some(({ law }) => /kjernejournalforskriften/i.test(law)))
  assert.deepEqual(
    resting.map(({ id }) => id),
    [],
    'Keep the rows of docs/decisions/0021: laboratory 1 year, organ function and imaging 5 years, correspondence 1 year.',
  )
})

test('each service states what its ages of parents and youths rest on, and whether a youth of 13 to 15 signs in', () => {
  for (const { id, representation } of services) assert.match(representation.source, /20\d\d-\d\d-\d\d/, id)
  const open = services.filter(({ representation }) => representation.youth === 'with-parental-consent').map(({ id }) => id)
  assert.deepEqual(open.sort(), ['contacts', 'home-monitoring', 'municipal-services'])
  assert.deepEqual(
    services.filter(({ representation }) => representation.parentsOf12To15).map(({ id }) => id),
    [],
  )
})
