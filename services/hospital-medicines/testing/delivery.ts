/** Deliveries of LMDI for tests: made-up resources, and Bundles of them. */
import type { SentBody } from '@helsevev/kernel/testing/sent'

export const BASE = '/fhir/hospital-medicines'
export const scopes = ['helsevev:hospital-medicines/read', 'helsevev:hospital-medicines/write']

export type Sent = SentBody & { resourceType: string; id?: string }

/** With the address of an entry, by which others refer to it. */
export function entryOf(resource: Sent, fullUrl = `https://journal.example/fhir/${resource.resourceType}/${resource.id ?? 'none'}`) {
  return { fullUrl, resource, request: { method: 'POST', url: resource.resourceType } }
}

export function delivery(resources: readonly Sent[], more: SentBody = {}): SentBody {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    identifier: { system: 'https://journal.example/fhir/NamingSystem/delivery', value: '2026-01-14' },
    timestamp: '2026-01-14T23:00:00+01:00',
    entry: resources.map((resource) => entryOf(resource)),
    ...more,
  }
}

/** What a Bundle must hold for a resource: what it refers to by type and id, and what that refers to. */
export function withReferences(first: Sent, all: readonly Sent[]): Sent[] {
  const found = new Set([first])
  for (const one of found) {
    const named = new Set([...JSON.stringify(one).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference))
    for (const other of all) if (named.has(`${other.resourceType}/${other.id}`)) found.add(other)
  }
  return [...found]
}

export const patientOf = (identifier: object): Sent => ({ resourceType: 'Patient', id: 'p', identifier: [identifier], gender: 'female' })
export const paracet: Sent = {
  resourceType: 'Medication',
  id: 'm',
  extension: [
    {
      url: 'http://hl7.no/fhir/ig/lmdi/StructureDefinition/legemiddel-classification',
      valueCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: 'N02BE01', display: 'Paracetamol' }] },
    },
  ],
  code: { coding: [{ system: 'http://dmp.no/fhir/NamingSystem/fest-varenummer', code: '012005', display: 'Paracet tab 500 mg' }] },
}
export const ward: Sent = {
  resourceType: 'Organization',
  id: 'o',
  identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.102', value: '4200001' }],
  name: 'Made-up ward',
}
export const stay: Sent = {
  resourceType: 'Encounter',
  id: 'e',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  serviceProvider: { reference: 'Organization/o' },
}
export const given = (more: SentBody = {}): Sent => ({
  resourceType: 'MedicationAdministration',
  id: 'a',
  identifier: [{ system: 'https://journal.example/fhir/NamingSystem/given', value: '1' }],
  status: 'completed',
  medicationReference: { reference: 'Medication/m' },
  subject: { reference: 'Patient/p' },
  context: { reference: 'Encounter/e' },
  effectiveDateTime: '2026-01-14T08:00:00+01:00',
  dosage: {
    route: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7477', code: '53', display: 'Oral bruk' }] },
    dose: { value: 1000, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  },
  ...more,
})
/** What one delivery of one dose holds. */
export const dose = (identifier: object, more: SentBody = {}): Sent[] => [given(more), patientOf(identifier), paracet, stay, ward]
