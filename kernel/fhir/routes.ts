/** A route of the FHIR API as a row: the area it is about, and the interaction that answers it. kernel/http/fhir-api.ts serves the rows. */
import type { Resource } from '@medplum/fhirtypes'
import type { Area } from '../access/area.ts'
import type { ProblemCode } from '../problem/catalogue.ts'
import { isProblem, type Problem, problem, problemWith, type Result } from '../problem/problem.ts'
import { naming } from './asked-patient.ts'
import type { Answer, Done, Exchange } from './exchange.ts'
import { readAreaSearch } from './search/area-search.ts'
import type { Validator } from './validation/validator.ts'
import { checkIfMatch } from './write/if-match.ts'

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
  /** The resource that it takes as its body: it is read as FHIR R4 before the route reads it, and refused with `code`. */
  sends?: { type: string; code: ProblemCode }
  /** The version of all that the address changes, for If-Match; If-Match is refused where there are no versions. */
  changesVersion?: number
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

/**
 * The refusal of a body that is the resource of the row and no FHIR R4, or that holds what changes its meaning: implicitRules and
 * modifierExtension. What is another resource, or none, is refused by the route itself, and so is what lacks something: a citizen may
 * leave the patient out.
 */
export function unsound({ sends }: AreaRoute, validator: Validator, sent: ParsedRequest): Problem | undefined {
  const resource = sends && sent.resource()
  if (!sends || resource?.resourceType !== sends.type) return undefined
  const faults = validator.validate(resource).filter(({ type }) => type !== 'required')
  return faults.length > 0 ? problemWith(sends.code, faults) : undefined
}

/** The refusal of a precondition that does not hold, or that the row does not have: one that nobody reads would be passed over. */
export function unmet({ method, changesVersion }: AreaRoute, sent: ParsedRequest): Problem | undefined {
  if (sent.header('if-none-exist') !== undefined)
    return problem('invalid-parameter', 'If-None-Exist is not read here: what is sent again is recognised by what it says. Leave it out.')
  const ifMatch = sent.header('if-match')
  if (ifMatch === undefined || method === 'GET') return undefined
  if (changesVersion !== undefined) return checkIfMatch(ifMatch, changesVersion)
  return problem('invalid-parameter', 'If-Match is not read here: what stands at this address has no versions. Leave it out.')
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
