/**
 * One call of the control API: the caller, the data controller, the caller's role, and what the call may change, with its row in the access
 * log.
 */

import type { Sql } from 'postgres'
import type { AccessRequest } from '../access/request.ts'
import type { Step } from '../access/step.ts'
import { requireDelegation } from '../access/steps/require-delegation.ts'
import { requireMembership } from '../access/steps/require-membership.ts'
import { requireScope } from '../access/steps/require-scope.ts'
import type { Acts } from '../areas/agreements/act.ts'
import type { Actor } from '../audit/actors.ts'
import { type ChangeLog, createChangeLog } from '../audit/change-log.ts'
import type { Exchange, Kernel } from '../fhir/exchange.ts'
import { actorOf, NotLogged } from '../fhir/record-access.ts'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { ControllerRole, Permission } from './contract.ts'
import { mayDo, rolesWith } from './permissions.ts'
import { ownersOf, type Parts, roleOf } from './roles.ts'

export interface ControlCall {
  kernel: Kernel
  sql: Sql
  now: Date
  organization: string
  /** The caller, with the name in the person register, since agreements are signed with that name. */
  actor: Actor & { person: PatientKey }
  supplier: string | undefined
  role: ControllerRole
  parts: Parts
  /** The kernel for functions that write their own row of the access log: it carries the event id of the call and is the only row. */
  logging: Kernel
  /** True as soon as a row of the access log is written: each call has one row. */
  logged: boolean
  /** The patients that the answer names: the look-up is in the log of each of them. */
  named: Set<PatientKey>
}

/** A person is signed in and acts for an organisation. A health personnel number is not required. */
const identifyController: Step = ({ caller }) => {
  if (caller.kind === 'citizen')
    return problem(
      'access-denied',
      'This is for the persons responsible for an organisation: it needs scopes that end in /read and /write.',
    )
  if (caller.kind === 'system' || !caller.pid) return problem('person-login-required')
  return caller.organization ? undefined : problem('organisation-missing')
}

/**
 * In the order of kernel/access/pipeline.ts: the refusal that reveals least comes first. The role comes afterwards, since it is in another
 * table.
 */
const steps: readonly Step[] = [identifyController, requireMembership, requireDelegation, requireScope]

/** A call or the problem with it, and the exchange with the actor as the row of the access log names it. */
export interface Admission {
  exchange: Exchange
  call: Result<ControlCall>
}

export async function admitController(
  exchange: Exchange,
  sql: Sql,
  permission: Permission,
  direction: 'read' | 'write',
): Promise<Admission> {
  const { kernel, caller, area } = exchange
  const now = kernel.clock()
  const request: AccessRequest = {
    kind: direction === 'write' ? 'write' : 'control',
    caller,
    area,
    attestation: undefined,
    consentDeclared: false,
    patient: 'nobody',
    now,
  }
  const facts = await kernel.facts(request)
  for (const step of steps) {
    const refused = step(request, facts)
    if (isProblem(refused)) return { exchange, call: refused }
  }
  const actor = await namedActor(exchange, sql)
  const name = facts.organization?.name ?? caller.organization ?? ''
  return { exchange: { ...exchange, actor }, call: await callAs(exchange, sql, { actor, name, permission, now }) }
}

async function callAs(
  exchange: Exchange,
  sql: Sql,
  { actor, name, permission, now }: { actor: Actor; name: string; permission: Permission; now: Date },
): Promise<Result<ControlCall>> {
  const { kernel, caller } = exchange
  const organization = caller.organization ?? ''
  const role = actor.person && (await roleOf(sql, organization, actor.person, now))
  const refused = await roleFault(sql, { organization, name, role, permission, now })
  if (refused || !role || !actor.person) return refused ?? problem('controller-role-missing')
  const logging = loggingKernel(exchange, () => {
    call.logged = true
  })
  const call: ControlCall = {
    kernel,
    sql,
    now,
    organization,
    actor: { ...actor, person: actor.person },
    supplier: caller.supplier,
    role,
    parts: { ids: kernel.ids, clock: kernel.clock, changes: createChangeLog(logging) },
    logging,
    logged: false,
    named: new Set(),
  }
  return call
}

interface RoleRequirement {
  organization: string
  name: string
  role: ControllerRole | undefined
  permission: Permission
  now: Date
}

/** The problem of a caller whose role does not suffice; it names the persons to ask. */
async function roleFault(sql: Sql, { organization, name, role, permission, now }: RoleRequirement): Promise<Problem | undefined> {
  if (role && mayDo(role, permission)) return undefined
  const owners = await ownersOf(sql, organization, now)
  const ask =
    owners.length > 0
      ? `Ask ${owners.join(' or ')}, who can grant it.`
      : 'It has no owner yet: ask the operator of Helsevev to grant the first.'
  if (!role) return problem('controller-role-missing', `You have no role for ${name} here. ${ask}`)
  return problem('controller-role-insufficient', `This needs the role ${rolesWith[permission].join(' or ')}, and you are ${role}. ${ask}`)
}

/** The caller, with the name in the person register when there is one. Index: person_pkey. */
async function namedActor(exchange: Exchange, sql: Sql): Promise<Actor> {
  const actor = await actorOf(exchange)
  if (!actor.person) return actor
  const [row] = await sql<{ name: string }[]>`
    select concat_ws(' ', given_name, family_name) as name from person where patient = ${actor.person}`
  return { ...actor, name: row?.name || actor.name }
}

/** A kernel whose rows carry the event id of the call. When a row cannot be made durable, the call fails and shows nothing. */
function loggingKernel({ kernel, eventId }: Exchange, written: () => void): Kernel {
  const append: Kernel['log']['append'] = async (entry, stored, following) => {
    try {
      const appended = await kernel.log.append(entry, stored, following)
      written()
      return appended
    } catch (cause) {
      throw new NotLogged(cause)
    }
  }
  return { ...kernel, log: { ...kernel.log, append }, ids: { ...kernel.ids, uuid: () => eventId } }
}

/** What acts on agreements need. Where the act itself takes no reason, the reason of the call is added to that of the row. */
export function actsOf(call: ControlCall, reason?: string): Acts {
  const { kernel, sql, parts } = call
  const changes: ChangeLog =
    reason === undefined
      ? parts.changes
      : async (change) => await parts.changes({ ...change, reason: [change.reason, reason.trim()].filter(Boolean).join(': ') })
  return { sql, ids: kernel.ids, clock: kernel.clock, services: [...kernel.services.values()], changes }
}
