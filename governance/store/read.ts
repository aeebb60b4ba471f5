/** What is stored of bodies, meetings and cases, read for lists and exports. The tables are small and are read whole. */
import type { Sql } from 'postgres'
import type { CostTable, ItemType, TextState } from '../pack/pack.ts'

interface StoredText {
  kind: 'proposal' | 'decision'
  state: TextState
  content: string
  line: number
}

interface StoredAttachment {
  label: string
  title: string
  standing: 'held' | 'linked' | 'missing'
  url: string | null
  line: number
}

export interface StoredCase {
  body: string
  year: number
  number: number
  meeting: number | null
  meetingYear: number | null
  title: string
  type: ItemType | null
  begins: string | null
  note: string | null
  about: string
  sender: string | null
  line: number
  texts: StoredText[]
  inputs: { givenBy: string; content: string; line: number }[]
  attachments: StoredAttachment[]
}

export interface StoredMeeting {
  body: string
  year: number
  number: number
  /** ISO date. */
  held: string | null
  starts: string | null
  ends: string | null
  place: string | null
  record: 'notice' | 'minutes'
  line: number
}

interface Seat {
  body: string
  organization: string
  member: string
  line: number
}

interface StoredFollowUp {
  body: string
  year: number
  number: number
  deadline: string
  content: string
  owner: string | null
  status: 'promised' | 'met' | 'moved'
  movedTo: string | null
  line: number
}

export interface Council {
  bodies: { name: string; line: number }[]
  seats: Seat[]
  meetings: StoredMeeting[]
  cases: StoredCase[]
  followUps: StoredFollowUp[]
}

/** Whose reading it is: operators read everything, and everybody reads what is published. */
export type Reader = 'operator' | 'everybody'

/** Each row belongs to the pack that brought it, and is read where that pack may be. */
function mayRead(sql: Sql, reader: Reader) {
  return reader === 'operator' ? sql`true` : sql`pack in (select digest from council_pack where published is not null)`
}

export async function readCouncil(sql: Sql, reader: Reader): Promise<Council> {
  const may = mayRead(sql, reader)
  const [bodies, seats, meetings, cases, followUps] = await Promise.all([
    sql<Council['bodies']>`select name, line from council_body where ${may} order by name`,
    sql<Seat[]>`select body, organization, member, line from council_seat where ${may} order by body, line`,
    sql<StoredMeeting[]>`
      select body, year, number, held::text, starts, ends, place, record, line from council_meeting where ${may}
      order by body, year, number`,
    casesIn(sql, may),
    sql<StoredFollowUp[]>`
      select body, year, number, deadline::text, content, owner, status, moved_to::text as "movedTo", line
      from council_follow_up where ${may} order by coalesce(moved_to, deadline), body, year, number`,
  ])
  return {
    bodies: withBodiesOf(bodies, [...meetings, ...cases, ...seats]),
    seats: [...seats],
    meetings: [...meetings],
    cases,
    followUps: [...followUps],
  }
}

/** A body that another pack named first is read with the cases that may be read, at the line of the first. */
function withBodiesOf(
  bodies: readonly { name: string; line: number }[],
  rows: readonly { body: string; line: number }[],
): Council['bodies'] {
  const more = rows.filter(({ body }) => !bodies.some(({ name }) => name === body))
  const first = more.filter(({ body }, at) => more.findIndex((other) => other.body === body) === at)
  return [...bodies, ...first.map(({ body, line }) => ({ name: body, line }))]
}

/** Cases with what belongs to them, by body and number. Indexes: the primary keys. */
async function casesIn(sql: Sql, may: ReturnType<typeof mayRead>): Promise<StoredCase[]> {
  const rows = await sql<StoredCase[]>`
    select c.body, c.year, c.number, c.meeting, c.meeting_year as "meetingYear", c.title, c.type, c.begins, c.note, c.about, c.sender,
      c.line,
      coalesce((select json_agg(json_build_object('kind', t.kind, 'state', t.state, 'content', t.content, 'line', t.line)
          order by t.kind desc)
        from (select * from council_text where ${may}) t where (t.body, t.year, t.number) = (c.body, c.year, c.number)), '[]') as texts,
      coalesce((select json_agg(json_build_object('givenBy', i.given_by, 'content', i.content, 'line', i.line) order by i.place)
        from (select * from council_input where ${may}) i where (i.body, i.year, i.number) = (c.body, c.year, c.number)), '[]') as inputs,
      coalesce((select json_agg(json_build_object('label', a.label, 'title', a.title, 'standing', a.standing, 'url', a.url, 'line', a.line)
          order by a.label)
        from (select * from council_attachment where ${may}) a
        where (a.body, a.year, a.number) = (c.body, c.year, c.number)), '[]') as attachments
    from (select * from council_case where ${may}) c order by c.body, c.year, c.number`
  return [...rows]
}

/** Cost tables as they were stated. */
export async function costTables(sql: Sql, reader: Reader): Promise<CostTable[]> {
  const rows = await sql<{ title: string; columns: string[]; name: string; kind: 'part' | 'sum'; amounts: string[]; line: number }[]>`
    select title, columns, name, kind, amounts, line from council_cost
    where ${mayRead(sql, reader)} order by title, place`
  const tables = new Map<string, CostTable>()
  for (const { title, columns, name, kind, amounts, line } of rows) {
    const table = tables.get(title) ?? { title, columns, rows: [], line }
    tables.set(title, table)
    table.rows.push({ name, kind, amounts: amounts.map(Number), line })
  }
  return [...tables.values()]
}

/** Cases in which every word of the text occurs, whatever part of the case it stands in. */
export function casesWith(cases: readonly StoredCase[], words: string): StoredCase[] {
  const sought = words.toLowerCase().split(/\s/).filter(Boolean)
  return cases.filter((one) => {
    const { title, about, texts, inputs, attachments } = one
    const parts = [
      ...[title, about, one.sender ?? '', one.note ?? ''],
      ...texts.map(({ content }) => content),
      ...inputs.flatMap(({ givenBy, content }) => [givenBy, content]),
      ...attachments.map((attachment) => attachment.title),
    ]
    const whole = parts.join('\n').toLowerCase()
    return sought.every((word) => whole.includes(word))
  })
}
