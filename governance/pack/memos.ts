/** The memos behind a notice: whose they are, what they propose, decisions of other bodies that they quote, and deadlines. */
import { caseStart } from './agenda.ts'
import { knownBodies } from './bodies.ts'
import { isoOf, writtenDates } from './dates.ts'
import { flowing, isAddress, isBullet, joined, type Line, lineAt, paragraphsOf, sameWords, sentenceAround } from './lines.ts'
import { type FollowUp, type Item, keyOf, type Meeting, type Question } from './pack.ts'

const PROPOSAL = 'Forslag til vedtak'
const PURPOSE = 'Hensikt med saken'
const HEADING = /^Vedlegg \d{1,2}[A-Z]? Sak \d{1,3}-\d{2}\b/

export interface Memo {
  title: string
  /** Where its first line stands among the lines. */
  at: number
  line: number
  lines: Line[]
  /** `12/23`; undefined where no number stands. */
  number: string | undefined
  from: string | undefined
  handlers: string | undefined
}

/** A memo begins at its title, which stands above a line "Forslag til vedtak" without a colon. */
export function memosIn(lines: readonly Line[]): Memo[] {
  const starts = lines.flatMap(({ text, begins }, at) =>
    text === PROPOSAL ? [{ proposal: at, start: begins ? at : titleStart(lines, at) }] : [],
  )
  return starts.map(({ proposal, start }, index) => {
    const own = lines.slice(start, starts[index + 1]?.start)
    return { title: flowing(lines.slice(start, proposal)), at: start, line: lines[start]?.number ?? 0, lines: own, ...blockOf(own) }
  })
}

/** Upwards over empty lines and one paragraph; over a line that names the attachment too. */
function titleStart(lines: readonly Line[], proposal: number): number {
  const paragraphAbove = (from: number): number => {
    let at = from - 1
    while (at >= 0 && lines[at]?.text === '') at -= 1
    while (at > 0 && !lines[at]?.begins && lines[at - 1]?.text !== '' && !caseStart(lines[at - 1]?.text ?? '')) at -= 1
    return Math.max(at, 0)
  }
  const title = paragraphAbove(proposal)
  const above = paragraphAbove(title)
  return HEADING.test(lines[above]?.text ?? '') ? above : title
}

/** The block `Til, Dato, Saksnummer, Type` and its values, then `Fra, Saksbehandler` and theirs. */
function blockOf(lines: readonly Line[]): Pick<Memo, 'number' | 'from' | 'handlers'> {
  const valuesAfter = (first: string, last: string): Line[] => {
    const at = lines.findIndex(({ text }, index) => text === last && lines.slice(0, index).some((line) => line.text === first))
    const rest = at < 0 ? [] : lines.slice(at + 1)
    const begin = rest.findIndex(({ text }) => text !== '')
    const end = rest.findIndex(({ text, begins }, index) => index > begin && (text === '' || begins))
    return begin < 0 ? [] : rest.slice(begin, end < 0 ? undefined : end)
  }
  const number = valuesAfter('Saksnummer', 'Type').find(({ text }) => /^\d{1,3}\/\d{2}$/.test(text))?.text
  const [from, ...handlers] = valuesAfter('Fra', 'Saksbehandler')
  return { number, from: from?.text, handlers: handlers.length > 0 ? flowing(handlers) : undefined }
}

/** Adds what the memo knows to its case, and returns what differs from the agenda. */
export function readMemo(memo: Memo, meeting: Meeting, quoted: Item[]): { questions: Question[]; followUps: FollowUp[] } {
  const item = meeting.items.find(({ number, year }) => `${number}/${String(year % 100).padStart(2, '0')}` === memo.number)
  if (!item) return { questions: [{ line: memo.line, text: memo.title, question: 'Which case is this memo of?' }], followUps: [] }
  if (memo.from !== undefined) item.from = memo.from
  if (memo.handlers !== undefined) item.handlers = memo.handlers
  for (const attachment of item.attachments)
    if (attachment.title.startsWith('Toppnotat ')) Object.assign(attachment, { standing: 'held', heldAt: memo.line })
  const deadlines = deadlinesIn(memo, meeting, item)
  const decisions = quotedDecisions(memo, meeting)
  quoted.push(...decisions.items)
  return {
    questions: [...proposalQuestions(memo, item), ...furtherAttachments(memo, item), ...decisions.questions, ...deadlines.questions],
    followUps: deadlines.followUps,
  }
}

