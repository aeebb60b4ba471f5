/**
 * What a panel may ask the API about the open patient, on behalf of the signed-in person. The identity number goes into the body of a POST
 * and nowhere else.
 */
import { restricted } from '@helsevev/kernel/areas/persons/person-resource'
import { readableBundle } from '@helsevev/kernel/fhir/validation/readable'
import type { PastApi } from '@helsevev/panel/loader.ts'
import { type Api, automatic } from '@helsevev/portal/server'
import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes'
import type { Elevation, Person } from '../contract.ts'
import type { OpenPatient } from './sessions.ts'

/** What the portal itself asks, in addition to the panels. */
export interface PersonApi {
  /** POST /fhir/Patient/_search: the person that the number belongs to. */
  identify(): Promise<Person>
  /** POST /fhir/{service}/${operation} with a resource: what the person has decided to send. */
  post(service: string, operation: string, resource: object): Promise<unknown>
}

/** What elevated access rests on (kjernejournal's names); the API accepts the second with the purpose BTG only. */
const bases: Record<Elevation, string> = { consent: 'FORHOYET_SAMTYKKE', emergency: 'FORHOYET_AKUTT' }

/**
 * `automatic`: the screen asks by itself, in addition to what the person has opened.
 * @throws ApiError from each call, for the panel to catch or pass on.
 */
export function patientApi(patient: OpenPatient, api: Api, { automatic: isAutomatic = false } = {}): PastApi & PersonApi {
  const { kind, attestation } = patient.access
  const headers = {
    attestation,
    ...(kind === 'ordinary' ? {} : { 'nhn-access-basis': bases[kind] }),
    ...(isAutomatic ? automatic : {}),
  }

  async function ask(path: string, parameters: Record<string, string> = {}): Promise<unknown> {
    const form = new URLSearchParams({ ...parameters, 'patient.identifier': `${patient.identitySystem}|${patient.identityNumber}` })
    return await api.post(path, form, headers)
  }
  return {
    search: async (service, type, parameters) => readableBundle((await ask(`/fhir/${service}/${type}/_search`, parameters)) as Bundle),
    operation: async (service, operation, parameters) =>
      (await ask(`/fhir/${service}/$${operation.replace(/^\$/, '')}`, parameters)) as Parameters,
    history: async (service, type, id) => readableBundle((await api.get(`/fhir/${service}/${type}/${id}/_history`, headers)) as Bundle),
    post: async (service, operation, resource) => await api.post(`/fhir/${service}/$${operation}`, resource, headers),
    identify: async () => personIn((await ask('/fhir/Patient/_search')) as Bundle),
  }
}

/** Marked by the register (docs/api/identify.md). */
function isRestricted(patient: Patient | undefined): boolean {
  return (patient?.meta?.security ?? []).some(({ system, code }) => system === restricted.system && code === restricted.code)
}

/** Register entries may lack everything except the number: a missing part is left out, and the page shows that it is missing. */
function personIn(bundle: Bundle): Person {
  const found = bundle.entry?.map(({ resource }) => resource).find((resource): resource is Patient => resource?.resourceType === 'Patient')
  const [written] = found?.name ?? []
  const name = written?.text ?? [...(written?.given ?? []), written?.family ?? ''].join(' ').trim()
  return {
    ...(name ? { name } : {}),
    ...(found?.birthDate ? { birthDate: found.birthDate } : {}),
    ...(found?.gender ? { gender: found.gender } : {}),
    ...(isRestricted(found) ? { hasProtectedAddress: true as const } : {}),
  }
}
