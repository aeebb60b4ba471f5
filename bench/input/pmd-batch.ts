/** Fifty measurements of one person's five last days, as Pasientens måledata takes them. */
import { FNR } from '../loading/people.ts'
import type { InputKind, Recipient } from './kinds.ts'

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
const ORGANIZATION = 'urn:oid:2.16.578.1.12.4.1.4.101'

const measured = [
  { code: '8867-4', display: 'Heart rate', unit: '/min', low: 60, step: 1 },
  { code: '2708-6', display: 'Oxygen saturation', unit: '%', low: 88, step: 0.5 },
  { code: '9279-1', display: 'Respiratory rate', unit: '/min', low: 14, step: 0.5 },
  { code: '8310-5', display: 'Body temperature', unit: 'Cel', low: 36.2, step: 0.1 },
  { code: '29463-7', display: 'Body weight', unit: 'kg', low: 70, step: 0.2 },
] as const

const run = `${process.pid}-${Date.now()}`

function batch({ identityNumber, organization, nth }: Recipient): string {
  const entry = Array.from({ length: 50 }, (_, at) => {
    const { code, display, unit, low, step } = measured[at % measured.length] ?? measured[0]
    return {
      fullUrl: `urn:uuid:${crypto.randomUUID()}`,
      resource: {
        resourceType: 'Observation',
        identifier: [{ system: 'https://dho.example/fhir/measurement', value: `${run}-${nth}-${at}` }],
        status: 'final',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
        code: { coding: [{ system: LOINC, code, display }] },
        subject: { identifier: { system: FNR, value: identityNumber } },
        effectiveDateTime: new Date(Date.now() - at * 2.4 * 3_600_000).toISOString(),
        performer: [{ identifier: { system: ORGANIZATION, value: organization } }],
        device: { display: 'Nonin 3230' },
        valueQuantity: { value: Number((low + (at % 10) * step).toFixed(1)), unit, system: UCUM, code: unit },
      },
      request: { method: 'POST', url: 'Observation' },
    }
  })
  return JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry })
}

function allStored(body: string): string | undefined {
  const { entry = [] } = JSON.parse(body) as { entry?: { response?: { status?: string } }[] }
  const wrong = entry.find(({ response }) => !response?.status?.startsWith('201'))
  return entry.length === 50 && !wrong ? undefined : `not all stored: ${JSON.stringify(wrong).slice(0, 600)}`
}

export const pmdBatch: InputKind = {
  service: 'home-monitoring',
  sender: 'municipality',
  mediaType: 'application/fhir+json',
  status: 200,
  message: (to) => ({ path: '/fhir/home-monitoring', body: batch(to) }),
  check: allStored,
}