function proposalQuestions(memo: Memo, item: Item): Question[] {
  const start = memo.lines.findIndex(({ text }) => text === PROPOSAL)
  const end = memo.lines.findIndex(({ text }) => text === PURPOSE)
  const text = flowing(memo.lines.slice(start + 1, end < 0 ? undefined : end))
  const put = item.texts.find(({ kind }) => kind === 'proposal')
  if (!put || sameWords(text, put.text)) return []
  const question = `The agenda in line ${put.line} words the proposal otherwise. Which is put?`
  return [{ line: memo.lines[start]?.number ?? memo.line, text, question }]
}

/** An attachment that only the memo names: it is not in the pack. */
function furtherAttachments({ lines }: Memo, item: Item): Question[] {
  for (const paragraph of paragraphsOf(lines))
    for (const found of paragraph.text.matchAll(/\bvedlegg (\d{1,2}[A-Z]) ([^.]+)/g)) {
      const [, label = '', whole = ''] = found
      const [title = ''] = whole.split(' fra møtet')
      if (item.attachments.some((each) => each.label === label)) continue
      const url = lines.map(({ text }) => text).find((text) => isAddress(text) && decoded(text).includes(`Vedlegg ${label}`))
      const line = lineAt(paragraph, found.index)
      item.attachments.push({
        label,
        title: title.trim(),
        standing: url === undefined ? 'missing' : 'linked',
        ...(url ? { url } : {}),
        line,
      })
    }
  return []
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address).replaceAll('_', ' ')
  } catch {
    return address
  }
}

/** A date after a word that sets a deadline, in the same clause. One deadline of a case is listed once, where it stands first. */
function deadlinesIn({ lines, from }: Memo, meeting: Meeting, item: Item): { followUps: FollowUp[]; questions: Question[] } {
  const followUps: FollowUp[] = []
  const questions: Question[] = []
  const { body, number, year } = item
  const meetingYear = Number(meeting.date?.slice(0, 4) ?? meeting.year)
  for (const paragraph of paragraphsOf(lines))
    for (const date of writtenDates(paragraph.text)) {
      const before = paragraph.text.slice(Math.max(0, date.at - 60), date.at)
      if (!/\b(?:Frist|frist|innen|senest)\b/.test(before.slice(before.lastIndexOf('.') + 1))) continue
      const deadline = isoOf(date, date.year ?? meetingYear)
      if (followUps.some((each) => each.deadline === deadline)) continue
      const line = lineAt(paragraph, date.at)
      const text = sentenceAround(paragraph.text, date.at)
      followUps.push({ body, number, year, deadline, text, line })
      questions.push({ line, text, question: `Who owes this? The memo is from ${from ?? 'nobody by name'}.` })
      if (date.year === undefined)
        questions.push({ line, text, question: `No year stands with ${date.text}. Is it ${meetingYear}, the year of the meeting?` })
    }
  return { followUps, questions }
}

interface QuotedRow {
  number: number
  year: number
  body: string
  title: string
  text: string
  line: number
}

/**
 * Decisions of other bodies: a table of earlier decisions, and lists under a heading that says they are not finally approved. A decision of
 * the table that stands in such a list is not final.
 */
