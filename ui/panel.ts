/**
 * A panel belongs to its information service; a portal arranges panels. A service exports `./load` (runs on the portal's
 * server with the signed-in person's token, returns plain JSON) and `./panel` (the React component that draws it, with its
 * texts). Node strips types but not JSX, so the two are separate modules.
 */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import type { ComponentType } from 'react'

/**
 * Something, and the kinds of nothing; a partial answer never looks complete. `withheld` is that no agreement opens it; `withheld-by-patient`
 * that all there is to see is hidden by the patient's own choice, which the portal words for every panel alike.
 */
export type DataStatus = 'some' | 'none' | 'unknown' | 'withheld' | 'withheld-by-patient' | 'unavailable'

/** Causes as Pasientens prøvesvar names them: this practitioner is blocked, restricted until consent or emergency, opted out. */
export const withheldCauses = ['SpecificBlock', 'GeneralBlock', 'Reservation'] as const
export type WithheldCause = (typeof withheldCauses)[number]

export interface WithheldByPatient {
  cause: WithheldCause
  /** Records of the whole service, whatever the panel asked for; absent where it is not told. */
  count?: number
}

/** What a panel may ask of the API, on behalf of the signed-in person, for the patient who is open. */
export interface PatientApi {
  /** POST /fhir/{service}/{type}/_search with patient.identifier of the open patient added. */
  search(service: string, type: string, parameters?: Record<string, string>): Promise<Bundle>
  /** POST /fhir/{service}/${operation} with patient.identifier of the open patient added. */
  operation(service: string, operation: string, parameters?: Record<string, string>): Promise<Parameters>
}

export interface PanelLoader<Data> {
  service: string
  load(api: PatientApi): Promise<{ status: DataStatus; data: Data; withheld?: WithheldByPatient[] }>
}

/** `since`: the last visit of whoever reads, where the portal knows one (ISO 8601); what came later is marked as new. */
export interface PanelView<Data> {
  service: string
  /** i18next resources of the namespace named like the service. */
  texts: Record<'nb' | 'nn' | 'en', Record<string, unknown>>
  Panel: ComponentType<{ status: DataStatus; data: Data; since?: string | undefined }>
  /** What nobody may miss, in one line above all panels; draws nothing when there is nothing. */
  Banner?: ComponentType<{ status: DataStatus; data: Data }>
  /** A mark beside the patient's name, in sight while the page scrolls: that there is something, or that it is not known. A list item. */
  Signal?: ComponentType<{ status: DataStatus; data: Data }>
  /** What came after that moment, by the id under which the panel shows it; `t` has the texts of the service. */
  newIn?: (data: Data, since: string, t: Words) => NewEntry[]
}

/** As `t` of i18next. */
export interface Words {
  (key: string): string
  (key: string, values: Record<string, unknown>): string
}

export interface NewEntry {
  id: string
  title: string
  /** Clinical time, ISO 8601 or a FHIR date. */
  time?: string
}

/** Whether it was reported after the last visit. At the first visit, and without a time, nothing is told to be new. */
export function isNew(reported: string | undefined, since: string | undefined): boolean {
  return reported !== undefined && since !== undefined && Date.parse(reported) > Date.parse(since)
}
