/** Who takes part, what controllers have opened to which receivers, and what they have closed. */
import type { Sql } from 'postgres'
import { type SeedAgreement, standardAgreement } from './agreements.ts'
import { BEGIN } from './store-registers.ts'
import type { SeedWorld } from './world.ts'

const LEGAL_BASIS = 'pasientjournalloven § 19, helsepersonelloven § 45'
const forController = 'Kari Nordmann (oppdiktet)'
const forReceiver = 'Ola Nordmann (oppdiktet)'

/** What a controller has closed or changed since stays as it is. */
export async function seedAccess(tx: Sql, seeded: SeedWorld): Promise<void> {
  const takingPart = seeded.participation.map((row) => ({ ...row, since: BEGIN }))
  await tx`
    insert into service_participation ${tx(takingPart, 'organization', 'service', 'produces', 'consumes', 'since')}
    on conflict do nothing`
  await seedStandardAgreement(tx)
  const opened = seeded.agreements.map(agreementRow)
  await tx`
    insert into sharing_agreement ${tx(
      opened,
      'id',
      'controller',
      'service',
      'receiver',
      'receiver_type',
      'units',
      'service_codes',
      'standard_agreement',
      'valid_from',
      'valid_until',
      'purposes',
      'sensitive_codes',
      'legal_basis',
      'proposed',
      'proposed_by',
      'signed_by_controller',
      'controller_signed',
      'signed_by_receiver',
      'receiver_signed',
    )}
    on conflict do nothing`
  const closed = seeded.closures.map((row) => ({ ...row, closed_by: forController }))
  await tx`
    insert into sharing_closure ${tx(closed, 'controller', 'service', 'receiver', 'closed', 'closed_by', 'reason')}
    on conflict do nothing`
  await tx`insert into role_access ${tx(seeded.roleRules, 'organization', 'service', 'role', 'purposes')} on conflict do nothing`
  await tx`
    insert into controller_setting ${tx(seeded.settings, 'organization', 'service', 'key', 'language', 'value')}
    on conflict do nothing`
}

async function seedStandardAgreement(tx: Sql): Promise<void> {
  const { id, groupName, title, services, purposes, published, members, publisher } = standardAgreement
  await tx`insert into organization_group (id, name) values (${id}, ${groupName}) on conflict do nothing`
  await tx`
    insert into organization_group_member (group_id, organization, valid_from)
    select ${id}, member, ${published} from unnest(${members}::text[]) as member
    on conflict do nothing`
  await tx`
    insert into standard_agreement (id, version, title, services, purposes, legal_basis, group_id, published, published_by, signed_by)
    values (${id}, 1, ${title}, ${services}, ${purposes}, ${LEGAL_BASIS}, ${id}, ${published}, ${publisher}, ${forController})
    on conflict do nothing`
}

function agreementRow(agreement: SeedAgreement) {
  const {
    controller,
    service,
    receiver,
    receiverType,
    units,
    standardAgreement: standard,
    validFrom,
    validUntil,
    receiverSigned,
  } = agreement
  const signed = receiverSigned !== false
  return {
    id: `${controller}:${service}:${receiver}:${Date.parse(validFrom) / 1000}`,
    controller,
    service,
    receiver,
    receiver_type: receiverType ?? 'organization',
    units: units ?? [],
    service_codes: agreement.serviceCodes ?? [],
    standard_agreement: standard ?? null,
    valid_from: validFrom,
    valid_until: validUntil ?? null,
    purposes: agreement.purposes,
    sensitive_codes: agreement.sensitiveCodes,
    legal_basis: LEGAL_BASIS,
    proposed: validFrom,
    proposed_by: forController,
    signed_by_controller: forController,
    controller_signed: validFrom,
    signed_by_receiver: signed ? forReceiver : null,
    receiver_signed: signed ? validFrom : null,
  }
}
