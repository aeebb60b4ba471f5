/** Runs the access pipeline for an exchange. */
import type { Decision } from '../access/decision.ts'
import { readFacts } from '../access/facts.ts'
import { decide } from '../access/pipeline.ts'
import type { AccessRequest, RequestKind } from '../access/request.ts'
import type { Result } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { Exchange } from './exchange.ts'

export interface Authorization {
  outcome: Result<Decision>
  /** Known also when access was refused, so that the refusal is logged on the person it concerns. */
  patient: PatientKey | undefined
}

export async function authorize(exchange: Exchange, kind: RequestKind, patient: AccessRequest['patient']): Promise<Authorization> {
  const { kernel, caller, service, purpose } = exchange
  const request: AccessRequest = { kind, caller, service, purpose, patient }
  const facts = await readFacts(kernel.sql, request, kernel.clock())
  return { outcome: decide(request, facts), patient: facts.patient?.key }
}
