/** Critical information of the made-up people: some named, some of the old drawn. One entry for each fact. */
import { hl7, volven } from '@helsevev/clinical/systems'
import type { AllergyIntolerance, CodeableConcept, Condition, DeviceUseStatement, Flag, Procedure } from '@medplum/fhirtypes'
import { bergen, helseSorOst, helseVest, municipalities, oslo, trustOf } from '../organizations.ts'
import { type Random, randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import type { StoryReport, StoryResource } from './story-report.ts'
import { dayBefore } from './times.ts'

const coded = (list: number, code: string, display: string): CodeableConcept => ({ coding: [{ system: volven(list), code, display }] })
const status = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: hl7(system), code }],
})

function allergy(
  kind: 'medication' | 'food' | 'environment',
  code: CodeableConcept,
  reaction: CodeableConcept,
  verification = 'confirmed',
): Omit<AllergyIntolerance, 'patient'> {
  return {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: status('allergyintolerance-clinical', verification === 'refuted' ? 'inactive' : 'active'),
    verificationStatus: status('allergyintolerance-verification', verification),
    category: [kind],
    criticality: 'high',
    code,
    reaction: [{ manifestation: [reaction] }],
  }
}

function condition(profile: string, code: CodeableConcept): Omit<Condition, 'subject'> {
  return {
    resourceType: 'Condition',
    meta: { profile: [`http://nhn.no/kj/fhir/StructureDefinition/KjCondition${profile}`] },
    clinicalStatus: status('condition-clinical', 'active'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    code,
  }
}

function routine(category: '8' | '9', code: CodeableConcept): Omit<Flag, 'subject'> {
  return { resourceType: 'Flag', status: 'active', category: [coded(7651, category, '')].map(withoutDisplay), code }
}

function withoutDisplay({ coding = [] }: CodeableConcept): CodeableConcept {
  return { coding: coding.map(({ display: _display, ...rest }) => rest) }
}

const pacemaker: Omit<DeviceUseStatement, 'subject'> = {
  resourceType: 'DeviceUseStatement',
  contained: [{ resourceType: 'Device', id: 'device', type: coded(7518, '9', 'Pacemaker') }],
  status: 'active',
  device: { reference: '#device' },
}
const treatment = (code: string, display: string): Omit<Procedure, 'subject'> => ({
  resourceType: 'Procedure',
  status: 'in-progress',
  code: coded(7517, code, display),
})

const anaphylaxis = coded(7497, '1', 'Anafylaktisk reaksjon')
const penicillin = allergy('medication', coded(7180, 'J01C', 'Penicilliner'), anaphylaxis)

/** What the named people have; docs/run/test-people.md shows where to look. */
const named: Readonly<Record<string, readonly [controller: { number: string }, resource: StoryResource][]>> = {
  astrid: [
    [helseVest, penicillin],
    [bergen, treatment('4', 'Antikoagulasjonsbehandling')],
    [helseSorOst, pacemaker],
  ],
  gunnar: [
    [
      helseVest,
      condition('CriticalMedicalCondition', {
        ...coded(7110, 'J449', 'Uspesifisert kronisk obstruktiv lungesykdom'),
        text: 'KOLS med CO2-retensjon: forsiktig med oksygen',
      }),
    ],
  ],
  berit: [
    [bergen, routine('8', { text: 'Skal ikke ha hjerte-lunge-redning. Avklart med pasient og pårørende.' })],
    [helseVest, allergy('environment', coded(7514, '14', 'Lateks'), coded(7497, '9', 'Angioødem eller alvorlig urtikaria'))],
  ],
  amina: [[helseVest, condition('IntubationProblem', coded(7515, '3', 'Cormack grad 3'))]],
  emil: [[bergen, allergy('food', coded(7514, '10', 'Peanøtt'), coded(7497, '4', 'Larynksødem'))]],
  olav: [
    [oslo, condition('Infection', coded(7519, '1', 'MRSA'))],
    [helseSorOst, allergy('medication', coded(7180, 'N02BE01', 'Paracetamol'), coded(7497, '11', 'Lettere hudreaksjon'), 'refuted')],
  ],
  liv: [[helseSorOst, condition('OtherProblemWithAnesthesia', coded(7110, 'T883', 'Malign hypertermi som skyldes anestesi'))]],
  per: [[helseVest, routine('9', coded(7522, '1', 'Ønsker ikke blodoverføring'))]],
}

const drawn: readonly ((random: Random) => StoryResource)[] = [
  () => penicillin,
  () => allergy('medication', coded(7180, 'M01A', 'Betennelsesdempende og revmatiske midler'), coded(7497, '5', 'Astma')),
  () => allergy('food', coded(7514, '4', 'Skalldyr'), coded(7497, '9', 'Angioødem eller alvorlig urtikaria')),
  () => condition('CriticalMedicalCondition', coded(7110, 'E271', 'Primær binyrebarksvikt')),
  () => treatment('4', 'Antikoagulasjonsbehandling'),
  () => treatment('5', 'Dialyse'),
  () => pacemaker,
  () => condition('Infection', coded(7519, '3', 'ESBL')),
]

export function criticalEntries(patient: SeedPatient, now: Date): StoryReport[] {
  const random = randomFrom(`critical information of ${patient.id}`)
  const home = municipalities.find(({ municipality }) => municipality === patient.municipality) ?? bergen
  const told = named[patient.id] ?? drawnEntries(patient, random, home, now)
  return told.map(([controller, resource]) => ({
    controller: controller.number,
    service: 'critical-information',
    resource: dated(resource, dayBefore(now, random.int(20, 1500))),
    fullUrl: `urn:uuid:${random.uuid()}`,
    round: 1,
  }))
}

function drawnEntries(
  { id, birthDate }: SeedPatient,
  random: Random,
  home: { number: string },
  now: Date,
): [controller: { number: string }, resource: StoryResource][] {
  const isDrawn = /^p\d+$/.test(id)
  const old = now.getUTCFullYear() - Number(birthDate.slice(0, 4)) > 66
  if (!isDrawn || !random.chance(old ? 0.25 : 0.05)) return []
  const controller = random.chance(0.5) ? home : (trustOf[home.number] ?? home)
  return [[controller, random.pick(drawn)(random)]]
}

/** Registered on a day that has passed. */
function dated(resource: StoryResource, day: string): StoryResource {
  if (resource.resourceType === 'AllergyIntolerance' || resource.resourceType === 'Condition') return { ...resource, recordedDate: day }
  if (resource.resourceType === 'DeviceUseStatement') return { ...resource, recordedOn: day }
  return {
    ...resource,
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/recorded-date', valueDateTime: day }],
  } as StoryResource
}
