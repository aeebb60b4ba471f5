/** Sharing agreements as they are stored. Each version is a row, and only its signatures and its end are ever changed. */
import type { Sql } from 'postgres'
import { type AgreementStatus, statusOf } from '../../access/in-force.ts'

export interface AgreementVersion {
  id: string
  version: number
  controller: string
  service: string
  /** Organisation number, or the id of a group. */
  receiver: string
  receiverType: 'organization' | 'group' | 'private-provider'
  units: string[]
  /** The municipal services of a private provider's contract, by code. */
  serviceCodes: string[]
  purposes: string[]
  sensitiveCodes: string[]
  legalBasis: string
  validFrom: Date
  validUntil: Date | null
  /** `{id}/{version}` of the standard agreement, when the version was made by joining one. */
  standardAgreement: string | null
  proposed: Date
  proposedBy: string
  controllerSigned: Date | null
  signedByController: string | null
  receiverSigned: Date | null
  signedByReceiver: string | null
  superseded: Date | null
  ended: Date | null
  endedBy: string | null
  endedReason: string | null
  /** Who delivers after a contract has ended; null when the controller does it itself. */
  takenOverBy: string | null
}

function columns(sql: Sql) {
  return sql`
    a.id, a.version, a.controller, a.service, a.receiver, a.receiver_type as "receiverType", a.units,
    a.service_codes as "serviceCodes", a.taken_over_by as "takenOverBy", a.purposes,
    a.sensitive_codes as "sensitiveCodes", a.legal_basis as "legalBasis", a.valid_from as "validFrom", a.valid_until as "validUntil",
    a.standard_agreement as "standardAgreement", a.proposed, a.proposed_by as "proposedBy",
    a.controller_signed as "controllerSigned", a.signed_by_controller as "signedByController",
    a.receiver_signed as "receiverSigned", a.signed_by_receiver as "signedByReceiver",
    a.superseded, a.ended, a.ended_by as "endedBy", a.ended_reason as "endedReason"`
}

/** All versions, oldest first; an empty list when there is no such agreement. Relies on sharing_agreement_pkey. */
export async function versionsOf(sql: Sql, id: string): Promise<AgreementVersion[]> {
  return await sql<AgreementVersion[]>`select ${columns(sql)} from sharing_agreement a where a.id = ${id} order by a.version`
}

/** All versions, locked until the transaction ends: the next transaction waits here, and then sees what this one did. */
export async function lockedVersions(tx: Sql, id: string): Promise<AgreementVersion[]> {
  // Every act on an agreement locks its first version. The versions are read after that, so that one added in the meantime is seen.
  await tx`select from sharing_agreement where id = ${id} order by version limit 1 for update`
  return await versionsOf(tx, id)
}

/**
 * The versions that no newer version has replaced. Those of a receiver include the agreements with a group that it is in. Relies on the
 * indexes by controller and receiver.
 */
export async function agreements(
  sql: Sql,
  { controller, receiver, now }: { controller?: string | undefined; receiver?: string | undefined; now: Date },
): Promise<(AgreementVersion & { closed: boolean })[]> {
  return await sql<(AgreementVersion & { closed: boolean })[]>`
    select ${columns(sql)}, exists (
      select from sharing_closure x
      where x.controller = a.controller and x.service = a.service and x.reopened is null
        and x.receiver = coalesce(${receiver ?? null}, a.receiver)) as closed
    from sharing_agreement a
    where a.superseded is null
      and (${controller ?? null}::text is null or a.controller = ${controller ?? null})
      and (${receiver ?? null}::text is null or a.receiver = ${receiver ?? null} or a.receiver in (
        select m.group_id from organization_group_member m
        where m.organization = ${receiver ?? null} and m.valid_from <= ${now} and (m.valid_until is null or m.valid_until > ${now})))
    order by a.controller, a.service, a.receiver, a.id, a.version`
}

/** The status of a version, which does not depend on who asks or for which of its purposes. */
export function standing(version: AgreementVersion & { closed?: boolean }, now: Date): AgreementStatus | 'superseded' {
  if (version.superseded && version.superseded <= now) return 'superseded'
  const time = (date: Date | null) => date?.getTime() ?? null
  return statusOf(
    {
      ...version,
      validFrom: version.validFrom.getTime(),
      validUntil: time(version.validUntil),
      controllerSigned: time(version.controllerSigned),
      receiverSigned: time(version.receiverSigned),
      ended: time(version.ended),
      closed: version.closed ?? false,
      delivers: [''],
    },
    { purpose: version.purposes[0] ?? '', now, units: version.units },
  )
}

export function bothSigned({ controllerSigned, receiverSigned }: AgreementVersion): boolean {
  return controllerSigned !== null && receiverSigned !== null
}

export type NewVersion = Omit<AgreementVersion, 'superseded' | 'ended' | 'endedBy' | 'endedReason' | 'takenOverBy'>

export async function insertVersion(tx: Sql, version: NewVersion): Promise<AgreementVersion> {
  await tx`
    insert into sharing_agreement (
      id, version, controller, service, receiver, receiver_type, units, service_codes, purposes, sensitive_codes, legal_basis,
      valid_from, valid_until,
      standard_agreement, proposed, proposed_by, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver)
    values (
      ${version.id}, ${version.version}, ${version.controller}, ${version.service}, ${version.receiver}, ${version.receiverType},
      ${version.units}, ${version.serviceCodes}, ${version.purposes}, ${version.sensitiveCodes}, ${version.legalBasis},
      ${version.validFrom}, ${version.validUntil},
      ${version.standardAgreement}, ${version.proposed}, ${version.proposedBy},
      ${version.controllerSigned}, ${version.signedByController}, ${version.receiverSigned}, ${version.signedByReceiver})`
  return { ...version, superseded: null, ended: null, endedBy: null, endedReason: null, takenOverBy: null }
}

const DIGITS = '0123456789'

/** Twelve letters made from a new UUID: short enough to type, and without digits, so that it is not taken for an identity number. */
export function agreementId(uuid: string): string {
  return [...uuid.replaceAll('-', '').slice(0, 12)].map((sign) => 'ghijklmnop'[DIGITS.indexOf(sign)] ?? sign).join('')
}
