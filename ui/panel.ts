/**
 * A panel belongs to its information service; a portal arranges panels. A service exports `./load` (runs on the portal's
 * server with the signed-in person's token, returns plain JSON) and `./panel` (the React component that draws it, with its
 * texts). Node strips types but not JSX, so the two are separate modules.
 */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import type { ComponentType } from 'react'

/** Something, and the four kinds of nothing; a partial answer never looks complete. */
export type DataStatus = 'some' | 'none' | 'unknown' | 'withheld' | 'unavailable'

/** What a panel may ask of the API, on behalf of the signed-in person, for the patient who is open. */
export interface PatientApi {
  /** POST /fhir/{service}/{type}/_search with patient.identifier of the open patient added. */
  search(service: string, type: string, parameters?: Record<string, string>): Promise<Bundle>
  /** POST /fhir/{service}/${operation} with patient.identifier of the open patient added. */
  operation(service: string, operation: string): Promise<Parameters>
}

export interface PanelLoader<Data> {
  service: string
  load(api: PatientApi): Promise<{ status: DataStatus; data: Data }>
}

export interface PanelView<Data> {
  service: string
  /** i18next resources of the namespace named like the service. */
  texts: Record<'nb' | 'nn' | 'en', Record<string, unknown>>
  Panel: ComponentType<{ status: DataStatus; data: Data }>
}
