/** Misuse cases that wait to be judged, as the portal shows them. docs/run/misuse.md */
import { type MisuseCase as Case, closeCase, misuseCase, misuseCases } from '../areas/misuse/cases.ts'
import { rules } from '../areas/misuse/rules.ts'
import { whyOf } from '../areas/misuse/why.ts'
import { type Problem, problem, type Result } from '../problem/problem.ts'
import type { ControlCall } from './call.ts'
import type { Changed, CloseMisuseCase, MisuseCase, MisuseCaseWithLookUps, Page } from './contract.ts'
import { keyIn, namedPatients } from './named-patients.ts'
import { pageOf, type Slice } from './paging.ts'
import { mayDo } from './permissions.ts'
import { closingProblem } from './refusal.ts'

export async function misusePage(call: ControlCall, { open, slice }: { open: boolean; slice: Slice }): Promise<Page<MisuseCase>> {
  const found = pageOf(await misuseCases(call.sql, call.organization, { open, limit: slice.limit + 1, skip: slice.skip }), slice)
  const patientOf = await namedPatients(
    call,
    found.items.map(({ id }) => keyIn(id)),
  )
  return { ...found, items: found.items.map((one) => ({ ...shown(one, call), ...patientOf(keyIn(one.id)) })) }
}

/** A misuse case with its look-ups. A case of another organisation is answered like one that does not exist. */
export async function misuseCaseOf(call: ControlCall, id: string): Promise<Result<MisuseCaseWithLookUps>> {
  const found = await misuseCase(call.sql, id)
  if (!found || found.organization !== call.organization) return problem('not-found')
  const patientOf = await namedPatients(call, [found.patient])
  return {
    ...shown(found, call),
    ...patientOf(found.patient),
    lookUps: found.lookUps.map(({ patient: _key, at, ...more }) => ({ ...more, at: at.toISOString() })),
  }
}

export async function closeMisuseCaseOf(call: ControlCall, id: string, { finding, reason }: CloseMisuseCase): Promise<Changed | Problem> {
  const outcome = await closeCase(call.sql, call.parts, { id, finding, note: reason, closedBy: call.actor })
  return outcome === 'closed' ? { id, standing: finding } : closingProblem(outcome)
}

function shown(
  { id, rule, actorName, hprNumber, role: position, unit, facts, finding, closedBy, note, ...times }: Case,
  { role }: ControlCall,
): MisuseCase {
  const why = (language: 'nb' | 'nn' | 'en') => whyOf(rule, actorName, facts, language)
  return {
    id,
    rule,
    title: rules.find((one) => one.id === rule)?.title ?? { nb: rule, nn: rule, en: rule },
    ...(mayDo(role, 'name-patients') ? { why: { nb: why('nb'), nn: why('nn'), en: why('en') } } : {}),
    name: actorName,
    hprNumber,
    role: position,
    unit,
    firstAt: times.firstAt.toISOString(),
    lastAt: times.lastAt.toISOString(),
    opened: times.opened.toISOString(),
    closed: times.closed?.toISOString() ?? null,
    closedBy,
    finding,
    note,
  }
}
