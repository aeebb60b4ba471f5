/** Changes of the control API that are acts of other parts of the kernel: each body becomes the arguments of the act. */

import { standing, versionsOf } from '../areas/agreements/agreement.ts'
import { amend } from '../areas/agreements/amend.ts'
import { close } from '../areas/agreements/close.ts'
import { end } from '../areas/agreements/end.ts'
import { propose } from '../areas/agreements/propose.ts'
import { reopen } from '../areas/agreements/reopen.ts'
import { sign } from '../areas/agreements/sign.ts'
import { leaveStandard } from '../areas/agreements/standard-leave.ts'
import { keyOfNumber } from '../identity/persons.ts'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import { instant } from '../values/dates.ts'
import { classify } from '../values/identity-number.ts'
import { roleIn } from './agreements.ts'
import { actsOf, type ControlCall } from './call.ts'
import type { AmendAgreement, Changed, CloseService, EndAgreement, GrantRole, ProposeAgreement, SignAgreement } from './contract.ts'
import { grantRole } from './roles.ts'

export async function grant(call: ControlCall, { identityNumber, role, until, reason }: GrantRole): Promise<Result<Changed>> {
  const ends = timeOf(until, 'until')
  if (isProblem(ends)) return ends
  if (!classify(identityNumber)) return problem('identity-number-invalid', undefined, { expression: 'identityNumber' })
  const person = await keyOfNumber(call.sql, identityNumber)
  if (!person) return problem('person-unknown', undefined, { expression: 'identityNumber' })
  const { organization, actor, sql, parts } = call
  const granted = await grantRole(sql, parts, actor, { organization, person, role, until: ends, reason })
  return isProblem(granted) ? granted : { id: granted.id, standing: role }
}

export async function proposeAgreement(call: ControlCall, asked: ProposeAgreement): Promise<Result<Changed>> {
  const [from, until] = [timeOf(asked.validFrom, 'validFrom'), timeOf(asked.validUntil ?? undefined, 'validUntil')]
  if (isProblem(from)) return from
  if (isProblem(until)) return until
  const made = await propose(actsOf(call, asked.reason), call.actor, {
    controller: asked.controller,
    receiver: asked.receiver,
    receiverType: asked.receiverType ?? 'organization',
    service: asked.service,
    purposes: asked.purposes,
    sensitiveCodes: asked.sensitiveCodes ?? [],
    units: asked.units ?? [],
    serviceCodes: asked.serviceCodes ?? [],
    legalBasis: asked.legalBasis,
    validFrom: from ?? call.now,
    validUntil: until ?? null,
  })
  return isProblem(made) ? made : { id: made.id, standing: 'pending' }
}

export async function amendAgreement(call: ControlCall, id: string, asked: AmendAgreement): Promise<Result<Changed>> {
  const until = timeOf(asked.validUntil ?? undefined, 'validUntil')
  if (isProblem(until)) return until
  const { purposes, sensitiveCodes, units, serviceCodes, legalBasis } = asked
  const made =
    (await concernsUs(call, id)) ??
    (await amend(actsOf(call, asked.reason), call.actor, id, {
      ...(purposes && { purposes }),
      ...(sensitiveCodes && { sensitiveCodes }),
      ...(units && { units }),
      ...(serviceCodes && { serviceCodes }),
      ...(legalBasis !== undefined && { legalBasis }),
      ...(asked.validUntil !== undefined && { validUntil: until ?? null }),
    }))
  return isProblem(made) ? made : { id, standing: 'pending' }
}

export async function signAgreement(call: ControlCall, id: string, { version, reason }: SignAgreement): Promise<Result<Changed>> {
  const acts = actsOf(call, reason)
  const signed = (await concernsUs(call, id)) ?? (await sign(acts, call.actor, { id, ...(version === undefined ? {} : { version }) }))
  // As it stands after the signature, which is made later than the call.
  return isProblem(signed) ? signed : { id, standing: standing(signed, acts.clock()) }
}

export async function endAgreement(call: ControlCall, id: string, { at, takenOverBy, reason }: EndAgreement): Promise<Result<Changed>> {
  const when = timeOf(at, 'at')
  if (isProblem(when)) return when
  const ended = (await concernsUs(call, id)) ?? (await end(actsOf(call), call.actor, { id, at: when, takenOverBy, reason }))
  return isProblem(ended) ? ended : { id, standing: when ? `ends ${ended.ended.toISOString()}` : 'ended' }
}

export async function closeService(call: ControlCall, { service, receiver, reason }: CloseService): Promise<Result<Changed>> {
  const closed = await close(actsOf(call), call.actor, { controller: call.organization, service, receiver, reason })
  return isProblem(closed) ? closed : { id: receiver, standing: 'closed' }
}

export async function reopenService(call: ControlCall, { service, receiver, reason }: CloseService): Promise<Result<Changed>> {
  const opened = await reopen(actsOf(call), call.actor, { controller: call.organization, service, receiver, reason })
  return isProblem(opened) ? opened : { id: receiver, standing: 'open' }
}

export async function leaveStandardOf(call: ControlCall, id: string, reason: string): Promise<Result<Changed>> {
  const left = await leaveStandard(actsOf(call), call.actor, { id, reason })
  return isProblem(left) ? left : { id, standing: `${left.ended.length} ended` }
}

/** An agreement that does not concern the organisation is unknown to it, when it reads as well as when it tries to change it. */
async function concernsUs({ sql, organization, now }: ControlCall, id: string): Promise<Problem | undefined> {
  const latest = (await versionsOf(sql, id)).at(-1)
  const side = latest && (await roleIn(sql, latest, organization, now))
  return side ? undefined : problem('agreement-unknown')
}

function timeOf(text: string | undefined, expression: string): Result<Date | undefined> {
  if (text === undefined) return undefined
  return instant(text) ?? problem('body-invalid', 'This is no day or time. Write 2026-01-31, or 2026-01-31T12:00:00+01:00.', { expression })
}
