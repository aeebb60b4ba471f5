/** What the reader finds in a meeting pack. Every part carries the number of the line where it stands, counted from 1. */

export const itemTypes = ['Godkjenning', 'Orientering', 'Drøfting', 'Anbefaling', 'Tilslutning', 'Eventuelt'] as const
export type ItemType = (typeof itemTypes)[number]

/** `member` is listed on a notice; the others stand in minutes. `staff` is present without a seat. */
type Standing = 'member' | 'present' | 'absent' | 'deputy' | 'staff'

export interface Attendance {
  name: string
  organization: string
  standing: Standing
  /** The member that a deputy stands in for. */
  standsInFor?: string
  line: number
}

/** A proposal is put, a decision is made; `not-final` is a decision that the body has not finally approved. */
export type TextState = 'proposed' | 'adopted' | 'changed' | 'not-final'

interface DecisionText {
  kind: 'proposal' | 'decision'
  state: TextState
  text: string
  line: number
}

export interface Input {
  givenBy: string
  text: string
  line: number
}

interface Attachment {
  /** `3A`. */
  label: string
  title: string
  /** `linked` is not held: there is an address at most. `missing` has neither. */
  standing: 'held' | 'linked' | 'missing'
  url?: string
  /** Where the attachment itself begins in the pack. */
  heldAt?: number
  line: number
}

export interface Item {
  body: string
  number: number
  year: number
  title: string
  type: ItemType | undefined
  /** `10:05`. */
  begins?: string
  /** What the agenda adds to the title, such as that the case was dropped. */
  note?: string
  /** What the pack says about the case, apart from proposal and decision. */
  about: string
  from?: string
  handlers?: string
  texts: DecisionText[]
  inputs: Input[]
  attachments: Attachment[]
  line: number
}

export interface Meeting {
  body: string
  number: number
  year: number
  kind: 'notice' | 'minutes'
  date?: string
  starts?: string
  ends?: string
  place?: string
  attendance: Attendance[]
  items: Item[]
  line: number
}

export interface FollowUp {
  body: string
  number: number
  year: number
  /** ISO date. */
  deadline: string
  text: string
  line: number
}

interface CostRow {
  name: string
  kind: 'part' | 'sum'
  /** Millions of kroner, one for each column. */
  amounts: number[]
  line: number
}

export interface CostTable {
  title: string
  columns: string[]
  rows: CostRow[]
  line: number
}

/** What the reader is not sure of, for a person to settle. */
export interface Question {
  line: number
  /** What stands in the pack. */
  text: string
  question: string
}

export interface Pack {
  bodies: { name: string; line: number }[]
  meetings: Meeting[]
  /** Cases of other bodies that the pack quotes. */
  quoted: Item[]
  followUps: FollowUp[]
  costs: CostTable[]
  questions: Question[]
}

export function keyOf({ body, number, year }: { body: string; number: number; year: number }): string {
  return `${body} ${number}/${String(year % 100).padStart(2, '0')}`
}
