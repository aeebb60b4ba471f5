import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarySections } from '@helsevev/kernel/fhir/summary-sections'
import type { Bundle } from '@medplum/fhirtypes'
import { summaryText } from './summary-text.ts'
import { summaryWords } from './summary-words.ts'
import { summaryOf } from './testing/summary.ts'

const text = (bundle: Bundle, language: 'nb' | 'nn' | 'en' = 'nb', withNumber = false) => summaryText(bundle, language, withNumber)

test('who it is about, and the number only when it is asked for', () => {
  const { sections: _, ...who } = text(summaryOf([]))
  assert.deepEqual(who, { name: 'Ola Testesen', birthDate: '5. januar 1950', made: '2026-11-25T12:00:00Z' })
  assert.equal(text(summaryOf([]), 'nb', true).identityNumber, '14835010067')
})

test('an analysis has its plain name in front, and dates and decimals as they are written here', () => {
  const section = {
    code: '30954-2',
    lines: ['B-Hemoglobin: 11.5 g/dL, 2026-11-01', 'P-Ukjent: &lt;0.5 mg/L, 2026-11-02'],
    codes: ['NOR05172', 'NPU99999'],
  }
  assert.deepEqual(text(summaryOf([section])).sections[0]?.lines, [
    'Blodprosent – B-Hemoglobin: 11,5 g/dL, 1. november 2026',
    'P-Ukjent: <0,5 mg/L, 2. november 2026',
  ])
  assert.equal(text(summaryOf([section]), 'en').sections[0]?.lines[1], 'P-Ukjent: <0.5 mg/L, 2 November 2026')
})

test('a fact of several sources is one line, which says how many have registered it', () => {
  const section = { code: '48765-2', lines: ['Peanøtt (2 sources)'], codes: ['1', '2'] }
  assert.deepEqual(text(summaryOf([section])).sections[0]?.lines, ['Peanøtt (registrert av 2)'])
  assert.deepEqual(text(summaryOf([section]), 'en').sections[0]?.lines, ['Peanøtt (registered by 2)'])
})

// biome-ignore format: a table, one row to a line
const reasons: [own: string[], code: string, expected: string][] = [
  [['no-service'], 'unavailable', 'Slike opplysninger deles ikke her ennå. Det sier ikke noe om hva som finnes.'],
  [['unknown'], 'unavailable', 'Ingen har delt slike opplysninger. Det betyr ikke at det ikke finnes.'],
  [['none'], 'unavailable', 'Ingenting er registrert hos dem som deler.'],
  [['withheld-by-patient'], 'withheld', 'Noe er ikke tatt med, fordi den det gjelder har valgt det.'],
  [[], 'withheld', 'Noe er ikke tatt med, fordi det ikke vises for den som hentet sammendraget.'],
  [[], 'unavailable', 'Dette kunne ikke hentes.'],
  [['constructor'], 'unavailable', 'Dette kunne ikke hentes.'],
]
for (const [own, code, expected] of reasons)
  test(`an empty section because of ${[code, ...own].join(' ')} says so`, () => {
    const empty = { code: '10160-0', lines: [], codes: [], empty: { code, own } }
    assert.deepEqual(text(summaryOf([empty])).sections[0]?.notes, [expected])
  })

test('every section that the API knows has a heading, in three languages', () => {
  const codes = Object.values(summarySections).map(({ code }) => code)
  for (const { section } of Object.values(summaryWords)) assert.deepEqual(Object.keys(section).sort(), [...codes].sort())
  const keys = (language: 'nb' | 'nn' | 'en') =>
    JSON.stringify(summaryWords[language], (_, value) => (typeof value === 'string' ? '' : value))
  assert.equal(keys('nn'), keys('nb'))
  assert.equal(keys('en'), keys('nb'))
})

test('what a sender wrote stays as it is, markup and all', () => {
  const section = { code: '48765-2', lines: ['&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp;amp;'], codes: [] }
  assert.deepEqual(text(summaryOf([section])).sections[0]?.lines, ["<script>alert('x')</script> &amp;"])
})
