/** The head of a meeting: body, number, date, place and who was there. */
import { dateIn, timesIn } from './dates.ts'
import { flowing, type Line } from './lines.ts'
import type { Attendance, Meeting, Question } from './pack.ts'
import { namedIn } from './people.ts'

const labels = ['Dato', 'Tid', 'Sted', 'Medlemmer', 'Til stede', 'Ikke til stede', 'Stedfortreder'] as const
type Label = (typeof labels)[number]

const standings = { Medlemmer: 'member', 'Til stede': 'present', 'Ikke til stede': 'absent' } as const

export interface Heading {
  at: number
  body: string
  number: number
  year: number
  kind: Meeting['kind']
  line: number
}

/** `Møte i X` or `Referat fra møte i X`, with `Møte 2/2023` on the next line. */
export function headingsIn(lines: readonly Line[]): Heading[] {
  return lines.flatMap(({ text, number: line }, at) => {
    const [, minutes, body] = /^(Referat fra møte|Møte) i (.+)$/.exec(text) ?? []
    const [, number, year] = /^Møte (\d{1,3})\/(\d{4})$/.exec(lines[at + 1]?.text ?? '') ?? []
    if (body === undefined || number === undefined) return []
    const kind = minutes === 'Møte' ? 'notice' : 'minutes'
    return [{ at, body, number: Number(number), year: Number(year), kind, line }]
  })
}

/** Reads the lines between the heading and the agenda. */
export function headOf(
  heading: Heading,
  lines: readonly Line[],
  organizations: ReadonlySet<string>,
): { meeting: Meeting; questions: Question[] } {
  const { at: _at, ...named } = heading
  const meeting: Meeting = { ...named, attendance: [], items: [] }
  const questions: Question[] = []
  for (const { label, lines: field } of fieldsOf(lines.slice(2))) {
    const text = flowing(field)
    if (label === 'Dato') set(meeting, 'date', dateIn(text))
    else if (label === 'Tid') [meeting.starts, meeting.ends] = timesIn(text) as [string, string]
    else if (label === 'Sted') meeting.place = text
    else if (label === 'Stedfortreder') deputies(field, meeting, questions)
    else {
      const { seated, staff } = splitStaff(field, organizations)
      const people = namedIn(seated)
      questions.push(...people.questions)
      meeting.attendance.push(...people.named.map((person) => ({ ...person, standing: standings[label] })), ...staff)
    }
  }
  return { meeting, questions }
}

function set(meeting: Meeting, name: 'date', value: string | undefined): void {
  if (value !== undefined) meeting[name] = value
}

/** A label begins a field, which goes on until the next label. A line that is a label alone may have nothing after it. */
function fieldsOf(lines: readonly Line[]): { label: Label; lines: Line[] }[] {
  const fields: { label: Label; lines: Line[] }[] = []
  for (const line of lines) {
    const label = labels.find((each) => line.text === each || line.text.startsWith(`${each} `))
    const rest = { ...line, text: label === undefined ? line.text : line.text.slice(label.length).trim() }
    if (label !== undefined) fields.push({ label, lines: [rest] })
    else fields.at(-1)?.lines.push(rest)
  }
  return fields
}

/** `Kari Nordmann for Ola Nordmann (Fjord kommune)`. */
function deputies(field: readonly Line[], meeting: Meeting, questions: Question[]): void {
  const { seated, staff } = splitStaff(field, new Set(meeting.attendance.map(({ organization }) => organization)))
  const { named, questions: asked } = namedIn(seated)
  questions.push(...asked)
  for (const { name, organization, line } of named) {
    const [deputy = '', member] = name.split(' for ')
    if (member === undefined) questions.push({ line, text: name, question: 'Which member does this deputy stand in for?' })
    meeting.attendance.push({ name: deputy, organization, standing: 'deputy', ...(member ? { standsInFor: member } : {}), line })
  }
  meeting.attendance.push(...staff)
}

/**
 * After the seats may stand an organisation that has a seat, on lines of its own and without a parenthesis, and then its people, one to a
 * line: they are present without a seat.
 */
function splitStaff(field: readonly Line[], organizations: ReadonlySet<string>): { seated: Line[]; staff: Attendance[] } {
  for (const [at] of field.entries())
    for (const length of [1, 2]) {
      const organization = flowing(field.slice(at, at + length))
      if (at === 0 || !organizations.has(organization)) continue
      const people = field.slice(at + length).filter(({ text }) => text !== '')
      const staff = people.map(({ text, number }): Attendance => ({ name: text, organization, standing: 'staff', line: number }))
      return { seated: field.slice(0, at), staff }
    }
  return { seated: [...field], staff: [] }
}
