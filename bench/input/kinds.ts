/** What vendors send, as they send it: each message about one person, and new. */
import { criticalEntry } from './critical-entry.ts'
import { kithReport } from './kith-report.ts'
import { pmdBatch } from './pmd-batch.ts'

export interface Message {
  path: string
  body: string
}

export interface Recipient {
  identityNumber: string
  /** Organisation number of the sender, who is the data controller. */
  organization: string
  /** Of the message in the whole run; people come in turn, so that `nth / people` tells how many this person has had before. */
  nth: number
  people: number
}

export interface InputKind {
  service: string
  sender: 'laboratory' | 'municipality'
  mediaType: string
  status: number
  message(to: Recipient): Message
  /** What is wrong with an answer whose status is right. */
  check?(body: string): string | undefined
}

/** By the name that `--only` takes. */
export const inputs: Record<string, InputKind> = {
  'kith-report': kithReport,
  'pmd-batch': pmdBatch,
  'critical-entry': criticalEntry,
}
