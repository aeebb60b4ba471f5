/**
 * POST /fhir/$has-data with Parameters: of each patient in a list, whether there is anything in each service. Each patient and service is decided
 * as a search is, and nothing is opened. docs/api/has-data.md, docs/decisions/0028-has-data.md
 */

import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { authorize } from '../../fhir/authorize.ts'
import type { Answer, Done, Exchange } from '../../fhir/exchange.ts'
import type { Disclosure } from '../../fhir/rows.ts'
import type { InformationService } from '../../fhir/service.ts'
import { isProblem, type Problem, problem, type Result } from '../../problem/problem.ts'
import { anyRecords } from '../../store/any-records.ts'
import type { PatientKey } from '../../store/ids.ts'
import { countWithheld, searchRecords } from '../../store/read-records.ts'
import { ChoicesChanged } from '../../store/visibility.ts'

const EVENT = '$has-data'
/** A unit's patients, and no register of anybody's: ATT-6 wants lists narrow. */
const MOST_PATIENTS = 100
const ATTEMPTS = 5

type Status = 'some' | 'none' | 'unknown' | 'withheld'

interface Asked {
  identifiers: { system?: string; value: string }[]
  services: InformationService[]
  /** Whether what services say of somebody in a list is wanted too. */
  signals: boolean
}

interface Signal {
  system: string
  code: string
  /** Of the newest record it is made from. */
  time: Date
  /** What it is made from. */
  disclosed: Disclosure[]
}

/** What became of one patient in one service. */
interface Line {
  service: InformationService
  patient: PatientKey | undefined
  status: Status | Problem
  signal?: Signal | undefined
}

export interface ListDone {
  /** One for each person, or number that is nobody's. */
  done: Done[]
  answer: Result<Answer>
}

export async function hasData(exchange: Exchange, sent: unknown): Promise<ListDone> {
  const asked = parse(exchange, sent)
  if (isProblem(asked)) return { done: [{ event: EVENT, type: undefined, result: asked }], answer: asked }
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    try {
      return await answered(exchange, asked)
    } catch (error) {
      if (!(error instanceof ChoicesChanged)) throw error
    }
  }
  const busy = problem('busy')
  return { done: [{ event: EVENT, type: undefined, result: busy }], answer: busy }
}

function parse({ kernel, caller }: Exchange, sent: unknown): Result<Asked> {
  const { resourceType, parameter } = (typeof sent === 'object' && sent !== null ? sent : {}) as Partial<Parameters>
  if (resourceType !== 'Parameters' || !Array.isArray(parameter))
    return problem('invalid-parameter', 'Expected Parameters with a parameter patient for each patient, and service for each service.', {
      expression: 'Parameters',
    })
  const identifiers: Asked['identifiers'] = []
  const services: InformationService[] = []
  let signals = false
  for (const [index, one] of parameter.entries()) {
    const expression = `Parameters.parameter[${index}]`
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
    else
      return problem(
        'invalid-parameter',
        'There is patient, with valueIdentifier, service, with valueCode, and signals, with valueBoolean.',
        {
          expression,
        },
      )
  }
  if (identifiers.length === 0) return problem('patient-required', 'Give at least one parameter patient, with valueIdentifier.')
  if (identifiers.length > MOST_PATIENTS) return problem('too-large', `At most ${MOST_PATIENTS} patients are asked about at a time.`)
  if (services.length > 0) return { identifiers, services, signals }
  const open = [...kernel.services.values()].filter(({ id }) => caller.scopes.includes(`helsevev:${id}/read`))
  return open.length > 0 ? { identifiers, services: open, signals } : problem('insufficient-scope')
}

