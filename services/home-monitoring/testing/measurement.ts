/** Measurements of made-up people, for the tests of this service. */
import { identifierSystems, LOINC, UCUM } from '@helsevev/clinical/systems'
import { organizations } from '@helsevev/kernel/testing/api'
import type { SentBody } from '@helsevev/kernel/testing/sent'
import type { CodeableConcept, Quantity } from '@medplum/fhirtypes'

export const BASE = '/fhir/home-monitoring'
export const scopes = ['helsevev:home-monitoring/read', 'helsevev:home-monitoring/write']

export interface Whose {
  identifier: { system: string; value: string }
}

export const code = (...codes: [system: string, code: string][]): CodeableConcept => ({
  coding: codes.map(([from, one]) => ({ system: from, code: one })),
})

export const quantity = (value: number, unit: string): Quantity => ({ value, unit, system: UCUM, code: unit })

let counter = 0

export interface Measurement extends SentBody {
  /** The platform's own. */
  identifier: [{ system: string; value: string }]
}

/** A pulse of 72 of Oslo's platform, with an identifier of its own. */
export const measurement = ({ identifier }: Whose, more: SentBody = {}): Measurement => {
  counter += 1
  return {
    resourceType: 'Observation',
    identifier: [{ system: 'http://platform.test/id', value: `m-${counter}` }],
    status: 'final',
    code: code([LOINC, '8867-4']),
    subject: { identifier },
    effectiveDateTime: '2026-01-14T08:00:00+01:00',
    performer: [{ identifier: { system: identifierSystems.ENH, value: organizations.oslo } }],
    device: { identifier: { system: 'http://device.test/serial', value: 'A1' } },
    valueQuantity: quantity(72, '/min'),
    ...more,
  }
}
