/**
 * Conditions that no token answers: texts of a record, and records that refer to it. Each is answered first, as the ids of the records that
 * meet it; the search itself then asks for these. A search without such a condition pays nothing for them, and nothing is stored for them.
 */
import type { PendingQuery, Row, Sql } from 'postgres'
import { served } from './cut.ts'
import { tokensOfEmployers } from './employers.ts'
import { parsePlace, type RecordId } from './ids.ts'
import { type Asked, askedBy, conditions } from './read-records.ts'
import type { ServedVersion } from './record.ts'
import { tokensOfRelatives } from './relatives.ts'
import { type Visibility, visible } from './visibility.ts'

/** A condition on the texts of a record. It is asked about what the reader is served, so that nothing else can be found by its words. */
export interface TextFilter {
  holds(served: string): boolean
}

/** Some record of the type `source` that meets `filter` refers to the record, by its parameter `reference`. */
export interface HasFilter {
  source: string
  reference: string
  filter: Omit<Asked, 'type'>
}

/** Records whose texts are read at a time: memory holds one such page. */
const PAGE = 500

/** The filter with the ids of the records that meet its texts and are referred to as it asks. */
export async function narrowed(sql: Sql, decision: Visibility, { texts = [], has = [], ...rest }: Asked): Promise<Asked> {
  if (decision.controllers.length === 0) return rest
  let filter: Asked = rest
  for (const one of has) filter = within(filter, await referredTo(sql, decision, rest.type, one))
  if (texts.length > 0) filter = within(filter, await idsWithTexts(sql, decision, filter, texts))
  return filter
}

function within(filter: Asked, found: ReadonlySet<RecordId>): Asked {
  return { ...filter, ids: filter.ids ? filter.ids.filter((id) => found.has(id)) : [...found] }
}

/** The current records of a type that the decision lets through and the filter asks for. Index: record_current. */
function asked(sql: Sql, decision: Visibility, filter: Asked): PendingQuery<Row[]> {
  return sql`${visible(sql, decision)} and type = ${filter.type} and superseded is null and not deleted ${conditions(sql, decision, filter)}`
}

/** The records of the type `target` that such records refer to. What a search by the reference would not find is not found here either. */
async function referredTo(
  sql: Sql,
  decision: Visibility,
  target: string,
  { source, reference, filter }: HasFilter,
): Promise<ReadonlySet<RecordId>> {
  const [followed] = tokensOfEmployers(decision, tokensOfRelatives(decision, source, [{ name: reference, anyOf: [target] }]))
  if (!followed || followed.anyOf.length === 0) return new Set()
  const inner = await askedBy(sql, decision, { ...filter, type: source })
  const prefix = `${reference}=|${target}/`
  const rows = await sql<{ place: string }[]>`
    select distinct substr(pointer, ${prefix.length + 1}) as place
    from record cross join lateral unnest(record.tokens) as pointer
    where starts_with(pointer, ${prefix}) and ${asked(sql, decision, inner)}`
  const keys = [decision.patient.key, ...decision.patient.linked]
  return new Set(
    rows.flatMap(({ place }) => {
      const key = parsePlace(place)
      return key && keys.includes(key.patient) ? [key.id] : []
    }),
  )
}

async function idsWithTexts(sql: Sql, decision: Visibility, filter: Asked, texts: readonly TextFilter[]): Promise<ReadonlySet<RecordId>> {
  const ids = new Set<RecordId>()
  const { after: _after, ...whole } = filter
  for (let last = '0' as RecordId; ; ) {
    const page = await sql<ServedVersion[]>`
      select patient, id, version, type, controller, deleted, content
      from record where ${asked(sql, decision, whole)} and id > ${last}
      order by id limit ${PAGE}`
    for (const { id, content } of await served(sql, decision, page)) if (texts.every((text) => text.holds(content ?? ''))) ids.add(id)
    last = page.at(-1)?.id ?? last
    if (page.length < PAGE) return ids
  }
}
