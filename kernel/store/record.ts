/** Rows of `record` and `record_set`, as statements give and take them. */
import type { PatientKey, RecordId } from './ids.ts'

export interface StoredRecord {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  controller: string
  recorded: Date
  deleted: boolean
  /** JSON text without the patient's identifier; null in a tombstone. */
  content: string | null
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
  /** UUID made from controller and key; unique among the current records of the patient in the service. */
  businessKey: string | undefined
  /** The record_set that it came with. */
  setKey: string | undefined
  sensitiveCodes: string[] | undefined
  /** Not shown to the patient before this. */
  releaseAt: Date | undefined
  /** Codes of Volven 9603 that hide it from some. */
  releaseCodes: string[] | undefined
  tokens: string[]
  /** Row of log_actor. */
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
  /** UUID made from controller and the source's name for the set. */
  key: string
  controller: string
  /** When the source made it. */
  version: Date
  /** Decides between versions of the same time, compared byte by byte. */
  rank: string
  recorded: Date
}
