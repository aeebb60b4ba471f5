/** What is stored after each row of the access log and before the answer is sent, in this order. */
import type { AfterAccess } from '../fhir/exchange.ts'
import type { Source } from '../fhir/rows.ts'
import { notifyPatient } from './choices/after-access.ts'
import { listEmergencyAccess } from './follow-up/after-access.ts'

export function afterAccess(source: Pick<Source, 'sql' | 'ids'>): readonly AfterAccess[] {
  return [listEmergencyAccess(source), notifyPatient(source)]
}
