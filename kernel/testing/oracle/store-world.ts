/** Writes random worlds to a real database, so that the statements that read facts and records are compared too. */
import type { Sql } from 'postgres'
import { logicalId } from '../../store/ids.ts'
import type { World } from './world.ts'

type Rows = Record<string, unknown>[]

/** Stores the worlds, table by table. */
export async function storeWorlds(sql: Sql, worlds: readonly World[]): Promise<void> {
  for (const [table, rowsOf] of Object.entries(tables)) {
    const rows = worlds.flatMap(rowsOf)
    // Rows of one table have the same columns.
    if (rows.length > 0) await sql`insert into ${sql(table)} ${sql(rows)}`
  }
}

const at = (time: number | null): Date | null => (time === null ? null : new Date(time))
const ago = (world: World) => new Date(world.request.now.getTime() - 86_400_000)
const isHeld = ({ facts }: World) => facts.organization !== undefined
const isRegistered = ({ facts }: World) => facts.patient !== undefined

const tables: Record<string, (world: World) => Rows> = {
  organization: (world) => {
    const { organizations, facts, request } = world
    const row = (number: string, accepted: boolean, partOf: string | null = null) => ({
      number,
      name: number,
      type: 'municipality',
      part_of: partOf,
      helsenet_from: new Date('2020-01-01'),
      terms_accepted: accepted ? new Date('2020-01-01') : null,
    })
    const { own, east, west, another, north, south, elsewhere } = organizations
    return [
      ...(facts.organization ? [row(own, facts.organization.member)] : []),
      row(east, true),
      row(west, true),
      ...(request.caller.supplier === undefined || facts.supplier ? [row(another, facts.supplier?.member ?? true)] : []),
      row(north, true, own),
      row(south, true, own),
      row(elsewhere, true, east),
    ]
  },
  service_participation: (world) =>
    isHeld(world)
      ? [
          {
            organization: world.organizations.own,
            service: world.request.area.id,
            produces: world.facts.produces,
            consumes: world.facts.consumes,
          },
        ]
      : [],
  role_access: (world) =>
    isHeld(world)
      ? world.facts.roleRules.map((rule) => ({ organization: world.organizations.own, service: world.request.area.id, ...rule }))
      : [],
  vendor_delegation: (world) =>
    isHeld(world) && world.facts.delegationWithdrawn
      ? [
          {
            organization: world.organizations.own,
            supplier: world.organizations.another,
            withdrawn: ago(world),
            withdrawn_by: 'A',
            reason: 'test',
          },
        ]
      : [],
  practitioner: (world) => {
    const { drawn, reader, keys } = world
    const { own, other } = world.hpr
    const row = (number: string, person: string) => ({ hpr_number: number, given_name: 'Made', family_name: 'Up', person })
    // The other number is that of another person, or one of the same person, under another identity number where there is one.
    const second = drawn.otherNumbers === 'none' ? keys.foster : drawn.closeRelation === 'none' ? keys.readerLinked : reader.key
    return [...(drawn.holds === 'not in the register' ? [] : [row(own, reader.key)]), row(other, second)]
  },
  practitioner_authorization: (world) =>
    (world.facts.authorizations ?? []).flatMap((code) =>
      world.request.caller.hprNumber ? [{ hpr_number: world.request.caller.hprNumber, code, valid_from: ago(world) }] : [],
    ),
  controller_role: (world) =>
    isHeld(world) && isOfficer(world)
      ? [
          {
            id: crypto.randomUUID(),
            organization: world.organizations.own,
            person: world.drawn.closeRelation === 'none' ? world.keys.readerLinked : world.reader.key,
            role: 'case-officer',
            valid_from: ago(world),
            granted_by: 'A',
            reason: 'test',
          },
        ]
      : [],
  case_officer_access: (world) => {
    const { drawn, organizations, request } = world
    if (!isHeld(world) || !isOfficer(world)) return []
    const row = (controller: string, service = request.area.id) => ({
      id: crypto.randomUUID(),
      controller,
      service,
      receiver: organizations.own,
      purposes: ['COC'],
      valid_from: ago(world),
      opened_by: 'A',
      reason: 'test',
    })
    if (drawn.caseOfficer === 'opened in other services') return [row(organizations.own, 'other')]
    const all = [row(organizations.own), row(organizations.east), row(organizations.west)]
    return all.filter((_row, place) => drawn.caseOfficer === 'opened by all' || place === (drawn.caseOfficer === 'opened by own' ? 0 : 1))
  },
  controller_setting: ({ drawn, facts, organizations, request }) =>
    drawn.relationOpenedBy
      .filter((name) => facts.organization || name !== 'own')
      .map((name) => ({
        organization: organizations[name],
        service: request.area.id,
        key: 'close-relations',
        language: 'nb',
        value: 'open',
      })),
  organization_group: (world) => (hasGroup(world) ? [{ id: groupOf(world), name: 'Group' }] : []),
  organization_group_member: (world) =>
    hasGroup(world) ? [{ group_id: groupOf(world), organization: world.organizations.own, valid_from: ago(world) }] : [],
  sharing_agreement: (world) =>
    world.facts.agreements.map((one, place) => ({
      id: `${world.organizations.own}-${place}`,
      controller: one.controller,
      service: world.request.area.id,
      receiver: one.receiverType === 'group' ? groupOf(world) : world.organizations.own,
      receiver_type: one.receiverType,
      units: one.units,
      service_codes: one.receiverType === 'private-provider' ? one.serviceCodes : [],
      purposes: one.purposes,
      sensitive_codes: one.sensitiveCodes,
      valid_from: at(one.validFrom),
      valid_until: at(one.validUntil),
      legal_basis: 'test',
      proposed: ago(world),
      proposed_by: 'A',
      controller_signed: at(one.controllerSigned),
      signed_by_controller: one.controllerSigned === null ? null : 'A',
      receiver_signed: at(one.receiverSigned),
      signed_by_receiver: one.receiverSigned === null ? null : 'B',
      ended: at(one.ended),
      ended_by: one.ended === null ? null : 'A',
    })),
  sharing_closure: (world) =>
    [...new Set(world.facts.agreements.filter(({ closed }) => closed).map(({ controller }) => controller))].map((controller) => ({
      controller,
      service: world.request.area.id,
      receiver: world.organizations.own,
      closed: ago(world),
      closed_by: 'A',
      reason: 'test',
    })),
  service_delivery: (world) =>
    [...new Set(world.facts.agreements.flatMap(({ controller, delivers }) => delivers.map((unit) => `${controller} ${unit}`)))].map(
      (text) => {
        const [controller, unit] = text.split(' ')
        return {
          patient: world.keys.patient,
          controller,
          provider: world.organizations.own,
          unit,
          valid_from: ago(world),
          registered_by: 'A',
        }
      },
    ),
  person: (world) => {
    const { keys, facts, drawn } = world
    const { citizen, patient } = facts
    const row = (key: string, more: Record<string, unknown> = {}) => ({
      patient: key,
      birth_date: null,
      address_confidentiality: 'Unclassified',
      residence: null,
      died: null,
      ...more,
    })
    const born = { birth_date: patient?.birthDate ?? null }
    const theirs = { birth_date: citizen?.birthDate ?? null, address_confidentiality: citizen?.addressConfidentiality ?? 'Unclassified' }
    const isCitizen = (key: string) => citizen?.key === key
    const home = { residence: `home ${keys.patient}` }
    const isLinkedToo = drawn.linked && patient !== undefined
    return [
      ...(patient
        ? [
            row(keys.patient, {
              ...born,
              ...home,
              address_confidentiality: citizen?.patientAddressConfidentiality ?? 'Unclassified',
              died: citizen?.patientDied ? '2020-01-01' : null,
            }),
          ]
        : []),
      row(keys.linked, isLinkedToo ? { ...born, ...home } : isCitizen(keys.linked) ? theirs : {}),
      row(keys.stranger, isCitizen(keys.stranger) ? theirs : {}),
      row(keys.cohabitant, citizen?.parentAtSameAddress ? home : {}),
      row(keys.consenting),
      row(keys.foster),
      row(keys.reader),
      row(keys.readerLinked),
    ]
  },
  person_identifier: ({ keys, numbers, facts }) => [
    ...(facts.patient ? [{ system: 'FNR', value: numbers.patient, patient: keys.patient }] : []),
    { system: 'FNR', value: numbers.linked, patient: keys.linked },
    { system: 'FNR', value: numbers.stranger, patient: keys.stranger },
    { system: 'FNR', value: numbers.reader, patient: keys.reader },
  ],
  person_link: ({ keys, drawn, facts }) => {
    const both = (one: string, other: string) => [
      { patient: one, same_as: other },
      { patient: other, same_as: one },
    ]
    return [...(drawn.linked && facts.patient ? both(keys.patient, keys.linked) : []), ...both(keys.reader, keys.readerLinked)]
  },
  representation: (world) => {
    const { keys, facts, reversed, reader } = world
    const { citizen } = facts
    if (!isRegistered(world) || !citizen) return []
    const row = (representative: string, one: Partial<NonNullable<typeof citizen>['relations'][number]>) => ({
      patient: keys.patient,
      representative,
      kind: one.kind,
      areas: one.areas ?? [],
      valid_from: at(one.validFrom ?? ago(world).getTime()),
      valid_until: at(one.validUntil ?? null),
      ended: at(one.ended ?? null),
      ended_by: one.ended ? 'A' : null,
      source: 'test',
      registered: ago(world),
      registered_by: 'A',
    })
    const later = world.request.now.getTime() + 86_400_000
    return [
      ...citizen.relations.map((one) => row(citizen.key ?? '', one)),
      ...reversed.map((one) => ({ ...row(keys.patient, one), patient: reader.key })),
      ...(citizen.parentAtSameAddress ? [row(keys.cohabitant, { kind: 'parental-responsibility' })] : []),
      ...(world.drawn.fosterGrant ? [row(keys.foster, { kind: 'foster-parent', validUntil: later })] : []),
      ...(citizen.parentalConsents.length > 0 ? [row(keys.consenting, { kind: 'parental-responsibility' })] : []),
      ...citizen.parentalConsents.map((one) => row(keys.consenting, one)),
    ]
  },
  patient_choice: (world) =>
    world.facts.choices.map((one) => ({
      patient: world.keys.patient,
      id: one.id,
      kind: one.kind,
      service: one.service,
      controller: one.controller,
      receiver: one.receiver,
      practitioner: one.practitioner,
      record: one.record,
      valid_from: at(one.validFrom),
      valid_until: at(one.validUntil),
      made: ago(world),
      made_by: one.maker ?? world.keys.patient,
      made_as: one.madeAs ?? 'self',
    })),
  worklist: (world) =>
    isHeld(world) && world.facts.onUnitsList
      ? [
          {
            unit: attestedUnit(world),
            organization: world.organizations.own,
            drawn_up: ago(world),
            received: ago(world),
            left_out: 0,
          },
        ]
      : [],
  worklist_patient: (world) =>
    isHeld(world) && isRegistered(world) && world.facts.onUnitsList
      ? [{ patient: world.keys.patient, unit: attestedUnit(world), position: 1 }]
      : [],
  patient_controller: (world) => {
    const { facts, records, keys, request } = world
    const row = (told: boolean) => (controller: string) => ({
      patient: keys.patient,
      service: request.area.id,
      controller,
      since: ago(world),
      told,
      blocked_against_staff: records.some((one) => one.controller === controller && one.release === 'NORS'),
    })
    return [...facts.contributors.map(row(true)), ...(facts.silentContributors ?? []).map(row(false))]
  },
  record: ({ records, request }) =>
    records.map((one, place) => ({
      patient: one.patient,
      id: one.id,
      version: 1,
      service: request.area.id,
      type: 'Observation',
      controller: one.controller,
      effective: new Date(Date.UTC(2025, 0, 1 + place)),
      recorded: new Date('2025-06-01'),
      deleted: one.deleted,
      sensitive_codes: one.codes.length === 0 ? null : one.codes,
      release_codes: one.release === undefined ? null : [one.release],
      release_at: one.releaseAt ?? null,
      tokens: one.tokens,
      writer: '1',
      content: one.deleted ? null : JSON.stringify({ resourceType: 'Observation', id: logicalId(one.patient, one.id), status: 'final' }),
    })),
}

/** The attested unit where it is one of the organisation; the organisation itself where it is not, which is refused in any case. */
function attestedUnit({ request, organizations: { own, north, south } }: World): string {
  const unit = request.attestation?.practitioner.pointOfCare?.id ?? own
  return [own, north, south].includes(unit) ? unit : own
}

/** Stored for every reader; it counts for a person whose token has no health personnel number. */
function isOfficer({ drawn }: World): boolean {
  return drawn.caseOfficer !== 'no'
}

function hasGroup(world: World): boolean {
  return isHeld(world) && world.facts.agreements.some(({ receiverType }) => receiverType === 'group')
}

function groupOf({ organizations }: World): string {
  return `group-${organizations.own}`
}
