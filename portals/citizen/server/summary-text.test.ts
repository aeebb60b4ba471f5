import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOINC, NLK, SNOMED_CT, volven } from '@helsevev/clinical/systems'
import { summarySections } from '@helsevev/kernel/fhir/summary-sections'
import { parseJson } from '@helsevev/kernel/values/json'
import type { Bundle, Observation, Resource } from '@medplum/fhirtypes'
import { summaryText } from './summary-text.ts'
import { summaryWords } from './summary-words.ts'
import { summaryOf } from './testing/summary.ts'

const organizations = new Map([
  ['983658725', 'Helse Vest RHF'],
  ['964338531', 'Bergen kommune'],
])
const text = (bundle: Bundle, language: 'nb' | 'nn' | 'en' = 'nb', withNumber = false) =>
  summaryText(bundle, { language, withNumber, organizations })
const wordsIn = (bundle: Bundle, language: 'nb' | 'nn' | 'en' = 'nb') => text(bundle, language).sections[0]?.lines.map((line) => line.text)

test('who it is about, and the number only when it is asked for', () => {
  const { sections: _, ...who } = text(summaryOf([]))
  assert.deepEqual(who, { name: 'Ola Testesen', birthDate: '5. januar 1950', made: '2026-11-25T12:00:00Z' })
  assert.equal(text(summaryOf([]), 'nb', true).identityNumber, '14835010067')
})

test('what no rule knows keeps the line of the API, with days as they are written here', () => {
  const bundle = summaryOf([{ code: '47519-4', lines: ['Dialyse, 2026-11-01'], codes: [] }])
  bundle.entry = bundle.entry?.slice(0, 2) ?? []
  assert.deepEqual(text(bundle).sections[0]?.lines, [{ text: 'Dialyse, 1. november 2026', about: '' }])
})

test('a fact of several sources is one line, which says how many have registered it', () => {
  const section = { code: '48765-2', lines: ['Peanøtt (2 sources)'], codes: [] }
  assert.deepEqual(wordsIn(summaryOf([section])), ['Peanøtt (registrert av 2)'])
  assert.deepEqual(wordsIn(summaryOf([section]), 'en'), ['Peanøtt (registered by 2)'])
})

const from = (number: string) => ({
  extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: number } }],
})
const observed = (name: string, more: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  effectiveDateTime: '2026-11-01T08:00:00Z',
  code: { text: name },
  ...from('983658725'),
  ...more,
})
const coded = (system: string, code: string, display?: string) => ({ coding: [{ system, code, ...(display ? { display } : {}) }] })
const parsed = (json: string) => parseJson(json) as { value: number; unit: string }
const score = coded(SNOMED_CT, '1104051000000101', 'NEWS2 (National Early Warning Score 2) total score')
const HL7 = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
const [systolic, diastolic] = (['8480-6', '8462-4'] as const).map((code) => coded(LOINC, code))

