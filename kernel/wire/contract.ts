/**
 * One statement of each route of a wire: method, path, what a request brings, what is answered, and a sentence for the docs. The server that
 * answers, the page that asks, the page of docs and the test that walks every row are typed or made from it. Runs in browsers: no import of
 * the kernel, and of zod only zod/mini. docs/decisions/0033-one-contract-per-wire.md
 */
import * as z from 'zod/mini'

export type Schema<Value = unknown> = z.core.$ZodType<Value, unknown>
/** Members by name; all that is unknown is refused. */
type QuerySchema = z.ZodMiniObject<Record<string, z.core.$ZodType<string | undefined, string | undefined>>>

export interface Details {
  /** One sentence for the page of docs. */
  about: string
  /** Form of parts of the path. A part without a form is any text, for the handler to look up. */
  parameters?: Readonly<Record<string, Schema<string>>>
  query?: QuerySchema
  body?: Schema
  /** Headers that the page sends beside the common ones, in lower case. */
  headers?: readonly string[]
  answer: Schema
}

export interface Row extends Details {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As in `/follow-ups/:id/close`, below the prefix of the wire. */
  path: `/${string}`
}

export type Contract = Readonly<Record<string, Row>>

/** Names of the parts of a path that differ. */
type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** A form for a part that the path does not have is no form. */
type Forms<Path extends string, More extends Details> = {
  parameters?: { readonly [Name in keyof More['parameters']]: Name extends ParametersOf<Path> ? Schema<string> : never }
}

function rowsOf<Method extends Row['method'], Base extends Details>(method: Method) {
  return <const Path extends `/${string}`, const More extends Base>(
    path: Path,
    more: More & Forms<Path, More>,
  ): { readonly method: Method; readonly path: Path } & More => ({ method, path, ...more })
}

export const get = rowsOf<'GET', Details & { body?: never }>('GET')
export const post = rowsOf<'POST', Details>('POST')
export const put = rowsOf<'PUT', Details>('PUT')
export const remove = rowsOf<'DELETE', Details & { body?: never }>('DELETE')

/** An answer without content (204). */
export const nothing = z.undefined()
/** An answer that is a file, named by the server. */
export const file = z.custom<Uint8Array>((answer) => answer instanceof Uint8Array)

type One<Key extends string, Value> = { [Name in Key]: Value }
type Optional<Key extends string, Value> = { [Name in Key]?: Value | undefined }
type QueryOf<R extends Row> = R extends { query: infer Query extends QuerySchema } ? Query : never

/** What a caller gives: parts of the path by their names, and beside them `query`, `body` and `headers` where the row has them. */
export type Given<R extends Row> = One<ParametersOf<R['path']>, string> &
  (R extends { query: QuerySchema }
    ? object extends z.input<QueryOf<R>>
      ? Optional<'query', z.input<QueryOf<R>>>
      : One<'query', z.input<QueryOf<R>>>
    : unknown) &
  (R extends { body: infer Body extends Schema } ? One<'body', z.input<Body>> : unknown) &
  (R extends { headers: readonly (infer Name extends string)[] } ? One<'headers', One<Name, string>> : unknown)

/** What a handler gets: the same, parsed. A header may be missing. */
export type Received<R extends Row> = One<ParametersOf<R['path']>, string> &
  (R extends { query: QuerySchema } ? One<'query', z.output<QueryOf<R>>> : unknown) &
  (R extends { body: infer Body extends Schema } ? One<'body', z.output<Body>> : unknown) &
  (R extends { headers: readonly (infer Name extends string)[] } ? One<'headers', One<Name, string | undefined>> : unknown)

export type AnswerOf<R extends Row> = z.output<R['answer']>

/** The last argument of a function that asks: left out where the row needs nothing. */
export type Input<R extends Row> = object extends Given<R> ? [given?: Given<R>] : [given: Given<R>]

/** The same where the headers are given by what asks. */
export type Unheaded<R extends Row> = Input<Omit<R, 'headers'> & Row>

/** One answer for each row, no more and no fewer. `Refused` is how the wire says no. */
export type Handlers<C extends Contract, Context, Refused = never> = {
  readonly [Name in keyof C]: (
    context: Context,
    received: Received<C[Name]>,
  ) => AnswerOf<C[Name]> | Refused | Promise<AnswerOf<C[Name]> | Refused>
}

/** The address below the prefix of the wire, with the query. What has no value is left out. */
export function addressOf(row: Row, given: object = {}): string {
  const values: Readonly<Record<string, unknown>> = { ...given }
  // A colon stands as it is in a path (RFC 3986 section 3.3).
  const path = row.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])).replaceAll('%3A', ':'))
  const query = Object.entries(values['query'] ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path
}
