/**
 * A panel belongs to its information service; a portal arranges panels. A service exports `./load` (a loader that runs on the portal's
 * server with the signed-in person's token, and returns plain JSON) and its faces, `./panel` and `./citizen-panel` (what draws that JSON,
 * with its texts). Node strips types but not JSX, so they are separate modules. This module holds the words that all of them use.
 */
import type { Language } from '@helsevev/ui/format.ts'
import type { Row } from '@helsevev/ui/texts.ts'

/**
 * Something, and the kinds of nothing; a partial answer never looks complete. `withheld` is that no agreement opens it;
 * `withheld-by-patient` that all there is to see is hidden by the patient's own choice.
 */
export type DataStatus = 'some' | Nothing
export type Nothing = 'none' | 'unknown' | 'withheld' | 'withheld-by-patient' | 'unavailable'

/** Causes as Pasientens prøvesvar names them: this practitioner is blocked, restricted until consent or emergency, opted out. */
export const withheldCauses = ['SpecificBlock', 'GeneralBlock', 'Reservation'] as const
export type WithheldCause = (typeof withheldCauses)[number]

export interface WithheldByPatient {
  cause: WithheldCause
  /** Records of the whole service, whatever the panel asked for; absent where the number is not stated. */
  count?: number
}

/** What a service is called, everywhere. Its declaration and its faces take it from one place. */
export interface ServiceIdentity {
  id: string
  names: Readonly<Record<Language, string>>
}

/**
 * Rows that a face may have for what the frame draws; where it has none, the common words stand. `notice` is a sentence under every answer
 * of the service, and `title` the heading where it is not the name of the service.
 */
export type FrameWords = Readonly<
  Partial<
    Record<
      `${'none' | 'unknown' | 'withheld' | 'unavailable' | 'partial'}.${'title' | 'text'}` | `signal.${Nothing}` | 'notice' | 'title',
      Row
    >
  >
>

/** One thing of a service in one line, where it stands with those of other services: on the timeline, in a comparison, in a copy. */
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

/** What held at a moment, and from when on the data that is at hand shows all of it: before that, what is missing is not known. */
export interface Snapshot {
  lines: Line[]
  /** ISO 8601; absent when the data reaches all the way back. */
  from?: string
}

/** One word that a service reports of a person in a list of patients, as the API gives it (docs/api/has-data.md). */
export interface ListSignal {
  system: string
  code: string
  /** The time of the newest record that it is made from, ISO 8601. */
  time: string
}

export interface NewEntry {
  id: string
  title: string
  /** Clinical time, ISO 8601 or a FHIR date. */
  time?: string
}

/** Whether it was reported after the last visit. At the first visit, and without a time, nothing is marked as new. */
export function isNew(reported: string | undefined, since: string | undefined): boolean {
  return reported !== undefined && since !== undefined && Date.parse(reported) > Date.parse(since)
}
