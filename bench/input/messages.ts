/** What vendors send, as they send it: each message about one person, and new. */
import { FNR } from '../loading/people.ts'

export interface InputKind {
  service: string
  sender: 'laboratory' | 'municipality'
  path: string
  mediaType: string
  status: number
  /** `mark` is in no other message of the round. */
  message(identityNumber: string, mark: string, organization: string): string
  /** What is wrong with an answer whose status is right. */
  check?(body: string): string | undefined
}

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

/** Fifty measurements of one person's five last days, as Pasientens måledata takes them. */
function batch(identityNumber: string, mark: string, organization: string): string {
  const entry = Array.from({ length: 50 }, (_, at) => {
    const { code, display, unit, low, step } = measured[at % measured.length] ?? measured[0]
    return {
      fullUrl: `urn:uuid:${crypto.randomUUID()}`,
      resource: {
        resourceType: 'Observation',
        identifier: [{ system: 'https://dho.example/fhir/measurement', value: `${run}-${mark}-${at}` }],
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

export const inputs: Record<string, InputKind> = {
  'PMD batch of 50': {
    service: 'home-monitoring',
    sender: 'municipality',
    path: '/fhir/home-monitoring',
    mediaType: 'application/fhir+json',
    status: 200,
    message: batch,
    check: allStored,
  },
}
