/**
 * Loads what a panel shows, on the portal's server. A service states what it asks and what it makes of the answers; whether there is
 * something, and which kind of nothing there is otherwise, is read here from the answers, alike for all services.
 */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import type { DataStatus, Nothing, WithheldByPatient } from './panel.ts'
import { nothingIn, withheldByAgreement, withheldByPatient } from './withheld.ts'

/** What a panel may ask of the API, on behalf of the signed-in person, for the patient who is open. */
export interface PatientApi {
  /** POST /fhir/{service}/{type}/_search with patient.identifier of the open patient added. */
  search(service: string, type: string, parameters?: Record<string, string>): Promise<Bundle>
  /** POST /fhir/{service}/${operation} with patient.identifier of the open patient added. */
  operation(service: string, operation: string, parameters?: Record<string, string>): Promise<Parameters>
}

/** For looking back. */
export interface PastApi extends PatientApi {
  /** GET /fhir/{service}/{type}/{id}/_history: every version of one record. */
  history(service: string, type: string, id: string): Promise<Bundle>
}

/** What a service makes of the answers to its questions. */
export interface Fetched<Data> {
  /** Undefined when there is nothing to show. */
  data: Data | undefined
  /** The answers that report what is held back and, where there is no data, why; the first reports for all. */
  searched: readonly [Bundle, ...Bundle[]]
  /**
   * Where an operation answers more exactly than the searches why there is nothing. With data it means that there is nothing now, and that the data is
   * of before.
   */
  nothing?: Nothing
  /** Where an operation answers more exactly whether something is held back because no agreement opens it. */
  partial?: boolean
}

export interface Loaded<Data> {
  status: DataStatus
  /** With `some`; with a kind of nothing, what there was before. */
  data?: Data
  /** Something of the service is not in the data because no agreement opens it. */
  partial?: boolean
  withheld?: WithheldByPatient[]
}

export interface PanelLoader<Data> {
  service: string
  load(api: PatientApi, now: Date): Promise<Loaded<Data>>
  loadAt?(api: PastApi, at: Date): Promise<Loaded<Data>>
  withoutPlaces?(data: Data): Data
}

interface Definition<Data> {
  service: string
  fetch(api: PatientApi, now: Date): Promise<Fetched<Data>>
  /**
   * As of an earlier moment, for a service that changes its records in place: what was known then cannot be seen from what is known now. A
   * service whose records stay and have times of their own leaves it out.
   */
  fetchAt?(api: PastApi, at: Date): Promise<Fetched<Data>>
  /**
   * Without what shows where the person lives, for a person with a protected address; without this nothing of the service is shown then.
   */
  withoutPlaces?(data: Data): Data
}

/** A source that does not answer now is a status; a refusal or another fault is thrown, and is for the portal to word. */
export function defineLoader<Data>({ service, fetch, fetchAt, withoutPlaces }: Definition<Data>): PanelLoader<Data> {
  return {
    service,
    load: async (api, now) => await loaded(() => fetch(api, now)),
    ...(fetchAt ? { loadAt: async (api: PastApi, at: Date) => await loaded(() => fetchAt(api, at)) } : {}),
    ...(withoutPlaces ? { withoutPlaces } : {}),
  }
}

async function loaded<Data>(fetch: () => Promise<Fetched<Data>>): Promise<Loaded<Data>> {
  try {
    const { data, searched, nothing, partial } = await fetch()
    const [first] = searched
    return {
      status: nothing ?? (data === undefined ? nothingIn(first) : 'some'),
      ...(data === undefined ? {} : { data }),
      partial: partial ?? searched.some(withheldByAgreement),
      withheld: withheldByPatient(first),
    }
  } catch (error) {
    if (isUnavailable(error)) return { status: 'unavailable' }
    throw error
  }
}

/** The portal's API client states of each failure what kind it is: this one may be tried again. */
function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'kind' in error && error.kind === 'unavailable'
}
