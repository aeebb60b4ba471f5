/** A contract with its handlers, as a list of routes for any server; and the reading of a request by its row. */
import * as z from 'zod/mini'
import type { AnswerOf, Contract, Handlers, Received, Row, Schema } from './contract.ts'

const noQuery = z.strictObject({})

export interface Route<R extends Row, Context, Name extends string = string> {
  name: Name
  row: R
  run(context: Context, received: Received<R>): unknown
}

export function routesOf<C extends Contract, Context, Refused>(
  contract: C,
  handlers: Handlers<C, Context, Refused>,
): Route<C[keyof C], Context, keyof C & string>[] {
  return Object.keys(contract).map((name: keyof C & string) => ({ name, row: contract[name], run: handlers[name] }))
}

/** Handlers that all do the same with a request, such as passing it on. */
export function alike<C extends Contract, Context, Refused>(
  contract: C,
  run: <R extends C[keyof C]>(row: R, context: Context, received: Received<R>) => Promise<AnswerOf<R> | Refused>,
): Handlers<C, Context, Refused> {
  const one =
    <Name extends keyof C>(row: C[Name]): Handlers<C, Context, Refused>[Name] =>
    (context, received) =>
      run(row, context, received)
  return Object.fromEntries(Object.keys(contract).map((name) => [name, one(contract[name as keyof C])])) as Handlers<C, Context, Refused>
}

/** A request as a server receives it. */
export interface ReceivedRequest {
  parameters: Readonly<Record<string, unknown>>
  query: Readonly<Record<string, unknown>>
  headers: Readonly<Record<string, unknown>>
  body: unknown
}

/** The part of a request that does not have the form of the row, and its faults. */
export interface Fault {
  at: 'query' | 'body' | 'parameters'
  issues: readonly z.core.$ZodIssue[]
  /** What the issues are in. */
  sent: unknown
}

/** Reads a request by its row: the query first, then the body, then the parts of the path. */
export function received<R extends Row>(row: R, sent: ReceivedRequest): { received: Received<R> } | { fault: Fault } {
  const query = parsed('query', row.query ?? noQuery, sent.query)
  if ('fault' in query) return query
  const body = row.body ? parsed('body', row.body, sent.body) : { value: undefined }
  if ('fault' in body) return body
  for (const [name, form] of Object.entries(row.parameters ?? {})) {
    const part = parsed('parameters', form, sent.parameters[name])
    if ('fault' in part) return part
  }
  const text = (name: string) => (typeof sent.headers[name] === 'string' ? sent.headers[name] : undefined)
  return {
    // The only place where the parsed values get the type that the row declares.
    received: {
      ...sent.parameters,
      query: query.value,
      body: body.value,
      headers: Object.fromEntries((row.headers ?? []).map((name) => [name, text(name)])),
    } as unknown as Received<R>,
  }
}

function parsed(at: Fault['at'], form: Schema, sent: unknown): { value: unknown } | { fault: Fault } {
  const result = z.safeParse(form, sent)
  return result.success ? { value: result.data } : { fault: { at, issues: result.error.issues, sent } }
}