function quotedDecisions({ lines }: Memo, meeting: Meeting): { items: Item[]; questions: Question[] } {
  const written = tableRows(lines)
  const rows = written.map((row) => ({ ...row, body: bodyOf(row) }))
  const lists = notFinalLists(lines)
  const listed = lists.flatMap((list) => list.decisions.map((decision) => ({ ...decision, body: list.body })))
  const twice = (row: QuotedRow) => rows.filter((other) => keyOf(other) === keyOf(row)).length > 1
  const items = rows
    .filter((row) => !twice(row) && isKnown(row.body))
    .map(({ body, number, year, title, text, line }): Item => {
      const isListed = listed.some((one) => one.body === body && sameWords(ended(one.text), ended(text)))
      const state = isListed ? 'not-final' : 'adopted'
      const texts = [{ kind: 'decision' as const, state: state as 'not-final' | 'adopted', text, line }]
      return { body, number, year, title, type: undefined, about: '', texts, inputs: [], attachments: [], line }
    })
  const unmatched = listed.filter((one) => !rows.some((row) => row.body === one.body && sameWords(ended(one.text), ended(row.text))))
  return {
    items,
    questions: [
      ...written
        .filter((row) => !isKnown(row.body))
        .map(({ line, title, body, text }) => {
          const question = `The body is written "${body}", and the decision begins with "${text.split(' ')[0]}". Which body is it?`
          return { line, text: title, question }
        }),
      ...rows.filter(twice).map(({ line, text, body, number, year, title }) => {
        const question = `${keyOf({ body, number, year })} stands twice with different titles, here "${title}". Which number is right?`
        return { line, text, question }
      }),
      ...unmatched.map(({ line, text, body }) => ({
        line,
        text,
        question: `A decision of ${body} that is not finally approved and has no case number in ${keyOf(meeting)}. Which case is it?`,
      })),
    ],
  }
}

function isKnown(body: string): boolean {
  return knownBodies.some(({ written }) => written.includes(body))
}

/** The body as it is written; where nobody knows that, the one that the words of the decision begin with. */
function bodyOf({ body, text }: QuotedRow): string {
  const [stated = ''] = text.split(' ')
  return isKnown(body) || !isKnown(stated) ? body : stated
}

function ended(text: string): string {
  return text.endsWith('.') ? text.slice(0, -1) : text
}

/** `18/23 NUIT Title …`, then the words of the decision, which begin with the name of the body. */
function tableRows(lines: readonly Line[]): QuotedRow[] {
  const head = lines.findIndex(({ text }) => /^Sak Tema Vedtaksformulering$/.test(text))
  if (head < 0) return []
  const rows: QuotedRow[] = []
  for (const { text, number: line, begins } of lines.slice(head + 1)) {
    if (text === '' || isAddress(text)) continue
    const start = caseStart(text)
    if (start) {
      const [, written = '', title = ''] = /^[-(]?\s?(\p{Lu}{2,})\)?\s(.+)$/u.exec(start.rest) ?? []
      rows.push({ number: start.number, year: start.year, body: written, title: title || start.rest, text: '', line })
      continue
    }
    const open = rows.at(-1)
    if (!open || begins) break
    const isDecision = open.text !== '' || /^\p{Lu}{2,} \p{Ll}/u.test(text)
    if (isDecision) open.text = joined(open.text, text)
    else open.title = joined(open.title, text)
  }
  return rows
}

/** `Vedtak fra NUIT (ikke endelig godkjent)` and its bullets. */
function notFinalLists(lines: readonly Line[]): { body: string; decisions: { text: string; line: number }[] }[] {
  return lines.flatMap(({ text }, at) => {
    const [, body] = /^Vedtak fra (.+) \(ikke endelig godkjent\)$/.exec(text) ?? []
    if (body === undefined) return []
    const decisions: { text: string; line: number }[] = []
    for (const paragraph of paragraphsOf(lines.slice(at + 1))) {
      const last = decisions.at(-1)
      if (isBullet(paragraph.text)) decisions.push({ text: paragraph.text.slice(1).trim(), line: paragraph.line })
      else if (last && !/[.)]$/.test(last.text)) last.text = joined(last.text, paragraph.text)
      else break
    }
    return [{ body, decisions }]
  })
}
