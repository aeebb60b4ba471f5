/**
 * What a panel may ask of the API, for the patient who is open and on behalf of the signed-in person. The identity number goes into the
 * body of POST and nowhere else.
 */
import type { PatientApi } from '@helsevev/ui/panel.ts'
import type { Bundle, OperationOutcome, Parameters, Patient } from '@medplum/fhirtypes'
import { type Elevation, type Person, refusals } from '../contract.ts'
import type { OpenPatient } from './sessions.ts'

/** `refused` and `person-unknown` are answers; `unavailable` may be tried again; `failed` is a fault of ours or of the API. */
export type ApiErrorKind = 'refused' | 'person-unknown' | 'unavailable' | 'failed' | 'token-refused'

export class ApiError extends Error {
  readonly kind: ApiErrorKind
  /** Code of the problem catalogue, as in `no-agreement`. */
  readonly reason: string | undefined
  constructor(kind: ApiErrorKind, reason?: string, options?: ErrorOptions) {
    super(`API: ${kind}${reason ? ` (${reason})` : ''}`, options)
    this.kind = kind
    this.reason = reason
  }
}

export type PostForm = (path: string, form: URLSearchParams, headers: Record<string, string>) => Promise<Response>

/** What the portal itself asks beside the panels. */
export interface PersonApi {
  /** POST /fhir/Patient/_search: who the number belongs to. */
  identify(): Promise<Person>
}

/** What elevated access rests on (kjernejournal's names); the API takes the second with the purpose BTG only. */
const bases: Record<Elevation, string> = { consent: 'FORHOYET_SAMTYKKE', emergency: 'FORHOYET_AKUTT' }

/** @throws ApiError from each call, for the panel to catch or let through. */
export function patientApi(patient: OpenPatient, post: PostForm): PatientApi & PersonApi {
  const { kind, attestation } = patient.access
  const headers = { accept: 'application/fhir+json', attestation, ...(kind === 'ordinary' ? {} : { 'nhn-access-basis': bases[kind] }) }

  async function ask(path: string, parameters: Record<string, string> = {}): Promise<unknown> {
    const form = new URLSearchParams({ ...parameters, 'patient.identifier': `${patient.identitySystem}|${patient.identityNumber}` })
    const response = await post(path, form, headers)
    const body = await response.json().catch((cause: unknown) => {
      throw new ApiError(response.status >= 500 ? 'unavailable' : 'failed', undefined, { cause })
    })
    if (response.ok) return body
    throw errorOf(response.status, body as OperationOutcome)
  }
  return {
    search: async (service, type, parameters) => (await ask(`/fhir/${service}/${type}/_search`, parameters)) as Bundle,
    operation: async (service, operation, parameters) =>
      (await ask(`/fhir/${service}/$${operation.replace(/^\$/, '')}`, parameters)) as Parameters,
    identify: async () => personIn((await ask('/fhir/Patient/_search')) as Bundle),
  }
}

/** Register entries may lack anything but the number: what is missing is left out, and the page says so. */
function personIn(bundle: Bundle): Person {
  const found = bundle.entry?.map(({ resource }) => resource).find((resource): resource is Patient => resource?.resourceType === 'Patient')
  const [written] = found?.name ?? []
  const name = written?.text ?? [...(written?.given ?? []), written?.family ?? ''].join(' ').trim()
  return {
    ...(name ? { name } : {}),
    ...(found?.birthDate ? { birthDate: found.birthDate } : {}),
    ...(found?.gender ? { gender: found.gender } : {}),
  }
}

const known = new Set<string>(refusals)

function errorOf(status: number, outcome: OperationOutcome): ApiError {
  const reason = outcome.issue?.[0]?.details?.coding?.[0]?.code
  if (reason === 'person-unknown') return new ApiError('person-unknown', reason)
  if (reason !== undefined && known.has(reason)) return new ApiError('refused', reason)
  if (status === 401) return new ApiError('token-refused', reason)
  if (status === 403) return new ApiError('refused', reason)
  if (status === 429 || status === 502 || status === 503 || status === 504) return new ApiError('unavailable', reason)
  return new ApiError('failed', reason)
}
