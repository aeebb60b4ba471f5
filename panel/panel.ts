/**
 * A panel belongs to its information service; a portal arranges panels. A service exports `./load` (a loader that runs on the portal's
 * server with the signed-in person's token, and returns plain JSON) and its views, `./panel` and `./citizen-panel` (which draw that JSON,
 * with its texts). Node strips types but not JSX, so they are separate modules. This module has the types that all of them use.
 */
import type { Language } from '@helsevev/ui/format.ts'
import type { Row } from '@helsevev/ui/texts.ts'

/**
 * Data, and the kinds of nothing; a partial answer never looks complete. `withheld` means that no agreement opens it; `withheld-by-patient`
 * that the patient's own choice hides all there is to see.
 */
export type DataStatus = 'some' | Nothing
export type Nothing = 'none' | 'unknown' | 'withheld' | 'withheld-by-patient' | 'unavailable'

/** Causes as Pasientens prøvesvar names them: this practitioner is blocked, restricted until consent or emergency, opted out. */
export const withheldCauses = ['SpecificBlock', 'GeneralBlock', 'Reservation'] as const
export type WithheldCause = (typeof withheldCauses)[number]

export interface WithheldByPatient {
  cause: WithheldCause
  /** The number of records in the whole service, whatever the panel requested; absent where it is not stated. */
  count?: number
}

/** Names of a service, for every use. Its declaration and its views take them from one place. */
export interface ServiceIdentity {
  id: string
  names: Readonly<Record<Language, string>>
}

/**
 * Texts that a view may have for what the frame draws; the common words replace those it lacks. `notice` is a sentence under every answer
 * of the service, and `title` the heading where it differs from the name of the service.
 */
export type FrameWords = Readonly<
  Partial<
    Record<
      `${'none' | 'unknown' | 'withheld' | 'unavailable' | 'partial'}.${'title' | 'text'}` | `signal.${Nothing}` | 'notice' | 'title',
      Row
    >
  >
>

/** One thing of a service as one line, together with lines of other services: on the timeline, in a comparison, in a copy. */
export interface Line {
  /** The same for the same thing at another time. */
  key: string
  /** Clinical time, ISO 8601 or a FHIR date of any precision. */
  time: string
  /** The kind of thing in words; a reader chooses among them. */
  kind: string
  what: string
  /** The value or state: a number, a level, an extent. */
  value?: string
  controller: string
  unit?: string
  author?: string
  /** A number to call about it; part of a copy. */
  phone?: string
  /** Parts of the value that do not fit on a line: shown on demand, and part of a copy. */
  rest?: string[]
  /** In a snapshot: the other values of the same day, as it states the last of the day. */
  sameDay?: string[]
  /** In a snapshot: when it became as it is, for a record that is changed in place. */
  changed?: string
  /** On the timeline: a change or the end of something that stands there too. */
  about?: 'change' | 'end'
}

/** What was valid at a moment, and since when the available data is complete: before that time, missing data is not known. */
export interface Snapshot {
  lines: Line[]
  /** ISO 8601; absent when the data reaches all the way back. */
  from?: string
}

/** The data of a service just before a change of one of its records, and just after. */
export interface Change {
  /** ISO 8601: when the version came here. */
  at: string
  before?: unknown
  after?: unknown
}

/** One word that a service reports about a person in a list of patients, as the API returns it (docs/api/has-data.md). */
export interface ListSignal {
  system: string
  code: string
  /** The time of the newest record that it is made from, ISO 8601. */
  time: string
}

/** 0 nothing, 1 to look at, 2 to act on soon, 3 to act on now. */
export type Urgency = 0 | 1 | 2 | 3

export interface NewEntry {
  id: string
  title: string
  /** Clinical time, ISO 8601 or a FHIR date. */
  time?: string
  /** What a reader must know before opening it, such as that it is withdrawn. */
  note?: string
}

/** Whether it was reported after the last visit. At the first visit, and without a time, nothing is marked as new. */
export function isNew(reported: string | undefined, since: string | undefined): boolean {
  return reported !== undefined && since !== undefined && Date.parse(reported) > Date.parse(since)
}
