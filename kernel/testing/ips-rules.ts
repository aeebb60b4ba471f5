/**
 * The constraints of the International Patient Summary, version 2.0.1, that a document must keep: each with its profile, as it stands at
 * https://hl7.org/fhir/uv/ips/2.0.1/StructureDefinition-{profile}.html (read 2026-11-30), and the invariants of R4 documents. Preferred and
 * extensible bindings are not among them: the records keep their Norwegian codes.
 */
import type { Bundle, Composition, Element, Observation, Patient, Reference, Resource } from '@medplum/fhirtypes'

interface Document {
  bundle: Bundle
  composition: Composition
  patientUrl: string | undefined
  byUrl: ReadonlyMap<string, Resource>
}

/** Names of faults; none when the rule holds. */
type Check = (document: Document) => string[]

type Loose = Record<string, unknown> & Element

const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
/** The types of the entries of each section, by LOINC code. */
const sectionTypes: Readonly<Record<string, readonly string[]>> = {
  '11450-4': ['Condition'],
  '48765-2': ['AllergyIntolerance'],
  '10160-0': ['MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense'],
  '11369-6': ['Immunization'],
  '30954-2': ['Observation', 'DiagnosticReport'],
  '47519-4': ['Procedure'],
  '46264-8': ['DeviceUseStatement'],
  '42348-3': ['Consent'],
  '104605-1': ['Flag'],
  '47420-5': ['Condition', 'ClinicalImpression'],
  '11348-0': ['Condition'],
  '10162-6': ['Observation'],
  '18776-5': ['CarePlan', 'ImmunizationRecommendation'],
  '29762-2': ['Observation'],
  '8716-3': ['Observation'],
}
const required = ['11450-4', '48765-2', '10160-0']

/** Where a profile requires an element: a value, or that it is stated as not known (Empty-Sections-and-Missing-Data). */
const requiredElements: Readonly<Record<string, readonly string[]>> = {
  Patient: ['name', 'birthDate'],
  AllergyIntolerance: ['code', 'patient'],
  Condition: ['code', 'subject'],
  Flag: ['code', 'subject'],
  Procedure: ['code', 'subject', 'performed[x]'],
  DeviceUseStatement: ['subject', 'timing[x]', 'device'],
  Observation: ['code', 'subject', 'effective[x]'],
  MedicationStatement: ['medication[x]', 'subject', 'effective[x]'],
  Specimen: ['type'],
  Organization: ['name'],
  Practitioner: ['name'],
}

function sectionsOf({ composition: { section = [] } }: Document) {
  return section.map((one) => ({ ...one, loinc: one.code?.coding?.find(({ system }) => system === 'http://loinc.org')?.code }))
}

function hasElement(resource: Loose, name: string): boolean {
  const stem = name.replace('[x]', '')
  if (stem === name) return resource[name] !== undefined || resource[`_${name}`] !== undefined
  return Object.keys(resource).some((key) => new RegExp(`^_?${stem}[A-Z]`).test(key))
}

