/** Runs the access pipeline for an exchange. */
import type { Decision } from '../access/decision.ts'
import { decide } from '../access/pipeline.ts'
import { readingOfStaff } from '../access/reading-of-staff.ts'
import type { AccessRequest, RequestKind } from '../access/request.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { Authorized, Exchange } from './exchange.ts'

export interface Authorization {
  outcome: Result<Authorized>
  /** The person concerned, known also when access was refused, so that the refusal is logged on this person. */
  patient: PatientKey | undefined
}

const neverAsCitizen = new Set<RequestKind>(['write', 'control', 'list', 'worklist', 'worklist-write'])

/** Decides access for a request. Every request of a citizen is decided as kind `citizen`. `unit` is the unit of a worklist. */
export async function authorize(
  exchange: Exchange,
  kind: RequestKind,
  patient: AccessRequest['patient'],
  unit?: string,
): Promise<Authorization> {
  const { caller, kernel } = exchange
  const asCitizen = caller.kind === 'citizen' && !neverAsCitizen.has(kind)
  const request = requestOf(exchange, asCitizen ? 'citizen' : kind, patient, unit)
  const facts = await kernel.facts(request)
  const outcome = unreadable(exchange, request) ?? decide(request, facts)
  const patientKey = facts.patient?.key
  return { outcome: isProblem(outcome) ? outcome : { ...outcome, alerts: facts.alerts }, patient: patientKey }
}

/** What the staff of the writer's organisation would read of the patient in ordinary care (kernel/access/reading-of-staff.ts). */
export async function authorizedStaff(exchange: Exchange, patient: AccessRequest['patient']): Promise<Decision | undefined> {
  const request = requestOf(exchange, 'write', patient)
  return readingOfStaff(request, await exchange.kernel.facts(request))
}

function requestOf(
  { kernel, caller, area, attestation, accessBasis }: Exchange,
  kind: RequestKind,
  patient: AccessRequest['patient'],
  unit?: string,
): AccessRequest {
  return {
    kind,
    caller,
    area,
    attestation: isProblem(attestation) ? undefined : attestation,
    consentDeclared: accessBasis === 'FORHOYET_SAMTYKKE',
    patient,
    unit,
    now: kernel.clock(),
  }
}

/**
 * An attestation or an access basis that cannot be read refuses the request before it is decided. The refusal is still logged on the
 * patient.
 */
function unreadable({ attestation, accessBasis }: Exchange, { kind, caller }: AccessRequest): Result<never> | undefined {
  if (caller.kind !== 'person' || kind === 'write' || kind === 'control' || kind === 'worklist-write') return undefined
  if (isProblem(attestation)) return attestation
  if (accessBasis === 'unknown') return problem('access-basis-mismatch')
  if (accessBasis === 'FORHOYET_AKUTT' && attestation?.careRelation.purpose !== 'BTG') return problem('access-basis-mismatch')
  return undefined
}
