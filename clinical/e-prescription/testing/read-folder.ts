/**
 * `node clinical/e-prescription/testing/read-folder.ts {folder} [--mutate {n}]` reads every XML file below a folder and prints a row for
 * each message: its kind, id, lines, notes and flags, then totals. With `--mutate`, n variants of each that are cut, doubled, emptied or of
 * a wrong type are read as well: each must end in a message or in a problem.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Message } from '../message.ts'
import { readMessage } from '../read.ts'
import { mutationsOf } from './mutations.ts'

const codes = codesFromData()

/** A message with all that lies inside it. */
function withInner(message: Message): Message[] {
  return [message, ...innerOf([message.body, message.extension, message.attachments])]
}

function innerOf(value: unknown): Message[] {
  if (Array.isArray(value)) return value.flatMap(innerOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => (name === 'message' ? withInner(member as Message) : innerOf(member)))
}

function linesOf({ body }: Message): number {
  const lists = Object.entries(body as object).filter(([name]) => ['lines', 'prescriptions', 'lists'].includes(name))
  return lists.reduce((sum, [, items]) => sum + (items as unknown[]).length, 0)
}

interface Totals {
  files: number
  messages: number
  inner: number
  problems: number
  mutants: number
  mutantProblems: number
  flags: Map<string, number>
}

function readFile(folder: string, file: string, mutants: number, totals: Totals): string {
  const octets = readFileSync(file)
  const name = relative(folder, file)
  const message = readMessage(octets, codes)
  totals.files += 1
  for (const mutant of mutationsOf(octets, mutants)) {
    totals.mutants += 1
    if (isProblem(readMessage(mutant, codes))) totals.mutantProblems += 1
  }
  if (isProblem(message)) {
    totals.problems += 1
    return `${name}\t${message.problem}: ${message.issues.map(({ text }) => text).join(' ')}`
  }
  const all = withInner(message)
  const counts = new Map<string, number>()
  for (const { flag } of all.flatMap(({ notes }) => notes)) counts.set(flag, (counts.get(flag) ?? 0) + 1)
  for (const [flag, count] of counts) totals.flags.set(flag, (totals.flags.get(flag) ?? 0) + count)
  totals.messages += 1
  totals.inner += all.length - 1
  const notes = [...counts].map(([flag, count]) => `${flag} ${count}`).join(', ')
  const lines = all.reduce((sum, one) => sum + linesOf(one), 0)
  return [name, `${message.kind} ${message.version}`, message.head?.id ?? '-', `${lines} lines`, `${all.length - 1} inside`, notes].join(
    '\t',
  )
}

const [folder, option, count] = process.argv.slice(2)
if (folder === undefined || (option !== undefined && option !== '--mutate')) {
  process.stderr.write('Name a folder: read-folder.ts {folder} [--mutate {n}]\n')
  process.exitCode = 2
} else {
  const totals: Totals = { files: 0, messages: 0, inner: 0, problems: 0, mutants: 0, mutantProblems: 0, flags: new Map() }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'))
  for (const file of files.toSorted()) process.stdout.write(`${readFile(folder, join(folder, file), Number(count ?? 0), totals)}\n`)
  const { flags, ...numbers } = totals
  process.stdout.write(`${JSON.stringify({ ...numbers, flags: Object.fromEntries(flags) }, undefined, 2)}\n`)
}
