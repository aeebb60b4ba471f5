/**
 * A panel belongs to its information service; a portal arranges panels. `load` runs on the portal's server with the signed-in
 * person's token and returns plain JSON; `Panel` draws it. Texts come with the panel, in three languages.
 */
import type { ComponentType } from 'react'

/** The four kinds of nothing and one of something; a partial answer never looks complete. */
export type DataStatus = 'some' | 'none' | 'unknown' | 'withheld' | 'unavailable'

/** What a panel may ask of the API, on behalf of the signed-in person, for the patient who is open. */
export interface PatientApi {
  /** POST /fhir/{service}/{type}/_search for the open patient; throws PanelUnavailable when the API cannot answer. */
  search(service: string, type: string, parameters?: Record<string, string>): Promise<import('@medplum/fhirtypes').Bundle>
  /** POST /fhir/{service}/${operation} for the open patient. */
  operation(service: string, operation: string): Promise<import('@medplum/fhirtypes').Parameters>
}

export interface PanelView<Data> {
  service: string
  /** i18next resources: { nb: {...}, nn: {...}, en: {...} }, under the namespace named like the service. */
  texts: Record<'nb' | 'nn' | 'en', Record<string, unknown>>
  load(api: PatientApi): Promise<{ status: DataStatus; data: Data }>
  Panel: ComponentType<{ status: DataStatus; data: Data }>
}
