/**
 * Writes one row of the access log for what was done and waits until it is durable, together with what else must be stored before the
 * answer: emergency access in the follow-up lists of the controllers, and notices to the patient. Nothing is answered before this has
 * returned (architecture decision 7); when it fails, the answer is withheld.
 */

import type { Basis, Decision } from '../access/decision.ts'
import type { LogEntry } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import type { Following, Settled } from '../audit/insert-rows.ts'
import { isProblem } from '../problem/problem.ts'
import type { PatientKey, RecordId } from '../store/ids.ts'
import { cleanText } from '../values/clean-text.ts'
import { effectOf } from './effect.ts'
import type { Done, Exchange, LoggedAccess } from './exchange.ts'

export async function recordAccess(exchange: Exchange, done: Done): Promise<void> {
  try {
    const entry = await entryOf(exchange, done)
    const access = loggedAccess(exchange, done, entry)
    const following = access && followingOf(exchange, done, access)
    const { episode } = await exchange.kernel.log.append(entry, storedBy(done, entry.patient), following)
    if (access) for (const after of exchange.kernel.afterAccess) await after({ ...access, episode })
    if (following) await exchange.kernel.rows.store.followed(following.patient as PatientKey, following.id as RecordId)
  } catch (cause) {
    throw new NotLogged(cause)
  }
}

/** The row could not be made durable, for any reason: nothing may be answered. */
export class NotLogged extends Error {
  constructor(cause: unknown) {
    super(`The row of the access log could not be written: ${cause instanceof Error ? cause.message : 'not an Error'}`, { cause })
    this.name = 'NotLogged'
  }
}

/** What a write has stored: its intents go with the row. */
function storedBy({ decision, disclosed = [], stored = [], result }: Done, patient: string): Settled[] {
  if (isProblem(result)) return []
  const records = decision?.kind === 'write' ? disclosed : []
  return [...records.map(({ id, version }) => ({ patient, id, version })), ...stored.map((id) => ({ patient, id, version: 0 }))]
}

/** A type in an address may be any text. A row that PostgreSQL refuses would fail the rows that are written with it. */
const RESOURCE_TYPE = /^[A-Za-z-]{1,64}$/

/** Grounds that follow from the purpose and are not repeated in the row. */
const plain = new Set<Basis>(['own-data', 'treatment', 'emergency-treatment', 'coordination', 'control'])

async function entryOf(exchange: Exchange, done: Done): Promise<LogEntry> {
  const { kernel, area, eventId } = exchange
  const attestation = attestationOf(exchange) ?? claimedIn(exchange)
  const problem = isProblem(done.result) ? done.result.problem : null
  const disclosed = done.disclosed ?? []
  const effect = await effectOf(exchange, done)
  return {
    patient: done.decision?.patient.key ?? done.patient ?? '0',
    at: kernel.clock(),
    event: done.event,
    outcome: problem === null ? 'ok' : problem === 'fault' || problem === 'unavailable' ? 'failed' : 'refused',
    ...(await actorIdsOf(exchange, done.decision)),
    service: area.id,
    type: done.type !== undefined && RESOURCE_TYPE.test(done.type) ? done.type : null,
    purpose: done.decision?.purpose ?? (exchange.caller.kind === 'citizen' ? 'PATRQT' : (attestation?.careRelation.purpose ?? null)),
    problem,
    withheld: done.withheld ?? false,
    automatic: exchange.automatic ?? false,
    disclosed: disclosed.length > 0 ? disclosed.map(({ id }) => id) : null,
    // Most resources have one version: the array is kept only where a version is greater than 1.
    controllers: disclosed.flatMap(({ controller }) => controller ?? done.decision?.organization ?? []),
    disclosedVersions: disclosed.some(({ version }) => version > 1) ? disclosed.map(({ version }) => version) : null,
    eventId,
    attestation: attestation ? await kernel.attestationId(attestation) : null,
    toa: attestation?.toa === undefined ? null : new Date(attestation.toa * 1000),
    decisionRef: attestation?.careRelation.decisionRef?.id ?? null,
    basis: askedBasis(exchange, done, effect.openedBy),
    ...effect,
    reason: done.reason ?? (attestation?.careRelation.purpose === 'BTG' ? reasonOf(exchange) : null),
  }
}

/**
 * The ground as it was asked for; what it opened stands apart. A consent that the professional declares is one whether it met a
 * restriction or not; one that the patient has registered is a ground where it opened something.
 */
