/** A route of the FHIR API as a row: what it is about, and the interaction that answers it. kernel/http/fhir-api.ts serves the rows. */
import type { Resource } from '@medplum/fhirtypes'
import type { Area } from '../access/area.ts'
import type { Result } from '../problem/problem.ts'
import type { Answer, Done, Exchange } from './exchange.ts'

/** What an interaction gives the HTTP layer: the rows to log, and the answer. */
export interface Outcome {
  done: Done[]
  answer: Result<Answer>
  /** Sent after the answer's headers, line by line, instead of a body. */
  lines?: AsyncIterable<string> | undefined
}

/** A request as an interaction reads it, parsed and without the transport. */
export interface Sent {
  /** Of the address: `/fhir/List/:unit` gives `unit`. Empty for one that the path does not name. */
  param(name: string): string
  query: URLSearchParams
  /** Empty when the body is no form. */
  form: URLSearchParams
  header(name: string): string | undefined
  /** The body as parsed JSON; undefined when it is none. */
  json(): unknown
  /** The body as a resource; undefined when it is not a JSON object with a resourceType. */
  resource(): Resource | undefined
}

export interface AreaRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/fhir/`, as `Consent/:id`. */
  path: string
  area: Area
  run(exchange: Exchange, sent: Sent): Promise<Outcome>
}

/** The outcome of one row of the log. */
export function one(done: Done): Outcome {
  return { done: [done], answer: done.result }
}

/** The outcome of several rows of the log; the answer is that of the first. */
export function several(done: Done[]): Outcome {
  return { done, answer: done[0]?.result ?? { status: 200, headers: {}, body: undefined } }
}
