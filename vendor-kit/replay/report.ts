/** What became of each file, as a table to read, and a line that sums it up. No identity number is printed, not even of a file's name. */
import type { Message } from './outcome.ts'
import type { Replayed } from './replay.ts'
import { table, wrapped } from './table.ts'

const NAME = 40
/** Narrower than this, a text is not read any more. */
const LEAST = 48
const INDENT = '    '

/** `width` is that of the terminal, in characters. Flags, and why not, stand below the row of their file. */
export function report(sent: readonly Replayed[], width: number): string {
  const replayed = sent.map((one) => ({ ...one, file: withoutNumbers(one.file) }))
  const isMessages = replayed.some(({ message }) => message)
  const [heading = '', rule = '', ...rows] = table(rowsOf(replayed, isMessages)).trimEnd().split('\n')
  const byFile = rowsByFile(rows, replayed)
  const body = replayed.map((one, index) => [...(byFile[index] ?? []), ...below(one, width)].join('\n'))
  return `${withoutNumbers([heading, rule, ...body].join('\n'))}\n\n${summary(replayed)}\n`
}

function rowsOf(replayed: readonly Replayed[], isMessages: boolean): string[][] {
  const versions = versionsOf(replayed)
  const heading = isMessages ? ['file', 'accepted', 'version of'] : ['file', 'result']
  const rows = replayed.map((one, index) => [
    wrappedPath(one.file),
    ...(isMessages ? [acceptedOf(one), versions[index] ?? ''] : [resultOf(one)]),
  ])
  return [heading, ...rows]
}

/** A name may take several lines of the table. */
function rowsByFile(rows: readonly string[], replayed: readonly Replayed[]): string[][] {
  let at = 0
  return replayed.map(({ file }) => {
    const height = wrappedPath(file).split('\n').length
    at += height
    return rows.slice(at - height, at)
  })
}

/** Broken after a slash, a hyphen, an underscore or a space, so that the table is no wider than a terminal. */
function wrappedPath(file: string): string {
  const lines = ['']
  for (const part of file.split(/(?<=[/_\- ])/)) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + part.length > NAME) lines.push(part)
    else lines[lines.length - 1] = last + part
  }
  return lines.join('\n')
}

function below({ flags, faults, message }: Replayed, width: number): string[] {
  const room = Math.max(LEAST, width) - INDENT.length
  const texts = [
    ...(faults.length === 0 && flags.length > 0 ? [flags.join(', ')] : []),
    ...faults.map(({ code, element, text }) => `${[code, element].filter(Boolean).join(', ')}: ${text}`),
    ...(message?.reason ? [message.reason] : []),
  ]
  return texts.map((text) => INDENT + wrapped(text, room, `${INDENT}  `))
}

function summary(replayed: readonly Replayed[]): string {
  const count = (verdict: Replayed['verdict']) => replayed.filter((one) => one.verdict === verdict).length
  const [queued, failed] = [count('queued'), count('failed')]
  const became = (['stored', 'unchanged', 'older'] as const).flatMap((kind) => {
    const times = replayed.filter(({ message }) => message?.became === kind).length
    return times > 0 ? [`${times} ${kind}`] : []
  })
  const line = [
    `${count('accepted')} accepted, ${count('accepted with flags')} with flags, ${count('refused')} refused`,
    ...(queued > 0 ? [`${queued} queued`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ')
  return became.length > 0 ? `${line}\nOf the messages accepted: ${became.join(', ')}` : line
}

function resultOf({ verdict, status }: Replayed): string {
  return verdict === 'refused' || verdict === 'failed' ? `${verdict} ${status}` : verdict
}

const words: Readonly<Record<Message['became'], string>> = {
  stored: 'yes',
  unchanged: 'yes, unchanged',
  older: 'yes, older',
  queued: 'queued',
}

function acceptedOf(one: Replayed): string {
  return one.message ? words[one.message.became] : resultOf(one)
}

/** `R-1 at 999888777, 2 of 3`: which of the messages about one report this is, in the order they were sent. */
function versionsOf(replayed: readonly Replayed[]): string[] {
  const heads = Map.groupBy(
    replayed.filter(({ message }) => message?.head),
    ({ message }) => message?.head,
  )
  return replayed.map((one) => {
    const { key, head } = one.message ?? {}
    if (key === undefined) return ''
    const of = heads.get(head) ?? []
    return of.length > 1 ? `${nameOf(key)}, ${of.indexOf(one) + 1} of ${of.length}` : nameOf(key)
  })
}

/** A key ends in the number of the report; what comes before says who made it. */
function nameOf(key: string): string {
  const parts = key.split('|')
  const report = parts.pop() ?? ''
  const maker = parts.findLast((part) => part !== '')
  return maker ? `${report} at ${maker}` : report
}

/** Eleven digits in a row are taken for an identity number. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<![0-9])[0-9]{11}(?![0-9])/g, '[number]')
}
