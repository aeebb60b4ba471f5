/** The API as the loader of a panel may ask it. */
import type { Bundle, Parameters } from '@medplum/fhirtypes'

/** What a panel may ask the API, on behalf of the signed-in person, for the open patient. */
export interface PatientApi {
  /** POST /fhir/{service}/{type}/_search with patient.identifier of the open patient added. */
  search(service: string, type: string, parameters?: Record<string, string>): Promise<Bundle>
  /** POST /fhir/{service}/${operation} with patient.identifier of the open patient added. */
  operation(service: string, operation: string, parameters?: Record<string, string>): Promise<Parameters>
}

/** The requests for looking back. */
export interface PastApi extends PatientApi {
  /** GET /fhir/{service}/{type}/{id}/_history: every version of one record. */
  history(service: string, type: string, id: string): Promise<Bundle>
}
