/** The part of a notice or of minutes that goes through the cases one by one. */
import { caseStart } from './agenda.ts'
import { flowing, isAddress, isBullet, type Line, paragraphsOf, sameWords, textOf } from './lines.ts'
import type { Input, Item, Meeting, Question } from './pack.ts'

const PROPOSAL = 'Forslag til vedtak:'
const DECISION = 'Vedtak:'
const ATTACHMENT = /^Vedlegg (\d{1,2}[A-Z]?):(.*)$/

/** Fills the cases of the meeting from the lines after the agenda. */
export function readSections({ kind, items }: Meeting, lines: readonly Line[]): Question[] {
  const starts = lines.flatMap(({ text }, at) => {
    const start = caseStart(text)
    const item = start && items.find((each) => each.number === start.number && each.year === start.year)
    return item ? [{ at, item }] : []
  })
  const missing = items.filter((item) => !starts.some((start) => start.item === item))
  return [
    ...missing.map(({ line, title }) => ({ line, text: title, question: 'The case is on the agenda and nowhere else. Was it treated?' })),
    ...starts.flatMap(({ at, item }, index) => readSection(kind, item, lines.slice(at, starts[index + 1]?.at))),
  ]
}

type Part = 'title' | 'about' | 'proposal' | 'decision' | 'attachment' | 'inputs'

function readSection(kind: Meeting['kind'], item: Item, lines: readonly Line[]): Question[] {
  const parts = partsOf(lines)
  const of = (part: Part) => parts.filter((each) => each.part === part)
  const [title] = of('title')
  item.about = of('about')
    .map((part) => textOf(part.lines.filter(({ text }) => text !== item.type)))
    .filter(Boolean)
    .join('\n')
  for (const part of of('proposal')) item.texts.push({ kind: 'proposal', state: 'proposed', text: textOf(part.lines), line: part.line })
  for (const part of of('decision')) item.texts.push({ kind: 'decision', state: 'adopted', text: textOf(part.lines), line: part.line })
  for (const part of of('attachment'))
    item.attachments.push({ label: part.label, title: flowing(part.lines), standing: 'missing', line: part.line })
  const given = of('inputs').flatMap((part) => inputsIn(part.lines))
  item.inputs.push(...given.flatMap(({ input }) => input ?? []))
  return [
    ...(title ? titleQuestions(item, title.lines) : []),
    ...given.flatMap(({ question }) => question ?? []),
    ...(item.note !== undefined && of('decision').length > 0
      ? [
          {
            line: item.line,
            text: item.note,
            question: 'The agenda has this remark, and the minutes have a decision. Was the case treated?',
          },
        ]
      : []),
    ...(kind === 'minutes' && item.type !== 'Eventuelt' && of('decision').length === 0
      ? [{ line: item.line, text: item.title, question: 'The minutes have no decision of this case. Was none made?' }]
      : []),
  ]
}

interface SectionPart {
  part: Part
  label: string
  line: number
  lines: Line[]
}

/** The heading runs to the first empty line or indented line; each marker begins a part. An attachment ends at an empty line. */
function partsOf(lines: readonly Line[]): SectionPart[] {
  const parts: SectionPart[] = []
  const open = (part: Part, line: number, label = '') => {
    parts.push({ part, label, line, lines: [] })
  }
  for (const [at, line] of lines.entries()) {
    const [, label, rest = ''] = ATTACHMENT.exec(line.text) ?? []
    const now = parts.at(-1)
    if (at === 0) open('title', line.number)
    else if (line.text === PROPOSAL) open('proposal', line.number)
    else if (line.text === DECISION) open('decision', line.number)
    else if (label !== undefined) {
      open('attachment', line.number, label)
      parts.at(-1)?.lines.push({ ...line, text: rest.trim() })
      continue
    } else if (/^Følgende innspill\b/.test(line.text)) open('inputs', line.number)
    else if (now?.part === 'title' && (line.text === '' || line.begins)) open('about', line.number)
    else if (now?.part === 'attachment' && line.text === '') open('about', line.number)
    const isMarker = line.text === PROPOSAL || line.text === DECISION
    if (!isMarker && !isAddress(line.text)) parts.at(-1)?.lines.push(line)
  }
  return parts
}

function titleQuestions({ title, line: agendaLine, type }: Item, lines: readonly Line[]): Question[] {
  const heading = caseStart(lines[0]?.text ?? '')
  const whole = flowing([{ ...(lines[0] as Line), text: heading?.rest ?? '' }, ...lines.slice(1)])
  const given = type !== undefined && whole !== type && whole.endsWith(` ${type}`) ? whole.slice(0, -type.length) : whole
  if (sameWords(given, title)) return []
  const question = `The agenda in line ${agendaLine} has the title "${title}". Which holds?`
  return [{ line: lines[0]?.number ?? 0, text: given.trim(), question }]
}

/** What those who give input do, in minutes. */
const verbs = [
  ...['mener', 'kommenterte', 'var opptatt', 'støtter', 'stilte', 'påpekte', 'etterlyste', 'tok til orde', 'ville diskutere'],
  ...['er bekymret', 'vil følge', 'svarte', 'ønsker', 'ba', 'spurte', 'foreslo', 'viste til', 'minnet'],
]

/** Each bullet is an input; who gave it stands before the verb. Without one, a person must settle who it was. */
function inputsIn(lines: readonly Line[]): { input?: Input; question?: Question }[] {
  const bullets: { text: string; line: number }[] = []
  for (const { text, line } of paragraphsOf(lines.slice(1))) {
    const last = bullets.at(-1)
    if (isBullet(text)) bullets.push({ text: text.slice(1).trim(), line })
    else if (last) last.text = `${last.text} ${text}`
  }
  return bullets.map(({ text, line }) => {
    const places = verbs.map((verb) => `${text} `.indexOf(` ${verb} `)).filter((at) => at > 0)
    const givenBy = places.length === 0 ? '' : text.slice(0, Math.min(...places))
    const isActor = givenBy !== '' && givenBy.split(' ').length <= 7 && !/[.,]/.test(givenBy)
    return isActor ? { input: { givenBy, text, line } } : { question: { line, text, question: 'Who gave this input?' } }
  })
}
