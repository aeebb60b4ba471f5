/** Agreements as a data controller sees them: services × counterparts in both directions, with the agreements behind each cell. */
import type { Sql } from 'postgres'
import { agreements, type AgreementVersion as Stored, standing, versionsOf } from '../areas/agreements/agreement.ts'
import { isMember, sideOf } from '../areas/agreements/parties.ts'
import { problem, type Result } from '../problem/problem.ts'
import { caseOfficerOpenings } from './case-officers.ts'
import type { Agreement, AgreementSummary, AgreementVersion, Cell, CellStatus, Closure, Counterpart, Matrix } from './contract.ts'
import { counterpartsOf, namesOf } from './names.ts'

interface OpenClosure {
  controller: string
  service: string
  receiver: string
  closed: Date
  closedBy: string
  reason: string
}

type Standing = Stored & { closed: boolean }

export async function matrix(sql: Sql, organization: string, services: readonly string[], now: Date): Promise<Matrix> {
  const [opened, received, closures, caseOfficers] = await Promise.all([
    agreements(sql, { controller: organization, now }),
    agreements(sql, { receiver: organization, now }),
    openClosures(sql, organization),
    caseOfficerOpenings(sql, organization, now),
  ])
  const numbers = [
    ...opened.map(({ receiver }) => receiver),
    ...received.map(({ controller }) => controller),
    ...closures.flatMap(({ receiver, controller }) => [receiver, controller]),
  ]
  const names = await counterpartsOf(sql, numbers)
  const members = await membersOf(sql, opened, now)
  const ours = closures.filter(({ controller }) => controller === organization)
  const weOpen = cells(opened, ({ receiver }) => receiver, names, now).map((cell) => ({
    ...cell,
    closures: closuresOf(
      ours.filter(
        ({ service, receiver }) =>
          service === cell.service && (receiver === cell.counterpart.id || members.get(cell.counterpart.id)?.includes(receiver)),
      ),
      names,
    ),
  }))
  const shown = new Set(weOpen.flatMap(({ service, closures: found }) => found.map(({ receiver }) => `${service} ${receiver.number}`)))
  const alone = ours.filter(({ service, receiver }) => !shown.has(`${service} ${receiver}`))
  return {
    services: [...services],
    caseOfficers,
    // A closure without an agreement is a cell too: it will apply when an agreement comes.
    weOpen: [
      ...weOpen,
      ...alone.map((one): Cell => {
        const counterpart = names(one.receiver)
        return { service: one.service, counterpart, status: 'closed', closures: closuresOf([one], names), agreements: [] }
      }),
    ],
    openToUs: cells(
      received.filter(({ controller }) => controller !== organization),
      ({ controller }) => controller,
      names,
      now,
    ).map((cell) => ({
      ...cell,
      closures: closuresOf(
        closures.filter((one) => one.controller === cell.counterpart.id && one.service === cell.service && one.receiver === organization),
        names,
      ),
    })),
  }
}

type Names = (id: string) => Counterpart

function cells(found: readonly Standing[], counterpart: (one: Standing) => string, names: Names, now: Date): Omit<Cell, 'closures'>[] {
  const grouped = Map.groupBy(found, (one) => `${one.service} ${counterpart(one)}`)
  return [...grouped.values()].map((group) => {
    const versions = group.map((one) => summary(one, now)).toReversed()
    const [first] = group
    const id = first ? counterpart(first) : ''
    return { service: first?.service ?? '', counterpart: names(id), status: statusOf(versions), agreements: versions }
  })
}

/** The status of a cell. One agreement in force opens it, even when others have ended; an agreement that begins later is still to come. */
function statusOf(versions: readonly AgreementSummary[]): CellStatus {
  const has = (...wanted: AgreementSummary['standing'][]) => versions.some(({ standing: one }) => wanted.includes(one))
  if (has('in-force')) return 'open'
  if (has('closed')) return 'closed'
  return has('pending', 'not-begun') ? 'pending' : 'ended'
}