function eachReference(value: unknown, met: (reference: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  if ('reference' in value && typeof value.reference === 'string') met(value.reference)
  for (const member of Object.values(value)) eachReference(member, met)
}

/** The Observations that a section shows, and the members of groups among them. */
function observationsOf(document: Document, loinc: string): Observation[] {
  const found = new Map<string, Observation>()
  const add = ({ reference }: Reference) => {
    const resource = document.byUrl.get(reference ?? '')
    if (resource?.resourceType !== 'Observation' || found.has(reference ?? '')) return
    found.set(reference ?? '', resource as Observation)
    for (const member of (resource as Observation).hasMember ?? []) add(member)
  }
  for (const section of sectionsOf(document)) if (section.loinc === loinc) for (const one of section.entry ?? []) add(one)
  return [...found.values()]
}

function hasValue(value: object): boolean {
  return Object.keys(value).some((key) => /^_?value[A-Z]/.test(key))
}

const when = (fault: boolean, name = 'here'): string[] => (fault ? [name] : [])
const inCategory = ({ category = [] }: Observation, code: string) =>
  category.some(({ coding = [] }) => coding.some((one) => one.system === OBSERVATION_CATEGORY && one.code === code))

const rules: readonly (readonly [rule: string, profile: string, check: Check])[] = [
  ['Bundle.identifier 1..', 'Bundle-uv-ips', ({ bundle }) => when(!bundle.identifier)],
  ['Bundle.type = document', 'Bundle-uv-ips', ({ bundle }) => when(bundle.type !== 'document')],
  ['Bundle.timestamp 1..', 'Bundle-uv-ips', ({ bundle }) => when(!bundle.timestamp)],
  ['Bundle.entry.fullUrl 1..', 'Bundle-uv-ips', ({ bundle }) => (bundle.entry ?? []).flatMap((one, at) => when(!one.fullUrl, `${at}`))],
  [
    'Bundle.entry.search, request, response ..0',
    'Bundle-uv-ips',
    ({ bundle }) => (bundle.entry ?? []).flatMap((one, at) => when(Boolean(one.search ?? one.request ?? one.response), `${at}`)),
  ],
  [
    'bdl-11: the first entry is a Composition',
    'R4 Bundle',
    ({ bundle }) => when(bundle.entry?.[0]?.resource?.resourceType !== 'Composition'),
  ],
  [
    'bdl-ips-1: no other Composition',
    'Bundle-uv-ips',
    ({ bundle }) =>
      (bundle.entry ?? []).slice(1).flatMap(({ resource }, at) => when(resource?.resourceType === 'Composition', `${at + 1}`)),
  ],
  [
    'bdl-7: fullUrl once',
    'R4 Bundle',
    ({ bundle }) => when(new Set((bundle.entry ?? []).map(({ fullUrl }) => fullUrl)).size !== bundle.entry?.length),
  ],
  [
    'Bundle.entry:patient 1..1',
    'Bundle-uv-ips',
    ({ bundle }) => when((bundle.entry ?? []).filter(({ resource }) => resource?.resourceType === 'Patient').length !== 1),
  ],
  [
    'references resolve within the document',
    'R4 documents.html#bundle',
    ({ bundle, byUrl }) => {
      const faults: string[] = []
      for (const { fullUrl, resource } of bundle.entry ?? [])
        eachReference(resource, (reference) => {
          if (!reference.startsWith('#') && !byUrl.has(reference)) faults.push(`${fullUrl} → ${reference}`)
        })
      return faults
    },
  ],
  [
    'Composition.type = 60591-5',
    'Composition-uv-ips',
    ({ composition }) => when(!composition.type?.coding?.some(({ code }) => code === '60591-5')),
  ],
  [
    'Composition.subject.reference is the Patient',
    'Composition-uv-ips',
    ({ composition, patientUrl }) => when(composition.subject?.reference !== patientUrl),
  ],
  [
    'Composition.section:sectionProblems, sectionAllergies, sectionMedications 1..1',
    'Composition-uv-ips',
    (document) => required.filter((code) => sectionsOf(document).filter(({ loinc }) => loinc === code).length !== 1),
  ],
  [
    'each section of IPS 0..1',
    'Composition-uv-ips',
    (document) => Object.keys(sectionTypes).filter((code) => sectionsOf(document).filter(({ loinc }) => loinc === code).length > 1),
  ],
  [
    'Composition.section.title, code, text 1..',
    'Composition-uv-ips',
    (document) => sectionsOf(document).flatMap(({ title, code, text }) => when(!title || !code || !text?.div, title)),
  ],
  [
    'Composition.section.section ..0',
    'Composition-uv-ips',
    (document) => sectionsOf(document).flatMap(({ title, section }) => when(section !== undefined, title)),
  ],
  [
    'ips-comp-1: entry or emptyReason; cmp-2: not both',
    'Composition-uv-ips',
    (document) =>
      sectionsOf(document).flatMap(({ title, entry, emptyReason }) =>
        when((entry?.some(({ reference }) => reference) ?? false) === (emptyReason !== undefined), title),
      ),
  ],
  [
    'the entries of a section are of its types',
    'Composition-uv-ips',
    (document) =>
      sectionsOf(document).flatMap(({ loinc = '', entry = [] }) => {
        const types = sectionTypes[loinc]
        return entry.flatMap(({ reference = '' }) => {
          const type = document.byUrl.get(reference)?.resourceType ?? 'nothing'
          return when(types !== undefined && !types.includes(type), `${loinc}: ${type}`)
        })
      }),
  ],
  [
    'what a profile requires is there, or stated as not known',
    'Patient-uv-ips, AllergyIntolerance-uv-ips, Condition-uv-ips, Flag-alert-uv-ips, Procedure-uv-ips and others',
    ({ bundle }) =>
      (bundle.entry ?? []).flatMap(({ resource }) =>
        (requiredElements[resource?.resourceType ?? ''] ?? [])
          .filter((name) => !hasElement(resource as unknown as Loose, name))
          .map((name) => `${resource?.resourceType}.${name}`),
      ),
  ],
  [
    'subject.reference and patient.reference 1..',
    'all profiles of records',
    ({ bundle, patientUrl }) =>
      (bundle.entry ?? []).flatMap(({ resource }) => {
        const { subject, patient } = (resource ?? {}) as { subject?: Reference; patient?: Reference }
        const whose = subject ?? patient
        return when(whose !== undefined && whose.reference !== patientUrl, resource?.resourceType)
      }),
  ],
  [
    'ips-pat-1: family, given or text',
    'Patient-uv-ips',
    ({ byUrl, patientUrl }) =>
      ((byUrl.get(patientUrl ?? '') as Patient | undefined)?.name ?? []).flatMap((name) =>
        when(!name.family && !name.given && !name.text && !('_text' in name)),
      ),
  ],
  [
    'Flag.status = active',
    'Flag-alert-uv-ips',
    ({ bundle }) =>
      (bundle.entry ?? []).flatMap(({ resource }) => when(resource?.resourceType === 'Flag' && resource.status !== 'active', resource?.id)),
  ],
  [
    'verificationStatus is not entered-in-error',
    'AllergyIntolerance-uv-ips, Condition-uv-ips',
    ({ bundle }) =>
      (bundle.entry ?? []).flatMap(({ resource }) => {
        const { verificationStatus: status } = (resource ?? {}) as { verificationStatus?: { coding?: { code?: string }[] } }
        return when(status?.coding?.some(({ code }) => code === 'entered-in-error') ?? false, resource?.resourceType)
      }),
  ],
  [
    'a result has the category laboratory or imaging',
    'Observation-results-laboratory-pathology-uv-ips, Observation-results-radiology-uv-ips',
    (document) =>
      observationsOf(document, '30954-2').flatMap((one) => when(!inCategory(one, 'laboratory') && !inCategory(one, 'imaging'), one.id)),
  ],
  [
    'a result has a performer, and who it is can be read',
    'Observation-results-laboratory-pathology-uv-ips',
    (document) =>
      observationsOf(document, '30954-2').flatMap(({ id, performer = [] }) =>
        when(performer.length === 0 || performer.some((one) => !one.display && !('extension' in one)), id),
      ),
  ],
  [
    'the status of a result is not entered-in-error',
    'Observation-results-laboratory-pathology-uv-ips',
    (document) => observationsOf(document, '30954-2').flatMap(({ id, status }) => when(status === 'entered-in-error', id)),
  ],
  [
    'ips-1, vs-1: the time of a result says at least the day',
    'Observation-results-laboratory-pathology-uv-ips, R4 vitalsigns',
    (document) =>
      ['30954-2', '8716-3'].flatMap((code) =>
        observationsOf(document, code).flatMap(({ id, effectiveDateTime }) => when((effectiveDateTime?.length ?? 10) < 8, id)),
      ),
  ],
  [
    'ips-2, vs-2: value, dataAbsentReason, hasMember or component',
    'Observation-results-laboratory-pathology-uv-ips, R4 vitalsigns',
    (document) =>
      ['30954-2', '8716-3'].flatMap((code) =>
        observationsOf(document, code).flatMap((one) =>
          when(!hasValue(one) && !one.dataAbsentReason && !one.hasMember?.length && !one.component?.length, one.id),
        ),
      ),
  ],
  [
    'ips-3, vs-3: a component has a value or dataAbsentReason',
    'Observation-results-laboratory-pathology-uv-ips, R4 vitalsigns',
    (document) =>
      ['30954-2', '8716-3'].flatMap((code) =>
        observationsOf(document, code).flatMap(({ id, component = [] }) =>
          when(
            component.some((part) => !hasValue(part) && !part.dataAbsentReason),
            id,
          ),
        ),
      ),
  ],
  [
    'an Observation of vital signs has its category',
    'R4 vitalsigns',
    (document) =>
      observationsOf(document, '8716-3').flatMap((one) => when(!inCategory(one, 'vital-signs') && !inCategory(one, 'survey'), one.id)),
  ],
]

/** The rules that a document breaks, with the profile and what breaks it. */
export function brokenIpsRules(bundle: Bundle): string[] {
  const entries = bundle.entry ?? []
  const byUrl = new Map(entries.flatMap(({ fullUrl, resource }) => (fullUrl && resource ? [[fullUrl, resource] as const] : [])))
  const document: Document = {
    bundle,
    composition: entries[0]?.resource as Composition,
    patientUrl: entries.find(({ resource }) => resource?.resourceType === 'Patient')?.fullUrl,
    byUrl,
  }
  return rules.flatMap(([rule, profile, check]) => check(document).map((fault) => `${rule} (${profile}): ${fault}`))
}
