/** A route of the FHIR API as a row: the area it is about, and the interaction that answers it. kernel/http/fhir-api.ts serves the rows. */
import type { Resource } from '@medplum/fhirtypes'
import type { Area } from '../access/area.ts'
import type { Result } from '../problem/problem.ts'
import type { Answer, Done, Exchange } from './exchange.ts'

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

export interface AreaRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path below `/fhir/`, such as `Consent/:id`. */
  path: string
  area: Area
  run(exchange: Exchange, sent: ParsedRequest): Promise<Outcome>
}

/** An outcome with one row in the access log. */
export function one(done: Done): Outcome {
  return { done: [done], answer: done.result }
}

/** An outcome with several rows in the access log; the answer is that of the first. */
export function several(done: Done[]): Outcome {
  return { done, answer: done[0]?.result ?? { status: 200, headers: {}, body: undefined } }
}
