import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { type Known, samePerson } from '../../identity/same-person.ts'
import { type Problem, problem, type Result } from '../../problem/problem.ts'
import { type Acts, act, sameName } from './act.ts'
import { type AgreementVersion, bothSigned, lockedVersions } from './agreement.ts'
import { type Side, sideOf } from './parties.ts'
import { refusal } from './refusal.ts'

const EVENT = 'agreement-signed'

/**
 * One person signs for the side whose organisation they act for, and another person for the other side. The second signature puts the
 * version in force and, in the same transaction, takes the version before it out of force. Without `version` the newest is signed.
 */
export async function sign(acts: Acts, actor: Actor, { id, version }: { id: string; version?: number }): Promise<Result<AgreementVersion>> {
  return await act(acts, actor, async (tx, now) => {
    const versions = await lockedVersions(tx, id)
    const found = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version)
    if (!found) return versions.length === 0 ? problem('agreement-unknown') : refusal('version-unknown')
    const side = await sideOf(tx, found, actor.organization, now)
    if (!side) return refusal('not-a-party')
    const wrong = standingFault(found, now) ?? (await signerFault(tx, found, side, actor))
    if (wrong) return wrong
    const done = await addSignature(tx, found, side, actor.name, now)
    if (bothSigned(done))
      await tx`update sharing_agreement set superseded = ${now} where id = ${id} and version < ${done.version} and superseded is null`
    return { done, change: { event: EVENT, type: 'sharing-agreement', service: done.service, reason: signatureText(done, side) } }
  })
}

function standingFault({ ended, superseded, validUntil }: AgreementVersion, now: Date): Problem | undefined {
  if (ended && ended <= now) return refusal('ended')
  if (superseded) return refusal('superseded')
  return validUntil && validUntil <= now ? refusal('period-over') : undefined
}

async function signerFault(tx: Sql, version: AgreementVersion, side: Side, actor: Actor): Promise<Problem | undefined> {
  const [own, other] =
    side === 'controller' ? [version.signedByController, version.signedByReceiver] : [version.signedByReceiver, version.signedByController]
  if (own !== null) return refusal('already-signed')
  if (other === null) return undefined
  if (sameName(other, actor.name)) return refusal('same-person')
  const signer = await signerOf(tx, version, side === 'controller' ? 'receiver' : 'controller')
  return signer && (await samePerson(tx, actor, signer)) ? refusal('same-person') : undefined
}

async function addSignature(tx: Sql, version: AgreementVersion, side: Side, name: string, now: Date): Promise<AgreementVersion> {
  const { id, version: number } = version
  if (side === 'controller') {
    await tx`
      update sharing_agreement set controller_signed = ${now}, signed_by_controller = ${name}
      where id = ${id} and version = ${number}`
    return { ...version, controllerSigned: now, signedByController: name }
  }
  await tx`
    update sharing_agreement set receiver_signed = ${now}, signed_by_receiver = ${name}
    where id = ${id} and version = ${number}`
  return { ...version, receiverSigned: now, signedByReceiver: name }
}

function signatureText({ id, version }: AgreementVersion, side: Side): string {
  return `${id} version ${version}, for the ${side === 'controller' ? 'data controller' : 'receiver'}`
}

/**
 * Who signed, from the access log, which cannot be rewritten. In the reason of its row the text of the signature may be followed by a
 * further reason. Undefined when there is no such row. Relies on access_log's primary key.
 */
async function signerOf(tx: Sql, version: AgreementVersion, side: Side): Promise<Known | undefined> {
  const signature = signatureText(version, side)
  const [row] = await tx<Known[]>`
    select a.person, a.hpr_number as "hprNumber"
    from access_log l join log_actor a on a.id = l.actor
    where l.patient <= 0 and l.event = ${EVENT} and l.at >= ${version.proposed}
      and (l.reason = ${signature} or starts_with(l.reason, ${`${signature}: `}))`
  return row
}
