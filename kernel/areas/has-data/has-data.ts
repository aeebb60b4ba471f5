/**
 * POST /fhir/$has-data with Parameters: for each patient in a list, whether there is anything in each service. Access is decided for each
 * patient and service as it is for a search, and no record is opened. docs/api/has-data.md, docs/decisions/0028-has-data.md
 */

import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { jsonAnswer } from '../../fhir/answer.ts'
import { decidedTogether, type Opened } from '../../fhir/decided.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import { type BoundRecords, records } from '../../fhir/records.ts'
import { type Outcome, one } from '../../fhir/routes.ts'
import type { InformationService } from '../../fhir/service.ts'
import { isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import type { AnyFound } from '../../store/any-records.ts'
import type { PatientKey } from '../../store/ids.ts'
import type { Unseen } from '../../store/visibility.ts'
import { type ListRows, listRows, type Signal } from './rows.ts'

const EVENT = '$has-data'
/** As many as the patients of a unit, and not a whole register: ATT-6 requires narrow lists. */
const MOST_PATIENTS = 100

type Status = 'some' | 'none' | 'unknown' | 'withheld' | 'own-only'

interface HasDataRequest {
  identifiers: { system?: string; value: string }[]
  services: InformationService[]
  /** Whether the caller wants the signals too that services show about persons in a list. */
  signals: boolean
}

/** The result for one patient in one service. */
interface Line {
  service: InformationService
  patient: PatientKey | undefined
  status: Status | Problem
  signal?: Signal | undefined
  /** Why something is not seen; absent for a refusal. */
  unseen?: Unseen[]
}

/** Writes one row of the log for each person, and for each number that belongs to no known person. */
export async function hasData(exchange: Exchange, sent: unknown): Promise<Outcome> {
  const request = parse(exchange, sent)
  if (isProblem(request)) return one({ event: EVENT, type: undefined, result: request })
  const { identifiers, services } = request
  // A signal is clinical: it is for a person who attests for those on the list.
  const signals = request.signals && exchange.caller.kind === 'person'
  const numbers = [...new Set(identifiers.map(({ value }) => value))]
  const questions = numbers.flatMap((identityNumber) => services.map((area) => ({ area, patient: { identityNumber } })))
  return await decidedTogether(
    exchange,
    { kind: 'list', questions },
    { each: records, all: listRows },
    async (opened, all) => {
      const found = await linesOf(opened, all, { services, signals })
      const byNumber = numbers.map((number, at): [string, Line[]] => [
        number,
        found.slice(at * services.length, (at + 1) * services.length),
      ])
      return answered(identifiers, new Map(byNumber))
    },
    (busy) => one({ event: EVENT, type: undefined, result: busy }),
  )
}

/** The value of each parameter; whatever else one holds would be passed over. */
const valueMembers = { patient: 'valueIdentifier', service: 'valueCode', signals: 'valueBoolean' } as const
const formOfParameters = 'The parameters are patient, with valueIdentifier, service, with valueCode, and signals, with valueBoolean alone.'

function parse({ kernel, caller }: Exchange, sent: unknown): Result<HasDataRequest> {
  const { resourceType, parameter = [] } = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<Parameters>
  if (resourceType !== 'Parameters' || !Array.isArray(parameter))
    return problem('invalid-parameter', 'Expected Parameters with a parameter patient for each patient, and service for each service.', {
      expression: 'Parameters',
    })
  const identifiers: HasDataRequest['identifiers'] = []
  const services: InformationService[] = []
  let signals = false
  for (const [index, one] of parameter.entries()) {
    const expression = `Parameters.parameter[${index}]`
    const own = valueMembers[one?.name as keyof typeof valueMembers]
    const hasMore = Object.keys(one ?? {}).some((member) => member.startsWith('value') && member !== own)
    const isSecond = one?.name === 'signals' && parameter.findIndex((first) => first?.name === 'signals') !== index
    if ((hasMore && one?.[own] !== undefined) || isSecond)
      return problem('invalid-parameter', isSecond ? 'signals is given twice: give it once.' : formOfParameters, { expression })
    if (one?.name === 'patient') {
      const { system, value } = one.valueIdentifier ?? {}
      if (typeof value !== 'string' || value === '' || (system !== undefined && typeof system !== 'string'))
        return problem('patient-required', 'Expected valueIdentifier with system and value.', { expression })
      identifiers.push({ ...(system === undefined ? {} : { system }), value: value.trim() })
    } else if (one?.name === 'service') {
      const service = kernel.services.get(String(one.valueCode))
      if (!service) return problem('unknown-service', undefined, { expression })
      if (!services.includes(service)) services.push(service)
    } else if (one?.name === 'signals' && typeof one.valueBoolean === 'boolean') signals = one.valueBoolean
    else return problem('invalid-parameter', formOfParameters, { expression })
  }
  if (identifiers.length === 0) return problem('patient-required', 'Give at least one parameter patient, with valueIdentifier.')
  if (identifiers.length > MOST_PATIENTS) return problem('too-large', `A request has ${MOST_PATIENTS} patients at most.`)
  if (services.length > 0) return { identifiers, services, signals }
  const open = [...kernel.services.values()].filter(({ id }) => caller.scopes.includes(`helsevev:${id}/read`))
  return open.length > 0 ? { identifiers, services: open, signals } : problem('insufficient-scope')
}

function answered(identifiers: HasDataRequest['identifiers'], lines: ReadonlyMap<string, Line[]>): Outcome {
  const refusal = refusalOfAll([...lines.values()].flat())
  const answer: Result<Answer> =
    refusal ??
    jsonAnswer({
      resourceType: 'Parameters',
      parameter: identifiers.map((identifier) => ({
        name: 'patient',
        part: [{ name: 'identifier', valueIdentifier: identifier }, ...(lines.get(identifier.value) ?? []).map(parameterOf)],
      })),
    } satisfies Parameters)
  return { done: [...lines.values()].map((ofOne) => doneOf(ofOne, answer)), answer }
}

/** One line for each question. A single statement finds what there is for all of them, and another one the signals. */
async function linesOf(
  opened: readonly Opened<BoundRecords>[],
  all: ListRows,
  { services, signals }: Pick<HasDataRequest, 'services' | 'signals'>,
): Promise<Line[]> {
  const decided = opened.flatMap(({ outcome }, at) => (isProblem(outcome) ? [] : [{ ...outcome, service: serviceAt(services, at) }]))
  const found = await all.any()
  const said = signals ? await all.signals(decided.map(({ service }, at) => (found[at]?.any ? service : undefined))) : []
  // The refused questions are not part of what the statements return.
  const answers = decided
    .map(({ decision }, at) => ({ status: statusOf(decision, found[at]), signal: said[at], unseen: unseenOf(decision, found[at]) }))
    .values()
  return opened.map(({ outcome, patient }, at): Line => {
    const service = serviceAt(services, at)
    return isProblem(outcome) ? { service, patient, status: outcome } : { service, patient, ...(answers.next().value ?? missing()) }
  })
}

function serviceAt(services: readonly InformationService[], at: number): InformationService {
  return services[at % services.length] ?? missing()
}

/** Why something is not seen, for the row of the log. Which of several records it is about is not asked for a list. */
function unseenOf({ withholdings, blockedAgainstStaff, ownOnly, withheld }: Decision, found: AnyFound | undefined): Unseen[] {
  const has = (cause: string) => withholdings.some((one) => one.cause === cause)
  const byPatient: Unseen[] = [
    ...(has('SpecificBlock') ? (['blocked'] as const) : []),
    ...(has('Reservation') ? (['opted-out'] as const) : []),
    ...(has('GeneralBlock') ? (['hidden'] as const) : []),
    ...(blockedAgainstStaff && !has('GeneralBlock') ? (['not-released'] as const) : []),
  ]
  const notAgreed = withheld || (ownOnly !== undefined && ownOnly.reason !== 'system')
  return [...(found?.withheldByPatient ? byPatient : []), ...(notAgreed ? (['not-agreed'] as const) : [])]
}

/** In one word, what a search would report, whatever it finds. */
function statusOf({ ownOnly, withheld, anyContributor, releasedOnly }: Decision, found: AnyFound | undefined): Status {
  if (found?.any) return 'some'
  if (found?.withheldByPatient) return 'withheld'
  if (ownOnly) return 'own-only'
  if (withheld) return 'withheld'
  return anyContributor && !releasedOnly ? 'none' : 'unknown'
}

/** A person who is attested and not in the register gets the same word as one without reports. */
function wordOf({ status }: Line): Status | 'refused' {
  if (!isProblem(status)) return status
  return status.problem === 'person-unknown' ? 'unknown' : 'refused'
}

/** The request is refused as a whole when every line is refused for the same reason. An unknown person is no refusal. */
function refusalOfAll(lines: readonly Line[]): Problem | undefined {
  const [first] = lines
  if (!first || !isProblem(first.status) || wordOf(first) === 'unknown') return undefined
  const { problem: code } = first.status
  return lines.every(({ status }) => isProblem(status) && status.problem === code) ? first.status : undefined
}

function parameterOf(line: Line): ParametersParameter {
  return {
    name: 'service',
    part: [
      { name: 'id', valueCode: line.service.id },
      { name: 'status', valueCode: wordOf(line) },
      ...(isProblem(line.status) && wordOf(line) === 'refused' ? [{ name: 'problem', valueCode: line.status.problem }] : []),
      ...signalParts(line.signal),
    ],
  }
}

function signalParts(signal: Signal | undefined): ParametersParameter[] {
  if (!signal) return []
  const { system, code, time } = signal
  return [
    { name: 'signal', valueCoding: { system, code } },
    { name: 'signalTime', valueDateTime: time.toISOString() },
  ]
}

/** The row of the log states what was returned about the patient, who may read it. */
function doneOf(lines: readonly Line[], answer: Result<Answer>): Done {
  const refused = lines.find(({ status }) => isProblem(status))?.status
  const isRefused = lines.every(({ status }) => isProblem(status))
  return {
    event: EVENT,
    type: undefined,
    patient: lines[0]?.patient,
    withheld: lines.some((line) => wordOf(line) === 'withheld'),
    met: { unseen: [...new Set(lines.flatMap(({ unseen = [] }) => unseen))], found: lines.some(({ status }) => status === 'some') },
    reason: lines.map((line) => `${line.service.id}: ${wordOf(line)}${line.signal ? ` (${line.signal.code})` : ''}`).join(', '),
    disclosed: lines.flatMap(({ signal }) => signal?.disclosed ?? []),
    result: isRefused && isProblem(refused) ? refused : answer,
  }
}

function missing(): never {
  throw new Error('Every question names a service.')
}
