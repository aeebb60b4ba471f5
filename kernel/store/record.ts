/** Rows of `record` and `record_set`, as statements return and take them. */
import type { PatientKey, RecordId } from './ids.ts'

/** A version of a record, as far as it is served. */
export interface ServedVersion {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  controller: string
  deleted: boolean
  /** JSON text without the patient's identifier; null in a tombstone. */
  content: string | null
}

export interface StoredRecord extends ServedVersion {
  recorded: Date
}

export interface NewRecord {
  patient: PatientKey
  id: RecordId
  version: number
  service: string
  type: string
  controller: string
  effective: Date
  recorded: Date
  /** A UUID made from controller and key; unique among the current records of the patient in the service. */
  businessKey: string | undefined
  /** The record_set that the record came with. */
  setKey: string | undefined
  sensitiveCodes: string[] | undefined
  /** The record is not shown to the patient before this time. */
  releaseAt: Date | undefined
  /** The codes of Volven 9603 that hide the record from some readers. */
  releaseCodes: string[] | undefined
  tokens: string[]
  /** The id of a row in log_actor. */
  writer: string
  content: string
}

export interface TakenKey {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  controller: string
  businessKey: string
  content: string
  recorded: Date
}

export interface SetVersion {
  patient: PatientKey
  service: string
  /** A UUID made from controller and the source's name for the set. */
  key: string
  controller: string
  /** The time when the source made this version. */
  version: Date
  /** The last moment that the stated time can mean; the version itself where it names one. */
  latest?: Date
  /** Decides between versions of the same time, compared byte by byte. */
  rank: string
  recorded: Date
}
