/** Fifty measurements of one person's five last days, as Pasientens måledata takes them. */

import { measuredKinds, measurement, VALUES } from '../loading/home-measurements.ts'
import { FNR } from '../loading/people.ts'
import type { InputKind, Recipient } from './kind.ts'

const run = `${process.pid}-${Date.now()}`

function batch({ identityNumber, organization, nth }: Recipient): string {
  const entry = Array.from({ length: 50 }, (_, at) => {
    const resource = measurement(at % measuredKinds, (at * 3 + nth) % VALUES, {
      controller: organization,
      time: new Date(Date.now() - at * 2.4 * 3_600_000).toISOString(),
      identifier: `${run}-${nth}-${at}`,
    })
    return {
      fullUrl: `urn:uuid:${crypto.randomUUID()}`,
      resource: { ...resource, subject: { identifier: { system: FNR, value: identityNumber } } },
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
