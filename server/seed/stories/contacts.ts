/** Who to call for some of the made-up people, and who is responsible for them. All numbers are made up. */
import { hl7, identifierSystems, volven } from '@helsevev/clinical/systems'
import type { CareTeam, CodeableConcept, PractitionerRole, RelatedPerson } from '@medplum/fhirtypes'
import { bergen, oslo } from '../organizations.ts'
import { randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import type { StoryReport } from './story-report.ts'
import { dayBefore } from './times.ts'

type Contact = Omit<RelatedPerson, 'patient'>

const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] })
const role = (code: string) => coded(hl7('v3-RoleCode'), code)
const nextOfKin = coded(hl7('v2-0131'), 'N')
const EXTENSION = 'http://helsevev.no/fhir/StructureDefinition/'

function contact(name: string, relationship: CodeableConcept[], phone: string | undefined, order?: number): Contact {
  return {
    resourceType: 'RelatedPerson',
    ...(order ? { extension: [{ url: `${EXTENSION}contact-order`, valuePositiveInt: order }] } : {}),
    active: true,
    relationship,
    name: [{ text: name }],
    ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
  }
}

function guardian(name: string, scope: string, phone: string): Contact {
  const { extension = [], ...rest } = contact(name, [role('GUARD')], phone)
  return { ...rest, extension: [...extension, { url: `${EXTENSION}guardian-scope`, valueCode: scope }] }
}

function practitioner(id: string, hprNumber: string, name: string, organization: string, phone: string): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id,
    practitioner: { identifier: { system: identifierSystems.HPR, value: hprNumber }, display: name },
    organization: { display: organization },
    telecom: [{ system: 'phone', value: phone }],
  }
}

function team(contained: [PractitionerRole, PractitionerRole]): Omit<CareTeam, 'subject'> {
  return {
    resourceType: 'CareTeam',
    contained,
    status: 'active',
    participant: [
      { role: [coded('http://helsevev.no/fhir/CodeSystem/responsible-role', 'primary-contact')], member: { reference: '#contact' } },
      { role: [coded(volven(8663), 'KA01')], member: { reference: '#gp' } },
    ],
  }
}

const inBergen = team([
  practitioner('contact', '990001001', 'Marit Kvamme', 'Hjemmesykepleien, Bergen (oppdiktet)', '+47 50 00 91 10'),
  practitioner('gp', '990001002', 'Eirik Fonn', 'Fjordgata legesenter (oppdiktet)', '+47 50 00 91 20'),
])
const inOslo = team([
  practitioner('contact', '990001003', 'Hilde Rustad', 'Hjemmesykepleien, Oslo (oppdiktet)', '+47 50 00 92 10'),
  practitioner('gp', '990001004', 'Anders Lien', 'Torget legesenter (oppdiktet)', '+47 50 00 92 20'),
])

const told: Readonly<Record<string, readonly [controller: { number: string }, resources: readonly (Contact | typeof inBergen)[]]>> = {
  astrid: [
    bergen,
    [
      contact('Randi Haugland', [role('DAUC'), nextOfKin], '+47 50 00 90 01', 1),
      contact('Sverre Haugland', [role('SONC')], '+47 50 00 90 02', 2),
      contact('Torill Nes', [role('NBOR')], undefined, 3),
      inBergen,
    ],
  ],
  gunnar: [bergen, [contact('Inger Strand', [role('SPS'), nextOfKin], '+47 50 00 90 03', 1), inBergen]],
  emil: [bergen, [contact('Silje Tveit', [role('MTH')], '+47 50 00 90 04', 1), contact('Jon Tveit', [role('FTH')], '+47 50 00 90 05', 2)]],
  // The guardians that the register of representation has too.
  asbjorn: [
    bergen,
    [
      guardian('Bodil Krogh', 'personligeInteresser', '+47 50 00 90 06'),
      guardian('Rolf Sande', 'oekonomiskeInteresser', '+47 50 00 90 07'),
      inBergen,
    ],
  ],
  solveig: [oslo, [contact('Jorunn Brekke', [role('SIS'), nextOfKin], '+47 50 00 90 08', 1), inOslo]],
  // Her address is protected: telephones and places stay on the server.
  nadia: [oslo, [contact('Leila', [role('FRND')], '+47 50 00 90 09', 1), inOslo]],
}

export function contactsOf({ id }: SeedPatient, now: Date): StoryReport[] {
  const story = told[id]
  if (!story) return []
  const random = randomFrom(`contacts of ${id}`)
  const [controller, resources] = story
  return resources.map((resource) => ({
    controller: controller.number,
    service: 'contacts',
    resource: { ...resource, period: { start: dayBefore(now, random.int(60, 900)) } },
    fullUrl: `urn:uuid:${random.uuid()}`,
    round: 1,
  }))
}
