/**
 * Statements of one text that are asked for together run as one: the round trip, its system calls and the start of a plan are paid once.
 * Each keeps its own values, and so its own decision: its row comes from its text with its values, and from nothing else. One that fails
 * is run again by itself, so that it fails alone.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { coalesce } from '../values/coalesce.ts'

/** The greatest number of statements in one, and how many of these run at once: the answers of one are as late as its slowest. */
const MOST = 16
const AT_ONCE = 3
/** Texts that are kept for each pool. A text comes from the code and from how many things are asked for; others run by themselves. */
const KEPT_TEXTS = 500

type Asking = (values: readonly unknown[]) => Promise<Row>

const pools = new WeakMap<Sql, Map<string, Asking | 'alone'>>()

/** A statement, or a part of one, as it was written. */
class Part {
  readonly strings: readonly string[]
  readonly args: readonly unknown[]
  constructor(strings: readonly string[], args: readonly unknown[]) {
    this.strings = strings
    this.args = args
  }
}

/**
 * Writes a statement as `sql` of postgres.js does, with parts and identifiers. There each part is a promise of its own, of which a look-up
 * has some forty; here it is what was written and nothing more. It is run by `rowTogether` alone.
 */
export const written = Object.assign(
  (first: TemplateStringsArray | string, ...args: unknown[]) =>
    typeof first === 'string' ? new Part([`"${first.replaceAll('"', '""')}"`], []) : new Part(first, args),
  { unsafe: (text: string) => new Part([text], []) },
) as unknown as Sql

/** The one row of a statement of `written`, which must return exactly one. The first of its text also asks for the types of its values. */
export async function rowTogether<Found extends Row>(sql: Sql, statement: PendingQuery<Found[]>): Promise<Found> {
  const kept = pools.get(sql) ?? new Map<string, Asking | 'alone'>()
  pools.set(sql, kept)
  const values: unknown[] = []
  const text = textOf(statement, values)
  const asking = kept.get(text)
  if (typeof asking === 'function') return (await asking(values)) as Found
  if (asking === undefined && kept.size < KEPT_TEXTS) await keep(sql, kept, text, values).catch((error) => forget(kept, text, error))
  return (await alone(sql, text, values)) as Found
}

/** What failed once, such as with the connection, is asked for again with the next statement of the text. */
function forget(kept: Map<string, unknown>, text: string, error: unknown): never {
  kept.delete(text)
  throw error
}

async function alone(sql: Sql, text: string, values: readonly unknown[]): Promise<Row> {
  const [row] = await sql.unsafe(text, values as never[], { prepare: true })
  if (!row) throw new Error('A statement that is run together with others returns one row.')
  return row
}

/** The text with a placeholder for each value. */
function textOf(statement: unknown, values: unknown[]): string {
  if (!(statement instanceof Part)) throw new Error('Only a statement of `written` is run together with others.')
  const { strings, args } = statement
  let text = strings[0] ?? ''
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    text += (arg instanceof Part ? textOf(arg, values) : `$${values.push(arg)}`) + (strings[at + 1] ?? '')
  }
  return text
}

/** Learns the types of the values, so that the text can be run for a list of them. */
async function keep(sql: Sql, kept: Map<string, Asking | 'alone'>, text: string, values: readonly unknown[]): Promise<void> {
  kept.set(text, 'alone')
  const { types, columns } = await sql.unsafe(text, values as never[]).describe()
  const names = await sql<{ name: string | null }[]>`
    select format_type(oid, null) as name from unnest(${types}::oid[]) with ordinality as t (oid, place) order by place`
  if (names.length === values.length && names.every(({ name }) => name !== null))
    kept.set(text, askingOf(sql, { text, types: names.map(({ name }) => name ?? ''), columns: columns.map(({ name }) => name) }))
}

function askingOf(sql: Sql, { text, types, columns }: { text: string; types: string[]; columns: string[] }): Asking {
  const parameters = types.map((type, at) => `p${at + 1} ${type}`)
  const each = text.replace(/\$(\d+)/g, 'asked.p$1')
  const all = `select asked.place, ${columns.map((column) => `one."${column}"`).join(', ')}
    from json_to_recordset(($1::text)::json) as asked (${['place integer', ...parameters].join(', ')})
    cross join lateral (${each}) as one`
  const read = async (asked: readonly (readonly unknown[])[]): Promise<Row[]> => {
    const [first] = asked
    if (asked.length === 1 && first) return [await alone(sql, text, first)]
    const rows = await sql.unsafe<(Row & { place: number })[]>(all, [JSON.stringify(asked.map(listed))], { prepare: true })
    const byPlace: Row[] = []
    for (const { place, ...row } of rows) byPlace[place] = row
    return byPlace
  }
  const reading = coalesce(read, { most: MOST, atOnce: AT_ONCE, singly: true })
  return async (values) => await reading.add(values)
}

/** The values of a statement as an object of JSON, which PostgreSQL reads by their types. JSON has no infinite numbers. */
function listed(values: readonly unknown[], place: number): Record<string, unknown> {
  const row: Record<string, unknown> = { place }
  for (const [at, value] of values.entries()) row[`p${at + 1}`] = typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value
  return row
}
