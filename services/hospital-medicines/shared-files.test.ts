/**
 * The published examples of LMDI (folkehelseinstituttet/LMDI, CC-BY-4.0), where `HELSEVEV_EXAMPLES` names a folder that holds them as
 * `lmdi/*.json`: each of them with what it refers to as a delivery, and by itself.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { problemsOf, responsesOf } from '@helsevev/kernel/testing/answers'
import { organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import hospitalMedicines from './service.ts'
import { BASE, delivery, entryOf, type Sent, scopes, withReferences } from './testing/delivery.ts'

const examples = process.env['HELSEVEV_EXAMPLES']
const skip = examples === undefined && 'HELSEVEV_EXAMPLES names no folder'
const folder = join(examples ?? '', 'lmdi')
const files = examples === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'))

const unreached = 'nothing-reported'
const bare = 'patient-identifier'
/** By itself, each of these names nobody, or is of a type that stands inside others. */
// biome-ignore format: a table, one row to a line
const rows: Readonly<Record<string, [delivered: string, alone: string]>> = {
  'Condition-Diagnose-ICD10': [unreached, 'unknown-interaction'],
  'Condition-Diagnose-ICD10-Allergi': [unreached, 'unknown-interaction'],
  'Condition-Diagnose-SNOMED-SCT': [unreached, 'unknown-interaction'],
  'Encounter-Episode-Sykehjem': [unreached, 'unknown-interaction'],
  'Encounter-Episode-Sykehus': [unreached, 'unknown-interaction'],
  'Encounter-Episode-Sykehus-2': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLegemiddelMerkevare': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLegemiddelVirkestoff': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLegemiddelVirkestoff-2': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLegemiddeldose': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLegemiddelpakning': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-FestLmrLopenr': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-Legemiddeldose-SmofKabiven': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-LokaltLegemiddel-FlereIngredienser': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-SCT': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-UtenCoding': [unreached, 'unknown-interaction'],
  'Medication-Legemiddel-Varenummer': [unreached, 'unknown-interaction'],
  'Medication-Lokalt-legemiddel-cellegift': [unreached, 'unknown-interaction'],
  'MedicationAdministration-Administrering-Cellegift': ['stored 2', bare],
  'MedicationAdministration-Administrering-EnteredInError': ['stored 1', bare],
  'MedicationAdministration-Administrering-Infusjon': ['stored 2', bare],
  'MedicationAdministration-Administrering-MedDiagnoseICD10': ['stored 1', bare],
  'MedicationAdministration-Administrering-MedDiagnoseSCT': ['reference-to-another-person', bare],
  'MedicationAdministration-Administrering-Oral': ['subject-not-resolved', bare],
  'MedicationAdministration-Administrering-Selvadministrert': ['stored 1', bare],
  'MedicationRequest-Rekvirering-Cellegift': ['stored 1', bare],
  'MedicationRequest-Rekvirering-EnteredInError': ['stored 1', bare],
  'MedicationRequest-Rekvirering-Infusjon': ['stored 1', bare],
  'MedicationRequest-Rekvirering-Kjemoterapi': ['stored 1', bare],
  'MedicationRequest-Rekvirering-MedDiagnoseICD10': ['stored 1', bare],
  'MedicationRequest-Rekvirering-Paracetamol': ['stored 1', bare],
  'Organization-Organisasjon-HF': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-HF-2': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Kommune': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Post': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Seksjon': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Sykehjem': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Sykehus': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Sykehus-2': [unreached, 'unknown-interaction'],
  'Organization-Organisasjon-Sykehusavdeling': [unreached, 'unknown-interaction'],
  'Patient-Pasient-Med-DNR': [unreached, 'unknown-interaction'],
  'Patient-Pasient-Med-FNR': [unreached, 'unknown-interaction'],
  'Patient-Pasient-Uten-Personidentifikator': ['patient-without-number', 'unknown-interaction'],
  'Practitioner-Helsepersonell-Med-HPR': [unreached, 'unknown-interaction'],
  'Practitioner-Helsepersonell-Uten-HPR': [unreached, 'unknown-interaction'],
  'Substance-Virkestoff-Oksykodon': [unreached, 'unknown-interaction'],
}

let api: TestApi
let all: Sent[] = []
before(async () => {
  if (skip) return
  // One of the examples is of April 2026.
  api = await testApi([hospitalMedicines], () => new Date('2026-05-01T10:00:00Z'))
  const [one, other] = [await api.person(401), await api.person(402)]
  const person: Readonly<Record<string, object>> = { 'Pasient-Med-FNR': one.identifier, 'Pasient-Med-DNR': other.identifier }
  // Those of the examples look like numbers of people; the made-up people here take their places.
  all = files.map((file): Sent => {
    const read = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sent
    const identifier = read.resourceType === 'Patient' ? person[read.id ?? ''] : undefined
    return identifier ? { ...read, identifier: [identifier] } : read
  })
})
after(async () => await api?.close())

const send = async (path: string, body: SentBody): Promise<Reply> =>
  await api.as(system(organizations.oslo, { scopes })).post(`${BASE}${path}`, body)
const outcome = (reply: Reply): string => {
  if (reply.status >= 300) return problemsOf(reply)[0] ?? String(reply.status)
  return `stored ${responsesOf(reply).length}`
}

test('every published example has a row', { skip }, () => {
  assert.deepEqual(files.map((file) => file.replace('.json', '')).sort(), Object.keys(rows).sort())
})

for (const [name, [delivered, alone]] of Object.entries(rows)) {
  test(`${name} with what it refers to: ${delivered}; by itself: ${alone}`, { skip }, async () => {
    const one = all[files.indexOf(`${name}.json`)] ?? assert.fail()
    const reply = await send('/$lmdi', delivery(withReferences(one, all), { identifier: { value: name } }))
    assert.equal(outcome(reply), delivered, JSON.stringify(reply.body).slice(0, 2000))
    const single = await send(`/${one.resourceType}`, one)
    assert.equal(outcome(single), alone, JSON.stringify(single.body).slice(0, 2000))
  })
}

test('the infusion by addresses of other servers is stored when the Bundle holds what they name', { skip }, async () => {
  const of = (name: string) => all[files.indexOf(`${name}.json`)] ?? assert.fail(name)
  const oral = of('MedicationAdministration-Administrering-Oral') as Sent & Record<string, { reference: string }>
  const named = (element: string, name: string) => entryOf({ ...of(name), id: undefined } as never, oral[element]?.reference)
  const entry = [
    entryOf(oral),
    named('subject', 'Patient-Pasient-Med-FNR'),
    named('medicationReference', 'Medication-Legemiddel-SCT'),
    named('context', 'Encounter-Episode-Sykehjem'),
    entryOf(of('Organization-Organisasjon-Sykehjem')),
    entryOf(of('Organization-Organisasjon-Kommune')),
  ]
  const reply = await send('/$lmdi', delivery([], { entry }))
  assert.equal(outcome(reply), 'stored 1', JSON.stringify(reply.body).slice(0, 2000))
})

test('all of them in one Bundle are refused with a fault for each that is wrong, and nothing is stored', { skip }, async () => {
  const reply = await send('/$lmdi', delivery(all))
  assert.equal(reply.status, 422)
  const codes = new Set(problemsOf(reply))
  assert.deepEqual([...codes].sort(), [
    'entry-not-reached',
    'patient-without-number',
    'reference-to-another-person',
    'subject-not-resolved',
  ])
})