function summary(version: Stored & { closed?: boolean }, now: Date): AgreementSummary {
  return {
    id: version.id,
    version: version.version,
    // Asked for a purpose and from a unit of the agreement itself, so that no status about purposes and units is left.
    standing: standing(version, now) as AgreementSummary['standing'],
    purposes: version.purposes,
    validFrom: version.validFrom.toISOString(),
    validUntil: version.validUntil?.toISOString() ?? null,
    signedByController: version.signedByController,
    signedByReceiver: version.signedByReceiver,
    standardAgreement: version.standardAgreement,
  }
}

function closuresOf(found: readonly OpenClosure[], names: Names): Closure[] {
  return found.map(({ receiver, closed, closedBy, reason }) => {
    const { id, name } = names(receiver)
    return { receiver: { number: id, name }, closed: closed.toISOString(), closedBy, reason }
  })
}

/** Closures by the organisation or to it that have not been opened again. Index: sharing_closure_pkey, sharing_closure_receiver. */
async function openClosures(sql: Sql, organization: string): Promise<OpenClosure[]> {
  return await sql<OpenClosure[]>`
    select controller, service, receiver, closed, closed_by as "closedBy", reason from sharing_closure
    where reopened is null and (controller = ${organization} or receiver = ${organization})
    order by service, receiver`
}

/** The members of the groups that we open to. Index: organization_group_member_pkey. */
async function membersOf(sql: Sql, found: readonly Stored[], now: Date): Promise<Map<string, string[]>> {
  const groups = [...new Set(found.filter(({ receiverType }) => receiverType === 'group').map(({ receiver }) => receiver))]
  if (groups.length === 0) return new Map()
  const rows = await sql<{ group: string; members: string[] }[]>`
    select group_id as "group", array_agg(organization) as members from organization_group_member
    where group_id = any (${groups}) and valid_from <= ${now} and (valid_until is null or valid_until > ${now})
    group by group_id`
  return new Map(rows.map(({ group, members }) => [group, members]))
}

/** All versions of an agreement, for its parties and the members of its group. For others the agreement is unknown. */
export async function agreementOf(sql: Sql, organization: string, id: string, now: Date): Promise<Result<Agreement>> {
  const versions = await versionsOf(sql, id)
  const latest = versions.at(-1)
  const side = latest && (await roleIn(sql, latest, organization, now))
  if (!latest || !side) return problem('agreement-unknown')
  const names = await namesOf(sql, [latest.controller, ...versions.flatMap(({ takenOverBy }) => takenOverBy ?? [])])
  const [receiver] = [(await counterpartsOf(sql, [latest.receiver]))(latest.receiver)]
  const closed = await isClosed(sql, latest)
  return {
    id,
    service: latest.service,
    controller: { number: latest.controller, name: names.get(latest.controller) ?? latest.controller },
    receiver,
    side,
    versions: versions.map((version) => detailed({ ...version, closed }, names, now)).toReversed(),
  }
}

/** The side of the organisation in the agreement; undefined when the agreement does not concern it. */
export async function roleIn(sql: Sql, latest: Stored, organization: string, now: Date): Promise<Agreement['side'] | undefined> {
  const side = await sideOf(sql, latest, organization, now)
  if (side) return side
  const member = latest.receiverType === 'group' && (await isMember(sql, latest.receiver, organization, now))
  return member ? 'member' : undefined
}

async function isClosed(sql: Sql, { controller, service, receiver }: Stored): Promise<boolean> {
  const [row] = await sql`
    select from sharing_closure
    where controller = ${controller} and service = ${service} and receiver = ${receiver} and reopened is null limit 1`
  return row !== undefined
}

function detailed(version: Standing, names: Awaited<ReturnType<typeof namesOf>>, now: Date): AgreementVersion {
  const time = (date: Date | null) => date?.toISOString() ?? null
  return {
    ...summary(version, now),
    units: version.units,
    serviceCodes: version.serviceCodes,
    sensitiveCodes: version.sensitiveCodes,
    legalBasis: version.legalBasis,
    proposed: version.proposed.toISOString(),
    proposedBy: version.proposedBy,
    controllerSigned: time(version.controllerSigned),
    receiverSigned: time(version.receiverSigned),
    ended: time(version.ended),
    endedBy: version.endedBy,
    endedReason: version.endedReason,
    takenOverBy:
      version.takenOverBy === null ? null : { number: version.takenOverBy, name: names.get(version.takenOverBy) ?? version.takenOverBy },
  }
}
