/** A route of the FHIR API as a row: the area it is about, and the interaction that answers it. kernel/http/fhir-api.ts serves the rows. */
import type { Resource } from '@medplum/fhirtypes'
import type { Area } from '../access/area.ts'
import { isProblem, type Problem, type Result } from '../problem/problem.ts'
import { naming } from './asked-patient.ts'
import type { Answer, Done, Exchange } from './exchange.ts'
import { readAreaSearch } from './search/area-search.ts'

/** The result of an interaction for the HTTP layer: the rows to log, and the answer. */
export interface Outcome {
  done: Done[]
  answer: Result<Answer>
  /** Lines that are sent one by one after the headers of the answer, instead of a body. */
  lines?: AsyncIterable<string> | undefined
}

/** A request as an interaction reads it, parsed and without the transport. */
export interface ParsedRequest {
  /** A part of the address: the path `/fhir/List/:unit` has `unit`. Empty for a name that the path does not have. */
  param(name: string): string
  query: URLSearchParams
  /** The body as a form; empty when it is no form. */
  form: URLSearchParams
  header(name: string): string | undefined
  /** The body as parsed JSON; undefined when it is no JSON. */
  json(): unknown
  /** The body as a resource; undefined when it is not a JSON object with a resourceType. */
  resource(): Resource | undefined
}

/** A parameter that a search or an operation of an area takes, as the statement and the OperationDefinition name it. */
export interface TakenParameter {
  name: string
  type: 'token' | 'date' | 'string'
  documentation: string
  required?: true
  /** May come several times. */
  repeats?: true
  /** Its values in words, after "takes", where `isTaken` refuses some. */
  takes?: string
  isTaken?(value: string): boolean
}

/** The patient of a search or an operation of an area. */
export const takenPatient: TakenParameter = {
  name: 'patient.identifier',
  type: 'token',
  documentation: 'POST only. A citizen who leaves it out asks about oneself.',
}

export interface AreaRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path below `/fhir/`, such as `Consent/:id`. The interaction of FHIR follows from it. */
  path: string
  area: Area
  /** What it is for, who may call it, and the scope: sentences of the server's CapabilityStatement. */
  about: string
  /** What a search or an operation takes. */
  takes?: readonly TakenParameter[]
  /** The parameters of an operation come in a body of Parameters, which it reads itself. */
  inParameters?: true
  /** An update that makes what is not there. */
  creates?: true
  run(exchange: Exchange, sent: ParsedRequest): Promise<Outcome>
}

/**
 * The refusal of parameters that a row does not take: a parameter that nobody reads would be a promise that nobody keeps. Undefined where
 * all are taken, and for a search, which reads its own.
 */
export function untaken({ method, path, takes = [], inParameters }: AreaRoute, sent: ParsedRequest): Problem | undefined {
  const isOperation = path.includes('$')
  if (path.endsWith('/_search') || (method === 'GET' && !path.includes('/') && !isOperation)) return undefined
  if (!isOperation || inParameters) return unreadIn(sent.query)
  const own = takes.filter((parameter) => parameter !== takenPatient)
  const read = readAreaSearch(sent.form, {
    naming: own.length < takes.length ? naming : [],
    parameters: own,
    prefer: undefined,
    inPages: false,
  })
  return isProblem(read) ? read : undefined
}

/** The refusal of parameters in the address of an interaction that has none but those of http://hl7.org/fhir/R4/http.html#parameters. */
export function unreadIn(query: URLSearchParams): Problem | undefined {
  if (query.size === 0) return undefined
  const read = readAreaSearch(query, { naming: [], parameters: [], prefer: undefined, inPages: false })
  return isProblem(read) ? read : undefined
}

/** An outcome with one row in the access log. */
export function one(done: Done): Outcome {
  return { done: [done], answer: done.result }
}

/** An outcome with several rows in the access log; the answer is that of the first. */
export function several(done: Done[]): Outcome {
  return { done, answer: done[0]?.result ?? { status: 200, headers: {}, body: undefined } }
}