function askedBasis({ accessBasis, caller }: Exchange, { decision }: Done, openedBy: LogEntry['openedBy']): Basis | null {
  if (decision === undefined) return null
  const { basis, kind, purpose } = decision
  const isLookUp = caller.kind === 'person' && (kind === 'read' || kind === 'search')
  if (isLookUp && accessBasis === 'FORHOYET_SAMTYKKE' && purpose !== 'BTG') return 'consent'
  if (basis === 'registered-consent' && openedBy !== 'registered-consent') return null
  return plain.has(basis) ? null : basis
}

/** The attestation of a professional; systems and citizens attest nothing, whatever they send. */
function attestationOf({ attestation, caller }: Exchange) {
  return caller.kind !== 'person' || isProblem(attestation) ? undefined : attestation
}

/** What could be read of an attestation that was refused. */
function claimedIn({ claimed, caller }: Exchange) {
  return caller.kind === 'person' ? claimed : undefined
}

function reasonOf(exchange: Exchange): string | null {
  return (attestationOf(exchange) ?? claimedIn(exchange))?.careRelation.decisionRef?.description?.trim() ?? null
}

/**
 * What `kernel.afterAccess` gets for an allowed access to a patient: what they store must be there before the answer is sent. The episode
 * is known when the row is.
 */
function loggedAccess(exchange: Exchange, { decision, event, result }: Done, entry: LogEntry): Omit<LoggedAccess, 'episode'> | undefined {
  if (isProblem(result) || !decision || decision.patient.key === '0') return undefined
  return { decision, event, entry, reason: reasonOf(exchange) }
}

/**
 * Kept with the row where something may follow: emergency access, what was lifted, what the patient wants to hear of, and changes. When the
 * server is killed before it stands, it is stored at recovery (docs/decisions/0051-what-follows-a-row.md).
 */
function followingOf({ kernel }: Exchange, { stored = [] }: Done, access: Omit<LoggedAccess, 'episode'>): Following | undefined {
  const { decision, entry } = access
  const mayFollow = decision.purpose === 'BTG' || decision.lifted !== undefined || decision.alerts.length > 0 || stored.length > 0
  if (!mayFollow) return undefined
  const { identifier: _number, ...patient } = decision.patient
  const kept = { ...access, decision: { ...decision, patient, legalReferences: [] } }
  return { patient: entry.patient, id: kernel.ids.recordId(), at: entry.at, access: JSON.stringify(kept) }
}

/**
 * The id of the actor's row in log_actor. The many citizens have none: the row of the log has their key, and the actor is the portal that
 * they use.
 */
export async function actorIdsOf(exchange: Exchange, decision?: Decision): Promise<{ actor: string; citizen: PatientKey | null }> {
  const actor = inRole(await actorOf(exchange), decision && attestationOf(exchange)?.practitioner.authorization?.code)
  if (exchange.actor || exchange.caller.kind !== 'citizen') return { actor: await exchange.kernel.actorId(actor), citizen: null }
  return { actor: await exchange.kernel.actorId(portalOf(actor)), citizen: actor.person ?? null }
}

const roles = new WeakMap<Actor, Map<string, Actor>>()

/**
 * The actor in the role that was attested (Volven 9060). Only a decision has checked that the person holds the authorisation: without one
 * the role is that of the register, and what was claimed stands in the attestation. The same object for each role, as in `portalOf`.
 */
function inRole(actor: Actor, attested: string | undefined): Actor {
  const role = cleanText(attested)
  if (!role || actor.role === role) return actor
  const known = roles.get(actor) ?? new Map<string, Actor>()
  roles.set(actor, known)
  const found = known.get(role) ?? { ...actor, role }
  known.set(role, found)
  return found
}

const portals = new WeakMap<Actor, Actor>()

/** The same object for each request of a citizen, so that its digest is made once. */
function portalOf(citizen: Actor): Actor {
  const portal = portals.get(citizen) ?? { ...citizen, person: undefined, name: citizen.client, hprNumber: undefined, role: undefined }
  portals.set(citizen, portal)
  return portal
}

/** The actor: the one that the exchange names, or the caller. */
export function actorOf({ actor, kernel, caller }: Exchange): Promise<Actor> {
  return actor ? Promise.resolve(actor) : kernel.actorOf(caller)
}
