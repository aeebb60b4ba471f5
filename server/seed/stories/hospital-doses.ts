/** What was given to one of the made-up people during a stay in hospital. docs/run/test-people.md */
import { identifierSystems, SNOMED_CT, UCUM, volven } from '@helsevev/clinical/systems'
import type { Medication, MedicationAdministration } from '@medplum/fhirtypes'
import { helseVest } from '../organizations.ts'
import { randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { businessIdentifier, type StoryReport } from './story-report.ts'
import { timeBefore } from './times.ts'

const DAY = 24

interface Medicine {
  name: string
  atc?: [code: string, display: string]
  form?: [code: string, display: string]
  mixture?: [name: string, milligrams: number][]
}

const medicines = {
  paracetamol: { name: 'Paracetamol inf, oppl 10 mg/ml', atc: ['N02BE01', 'Paracetamol'] },
  dalteparin: { name: 'Fragmin inj, oppl 5000 IE', atc: ['B01AB04', 'Dalteparin'] },
  palliative: {
    name: 'Lokal blanding med morfin og midazolam',
    mixture: [
      ['Morfin inj, oppl 10 mg/ml', 1],
      ['Midazolam inj, oppl 5 mg/ml', 0.5],
    ],
  },
} as const satisfies Record<string, Medicine>

function medicationOf({ name, atc, mixture = [] }: Medicine): Medication {
  const quantity = (value: number, code: string) => ({ value, unit: code, system: UCUM, code })
  return {
    resourceType: 'Medication',
    id: 'medication',
    ...(atc
      ? {
          extension: [
            {
              url: 'http://hl7.no/fhir/ig/lmdi/StructureDefinition/legemiddel-classification',
              valueCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: atc[0], display: atc[1] }] },
            },
          ],
        }
      : {}),
    code: { coding: [{ system: 'http://fhi.no/fhir/NamingSystem/lokaltLegemiddel', code: name.slice(0, 40), display: name }] },
    ...(mixture.length > 0
      ? {
          ingredient: mixture.map(([display, milligrams]) => ({
            itemCodeableConcept: { coding: [{ display }] },
            strength: { numerator: quantity(milligrams, 'mg'), denominator: quantity(1, 'mL') },
          })),
        }
      : {}),
  }
}

interface Given {
  medicine: Medicine
  hoursAgo: number
  dose: [value: number, unit: string]
  way: 'intravenous' | 'subcutaneous' | 'oral'
  hours?: number
  byPatient?: true
  error?: true
}

const ways = {
  intravenous: { system: SNOMED_CT, code: '47625008', display: 'Intravenøst' },
  subcutaneous: { system: SNOMED_CT, code: '34206005', display: 'Subkutant' },
  oral: { system: volven(7477), code: '53', display: 'Oral bruk' },
} as const

/** Astrid Haugland, in hospital from day 41 to day 38: three medicines, one of them a mixture, and a dose that was withdrawn. */
const stay: readonly Given[] = [
  { medicine: medicines.paracetamol, hoursAgo: 41 * DAY, dose: [1000, 'mg'], way: 'intravenous' },
  { medicine: medicines.paracetamol, hoursAgo: 40 * DAY + 16, dose: [1000, 'mg'], way: 'intravenous' },
  { medicine: medicines.paracetamol, hoursAgo: 40 * DAY + 15, dose: [1000, 'mg'], way: 'intravenous', error: true },
  { medicine: medicines.paracetamol, hoursAgo: 40 * DAY, dose: [1000, 'mg'], way: 'oral', byPatient: true },
  { medicine: medicines.dalteparin, hoursAgo: 40 * DAY + 10, dose: [5000, '[iU]'], way: 'subcutaneous' },
  { medicine: medicines.dalteparin, hoursAgo: 39 * DAY + 10, dose: [5000, '[iU]'], way: 'subcutaneous' },
  { medicine: medicines.palliative, hoursAgo: 39 * DAY, dose: [24, 'mL'], way: 'intravenous', hours: 12 },
]

function administration({ medicine, hoursAgo, dose: [value, code], way, hours, byPatient, error }: Given, nth: number, now: Date) {
  const unit = code === '[iU]' ? 'IE' : code
  const start = timeBefore(now, hoursAgo)
  return {
    resourceType: 'MedicationAdministration',
    identifier: [{ ...businessIdentifier(helseVest.number, 'measurement', `given-${nth}`) }],
    contained: [
      medicationOf(medicine),
      {
        resourceType: 'Encounter',
        id: 'encounter',
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP', display: 'inpatient encounter' },
        serviceProvider: { reference: '#organization' },
      },
      {
        resourceType: 'Organization',
        id: 'organization',
        identifier: [{ system: identifierSystems.ENH, value: helseVest.number }],
        name: 'Ortopedisk sengepost (oppdiktet)',
      },
    ],
    status: error ? 'entered-in-error' : 'completed',
    ...(byPatient
      ? { category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/medication-admin-category', code: 'community' }] } }
      : {}),
    medicationReference: { reference: '#medication' },
    context: { reference: '#encounter' },
    ...(hours ? { effectivePeriod: { start, end: timeBefore(now, hoursAgo - hours) } } : { effectiveDateTime: start }),
    dosage: { route: { coding: [ways[way]] }, dose: { value, unit, system: UCUM, code } },
  } satisfies Omit<MedicationAdministration, 'subject'>
}

export function hospitalDoses({ id }: SeedPatient, now: Date): StoryReport[] {
  if (id !== 'astrid') return []
  const random = randomFrom(`hospital doses of ${id}`)
  return stay.map((given, nth) => ({
    controller: helseVest.number,
    service: 'hospital-medicines',
    resource: administration(given, nth + 1, now),
    fullUrl: `urn:uuid:${random.uuid()}`,
    round: 1,
  }))
}
