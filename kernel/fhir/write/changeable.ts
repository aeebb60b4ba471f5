/** The records that a writer may change: those of its own organisation, and those that a read opens where every reader may change them. */
import { isProblem, problem, type Result } from '../../problem/problem.ts'
import { type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import type { StoredRecord } from '../../store/record.ts'
import { authorize } from '../authorize.ts'
import { whileChoicesStand } from '../decided.ts'
import type { Authorized } from '../exchange.ts'
import type { ResourceDeclaration } from '../service.ts'
import { checkIfMatch } from './if-match.ts'
import { type ChangeRequest, decideFor, type Plan, rowsOf } from './plan.ts'
import type { Holder } from './shared-facts.ts'

type Found = Result<{ decision: Authorized; record: StoredRecord | undefined }>

/** The current version of a record that the caller may change, matched against If-Match. */
export async function changeable(
  plan: Plan,
  request: ChangeRequest,
  declaration?: ResourceDeclaration,
  version: 'as-if-match-says' | 'any-version' = 'as-if-match-says',
): Promise<Result<{ decision: Authorized; record: StoredRecord }>> {
  const key = parseLogicalId(request.id ?? '')
  if (!key) return problem('not-found', `${request.type} with this id is not known here. Ids are given by the server: send POST to create.`)
  const decision = await decideFor(plan, { key: key.patient }, `${request.type}.id`)
  if (isProblem(decision)) return decision.problem === 'person-unknown' ? problem('not-found') : decision
  const own = await rowsOf(plan, decision).current(request.type, key.id)
  const found = own || declaration?.changedBy !== 'readers' ? { decision, record: own } : await readable(plan, request.type, key)
  if (isProblem(found)) return found
  const { record } = found
  if (!record) return problem('not-found')
  // A delete of what is deleted asks for nothing more (http://hl7.org/fhir/R4/http.html#delete).
  if (record.deleted) return request.method === 'DELETE' ? { decision: found.decision, record } : problem('gone')
  const stale = version === 'any-version' ? undefined : checkIfMatch(request.ifMatch, record.version)
  if (stale) return stale
  return { decision: found.decision, record }
}

/**
 * A record of another controller, of a type that every reader may change. It is found under the decision of a read, with all its demands.
 */
export async function readable(plan: Plan, type: string, key: { patient: PatientKey; id: RecordId }): Promise<Found> {
  const read = async (): Promise<Found> => {
    const { outcome: decision } = await authorize(plan.exchange, 'read', { key: key.patient })
    return isProblem(decision) ? decision : { decision, record: await rowsOf(plan, decision).current(type, key.id) }
  }
  return await whileChoicesStand(read, (busy) => busy)
}

/** Whether the writer can read and change the entry that all writers share: its own, or one that a read by this person opens. */
export function mayChange(plan: Plan, type: string, decision: Authorized): (holder: Holder) => Promise<boolean> {
  return async ({ patient, id }) => {
    if (await rowsOf(plan, decision).current(type, id)) return true
    const found = await readable(plan, type, { patient, id })
    return !isProblem(found) && found.record !== undefined
  }
}
