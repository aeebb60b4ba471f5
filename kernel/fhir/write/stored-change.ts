/** What became of a change, and what undoes a whole transaction. */
import type { Problem } from '../../problem/problem.ts'
import type { PatientKey, RecordId } from '../../store/ids.ts'
import type { NewRecord } from '../../store/record.ts'

export interface StoredChange {
  patient: PatientKey
  id: RecordId
  version: number
  type: string
  /** Undefined where it is not known, and the organisation that writes stands for it. */
  controller: string | undefined
  recorded: Date
  /** Absent after a delete. */
  content: string | undefined
  outcome: 'created' | 'unchanged' | 'updated' | 'deleted'
}

export function stored(record: NewRecord, outcome: StoredChange['outcome']): StoredChange {
  const { patient, id, version, type, controller, recorded, content } = record
  return { patient, id, version, type, controller, recorded, content, outcome }
}

/** Rolls the transaction back; its problem becomes the answer. */
export class Conflict extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.problem)
    this.problem = problem
  }
}
