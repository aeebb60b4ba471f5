/**
 * Conditions that no token answers: texts of a record, and records that refer to it. Each is answered first, as the ids of the records that
 * meet it; the search itself then asks for these. A search without such a condition pays nothing for them, and nothing is stored for them.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { served } from './cut.ts'
import { tokensOfEmployers } from './employers.ts'
import { parsePlace, type RecordId } from './ids.ts'
import type { ServedVersion } from './record.ts'
import { tokensOfRelatives } from './relatives.ts'
import type { Visibility } from './visibility.ts'

/** A condition on the texts of a record. It is asked about what the reader is served, so that nothing else can be found by its words. */
export interface TextFilter {
  holds(served: string): boolean
}

/** Some record of the type `source` that meets `filter` refers to the record, by its parameter `reference`. */
export interface HasFilter<Filter> {
  source: string
  reference: string
  filter: Filter
}

interface Narrowable {
  type: string
  ids?: RecordId[]
  texts?: TextFilter[]
  has?: HasFilter<object>[]
  after?: object
}

/** What makes the condition of the current records that the decision lets through and a filter asks for. Index: record_current. */
type CurrentOf<Filter> = (filter: Filter) => Promise<{ condition: PendingQuery<Row[]> }>

/** Records whose texts are read at a time: memory holds one such page. */
const PAGE = 500

/** How many records one search reads for their words. The other parameters leave fewer, or it is refused: a part would look like all. */
export const MOST_READ_FOR_WORDS = 10_000

/** Thrown in place of a search by words that would read more. */
export class TooManyToRead extends Error {
  override readonly name = 'TooManyToRead'
}

/** The filter with the ids of the records that meet its texts and are referred to as it asks. */
export async function narrowed<Filter extends Narrowable>(
  sql: Sql,
  decision: Visibility,
  asked: Filter,
  currentOf: CurrentOf<Filter>,
): Promise<Filter> {
  const { texts = [], has = [] } = asked
  if (decision.controllers.length === 0) return asked
  let filter: Filter = { ...asked, texts: [], has: [] }
  for (const one of has) filter = within(filter, await referredTo(sql, decision, asked.type, one, currentOf))
  if (texts.length > 0) filter = within(filter, await idsWithTexts(sql, decision, filter, texts, currentOf))
  return filter
}

function within<Filter extends Narrowable>(filter: Filter, found: ReadonlySet<RecordId>): Filter {
  return { ...filter, ids: filter.ids ? filter.ids.filter((id) => found.has(id)) : [...found] }
}

/** The records of the type `target` that such records refer to. What a search by the reference would not find is not found here either. */
async function referredTo<Filter extends Narrowable>(
  sql: Sql,
  decision: Visibility,
  target: string,
  { source, reference, filter }: HasFilter<object>,
  currentOf: CurrentOf<Filter>,
): Promise<ReadonlySet<RecordId>> {
  const [followed] = tokensOfEmployers(decision, tokensOfRelatives(decision, source, [{ name: reference, anyOf: [target] }]))
  if (!followed || followed.anyOf.length === 0) return new Set()
  const { condition } = await currentOf({ ...filter, type: source } as Filter)
  const prefix = `${reference}=|${target}/`
  const rows = await sql<{ place: string }[]>`
    select distinct substr(pointer, ${prefix.length + 1}) as place
    from record cross join lateral unnest(record.tokens) as pointer
    where starts_with(pointer, ${prefix}) and ${condition}`
  const keys = [decision.patient.key, ...decision.patient.linked]
  return new Set(
    rows.flatMap(({ place }) => {
      const key = parsePlace(place)
      return key && keys.includes(key.patient) ? [key.id] : []
    }),
  )
}

async function idsWithTexts<Filter extends Narrowable>(
  sql: Sql,
  decision: Visibility,
  { after: _after, ...filter }: Filter,
  texts: readonly TextFilter[],
  currentOf: CurrentOf<Filter>,
): Promise<ReadonlySet<RecordId>> {
  const ids = new Set<RecordId>()
  let read = 0
  for (let last = '0' as RecordId; ; ) {
    const { condition } = await currentOf(filter as Filter)
    const page = await sql<ServedVersion[]>`
      select patient, id, version, type, controller, deleted, content
      from record where ${condition} and id > ${last}
      order by id limit ${PAGE}`
    read += page.length
    if (read > MOST_READ_FOR_WORDS) throw new TooManyToRead()
    for (const { id, content } of await served(sql, decision, page)) if (texts.every((text) => text.holds(content ?? ''))) ids.add(id)
    last = page.at(-1)?.id ?? last
    if (page.length < PAGE) return ids
  }
}
