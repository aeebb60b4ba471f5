import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { municipalServiceProfile } from './fhir/profile.ts'
import { flags, refusals } from './model/rules.ts'
import { municipalServices } from './service.ts'
import { testCodes } from './testing/codes.ts'
import { reportedService } from './testing/records.ts'

const declaration = municipalServices.resources['EpisodeOfCare'] ?? assert.fail()
const codes = testCodes()
const IPLOS = 'urn:oid:2.16.578.1.12.4.1.1.9151'
const page = readFileSync(new URL('../../docs/services/municipal-services.md', import.meta.url), 'utf8')

const decided = (value: string) => reportedService('100200309', { identifier: [{ system: 'https://epj.example/decision', value }] })
const coded = (code: string, start: string, system = IPLOS) =>
  reportedService('100200309', { type: [{ coding: [{ system, code }] }], period: { start } })
const { type: _type, ...uncoded } = reportedService('100200309')
const described = (text: string) => ({
  ...uncoded,
  extension: [{ url: 'http://hl7.no/fhir/ig/okt/StructureDefinition/ServiceDescriptionMarkdown', valueMarkdown: text }],
})

for (const [name, one, other, same] of [
  ['one decision, changed', decided('1'), { ...decided('1'), status: 'finished', period: { start: '2026-02-01' } }, true],
  ['two decisions of the same service', decided('1'), decided('2'), false],
  ['same code and day', coded('15', '2026-01-15'), coded('15', '2026-01-15'), true],
  [
    'zero-padded code, other spelling of the list',
    coded('15', '2026-01-15'),
    coded('015', '2026-01-15', 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151'),
    true,
  ],
  ['same day, once with a time', coded('15', '2026-01-15'), coded('15', '2026-01-15T08:00:00+01:00'), true],
  ['other code', coded('15', '2026-01-15'), coded('6', '2026-01-15'), false],
  ['other day', coded('15', '2026-01-15'), coded('15', '2026-01-16'), false],
  ['no code, same description', described('Sårstell'), described('sårstell '), true],
  ['no code, other description', described('Sårstell'), described('Dusj'), false],
] as const) {
  test(`business key: ${name} is ${same ? 'the same service' : 'two services'}`, () => {
    assert.equal(declaration.businessKey(one, codes) === declaration.businessKey(other, codes), same)
  })
}

for (const [code, system, expected] of [
  ['14', IPLOS, ['14']],
  ['23', 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151', ['23']],
  ['24', 'http://helsedir.no/fhir/CodeSystem/no-kodeverk-9151', ['24']],
  ['024', IPLOS, ['24']],
  ['15', IPLOS, []],
  ['14', 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs', []],
] as const) {
  test(`code ${code} of ${system} hides ${expected.length ? expected.join() : 'nothing'}`, () => {
    assert.deepEqual(declaration.sensitiveCodes?.(coded(code, '2026-01-15', system)), expected)
  })
}

test('searches find a service by status, code, stay type and decision', () => {
  const resource = {
    ...decided('VT-1'),
    type: [
      { coding: [{ system: IPLOS, code: '15' }] },
      { coding: [{ system: 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs', code: 'dagopphold' }] },
    ],
  }
  assert.deepEqual(Object.fromEntries(declaration.searchParameters.map(({ name, values }) => [name, values?.(resource)])), {
    status: [{ code: 'active' }],
    type: [
      { system: IPLOS, code: '15' },
      { system: 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs', code: 'dagopphold' },
    ],
    identifier: [{ system: 'https://epj.example/decision', code: 'VT-1' }],
    date: undefined,
  })
  assert.equal(declaration.time(resource), '2026-01-15')
})

test('the profile answers to the URL of the national guide too', () => {
  assert.deepEqual(municipalServiceProfile.aliases, ['http://hl7.no/fhir/ig/okt/StructureDefinition/OktEpisodeOfCare'])
})

test('the standing notice and the storage mode with its legal basis are declared', () => {
  assert.equal(municipalServices.standingNotice?.details?.coding?.[0]?.code, 'categories-not-listed')
  assert.equal(municipalServices.storageMode, 'national-copies')
  for (const { law, clause, about, source, read } of municipalServices.legalBasis) {
    assert.ok(law && clause && about && source)
    assert.match(read, /^\d{4}-\d{2}-\d{2}$/)
  }
})

for (const code of [...Object.keys(flags), ...Object.keys(refusals)]) {
  test(`the page of the service explains ${code}`, () => assert.ok(page.includes(`| \`${code}\` |`)))
}
