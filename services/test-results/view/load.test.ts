import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson } from '@helsevev/kernel/values/json'
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { inLanguage } from './in-language.ts'
import { dataOf } from './load.ts'

const NLK = 'urn:oid:2.16.578.1.12.4.1.1.7280'
const none: Parameters = { resourceType: 'Parameters' }

const report = (discipline: string, lastUpdated?: string): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [
    {
      search: { mode: 'match' },
      resource: {
        resourceType: 'DiagnosticReport',
        id: 'r',
        status: 'final',
        ...(lastUpdated ? { meta: { lastUpdated } } : {}),
        code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.8202', code: discipline }] },
        result: [{ reference: 'Observation/o' }],
      },
    },
    {
      search: { mode: 'include' },
      resource: {
        resourceType: 'Observation',
        id: 'o',
        status: 'final',
        code: {
          coding: [
            { system: 'urn:oid:2.16.578.1.12.4.1.1.8212', code: 'HB' },
            { system: NLK, code: 'NOR05172' },
          ],
          text: 'B-Hemoglobin',
        },
        valueQuantity: { value: 11.5, unit: 'g/dL' },
      },
    },
  ],
})

// biome-ignore format: a table, one row to a line
const shown: [discipline: string, came: string | undefined, from: string | undefined][] = [
  ['CLIN', '2026-11-01T08:00:00Z', '2026-11-01T08:00:00.000Z'],
  ['PAT', '2026-11-01T08:00:00Z', '2026-11-15T08:00:00.000Z'],
  ['HIST', '2026-11-01T08:00:00Z', '2026-11-15T08:00:00.000Z'],
  ['MGEN', '2026-11-01T08:00:00Z', '2026-11-15T08:00:00.000Z'],
  ['RAD', '2026-11-01T08:00:00Z', '2026-11-01T08:00:00.000Z'],
  ['CLIN', undefined, undefined],
]
for (const [discipline, came, from] of shown)
  test(`the patient could see a report of ${discipline} of ${came ?? 'no known time'} from ${from ?? 'no known time'}`, () => {
    assert.equal(dataOf(report(discipline, came), none, []).reports[0]?.shownFrom, from)
  })

test('a result and a course have their code of the Norwegian laboratory code system, wherever it stands', () => {
  const analyses: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      {
        name: 'analysis',
        part: [
          { name: 'name', valueString: 'B-Hemoglobin' },
          { name: 'code', valueCoding: { system: 'urn:oid:2.16.578.1.12.4.1.1.8212', code: 'HB' } },
          { name: 'code', valueCoding: { system: NLK, code: 'NOR05172' } },
        ],
      },
    ],
  }
  const data = dataOf(report('CLIN'), analyses, [])
  assert.deepEqual([data.reports[0]?.results[0]?.code, data.analyses[0]?.code], ['NOR05172', 'NOR05172'])
  for (const [language, written] of [
    ['nb', '11,5 g/dL'],
    ['nn', '11,5 g/dL'],
    ['en', '11.5 g/dL'],
  ] as const)
    assert.equal(inLanguage(data, language).reports[0]?.results[0]?.value, written)
})

test('a value and its limits keep the digits that were sent', () => {
  const part = `[{"name":"value","valueDecimal":4.0},{"name":"sent","valueQuantity":{"value":4.0,"unit":"mmol/L"}},
    {"name":"low","valueDecimal":3.5},{"name":"high","valueDecimal":5.0}]`
  const analyses = parseJson(`{"resourceType":"Parameters","parameter":[{"name":"analysis","part":[{"name":"result","part":${part}}]}]}`)
  const data = dataOf({ resourceType: 'Bundle', type: 'searchset' }, analyses as Parameters, [])
  const point = inLanguage(data, 'nb').analyses[0]?.points[0]
  assert.deepEqual([point?.number, point?.limits], ['4,0', { low: '3.5', high: '5.0' }])
})
