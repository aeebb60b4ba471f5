/** Display windows: the limits of kjernejournalforskriften hold for what is shown under it, and under nothing else. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { representationOf } from '@helsevev/kernel/access/representation'
import type { CitizenFacts, Relation } from '@helsevev/kernel/access/request'
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

test('the page on access says of every service how far back staff read, and from which age it is open', () => {
  const page = readFileSync(new URL('../docs/access.md', import.meta.url), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  for (const { id, representation } of services) {
    const row = rows.find((line) => line.startsWith(`| \`${id}\` |`))
    assert.ok(row, `${id} has a row`)
    assert.match(row, /no limit/, id)
    const youth = representation.youth === 'never' ? /\| from 16 \|$/ : /\| from 13 with a parent's consent \|$/
    assert.match(row, youth, id)
  }
})

const now = new Date('2026-01-15T11:00:00Z')
const relation = (kind: Relation['kind'], areas: string[] = []): Relation => ({
  kind,
  areas,
  validFrom: Date.parse('2020-01-01') as Relation['validFrom'],
  validUntil: null,
  ended: null,
})
const nobody: CitizenFacts = {
  key: undefined,
  birthDate: '1980-01-01',
  addressConfidentiality: 'Unclassified',
  patientAddressConfidentiality: 'Unclassified',
  patientDied: false,
  relations: [],
  parentalConsents: [],
  parentAtSameAddress: true,
  fosterGrant: false,
}
const consented = { ...nobody, parentalConsents: [relation('parental-consent')] }
const parent = { ...nobody, relations: [relation('parental-responsibility')] }
const chosen = { ...nobody, relations: [relation('power-of-attorney', ['3'])] }
const everywhere = [
  'contacts',
  'critical-information',
  'e-prescriptions',
  'home-monitoring',
  'hospital-medicines',
  'medication-list',
  'municipal-services',
  'news2',
  'test-results',
]
const forYouths = ['contacts', 'home-monitoring', 'municipal-services']

// Today is 15 January 2026 in Norway. Each birthday is followed by the day before it (Helsenorge: 12, 13 and 16 years).
// biome-ignore format: a table, one row to a line
const ages: [what: string, facts: CitizenFacts, isSelf: boolean, born: string, opened: string[]][] = [
  ['herself, 16 today',                                        nobody,    true,  '2010-01-15', everywhere],
  ['herself, 16 tomorrow, without consent',                    nobody,    true,  '2010-01-16', []],
  ['a youth, 16 tomorrow, with a parent’s consent',            consented, true,  '2010-01-16', forYouths],
  ['a youth, 13 today, with a parent’s consent',               consented, true,  '2013-01-15', forYouths],
  ['a child, 13 tomorrow, with a parent’s consent',            consented, true,  '2013-01-16', []],
  ['a parent of a child that is 12 tomorrow',                  parent,    false, '2014-01-16', everywhere],
  ['a parent of a child that is 12 today',                     parent,    false, '2014-01-15', []],
  ['a parent of a youth who is 16 tomorrow and has consented', { ...parent, relations: [...parent.relations, ...chosen.relations] }, false, '2010-01-16', []],
  ['a parent of a youth of 16 today',                          parent,    false, '2010-01-15', []],
  ['a parent to whom a youth of 16 today has given a power',   { ...parent, relations: [...parent.relations, ...chosen.relations] }, false, '2010-01-15', everywhere],
]
for (const [what, facts, isSelf, born, opened] of ages)
  test(`${what}: ${opened.length === 0 ? 'nothing' : opened.join(', ')}`, () => {
    const open = services.filter(
      ({ representation }) => !('refused' in representationOf(representation, { birthDate: born }, facts, isSelf, now)),
    )
    assert.deepEqual(open.map(({ id }) => id).sort(), opened)
  })
