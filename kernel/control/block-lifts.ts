/** Lifting blocks for patients who do not sign in, as the portal shows it. docs/run/choices-at-the-desk.md */
import { askBlockLift, confirmBlockLift, type LiftRefusal, liftRefusals, liftRequests } from '../areas/choices/lift-block.ts'
import { keyOfNumber } from '../identity/persons.ts'
import { type Problem, problem, problemWith, type Result } from '../problem/problem.ts'
import { instant } from '../values/dates.ts'
import { classify } from '../values/identity-number.ts'
import type { ControlCall } from './call.ts'
import type { AskBlockLift, BlockLift, Changed, LiftedBlock, Page } from './contract.ts'
import { namedPatients } from './named-patients.ts'
import { pageOf, type Slice } from './paging.ts'

export async function blockLiftPage(call: ControlCall, { open, slice }: { open: boolean; slice: Slice }): Promise<Page<BlockLift>> {
  const { sql, organization, now } = call
  const found = pageOf(await liftRequests(sql, organization, { open, now, limit: slice.limit + 1, skip: slice.skip }), slice)
  const patientOf = await namedPatients(
    call,
    found.items.map(({ patient }) => patient),
  )
  return {
    ...found,
    items: found.items.map(({ patient, identifiedAt, asked, confirmed, note, ...more }) => ({
      ...more,
      ...patientOf(patient),
      reason: note,
      identifiedAt: identifiedAt.toISOString(),
      asked: asked.toISOString(),
      confirmed: confirmed?.toISOString() ?? null,
    })),
  }
}

export async function askBlockLiftOf(call: ControlCall, body: AskBlockLift): Promise<Result<Changed>> {
  if (!classify(body.identityNumber)) return problem('identity-number-invalid', undefined, { expression: 'identityNumber' })
  const patient = await keyOfNumber(call.sql, body.identityNumber)
  if (!patient) return problem('person-unknown', undefined, { expression: 'identityNumber' })
  const identifiedAt = instant(body.identifiedAt)
  if (!identifiedAt) return refused('identified-when')
  const { hprNumber, identified, reason } = body
  const asked = await askBlockLift(partsOf(call), staffOf(call), { patient, hprNumber, identified, identifiedAt, note: reason })
  return typeof asked === 'string' ? refused(asked) : { id: asked.id, standing: 'waiting' }
}

export async function confirmBlockLiftOf(call: ControlCall, id: string): Promise<Result<LiftedBlock>> {
  const lifted = await confirmBlockLift(partsOf(call), staffOf(call), id)
  return typeof lifted === 'string' ? refused(lifted) : lifted
}

const partsOf = ({ sql, parts }: ControlCall) => ({ sql, ...parts })
const staffOf = ({ actor, organization }: ControlCall) => ({ ...actor, organization })

function refused(rule: LiftRefusal): Problem {
  if (rule === 'unknown') return problem('not-found', liftRefusals.unknown)
  if (rule === 'person-unknown') return problem('person-unknown')
  return problemWith('control-refused', [{ severity: 'error', type: 'business-rule', code: rule, text: liftRefusals[rule] }])
}
