/** What vendors send, as they send it: each message about one person, and new. */

import { criticalEntry } from './critical-entry.ts'
import type { InputKind } from './kind.ts'
import { kithReport } from './kith-report.ts'
import { medicationList, prescription } from './medicines.ts'
import { pmdBatch } from './pmd-batch.ts'

/** By the name that `--only` takes. */
export const inputs: Record<string, InputKind> = {
  'kith-report': kithReport,
  'pmd-batch': pmdBatch,
  'critical-entry': criticalEntry,
  'medication-list': medicationList,
  prescription,
}
