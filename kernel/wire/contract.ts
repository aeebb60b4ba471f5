/**
 * One declaration of each route between a server and its pages: method, path, the parts of a request, the answer, and a sentence for the
 * docs. The server, the page, the page of docs and the test of every row are typed by it or made from it. It runs in browsers: no import of
 * the kernel, and only zod/mini of zod. docs/decisions/0033-one-contract-per-wire.md
 */
import * as z from 'zod/mini'

export type Schema<Value = unknown> = z.core.$ZodType<Value, unknown>
/** The members of a query by name; unknown members are refused. */
type QuerySchema = z.ZodMiniObject<Record<string, z.core.$ZodType<string | undefined, string | undefined>>>

export interface Details {
  /** A sentence for the page of docs. */
  about: string
  /** The forms of parts of the path. A part without a form may be any text, which the handler looks up. */
  parameters?: Readonly<Record<string, Schema<string>>>
  query?: QuerySchema
  body?: Schema
  /** The most that a body may have, in bytes, where it is another limit than that of the wire. */
  bodyBytes?: number
  /** Headers that the page sends in addition to the common ones, in lower case. */
  headers?: readonly string[]
  answer: Schema
}

export interface Row extends Details {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path below the prefix of the wire, such as `/follow-ups/:id/close`. */
  path: `/${string}`
}

export type Contract = Readonly<Record<string, Row>>

/** The names of the variable parts of a path. */
type ParametersOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParametersOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

/** The forms of the parts that the path has; a form for another part does not compile. */
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

/** What a caller gives: the parts of the path by their names, and `query`, `body` and `headers` where the row has them. */
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

/** The last argument of a function that sends a request; it is left out where the row needs nothing. */
export type Input<R extends Row> = object extends Given<R> ? [given?: Given<R>] : [given: Given<R>]

/** The same, for a function that adds the headers itself. */
export type Unheaded<R extends Row> = Input<Omit<R, 'headers'> & Row>

/** A handler for each row, no more and no fewer. `Refused` is the refusal of the wire. */
export type Handlers<C extends Contract, Context, Refused = never> = {
  readonly [Name in keyof C]: (
    context: Context,
    received: Received<C[Name]>,
  ) => AnswerOf<C[Name]> | Refused | Promise<AnswerOf<C[Name]> | Refused>
}

/** The address below the prefix of the wire, with the query. Parameters without a value are left out. */
export function addressOf(row: Row, given: object = {}): string {
  const values: Readonly<Record<string, unknown>> = { ...given }
  // A colon is not encoded in a path (RFC 3986 section 3.3).
  const path = row.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])).replaceAll('%3A', ':'))
  const query = Object.entries(values['query'] ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path
}
