/** What is measured: how each request is written, and when its answer is right. */
import type { Bundle, Observation } from '@medplum/fhirtypes'
import { kinds, observation } from '../loading/observations.ts'
import { FNR } from '../loading/people.ts'
import { reader } from '../world.ts'

/** Drawn from the loaded data. */
export interface Parameter {
  /** Identity number of the patient. */
  number: string
  /** Logical ids of the twenty newest Observations that the nurse may see, newest first. */
  newest: string[]
}

interface Request {
  method: 'GET' | 'POST'
  path: string
  type: string | undefined
  body: string | undefined
}

export interface Operation {
  asks: 'nurse' | 'record system'
  request(parameter: Parameter): Request
  status: number
  /** What is wrong with an answer, or undefined. */
  wrong(answer: string, parameter: Parameter): string | undefined
  /** Whether the same request has the same answer each time, from both handlers. */
  repeatable: boolean
}

const FORM = 'application/x-www-form-urlencoded'
const FHIR = 'application/fhir+json'

export const operations = {
  'look-up': {
    asks: 'nurse',
    request: ({ number }) => ({
      method: 'POST',
      path: '/fhir/news2/Observation/_search',
      type: FORM,
      body: new URLSearchParams({ 'patient.identifier': number, _count: '20' }).toString(),
    }),
    status: 200,
    wrong(answer, { number, newest }) {
      const bundle = JSON.parse(answer) as Bundle<Observation>
      const found = (bundle.entry ?? []).flatMap(({ resource, search }) => (resource && search?.mode === 'match' ? [resource] : []))
      if (found.some(({ subject }) => subject?.identifier?.value !== number)) return 'another patient'
      if (found.map(({ id }) => id).join() !== newest.join()) return 'not the twenty newest in order'
      const times = found.map(({ effectiveDateTime = '' }) => effectiveDateTime)
      return times.every((time, at) => at === 0 || time <= (times[at - 1] ?? '')) ? undefined : 'not newest first'
    },
    repeatable: true,
  },
  read: {
    asks: 'nurse',
    request: ({ newest }) => ({ method: 'GET', path: `/fhir/news2/Observation/${newest[7]}`, type: undefined, body: undefined }),
    status: 200,
    wrong(answer, { number, newest }) {
      const { id, subject } = JSON.parse(answer) as Observation
      return id === newest[7] && subject?.identifier?.value === number ? undefined : 'another resource'
    },
    repeatable: true,
  },
  create: {
    asks: 'record system',
    request: ({ number }) => ({ method: 'POST', path: '/fhir/news2/Observation', type: FHIR, body: JSON.stringify(fresh(number, 0)) }),
    status: 201,
    wrong(answer, { number }) {
      const { meta, subject } = JSON.parse(answer) as Observation
      return meta?.versionId === '1' && subject?.identifier?.value === number ? undefined : 'not created as sent'
    },
    repeatable: false,
  },
  'transaction of 20': {
    asks: 'record system',
    request: ({ number }) => ({ method: 'POST', path: '/fhir/news2', type: FHIR, body: JSON.stringify(transaction(number)) }),
    status: 200,
    wrong(answer) {
      const { entry = [] } = JSON.parse(answer) as Bundle
      return entry.length === 20 && entry.every(({ response }) => response?.status === '201 Created') ? undefined : 'not all created'
    },
    repeatable: false,
  },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations

let made = 0

/** A measurement nobody has sent before, always as long as any other of its kind. */
function fresh(number: string, kind: number): Observation {
  made += 1
  const identifier = `run-${process.pid}-${String(made).padStart(9, '0')}`
  const moment = { controller: reader.number, time: '2026-02-01T12:00:00Z', identifier: () => identifier, reference: () => '' }
  return { ...observation(kinds[kind % 7] ?? 'pulse', 3, moment), subject: { identifier: { system: FNR, value: number } } }
}

function transaction(number: string): Bundle {
  const entry = Array.from({ length: 20 }, (_, at) => ({
    fullUrl: `urn:uuid:${crypto.randomUUID()}`,
    resource: fresh(number, at),
    request: { method: 'POST' as const, url: 'Observation' },
  }))
  return { resourceType: 'Bundle', type: 'transaction', entry }
}
