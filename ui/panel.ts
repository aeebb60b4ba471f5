/**
 * A panel belongs to its information service; a portal arranges panels. A service exports `./load` (runs on the portal's
 * server with the signed-in person's token, returns plain JSON) and `./panel` (the React component that draws it, with its
 * texts). Node strips types but not JSX, so the two are separate modules.
 */
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import type { ComponentType } from 'react'
import type { Language } from './format.ts'
import type { Namespace, Namespaces, Row, Wording } from './texts.ts'

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

/** What a service is called, everywhere. Its declaration and its views take it from one place. */
export interface ServiceIdentity {
  id: string
  names: Readonly<Record<Language, string>>
}

/** What every service words for itself. A heading (`none.title`) comes from the general words where the service has none. */
export type OwnWords = Readonly<Record<`${'none' | 'unknown' | 'withheld' | 'unavailable'}.text`, Row>>

/** One thing of a service in one line, where it stands beside other services': on the timeline, in a comparison, in a copy. */
export interface Line {
  /** The same thing at another time has the same. */
  key: string
  /** Clinical time, ISO 8601 or a FHIR date as far as it goes. */
  time: string
  /** What kind of thing it is, in words; a reader picks among them. */
  kind: string
  what: string
  /** How it stands: a number, a level, an extent. */
  value?: string
  controller: string
  unit?: string
  author?: string
}

/** What held at a moment, and from when on the data that is at hand tells all of it: before that, what is missing is not known. */
export interface Snapshot {
  lines: Line[]
  /** ISO 8601; absent when the data reaches all the way back. */
  from?: string
}

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

export interface Loaded<Data> {
  status: DataStatus
  data: Data
  withheld?: WithheldByPatient[]
}

export interface PanelLoader<Data> {
  service: string
  load(api: PatientApi): Promise<Loaded<Data>>
  /**
   * As of an earlier moment, for a service that changes its records in place: what was known then cannot be seen from what is known now. A
   * service whose records stay and have times of their own leaves it out.
   */
  loadAt?(api: PastApi, at: Date): Promise<Loaded<Data>>
  /** Without what tells where the person lives, for somebody with a protected address; without this nothing of the service is shown then. */
  withoutPlaces?(data: Data): Data
}

/** One word that a service says of somebody in a list of patients, as the API gives it (docs/api/has-data.md). */
export interface ListSignal {
  system: string
  code: string
  /** Of the newest record that it is made from, ISO 8601. */
  time: string
}

/** `since`: the last visit of whoever reads, where the portal knows one (ISO 8601); what came later is marked as new. */
export interface PanelView<Data, Name extends Namespace> {
  service: ServiceIdentity
  namespace: Name
  /** With the row `title` where the heading is not the name of the service. */
  texts: Namespaces[Name] & OwnWords
  Panel: ComponentType<{ status: DataStatus; data: Data; since?: string | undefined }>
  /** What nobody may miss, in one line above all panels; draws nothing when there is nothing. */
  Banner?: ComponentType<{ status: DataStatus; data: Data }>
  /** A mark beside the patient's name, in sight while the page scrolls: that there is something, or that it is not known. A list item. */
  Signal?: ComponentType<{ status: DataStatus; data: Data }>
  /** What a list of patients shows of the service's signal, before anybody is opened. */
  inList?: InList
  /** What came after that moment, by the id under which the panel shows it. */
  newIn?: (data: Data, since: string, words: Wording<Name>) => NewEntry[]
  /** What of the data goes on the timeline, in any order. */
  timeline?: (data: Data, words: Wording<Name>) => Line[]
  /** What held at a moment. Of now it is also what a copy of the panel says. */
  snapshot?: (data: Data, at: Date, words: Wording<Name>) => Snapshot
  /** Something of the service is not in the data because no agreement opens it. */
  isPartial?: (data: Data) => boolean
  /** The loader has `loadAt`: a snapshot of the past is made from data asked for that moment. */
  hasVersions?: boolean
}

/** A mark with words in a list of patients, and how grave it is (more is graver). */
export interface InList {
  Mark: ComponentType<{ signal: ListSignal; now: Date }>
  gravity: (signal: ListSignal, now: Date) => number
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
