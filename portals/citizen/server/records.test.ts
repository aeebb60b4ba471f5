/** Records as they are named where a citizen restricts one: each example of each service, in each language. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { languages } from '@helsevev/ui/format.ts'
import { wordsFrom } from '@helsevev/ui/testing/words.ts'
import { createInstance } from 'i18next'
import { recordName } from '../client/record-name.ts'
import { citizenTexts } from '../client/texts.ts'
import { recordsIn } from './records.ts'

const root = join(import.meta.dirname, '../../..')
const bergen = { number: '900000002', name: 'Bergen kommune' }

interface Sent {
  resourceType?: string
  entry?: { resource?: Sent }[]
}
const resourcesOf = (sent: Sent): Sent[] =>
  sent.resourceType === 'Bundle' ? (sent.entry ?? []).flatMap(({ resource }) => (resource ? resourcesOf(resource) : [])) : [sent]

function examples() {
  return globSync('services/*/fhir/examples/*.answer.json', { cwd: root }).flatMap((file) => {
    const service = file.split('/')[1] ?? ''
    return resourcesOf(JSON.parse(readFileSync(join(root, file), 'utf8')))
      .filter(({ resourceType }) => !['OperationOutcome', 'Parameters', undefined].includes(resourceType))
      .map((resource) => ({
        fullUrl: `https://h/fhir/${service}/${resource.resourceType}/abcdef`,
        resource: { id: 'abcdef', ...resource },
      }))
  })
}

async function named(entry: object[], language: (typeof languages)[number]): Promise<string[]> {
  const i18n = createInstance()
  await i18n.init({ lng: language })
  const { t } = await wordsFrom('citizen', citizenTexts, language)
  return recordsIn({ entry }).map((record) => recordName({ t, i18n }, record, [bergen]))
}

test('every record is named by more than a code, in each language', async () => {
  const entry = examples()
  const types = new Set(entry.map(({ resource }) => resource.resourceType))
  assert.ok(types.size > 7, [...types].join())
  for (const language of languages)
    for (const name of await named(entry, language)) {
      assert.match(name, /^[\p{L}\d][\p{L}\d ,]{3,}/u)
      assert.doesNotMatch(name, /undefined|record\.|\(National|: (CLIN|MBIO|RTG|PAT)\b/)
    }
})

const place = (service: string, type: string, resource: object) => ({
  fullUrl: `https://h/fhir/${service}/${type}/abcdef`,
  resource: { resourceType: type, id: 'abcdef', ...resource },
})
const ofBergen = [{ url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: bergen.number } }]
const code = (given: object) => ({ code: { coding: [given] } })

// biome-ignore format: a table, one row to a line
const table: [entry: object, expected: string[]][] = [
  [place('test-results', 'DiagnosticReport', { ...code({ code: 'CLIN' }), issued: '2026-03-12', extension: ofBergen }), ['Svar: blodprøver og lignende, 12. mars 2026, Bergen kommune']],
  [place('test-results', 'Observation', { ...code({ display: 'B-HbA1c' }), effectiveDateTime: '2026-03-12T08:10:00Z' }), ['Resultat: B-HbA1c, 12. mars 2026 kl. 09:10']],
  [place('news2', 'Observation', { ...code({ code: '88330-6', display: 'NEWS2 (National Early Warning Score 2) total score' }), effectiveDateTime: '2026-03-12' }), ['Måling: NEWS2, samlet skår, 12. mars 2026']],
  [place('contacts', 'RelatedPerson', { name: [{ given: ['Maria'], family: 'Sund' }], meta: { lastUpdated: '2026-03-12T08:10:00Z' } }), ['Kontaktperson: Maria Sund, registrert 12. mars 2026 kl. 09:10']],
  [place('e-prescriptions', 'MedicationDispense', { whenHandedOver: '2026-03-12', contained: [{ resourceType: 'Medication', code: { text: 'Paracet Tab 500 mg' } }] }), ['Hentet på apoteket: Paracet Tab 500 mg, 12. mars 2026']],
  [place('critical-information', 'DeviceUseStatement', { recordedOn: '2026-03-12', contained: [{ resourceType: 'Device', type: { coding: [{ display: 'Pacemaker' }] } }] }), ['Implantat eller utstyr: Pacemaker, 12. mars 2026']],
  [place('some-service', 'Basic', {}), ['Opplysning']],
  [place('test-results', 'Specimen', { type: { text: 'Blod' } }), []],
  [place('test-results', 'ServiceRequest', {}), []],
]
for (const [entry, expected] of table)
  test(`a record is called ${expected.join() || 'nothing: its report is chosen'}`, async () =>
    assert.deepEqual(await named([entry], 'nb'), expected))
