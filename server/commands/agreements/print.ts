/** Agreements as tables of text. */
import { type AgreementVersion, standing } from '@helsevev/kernel/areas/agreements/agreement'
import type { StandardAgreement } from '@helsevev/kernel/areas/agreements/standard-agreement'
import type { Database } from '@helsevev/kernel/store/database'
import { table } from '@helsevev/replay/table'
import { counted, norwegianTime } from '../words.ts'

/** Organisation numbers to names. */
export type OrganizationNames = ReadonlyMap<string, string>

const standingWords: Record<string, string> = {
  'in-force': 'in force',
  pending: 'waits for signatures',
  'not-begun': 'has not begun',
  expired: 'has run out',
  'other-purpose': 'names no purpose',
}

export function standingText(version: AgreementVersion & { closed?: boolean }, now: Date): string {
  const status = standing(version, now)
  return standingWords[status] ?? status
}

export function agreementTable(found: readonly (AgreementVersion & { closed: boolean })[], names: OrganizationNames, now: Date): string {
  if (found.length === 0) return 'There are no such agreements.\n'
  const heading = ['agreement', 'version', 'controller', 'service', 'receiver', 'purposes', 'from', 'until', 'how it stands']
  const rows = found.map((one) => [
    one.id,
    String(one.version),
    named(one.controller, names),
    one.service,
    named(one.receiver, names),
    one.purposes.join(' '),
    norwegianTime(one.validFrom),
    one.validUntil ? norwegianTime(one.validUntil) : '',
    standingText(one, now),
  ])
  return `${table([heading, ...rows])}\n${counted(found.length, 'agreement')}, in Norwegian time.\n`
}

/** Every version, the newest last: what it says, and who has done what. */
export function agreementText(versions: readonly AgreementVersion[], names: OrganizationNames, now: Date): string {
  const [first] = versions
  if (!first) return ''
  const rows = [
    [
      'version',
      'how it stands',
      'purposes',
      'codes',
      'units',
      'municipal services',
      'from',
      'until',
      'proposed',
      'for the controller',
      'for the receiver',
      'ended',
    ],
    ...versions.map((one) => [
      String(one.version),
      standingText(one, now),
      one.purposes.join(' '),
      one.sensitiveCodes.join(' '),
      one.units.map((unit) => named(unit, names)).join('\n'),
      one.serviceCodes.join(' '),
      norwegianTime(one.validFrom),
      one.validUntil ? norwegianTime(one.validUntil) : '',
      signature(one.proposedBy, one.proposed),
      signature(one.signedByController, one.controllerSigned),
      signature(one.signedByReceiver, one.receiverSigned),
      one.ended ? `${signature(one.endedBy, one.ended)}\n${one.endedReason ?? ''}${successor(one, names)}` : '',
    ]),
  ]
  return [
    `agreement     ${first.id}`,
    `controller    ${named(first.controller, names)}`,
    `service       ${first.service}`,
    `receiver      ${named(first.receiver, names)} (${first.receiverType})`,
    `legal basis   ${versions.at(-1)?.legalBasis}`,
    ...(first.standardAgreement ? [`made by joining ${versions.at(-1)?.standardAgreement}`] : []),
    '',
    table(rows),
  ].join('\n')
}

function signature(name: string | null, at: Date | null): string {
  return name && at ? `${name}\n${norwegianTime(at)}` : ''
}

export function standardTable(found: readonly (StandardAgreement & { joined: number })[], names: OrganizationNames): string {
  if (found.length === 0) return 'There are no standard agreements.\n'
  const heading = ['standard agreement', 'version', 'title', 'services', 'purposes', 'group', 'publisher', 'until', 'joined']
  const rows = found.map((one) => [
    one.id,
    String(one.version),
    one.title,
    one.services.join('\n'),
    one.purposes.join(' '),
    one.group,
    named(one.publisher, names),
    one.validUntil ? norwegianTime(one.validUntil) : '',
    String(one.joined),
  ])
  return table([heading, ...rows])
}

export function named(number: string, names: OrganizationNames): string {
  const name = names.get(number)
  return name ? `${number} ${name}` : number
}

export async function organizationNames(sql: Database['sql']): Promise<OrganizationNames> {
  const rows = await sql<{ number: string; name: string }[]>`
    select number, name from organization union all select id, name from organization_group`
  return new Map(rows.map(({ number, name }) => [number, name]))
}

function successor({ takenOverBy }: AgreementVersion, names: OrganizationNames): string {
  return takenOverBy ? `\ntaken over by ${named(takenOverBy, names)}` : ''
}