const entries: { what: string; resource: Resource; line?: string; nb: string; en: string }[] = [
  {
    what: 'a zero after the point',
    resource: observed('P-Ukjent', { valueQuantity: parsed('{"value":11.0,"unit":"g/dL"}') }),
    nb: 'P-Ukjent: 11,0 g/dL',
    en: 'P-Ukjent: 11.0 g/dL',
  },
  {
    what: 'an analysis with a plain name, under',
    resource: observed('B-HbA1c', {
      code: { ...coded(NLK, 'NPU27300'), text: 'B-HbA1c' },
      valueQuantity: { value: 18, unit: 'mmol/mol' },
      interpretation: [coded(volven(8244), '2')],
      referenceRange: [{ text: '20 - 42' }],
    }),
    nb: 'Langtidsblodsukker – B-HbA1c: 18 mmol/mol, under referanseområdet (20 - 42)',
    en: 'Long-term blood sugar – B-HbA1c: 18 mmol/mol, below the reference interval (20 - 42)',
  },
  {
    what: 'over, by the codes of HL7',
    resource: observed('P-Ukjent', { valueQuantity: { value: 7, comparator: '>', unit: 'mg/L' }, interpretation: [coded(HL7, 'H')] }),
    nb: 'P-Ukjent: >7 mg/L, over referanseområdet',
    en: 'P-Ukjent: >7 mg/L, above the reference interval',
  },
  {
    what: 'a text that ends with a full stop',
    resource: observed('RG Thorax', { valueString: 'Ingen infiltrater.\n\nR: Normalt funn.', status: 'amended' }),
    nb: 'RG Thorax: Ingen infiltrater. R: Normalt funn, rettet svar',
    en: 'RG Thorax: Ingen infiltrater. R: Normalt funn, corrected answer',
  },
  {
    what: 'a score',
    resource: observed('', { code: score, valueQuantity: { value: 7, unit: '{score}' } }),
    nb: 'NEWS2, samlet poengsum: 7',
    en: 'NEWS2, total score: 7',
  },
  { what: 'a score without a total', resource: observed('', { code: score }), nb: 'NEWS2: ikke regnet ut', en: 'NEWS2: not worked out' },
  {
    what: 'a vital sign',
    resource: observed('', { code: coded(LOINC, '8867-4', 'Heart rate'), valueQuantity: { value: 72, unit: '/min' } }),
    nb: 'Puls: 72 /min',
    en: 'Pulse: 72 /min',
  },
  {
    what: 'a pressure in two parts',
    resource: observed('Blodtrykk', {
      component: [
        { code: systolic ?? {}, valueQuantity: { value: 132, unit: 'mmHg' } },
        { code: diastolic ?? {}, valueQuantity: { value: 78, unit: 'mmHg' } },
      ],
    }),
    nb: 'Blodtrykk: det høyeste tallet 132 mmHg, det laveste tallet 78 mmHg',
    en: 'Blodtrykk: blood pressure, the higher number 132 mmHg, blood pressure, the lower number 78 mmHg',
  },
  {
    what: 'a paused service',
    resource: { resourceType: 'EpisodeOfCare', patient: {}, status: 'onhold', type: [coded(volven(9151), '5', 'Matombringing')] },
    nb: 'Matombringing, på pause',
    en: 'Meals brought home, paused',
  },
  {
    what: 'a service that runs',
    resource: { resourceType: 'EpisodeOfCare', patient: {}, status: 'active', type: [coded(volven(9151), '6', 'Alarm')] },
    nb: 'Trygghetsalarm',
    en: 'Safety alarm',
  },
  {
    what: 'a serious reaction',
    resource: { resourceType: 'AllergyIntolerance', patient: {} },
    line: 'Penicillin, 2026-11-01; criticality: high; reaction: Anafylaktisk reaksjon (severe) (2 sources)',
    nb: 'Penicillin; alvorlig; reaksjon: Anafylaktisk reaksjon (alvorlig) (registrert av 2)',
    en: 'Penicillin; serious; reaction: Anafylaktisk reaksjon (severe) (registered by 2)',
  },
  {
    what: 'a refuted reaction',
    resource: { resourceType: 'AllergyIntolerance', patient: {} },
    line: 'Penicillin; certainty: refuted',
    nb: 'Penicillin; avkreftet',
    en: 'Penicillin; refuted',
  },
]
for (const { what, resource, line = 'Line', nb, en } of entries)
  test(`an entry reads in the language of the reader: ${what}`, () => {
    const bundle = summaryOf([{ code: '30954-2', lines: [line], codes: [], resources: [resource] }])
    assert.deepEqual([wordsIn(bundle, 'nb'), wordsIn(bundle, 'en')], [[nb], [en]])
  })

test('every line has its source, by name, with the unit and the day', () => {
  const resources: Resource[] = [
    observed('P-Ukjent', { performer: [{ display: 'Medisinsk post' }] }),
    { resourceType: 'EpisodeOfCare', patient: {}, status: 'active', period: { start: '2026-06-25' }, ...from('964338531') },
    { resourceType: 'Condition', subject: {}, recordedDate: '2025-04-09', ...from('999999999') },
  ]
  const { sections } = text(summaryOf([{ code: '30954-2', lines: ['a', 'b', 'c'], codes: [], resources }]))
  assert.deepEqual(
    sections[0]?.lines.map(({ about }) => about),
    [
      '1. nov. 2026 kl. 09:00 · kilde: Helse Vest RHF, Medisinsk post',
      'fra 25. juni 2026 · kilde: Bergen kommune',
      '9. april 2025 · kilde: 999999999',
    ],
  )
})

