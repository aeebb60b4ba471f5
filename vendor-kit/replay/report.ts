/** What became of each file, as a table to read, and a line that sums it up. No identity number is printed, not even of a file's name. */
import type { Replayed } from './replay.ts'
import { table, wrapped } from './table.ts'

/** `width` is that of the terminal, in characters. */
export function report(replayed: readonly Replayed[], width: number): string {
  const files = replayed.map(({ file }) => withoutNumbers(file))
  const results = replayed.map(({ verdict, status }) => (verdict === 'refused' || verdict === 'failed' ? `${verdict} ${status}` : verdict))
  const taken = Math.max(4, ...files.map((file) => file.length)) + Math.max(6, ...results.map((result) => result.length)) + 4
  const rest = Math.max(48, width - taken)
  const rows = replayed.map((one, index) => [files[index] ?? '', results[index] ?? '', withoutNumbers(why(one, rest))])
  return `${table([['file', 'result', 'why'], ...rows])}\n${summary(replayed)}\n`
}

export function summary(replayed: readonly Replayed[]): string {
  const count = (verdict: Replayed['verdict']) => replayed.filter((one) => one.verdict === verdict).length
  const failed = count('failed')
  return `${count('accepted')} accepted, ${count('accepted with flags')} with flags, ${count('refused')} refused${failed > 0 ? `, ${failed} failed` : ''}`
}

function why({ flags, faults }: Replayed, width: number): string {
  if (faults.length === 0) return wrapped(flags.join(', '), width)
  return faults.map(({ code, element, text }) => wrapped(`${[code, element].filter(Boolean).join(', ')}: ${text}`, width, '  ')).join('\n')
}

/** Eleven digits in a row are taken for an identity number. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<![0-9])[0-9]{11}(?![0-9])/g, '[number]')
}
