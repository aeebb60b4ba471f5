/** Runs the access pipeline for an exchange. */
import { decide } from '../access/pipeline.ts'
import type { AccessRequest, RequestKind } from '../access/request.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { Authorized, Exchange } from './exchange.ts'

export interface Authorization {
  outcome: Result<Authorized>
  /** Known also when access was refused, so that the refusal is logged on the person it concerns. */
  patient: PatientKey | undefined
}

const neverAsCitizen = new Set<RequestKind>(['write', 'control', 'list', 'worklist', 'worklist-write'])

/** A citizen who reads or searches asks as a citizen, whatever the interaction. `unit` is that of a worklist. */
export async function authorize(
  exchange: Exchange,
  kind: RequestKind,
  patient: AccessRequest['patient'],
  unit?: string,
): Promise<Authorization> {
  const { kernel, caller, area, attestation, accessBasis } = exchange
  const asCitizen = caller.kind === 'citizen' && !neverAsCitizen.has(kind)
  const request: AccessRequest = {
    kind: asCitizen ? 'citizen' : kind,
    caller,
    area,
    attestation: isProblem(attestation) ? undefined : attestation,
    consentDeclared: accessBasis === 'FORHOYET_SAMTYKKE',
    patient,
    unit,
    now: kernel.clock(),
  }
  const facts = await kernel.facts(request)
  const outcome = unreadable(exchange, request) ?? decide(request, facts)
  const patientKey = facts.patient?.key
  return { outcome: isProblem(outcome) ? outcome : { ...outcome, alerts: facts.alerts }, patient: patientKey }
}

/** What was sent beside the request and cannot be understood refuses it before anything is decided, and is logged on the patient all the same. */
function unreadable({ attestation, accessBasis }: Exchange, { kind, caller }: AccessRequest): Result<never> | undefined {
  if (caller.kind !== 'person' || kind === 'write' || kind === 'control' || kind === 'worklist-write') return undefined
  if (isProblem(attestation)) return attestation
  if (accessBasis === 'unknown') return problem('access-basis-mismatch')
  if (accessBasis === 'FORHOYET_AKUTT' && attestation?.careRelation.purpose !== 'BTG') return problem('access-basis-mismatch')
  return undefined
}