async function answered(exchange: Exchange, { identifiers, services, signals }: Asked): Promise<ListDone> {
  const numbers = [...new Set(identifiers.map(({ value }) => value))]
  const lines = await linesOf(exchange, numbers, services, signals)
  const refusal = refusalOfAll([...lines.values()].flat())
  const answer: Result<Answer> = refusal ?? {
    status: 200,
    headers: {},
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: identifiers.map((identifier) => ({
        name: 'patient',
        part: [{ name: 'identifier', valueIdentifier: identifier }, ...(lines.get(identifier.value) ?? []).map(parameterOf)],
      })),
    } satisfies Parameters),
  }
  return { done: [...lines.values()].map((ofOne) => doneOf(ofOne, answer)), answer }
}

/** Decided all at once, so that their facts are read together; then one statement for what is there. */
async function linesOf(
  exchange: Exchange,
  numbers: readonly string[],
  services: InformationService[],
  signals: boolean,
): Promise<Map<string, Line[]>> {
  const pairs = numbers.flatMap((identityNumber) => services.map((service) => ({ identityNumber, service })))
  const authorized = await Promise.all(
    pairs.map(async ({ identityNumber, service }) => await authorize({ ...exchange, area: service }, 'list', { identityNumber })),
  )
  const decisions = authorized.flatMap(({ outcome }) => (isProblem(outcome) ? [] : [outcome]))
  const found = new Map((await anyRecords(exchange.kernel.sql, decisions)).map((any, index) => [decisions[index], any]))
  const lines = await Promise.all(
    pairs.map(async ({ service }, index): Promise<Line> => {
      const { outcome, patient } = authorized[index] ?? missing()
      if (isProblem(outcome)) return { service, patient, status: outcome }
      const status = await statusOf(exchange, outcome, found.get(outcome) ?? false)
      return { service, patient, status, signal: signals && status === 'some' ? await signalOf(exchange, service, outcome) : undefined }
    }),
  )
  return new Map(numbers.map((number, index) => [number, lines.slice(index * services.length, (index + 1) * services.length)]))
}

/** What a search would say, in one word. */
async function statusOf({ kernel }: Exchange, decision: Decision, any: boolean): Promise<Status> {
  if (any) return 'some'
  if (decision.withheld || (await countWithheld(kernel.sql, decision)).length > 0) return 'withheld'
  return decision.anyContributor ? 'none' : 'unknown'
}

/** From what a search would show, under the same decision. Index: record_current. */
async function signalOf({ kernel }: Exchange, { listSignal }: InformationService, decision: Decision): Promise<Signal | undefined> {
  if (!listSignal) return undefined
  const { type, tokens, count, say } = listSignal
  const filter = { type, tokens: Object.entries(tokens).map(([name, anyOf]) => ({ name, anyOf })), count }
  const found = await searchRecords(kernel.sql, decision, filter)
  const said = say(found.map(({ content }) => JSON.parse(content ?? '{}')))
  const time = found[0]?.effective
  return said && time && { ...said, time, disclosed: found.map(({ id, version }) => ({ id, version })) }
}

/** Whoever is not in the register is answered as somebody nobody has reported on: a list does not tell who is registered. */
function wordOf({ status }: Line): Status | 'refused' {
  if (!isProblem(status)) return status
  return status.problem === 'person-unknown' ? 'unknown' : 'refused'
}

/** Refused as a whole when nothing was answered and one reason stands for all of it. */
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

/** The row says what was told of whom: it is the patient's to read. */
function doneOf(lines: readonly Line[], answer: Result<Answer>): Done {
  const refused = lines.find(({ status }) => isProblem(status))?.status
  const isRefused = lines.every(({ status }) => isProblem(status))
  return {
    event: EVENT,
    type: undefined,
    patient: lines[0]?.patient,
    withheld: lines.some((line) => wordOf(line) === 'withheld'),
    reason: lines.map((line) => `${line.service.id}: ${wordOf(line)}${line.signal ? ` (${line.signal.code})` : ''}`).join(', '),
    disclosed: lines.flatMap(({ signal }) => signal?.disclosed ?? []),
    result: isRefused && isProblem(refused) ? refused : answer,
  }
}

function missing(): never {
  throw new Error('One pair gives one decision.')
}
