/**
 * Turns what was done into one row of the access log and waits until it is durable. Nothing is answered before this has
 * returned (architecture decision 7); when it fails, the answer is withheld.
 */

import type { LogEntry } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import { isProblem } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import type { Done, Exchange } from './exchange.ts'

export async function recordAccess(exchange: Exchange, done: Done): Promise<void> {
  try {
    await exchange.kernel.log.append(await entryOf(exchange, done))
  } catch (cause) {
    throw new NotLogged(cause)
  }
}

/** The row could not be made durable, for whatever reason: nothing may be answered. */
export class NotLogged extends Error {
  constructor(cause: unknown) {
    super(`The row of the access log could not be written: ${cause instanceof Error ? cause.message : 'not an Error'}`, { cause })
    this.name = 'NotLogged'
  }
}

/** A type in an address may be any text; one row that PostgreSQL refuses would fail those that are written with it. */
const RESOURCE_TYPE = /^[A-Za-z]{1,64}$/

async function entryOf(exchange: Exchange, done: Done): Promise<LogEntry> {
  const { kernel, service, purpose, eventId } = exchange
  const problem = isProblem(done.result) ? done.result.problem : null
  const disclosed = done.disclosed ?? []
  return {
    patient: done.decision?.patient.key ?? done.patient ?? '0',
    at: kernel.clock(),
    event: done.event,
    outcome: problem === null ? 'ok' : problem === 'fault' || problem === 'unavailable' ? 'failed' : 'refused',
    actor: await kernel.actorId(await actorOf(exchange)),
    service: service.id,
    type: done.type !== undefined && RESOURCE_TYPE.test(done.type) ? done.type : null,
    purpose: purpose ?? null,
    problem,
    withheld: done.withheld ?? false,
    disclosed: disclosed.length > 0 ? disclosed.map(({ id }) => id) : null,
    // Most resources have one version: the array is kept only where it says something.
    disclosedVersions: disclosed.some(({ version }) => version > 1) ? disclosed.map(({ version }) => version) : null,
    eventId,
  }
}

const persons = new WeakMap<Exchange['caller'], Promise<Actor>>()

/** The caller as an actor of the log. The same caller object (one verified token) is looked up once. */
export function actorOf(exchange: Exchange): Promise<Actor> {
  let actor = persons.get(exchange.caller)
  if (!actor) {
    actor = readActor(exchange)
    persons.set(exchange.caller, actor)
    actor.catch(() => persons.delete(exchange.caller))
  }
  return actor
}

async function readActor({ kernel, caller }: Exchange): Promise<Actor> {
  const now = kernel.clock()
  const [row] = await kernel.sql<{ person: PatientKey | null; name: string | null; role: string | null }[]>`
    select
      (select patient from person_identifier where system in ('FNR', 'DNR', 'FHN') and value = ${caller.pid ?? null}::text limit 1) as person,
      (select name from organization where number = ${caller.organization ?? null}) as name,
      (select role from practitioner_role where hpr_number = ${caller.hprNumber ?? null} and organization = ${caller.organization ?? null}
        and valid_from <= ${now} and (valid_until is null or valid_until > ${now})) as role`
  return {
    person: row?.person ?? undefined,
    name: caller.name,
    hprNumber: caller.hprNumber,
    role: row?.role ?? undefined,
    organization: caller.organization,
    organizationName: row?.name ?? undefined,
    organizationChild: caller.organizationChild,
    supplier: caller.supplier,
    client: caller.client,
  }
}
