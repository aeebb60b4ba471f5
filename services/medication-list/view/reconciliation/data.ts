/** What the page of a reconciliation draws and sends, as plain JSON. The lines as they were read stay with the server, sealed. */

import type { ReconciliationRow, Written } from '../../model/reconciliation-act.ts'
import type { Refusal } from '../../send/words.ts'

/** A source that is not complete: nothing from it does not mean that there is nothing. */
export interface Gap {
  source: 'list' | 'prescriptions'
  /** `unknown`: nobody has sent a list. `locked`: prescriptions exist that need their reference number. */
  why: 'unknown' | 'unavailable' | 'withheld' | 'withheld-by-patient' | 'locked'
}

/** Two rows that may be one drug twice. */
export interface Pair {
  rows: [string, string]
  grade: 'product' | 'substance' | 'group'
  standing: 'candidate' | 'information' | 'intended'
  /** Who marked it, when and why. */
  by?: string
  time?: string
  note?: string
}

export interface ReconciliationData {
  rows: ReconciliationRow[]
  /** MsgId of the list; absent where no list is known. */
  version?: string
  made?: string
  by?: string
  /** ISO 8601 */
  readAt: string
  gaps: Gap[]
  pairs: Pair[]
  /** Whether it is known that a hospital has given something. Nothing from there is no sign that nothing was given. */
  isGivenKnown: boolean
  /** Lines that are discontinued already; they go with the list as they are. */
  stopped: number
}

/** The answer of the portal's server. `maySend`: false where no setting lets the reader's profession send. */
export interface LoadedReconciliation {
  sealed: string
  maySend: boolean
  data: ReconciliationData
}

/** What the writer keeps until it is sent: the rows are those that the decisions were made on. */
export interface Draft {
  version?: string
  rows: ReconciliationRow[]
  written: Written
}

export type RecallState = 'requested' | 'recalled' | 'waiting' | 'failed'

export interface ReceiptRecall {
  /** ReseptId. */
  id: string
  state: RecallState
}

/** A change that somebody else has made since the list was read. */
export interface OtherChange {
  /** PLL-id. */
  line: string
  by?: string
  /** ISO 8601 */
  time?: string
}

export interface Fault {
  /** Where in what was sent. */
  line?: string
  /** A rule of `$sendMedication`, where the page has words for it. */
  code?: Refusal
  /** The drug of the line that it is about. */
  drug?: string
  /** In the words of the API. */
  text: string
}

export type SendResult =
  | { outcome: 'sent'; version?: string; made?: string; recalls: ReceiptRecall[] }
  | { outcome: 'conflict'; changes: OtherChange[] }
  /** `reason`: a code of the problem catalogue. */
  | { outcome: 'refused'; reason?: string }
  | { outcome: 'invalid'; faults: Fault[] }
