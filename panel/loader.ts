/**
 * Loads what a panel shows, on the portal's server. A service defines what it requests and what it makes of the answers; whether there is
 * data, and otherwise which kind of nothing, is read here from the answers, in the same way for all services.
 */
import type { Bundle } from '@medplum/fhirtypes'
import type { PastApi, PatientApi } from './api.ts'
import { changesOf } from './changes.ts'
import type { Change, DataStatus, Nothing, WithheldByPatient } from './panel.ts'
import { nothingIn, ownRecordsOnly, unreadableIn, withheldByAgreement, withheldByPatient } from './withheld.ts'

export type { PastApi, PatientApi } from './api.ts'

/** The result of a service from the answers to its requests. */
export interface Fetched<Data> {
  /** Undefined when there is nothing to show. */
  data: Data | undefined
  /** The answers that report what is withheld and, where there is no data, why; the first reports for all. */
  searched: readonly [Bundle, ...Bundle[]]
  /**
   * Where an operation states more exactly than the searches why there is nothing. Together with data it means that there is nothing now,
   * and that the data is older.
   */
  nothing?: Nothing
  /** Where an operation states more exactly whether something is withheld because no agreement opens it. */
  partial?: boolean
}

export interface Loaded<Data> {
  status: DataStatus
  /** Present with `some`; with a kind of nothing, it is the latest data from before. */
  data?: Data
  /** Whether a part of the service is missing from the data because no agreement opens it. */
  partial?: boolean
  withheld?: WithheldByPatient[]
  /** How many records are missing from the data because they cannot be read. */
  unreadable?: number
}

export interface PanelLoader<Data> {
  service: string
  load(api: PatientApi, now: Date): Promise<Loaded<Data>>
  loadAt?(api: PastApi, at: Date): Promise<Loaded<Data>>
  /** What changed, newest first; the data around each change has the type of `load`. */
  loadChanges?(api: PastApi): Promise<Change[]>
  withoutPlaces?(data: Data): Data
}

interface Definition<Data> {
  service: string
  fetch(api: PatientApi, now: Date): Promise<Fetched<Data>>
  /**
   * The data as of an earlier moment, for a service that changes its records in place: the present records do not show what was known then.
   * A service whose records stay unchanged and have times of their own leaves it out.
   */
  fetchAt?(api: PastApi, at: Date): Promise<Fetched<Data>>
  /**
   * The data without what reveals where the person lives, for a person with a protected address. Without this function, nothing of the
   * service is shown for such a person.
   */
  withoutPlaces?(data: Data): Data
}

/**
 * When a source does not answer, or the patient has blocked the practitioner, the status reports it. Another refusal or fault is thrown;
 * the portal writes the message.
 */
export function defineLoader<Data>({ service, fetch, fetchAt, withoutPlaces }: Definition<Data>): PanelLoader<Data> {
  return {
    service,
    load: async (api, now) => await loaded(() => fetch(api, now)),
    ...(fetchAt
      ? {
          loadAt: async (api: PastApi, at: Date) => await loaded(() => fetchAt(api, at)),
          loadChanges: async (api: PastApi) => await changesOf(api, fetchAt),
        }
      : {}),
    ...(withoutPlaces ? { withoutPlaces } : {}),
  }
}

async function loaded<Data>(fetch: () => Promise<Fetched<Data>>): Promise<Loaded<Data>> {
  try {
    const { data, searched, nothing, partial } = await fetch()
    const [first] = searched
    const unreadable = searched.reduce((sum, bundle) => sum + unreadableIn(bundle), 0)
    return {
      status: nothing ?? (data === undefined ? nothingIn(first) : 'some'),
      ...(data === undefined ? {} : { data }),
      partial: (partial ?? searched.some(withheldByAgreement)) || searched.some(ownRecordsOnly),
      withheld: withheldByPatient(first),
      ...(unreadable > 0 ? { unreadable } : {}),
    }
  } catch (error) {
    if (isUnavailable(error)) return { status: 'unavailable' }
    if (isBlocked(error)) return { status: 'withheld-by-patient', withheld: [{ cause: 'SpecificBlock' }] }
    throw error
  }
}

/** The portal's API client states the kind of each failure: this one may be tried again. */
function isUnavailable(error: unknown): boolean {
  return error instanceof Error && 'kind' in error && error.kind === 'unavailable'
}

/** Emergency access of a blocked practitioner is refused: the panel says what it says without it, that the patient has blocked them. */
function isBlocked(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason === 'blocked-by-patient'
}
