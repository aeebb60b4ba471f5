/** What became of each file, as a table to read, and a line that sums it up. No identity number is printed, not even of a file's name. */
import type { Message } from './outcome.ts'
import type { Replayed } from './replay.ts'
import { table, wrapped } from './table.ts'

/** Narrower than this, a text is not read any more. */
const LEAST = 48
const NAME = 40

/** `width` is that of the terminal, in characters. */
export function report(replayed: readonly Replayed[], width: number): string {
  const body = replayed.some(({ message }) => message) ? messages(replayed, width) : files(replayed, width)
  return `${table(body.map((row) => row.map(withoutNumbers)))}\n${summary(replayed)}\n`
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

function files(replayed: readonly Replayed[], width: number): string[][] {
  const rows = replayed.map((one) => [one.file, resultOf(one)])
  const taken = widest(rows, 0, 4) + widest(rows, 1, 6) + 4
  const rest = Math.max(LEAST, width - taken)
  return [['file', 'result', 'why'], ...replayed.map((one, index) => [...(rows[index] ?? []), why(one, rest)])]
}

/** For messages, also what each is a version of, and why it waits. */
function messages(replayed: readonly Replayed[], width: number): string[][] {
  const versions = versionsOf(replayed)
  const rows = replayed.map((one, index) => [wrapped(one.file, NAME), acceptedOf(one), versions[index] ?? ''])
  const taken = widest(rows, 0, 4) + widest(rows, 1, 8) + widest(rows, 2, 10) + 8
  const rest = Math.max(LEAST, Math.floor((width - taken) / 2))
  return [
    ['file', 'accepted', 'version of', 'flags, or why not', 'queue'],
    ...replayed.map((one, index) => [...(rows[index] ?? []), why(one, rest), wrapped(one.message?.reason ?? '', rest)]),
  ]
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

function why({ flags, faults }: Replayed, width: number): string {
  if (faults.length === 0) return wrapped(flags.join(', '), width)
  return faults.map(({ code, element, text }) => wrapped(`${[code, element].filter(Boolean).join(', ')}: ${text}`, width, '  ')).join('\n')
}

function widest(rows: readonly (readonly string[])[], column: number, least: number): number {
  return Math.max(least, ...rows.flatMap((row) => (row[column] ?? '').split('\n').map(({ length }) => length)))
}

/** Eleven digits in a row are taken for an identity number. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<![0-9])[0-9]{11}(?![0-9])/g, '[number]')
}
