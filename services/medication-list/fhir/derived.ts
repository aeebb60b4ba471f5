/**
 * Which registration for multidose holds, by all that were sent (clinical/medicines/multidose.ts). A statement of Reseptformidleren counts
 * above older requests: it is the register. The order in which messages come changes nothing.
 */
import { identifierValue, MESSAGE_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import {
  type MultidoseDoctor,
  type MultidosePharmacy,
  type MultidoseRequest,
  multidoseOf,
  responsibleAt,
} from '@helsevev/clinical/medicines/multidose'
import { volven } from '@helsevev/clinical/systems'
import { instant } from '@helsevev/kernel/values/dates'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import type { CareTeam, CareTeamParticipant, Resource } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls } from './systems.ts'

/** The registration as it was sent. */
export function unstampedTeam({ extension = [], ...sent }: CareTeam): CareTeam {
  return { ...sent, extension: extension.filter(({ url }) => url !== extensionUrls.multidoseAnswer), status: 'proposed' }
}

export function completedTeam(resource: CareTeam, others: readonly Resource[], now: Date): CareTeam {
  const sent = unstampedTeam(resource)
  const teams = [sent, ...others.flatMap((one) => (one.resourceType === 'CareTeam' ? [one] : []))]
  const requests = requestsOf(teams)
  const state = multidoseOf(requests)
  const id = identifierValue(MESSAGE_ID, sent.identifier) ?? ''
  const answer = state.answers.find(({ of }) => of === id)
  const responsible = responsibleAt(state, now)
  const own = memberOf(sent)
  const isCurrent =
    !isEnd(sent) &&
    answer?.isRegistered !== false &&
    requests.every((one) => one.status !== 'R' || !isSameWho(one, own) || one.at <= timeOf(sent)) &&
    ((own.doctor !== undefined && responsible.doctor?.hprNumber === own.doctor.hprNumber) ||
      (own.pharmacy !== undefined && responsible.pharmacy?.licence === own.pharmacy.licence))
  const said =
    answer && !isStatement(sent)
      ? [
          { url: 'registered', valueBoolean: answer.isRegistered },
          ...(answer.refusal === undefined ? [] : [{ url: 'refusal', valueCode: answer.refusal }]),
        ]
      : []
  return {
    ...sent,
    status: isCurrent ? 'active' : 'inactive',
    extension: [...(sent.extension ?? []), ...(said.length > 0 ? [{ url: extensionUrls.multidoseAnswer, extension: said }] : [])],
  }
}

function isStatement(team: CareTeam): boolean {
  return extensionsOf(team, 'multidoseStatement').length > 0
}

function isEnd(team: CareTeam): boolean {
  const [request] = extensionsOf(team, 'multidoseRequest')
  return request?.valueCodeableConcept?.coding?.some(({ system, code }) => system === volven(7496) && code === 'A') ?? false
}

function timeOf(team: CareTeam): Date {
  return instant(extensionsOf(team, 'messageTime')[0]?.valueDateTime ?? '') ?? new Date(0)
}

function memberOf({ participant = [] }: CareTeam): { doctor?: MultidoseDoctor; pharmacy?: MultidosePharmacy } {
  const inRole = (role: string) => participant.find((one) => one.role?.some(({ coding = [] }) => coding.some(({ code }) => code === role)))
  const [doctor, pharmacy] = [inRole('M'), inRole('A')]
  return { ...(doctor ? { doctor: doctorOf(doctor) } : {}), ...(pharmacy ? { pharmacy: pharmacyOf(pharmacy) } : {}) }
}

function doctorOf({ member, onBehalfOf }: CareTeamParticipant): MultidoseDoctor {
  return { hprNumber: member?.identifier?.value ?? '', herId: onBehalfOf?.identifier?.value ?? '', name: member?.display ?? '' }
}

/** A pharmacy has several numbers, and messages state one of them: its name is what all have. */
function pharmacyOf({ member }: CareTeamParticipant): MultidosePharmacy {
  return { licence: member?.display ?? member?.identifier?.value ?? '', name: member?.display ?? '' }
}

function isSameWho(one: MultidoseRequest, own: ReturnType<typeof memberOf>): boolean {
  if (one.by === 'doctor') return own.doctor !== undefined && one.doctor.hprNumber === own.doctor.hprNumber
  return own.pharmacy !== undefined && one.pharmacy.licence === own.pharmacy.licence
}

/** The latest statement as what it registers, and the requests after it. */
function requestsOf(teams: readonly CareTeam[]): MultidoseRequest[] {
  const statement = teams
    .filter(isStatement)
    .sort((a, b) => timeOf(a).getTime() - timeOf(b).getTime() || (idOf(a) < idOf(b) ? -1 : 1))
    .at(-1)
  const since = statement ? timeOf(statement) : new Date(0)
  const later = teams.filter((team) => !isStatement(team) && (!statement || timeOf(team) > since))
  return [...(statement ? stated(statement) : []), ...later.flatMap(asked)]
}

function idOf(team: CareTeam): string {
  return identifierValue(MESSAGE_ID, team.identifier) ?? ''
}

function stated(team: CareTeam): MultidoseRequest[] {
  const { doctor, pharmacy } = memberOf(team)
  const at = timeOf(team)
  const common = { at, status: 'R', from: dayInNorway(at) } as const
  return [
    ...(doctor ? [{ ...common, id: idOf(team), by: 'doctor' as const, doctor }] : []),
    ...(pharmacy ? [{ ...common, id: `${idOf(team)}|pharmacy`, by: 'pharmacy' as const, pharmacy }] : []),
  ]
}

function asked(team: CareTeam): MultidoseRequest[] {
  const { doctor, pharmacy } = memberOf(team)
  const at = timeOf(team)
  const common = { id: idOf(team), at, status: isEnd(team) ? ('A' as const) : ('R' as const), from: team.period?.start ?? dayInNorway(at) }
  if (doctor) return [{ ...common, by: 'doctor', doctor }]
  return pharmacy ? [{ ...common, by: 'pharmacy', pharmacy }] : []
}