test('what grew stands after the culture, and what it resists after it, with its name', () => {
  const member = (id: string) => ({ hasMember: [{ reference: `Observation/${id}` }] })
  const resources = [
    observed('Ampicillin', { id: 'r', valueCodeableConcept: { text: 'Resistent' } }),
    observed('Identifikasjon', { id: 'b', valueCodeableConcept: { text: 'Escherichia coli' }, ...member('r') }),
    observed('Aerob dyrkning', { id: 'c', valueCodeableConcept: { text: 'Vekst' }, ...member('b') }),
    observed('P-Ukjent', { id: 'o' }),
  ]
  const lines = wordsIn(summaryOf([{ code: '30954-2', lines: ['r', 'b', 'c', 'o'], codes: [], resources }]))
  assert.deepEqual(lines, [
    'Dyrkning: vokser det bakterier? – Aerob dyrkning: Vekst',
    'Det som vokste: Escherichia coli',
    'Escherichia coli, Ampicillin: Resistent',
    'P-Ukjent',
  ])
})

test('a culture states its specimen, and answers to medicines are in plain words of the language', () => {
  const resources: Resource[] = [
    observed('Dyrkning', {
      id: 'c',
      valueCodeableConcept: { text: 'Vekst' },
      specimen: { reference: 'urn:uuid:x/Specimen/s' },
      hasMember: [{ reference: 'Observation/b' }],
    }),
    observed('Identifikasjon', {
      id: 'b',
      valueCodeableConcept: { text: 'Escherichia coli' },
      hasMember: [{ reference: 'Observation/r' }],
    }),
    observed('Ampicillin', { id: 'r', valueCodeableConcept: { coding: [{ system: volven(8271), code: 'I', display: 'Følsom ved økt' }] } }),
  ]
  const bundle = summaryOf([{ code: '30954-2', lines: ['c', 'b', 'r'], codes: [], resources }])
  bundle.entry?.push({ resource: { resourceType: 'Specimen', id: 's', type: { text: 'Urin' } } })
  const [section] = text(bundle, 'en').sections
  assert.deepEqual(
    section?.lines.map((line) => line.text),
    [
      'Culture: do bacteria grow? – Dyrkning: Growth',
      'What grew: Escherichia coli',
      'Escherichia coli, Ampicillin: the medicine works in a higher dose',
    ],
  )
  assert.match(section?.lines[0]?.about ?? '', /^specimen: urin · /)
})

test('all numbers of an analysis are in the unit of the newest, spelt as people write it', () => {
  const measured = (day: string, quantity: string) =>
    observed('B-Hemoglobin', { effectiveDateTime: `2026-11-0${day}T08:00:00Z`, valueQuantity: parsed(quantity) })
  const resources = [
    measured('3', '{"value":13.7,"unit":"g/dL"}'),
    measured('1', '{"value":137,"unit":"g/L"}'),
    observed('B-Ukjent', { valueQuantity: parsed('{"value":5.70,"unit":"10*9/L"}') }),
    observed('B-Ukjent', { valueQuantity: parsed('{"value":6.1,"unit":"10E9/L"}') }),
  ]
  const lines = wordsIn(summaryOf([{ code: '30954-2', lines: ['a', 'b', 'c', 'd'], codes: [], resources }]))?.map(
    (line) => line.split(': ')[1],
  )
  assert.deepEqual(lines, ['13,7 g/dL', '13,7 g/dL (sendt som 137 g/L)', '5,70 10⁹/L', '6,1 10⁹/L'])
})

test('a section with lines does not say that nobody has shared such things', () => {
  const section = { code: '8716-3', lines: ['a'], codes: [] }
  assert.deepEqual(text(summaryOf([{ ...section, notice: 'unknown' }])).sections[0]?.notes, [])
  assert.deepEqual(text(summaryOf([{ ...section, notice: 'more' }])).sections[0]?.notes, ['Det finnes mer enn det som står her.'])
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
  assert.deepEqual(wordsIn(summaryOf([section])), ["<script>alert('x')</script> &amp;"])
})
