/** A pack that was read, as rows of the council tables. */
import { createHash } from 'node:crypto'
import { type Item, keyOf, type Meeting, type Pack } from '../pack/pack.ts'

type Value = string | number | readonly string[] | readonly number[] | null
export type Row = Readonly<Record<string, Value>>

export interface TableRows {
  table: string
  key: readonly string[]
  /** What must be as it stands when the key stands already. */
  content: readonly string[]
  rows: readonly Row[]
}

const CASE = ['body', 'year', 'number'] as const

/** In the order in which they refer to each other. `digest` is that of the pack. */
export function rowsOf(pack: Pack, digest: string): TableRows[] {
  const of = (row: Record<string, Value | undefined>): Row => ({
    ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null])),
    pack: digest,
  })
  const { bodies, meetings, followUps, costs, questions } = pack
  const cases = casesOf(pack)
  const within = cases.map(({ item }) => ({ item, key: { body: item.body, year: item.year, number: item.number } }))
  // biome-ignore format: a table, one row to a line
  return [
    { table: 'council_body', key: ['name'], content: [], rows: bodies.map(({ name, line }) => of({ name, line })) },
    { table: 'council_seat', key: ['body', 'organization', 'member'], content: [], rows: seatsOf(meetings).map(of) },
    { table: 'council_meeting', key: CASE, content: ['held', 'starts', 'ends', 'place'], rows: meetings.map((one) => of(meetingRow(one))) },
    { table: 'council_attendance', key: ['body', 'year', 'meeting', 'name'], content: ['organization', 'standing'], rows: attendanceOf(meetings).map(of) },
    { table: 'council_case', key: CASE, content: ['title', 'type'], rows: cases.map(({ item, meeting }) => of(caseRow(item, meeting))) },
    { table: 'council_text', key: [...CASE, 'kind'], content: ['state', 'content'],
      rows: within.flatMap(({ item, key }) => item.texts.map(({ kind, state, text, line }) => of({ ...key, kind, state, content: text, line }))) },
    { table: 'council_input', key: [...CASE, 'place'], content: ['given_by', 'content'],
      rows: within.flatMap(({ item, key }) => item.inputs.map(({ givenBy, text, line }, at) => of({ ...key, place: at + 1, given_by: givenBy, content: text, line }))) },
    { table: 'council_attachment', key: [...CASE, 'label'], content: ['title', 'standing'],
      rows: within.flatMap(({ item, key }) => item.attachments.map(({ label, title, standing, url, heldAt, line }) =>
        of({ ...key, label, title, standing, url, held_line: heldAt, line }))) },
    { table: 'council_follow_up', key: [...CASE, 'deadline'], content: ['content'],
      rows: followUps.map(({ body, year, number, deadline, text, line }) => of({ body, year, number, deadline, content: text, line })) },
    { table: 'council_cost', key: ['title', 'place'], content: ['name', 'kind', 'columns', 'amounts'],
      rows: costs.flatMap(({ title, columns, rows }) => rows.map(({ name, kind, amounts, line }, at) => of({ title, place: at + 1, name, kind, columns, amounts, line }))) },
    { table: 'council_question', key: ['id'], content: [], rows: questions.map(({ line, text, question }) => of({ id: idOf(text, question), content: text, question, line })) },
  ]
}

function casesOf({ meetings, quoted }: Pack): { item: Item; meeting: Meeting | undefined }[] {
  return [
    ...meetings.flatMap((meeting) => meeting.items.map((item) => ({ item, meeting }))),
    ...quoted.map((item) => ({ item, meeting: undefined })),
  ]
}

function seatsOf(meetings: readonly Meeting[]) {
  return meetings.flatMap(({ body, attendance }) =>
    attendance.flatMap(({ standing, organization, name, line }) =>
      standing === 'member' ? [{ body, organization, member: name, line }] : [],
    ),
  )
}

function attendanceOf(meetings: readonly Meeting[]) {
  return meetings.flatMap(({ body, year, number, attendance }) =>
    attendance.flatMap(({ standing, organization, name, standsInFor, line }) =>
      standing === 'member' ? [] : [{ body, year, meeting: number, name, organization, standing, stands_in_for: standsInFor, line }],
    ),
  )
}

function meetingRow({ body, year, number, date, starts, ends, place, kind, line }: Meeting) {
  return { body, year, number, held: date, starts, ends, place, record: kind, line }
}

function caseRow(item: Item, meeting: Meeting | undefined) {
  const { body, year, number, title, type, begins, note, about, from, handlers, line } = item
  const of = { meeting_year: meeting?.year, meeting: meeting?.number }
  return { body, year, number, ...of, title, type, begins, note, about, sender: from, handlers, line }
}

function idOf(text: string, question: string): string {
  return createHash('sha256').update(`${text}\n${question}`).digest('hex').slice(0, 12)
}

/** `council_case Nasjonalt e-helseråd 9/23`, to name a row in a report. */
export function nameOf(table: string, row: Row, key: readonly string[]): string {
  const { body, number, year } = row
  const known = typeof body === 'string' && typeof number === 'number' && typeof year === 'number'
  const rest = key.filter((column) => !known || !['body', 'number', 'year'].includes(column)).map((column) => String(row[column]))
  return [table, ...(known ? [keyOf({ body, number, year })] : []), ...rest].join(' ')
}
