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

/** A statement that has not run: the query itself, for when it runs alone, and its values. */
interface Asked {
  statement: PromiseLike<Row[]>
  values: readonly unknown[]
}
type Asking = (asked: Asked) => Promise<Row>

const pools = new WeakMap<Sql, Map<string, Asking | 'alone'>>()

/**
 * The one row of the statement, which must return exactly one. A part of it may be an identifier; with any other helper of postgres.js it
 * runs by itself, and so does the first of its text, while the types of its values are asked for.
 */
export async function rowTogether<Found extends Row>(sql: Sql, statement: PendingQuery<Found[]>): Promise<Found> {
  const kept = pools.get(sql) ?? new Map<string, Asking | 'alone'>()
  pools.set(sql, kept)
  const values: unknown[] = []
  const text = textOf(statement as unknown as Unsent, values)
  const asking = text === undefined ? 'alone' : kept.get(text)
  if (typeof asking === 'function') return (await asking({ statement, values })) as Found
  if (text !== undefined && asking === undefined && kept.size < KEPT_TEXTS) await keep(sql, kept, text, values)
  return (await alone(statement)) as Found
}

async function alone<Found>(statement: PromiseLike<readonly Found[]>): Promise<Found> {
  const [row] = await statement
  if (!row) throw new Error('A statement that is run together with others returns one row.')
  return row
}

/** What a query of postgres.js holds (postgres/src/query.js). */
interface Unsent {
  strings: readonly string[]
  args: readonly unknown[]
}

/** The text with a placeholder for each value, as postgres.js makes it; undefined with a helper in it that is no identifier. */
function textOf({ strings, args }: Unsent, values: unknown[]): string | undefined {
  let text = strings[0] ?? ''
  for (const [place, arg] of args.entries()) {
    const part = partOf(arg, values)
    if (part === undefined) return undefined
    text += part + (strings[place + 1] ?? '')
  }
  return text
}

function partOf(arg: unknown, values: unknown[]): string | undefined {
  if (arg instanceof Promise) return textOf(arg as unknown as Unsent, values)
  const isPlain = typeof arg !== 'object' || arg === null || arg instanceof Date || Array.isArray(arg)
  if (isPlain) return `$${values.push(arg)}`
  // An identifier holds its name between quotes.
  return 'value' in arg && !('type' in arg) && typeof arg.value === 'string' ? arg.value : undefined
}

/** Learns the types of the values, so that the text can be run for a list of them. */
async function keep(sql: Sql, kept: Map<string, Asking | 'alone'>, text: string, values: unknown[]): Promise<void> {
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
  const read = async (asked: readonly Asked[]): Promise<Row[]> => {
    const [first] = asked
    if (asked.length === 1 && first) return [await alone(first.statement)]
    const rows = await sql.unsafe<(Row & { place: number })[]>(all, [JSON.stringify(asked.map(listed))], { prepare: true })
    const byPlace: Row[] = []
    for (const { place, ...row } of rows) byPlace[place] = row
    return byPlace
  }
  const reading = coalesce(read, { most: MOST, atOnce: AT_ONCE, singly: true })
  return async (one) => await reading.add(one)
}

/** The values of a statement as an object of JSON, which PostgreSQL reads by their types. JSON has no infinite numbers. */
function listed({ values }: Asked, place: number): Record<string, unknown> {
  const row: Record<string, unknown> = { place }
  for (const [at, value] of values.entries()) row[`p${at + 1}`] = typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value
  return row
}
