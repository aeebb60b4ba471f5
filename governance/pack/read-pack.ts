/**
 * Reads the text of a meeting pack: notice, minutes, memos, decisions that they quote, deadlines and tables of costs. What the text leaves
 * open is a question for a person, and never a guess. docs/council.md
 */
import { agendaOf } from './agenda.ts'
import { knownBodies } from './bodies.ts'
import { costTablesIn } from './costs.ts'
import { dateIn } from './dates.ts'
import { headingsIn, headOf } from './head.ts'
import { isAddress, type Line, linesOf } from './lines.ts'
import { memosIn, readMemo } from './memos.ts'
import { type Item, keyOf, type Meeting, type Pack, type Question } from './pack.ts'
import { readSections } from './sections.ts'

export function readPack(text: string): Pack {
  const lines = linesOf(text)
  const headings = headingsIn(lines)
  const memos = memosIn(lines)
  const questions: Question[] = []
  const meetings: Meeting[] = []
  const organizations = new Set<string>()
  for (const [index, heading] of headings.entries()) {
    const next = [headings[index + 1]?.at, memos.find(({ at }) => at > heading.at)?.at].filter((at) => at !== undefined)
    const own = lines.slice(heading.at, next.length > 0 ? Math.min(...next) : undefined)
    const { meeting, questions: asked } = meetingOf(heading, own, organizations)
    for (const { organization, standing } of meeting.attendance) if (standing === 'member') organizations.add(organization)
    meetings.push(meeting)
    questions.push(...asked)
  }
  const { quoted, followUps, questions: ofMemos } = readMemos(memos, meetings)
  linkAttachments(meetings, lines)
  holdMinutes(meetings)
  questions.push(...ofMemos, ...seatQuestions(meetings), ...attachmentQuestions(meetings))
  const bodies = bodiesIn(lines, meetings)
  if (meetings.length === 0)
    questions.push({ line: 1, text: lines[0]?.text ?? '', question: 'No meeting was found. Is this a meeting pack?' })
  for (const item of quoted) item.body = canonicalBody(item.body)
  questions.sort((one, other) => one.line - other.line)
  return { bodies, meetings, quoted, followUps, costs: memos.flatMap((memo) => costTablesIn(memo.lines)), questions }
}

function meetingOf(
  heading: Parameters<typeof headOf>[0],
  lines: readonly Line[],
  organizations: ReadonlySet<string>,
): { meeting: Meeting; questions: Question[] } {
  const agenda = lines.findIndex(({ text }) => /^Sak Agenda\b/.test(text))
  const sections = lines.findIndex(({ text }) => /^Sak Tema\b/.test(text))
  const { meeting, questions } = headOf(heading, lines.slice(0, agenda < 0 ? undefined : agenda), organizations)
  if (agenda < 0) {
    const question = 'No agenda was found under this heading. Which cases does the meeting have?'
    return { meeting, questions: [...questions, { line: heading.line, text: keyOf(heading), question }] }
  }
  const read = agendaOf(heading.body, lines.slice(agenda, sections < 0 ? undefined : sections))
  meeting.items = read.items
  const ofSections = sections < 0 ? [] : readSections(meeting, lines.slice(sections + 1))
  return { meeting, questions: [...questions, ...read.questions, ...ofSections] }
}

/** A memo is of the notice that it follows. */
function readMemos(memos: ReturnType<typeof memosIn>, meetings: readonly Meeting[]): Pick<Pack, 'quoted' | 'followUps' | 'questions'> {
  const quoted: Item[] = []
  const notice = meetings.find(({ kind }) => kind === 'notice')
  if (!notice) {
    const question = 'No notice of a meeting was found. Which meeting is this memo of?'
    return { quoted, followUps: [], questions: memos.map(({ line, title }) => ({ line, text: title, question })) }
  }
  const read = memos.map((memo) => readMemo(memo, notice, quoted))
  return { quoted, followUps: read.flatMap(({ followUps }) => followUps), questions: read.flatMap(({ questions }) => questions) }
}

/** The text says that an attachment is linked: the address is the first one after these words. */
function linkAttachments(meetings: readonly Meeting[], lines: readonly Line[]): void {
  for (const { items } of meetings)
    for (const { attachments } of items)
      for (const attachment of attachments) {
        const opening = `Vedlegg ${attachment.label} «`
        const at = lines.findIndex(({ text }, index) => text.startsWith(opening) && `${text} ${lines[index + 1]?.text}`.includes('lenket'))
        const url = at < 0 ? undefined : lines.slice(at).find(({ text }) => isAddress(text))?.text
        if (at >= 0) Object.assign(attachment, { standing: 'linked', ...(url ? { url } : {}) })
      }
}

/** Minutes that are an attachment of a later meeting are held where the minutes begin. */
function holdMinutes(meetings: readonly Meeting[]): void {
  const attachments = meetings.flatMap(({ items }) => items.flatMap((item) => item.attachments))
  for (const attachment of attachments.filter(({ title }) => title.startsWith('Referat fra '))) {
    const held = meetings.find(({ kind, date }) => kind === 'minutes' && date !== undefined && date === dateIn(attachment.title))
    if (held) Object.assign(attachment, { standing: 'held', heldAt: held.line })
  }
}

/** One person with two organisations in two meetings may have changed seats, or the name is written in two ways. */
function seatQuestions(meetings: readonly Meeting[]): Question[] {
  const people = meetings.flatMap(({ attendance }) => attendance)
  return people.flatMap(({ name, organization, line }, at) => {
    const before = people.slice(0, at).find((other) => other.name === name && other.organization !== organization)
    if (!before) return []
    const question = `In line ${before.line} the organisation is ${before.organization}. Is it the same seat?`
    return [{ line, text: `${name} (${organization})`, question }]
  })
}

function attachmentQuestions(meetings: readonly Meeting[]): Question[] {
  return meetings.flatMap(({ items }) =>
    items.flatMap(({ attachments }) =>
      attachments.flatMap(({ label, title, standing, line, url }) => {
        if (standing === 'missing') return [{ line, text: `Vedlegg ${label}: ${title}`, question: 'It is not in the pack. Where is it?' }]
        const ofOther = /^Sak \d{1,3}-\d{2}\b/.test(title)
        const question = 'The attachment is of a case of another body. Is this its number there?'
        return ofOther && url !== undefined ? [{ line, text: `Vedlegg ${label}: ${title}`, question }] : []
      }),
    ),
  )
}

function canonicalBody(written: string): string {
  return knownBodies.find((body) => body.written.includes(written))?.name ?? written
}

/** Bodies that hold a meeting here, and known ones that the text names, each where it stands first. */
function bodiesIn(lines: readonly Line[], meetings: readonly Meeting[]): Pack['bodies'] {
  const named = knownBodies.flatMap(({ name, written }) => {
    const first = lines.find(({ text }) => written.some((each) => text.includes(each)))
    return first ? [{ name, line: first.number }] : []
  })
  const meeting = meetings.filter(({ body }) => !named.some(({ name }) => name === body)).map(({ body, line }) => ({ name: body, line }))
  return [...named, ...meeting.filter(({ name }, at) => meeting.findIndex((other) => other.name === name) === at)]
}
