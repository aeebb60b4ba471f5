/** The notices that keep a partial or empty answer from looking complete: the same for searches and for sections of a summary. */
import type { OperationOutcome } from '@medplum/fhirtypes'
import type { Decision } from '../access/decision.ts'
import { nothingIssue, ownOnlyIssue, type Withheld } from './outcome.ts'
import type { BoundRecords } from './records.ts'

/**
 * A person who reads the records of the own organisation alone is notified in every answer, and a system where it has nothing: whatever
 * others hold. What a choice of the patient hides is stated by itself, in `withheld`.
 */
export async function nothingIssues(
  { decision, rows }: { decision: Decision; rows: BoundRecords },
  { empty, withheld }: { empty: boolean; withheld: readonly Withheld[] },
): Promise<OperationOutcome['issue']> {
  const { ownOnly } = decision
  if (ownOnly) return empty || ownOnly.reason !== 'system' ? [ownOnlyIssue(ownOnly)] : []
  if (decision.withheld) return [nothingIssue('withheld')]
  if (!empty || withheld.length > 0) return []
  const nothing = await rows.nothing()
  return [nothingIssue(nothing === 'none' ? 'none' : decision.releasedOnly || decision.contracted?.length ? 'nothing-shown' : 'unknown')]
}
