/** The agenda of a meeting: a row for each case, over one or more lines, and breaks between them. */
import { joined, type Line } from './lines.ts'
import { type Item, type ItemType, itemTypes, type Question } from './pack.ts'

const CASE = /^(\d{1,3})\/(\d{2}) (.+)$/
const TIME = /^(\d{1,2}:\d{2})$/

/** Number and two digits of the year at the start of a line, and what follows. */
export function caseStart(text: string): { number: number; year: number; rest: string } | undefined {
  const [, number, year, rest] = CASE.exec(text) ?? []
  return number === undefined || rest === undefined ? undefined : { number: Number(number), year: 2000 + Number(year), rest }
}

interface Row {
  number: number
  year: number
  text: string
  begins?: string
  type?: ItemType
  line: number
}

export function agendaOf(body: string, lines: readonly Line[]): { items: Item[]; questions: Question[] } {
  const rows: Row[] = []
  const hasTimes = lines[0]?.text.includes('Tidspunkt') ?? false
  for (const { text, number: line } of lines.slice(1)) {
    const start = caseStart(text)
    if (start) rows.push(withEnds({ number: start.number, year: start.year, text: '', line }, start.rest))
    else {
      const open = rows.at(-1)
      if (open && text !== '' && !isComplete(open, hasTimes)) withEnds(open, text)
    }
  }
  return { items: rows.map((row) => itemOf(body, row)), questions: rows.flatMap(questionOf) }
}

function isComplete({ type, begins, text }: Row, hasTimes: boolean): boolean {
  return (type !== undefined || text === 'Eventuelt') && (begins !== undefined || !hasTimes)
}

/** Takes a time and a type from the end of a line, and the rest to the title. */
function withEnds(row: Row, line: string): Row {
  const words = line.split(' ')
  const type = itemTypes.find((each) => each === words.at(-1))
  if (type !== undefined && (words.length > 1 || row.text !== '')) {
    row.type = type
    words.pop()
  }
  if (TIME.test(words.at(-1) ?? '')) row.begins = (words.pop() ?? '').padStart(5, '0')
  row.text = joined(row.text, words.join(' '))
  return row
}

/** A title may end in a remark after a dash, as when a case was dropped. */
function itemOf(body: string, { number, year, text, begins, type, line }: Row): Item {
  const dash = text.indexOf(' – saken ')
  const title = dash < 0 ? text : text.slice(0, dash)
  return {
    ...{ body, number, year, title, type: title === 'Eventuelt' ? 'Eventuelt' : type },
    ...(begins === undefined ? {} : { begins }),
    ...(dash < 0 ? {} : { note: text.slice(dash + 3) }),
    ...{ about: '', texts: [], inputs: [], attachments: [], line },
  }
}

function questionOf({ text, type, line }: Row): Question[] {
  return type !== undefined || text === 'Eventuelt' ? [] : [{ line, text, question: 'The agenda states no type of case. Which is it?' }]
}
