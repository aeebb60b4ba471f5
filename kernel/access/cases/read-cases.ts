/**
 * Reads the cases: rules of access in plain words, grouped by law or agreement, with a file for each group. A word that is not in the
 * vocabulary is an error that names its place. docs/run/access.md
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import type { AccessRequest, Facts } from '../request.ts'
import { type Expected, expectationOf } from './expectation.ts'
import { situationOf } from './situation.ts'
import { members, onlyKnown, text, UnknownWord } from './unknown-word.ts'
import type { Given } from './usual.ts'

export interface Case {
  /** The rule, as a sentence. */
  name: string
  /** The situation of the row, in addition to the situation of the whole file. */
  given: Given
  request: AccessRequest
  facts: Facts
  expected: Expected
}

export interface Group {
  /** The name of the file, such as `agreements`. */
  id: string
  /** Law, agreement or framework, with the clause. */
  law: string
  about: string
  /** Where the rule was read, and when. */
  source: string
  read: string
  given: Given
  cases: Case[]
}

const folder = import.meta.dirname

/** Names of the groups, in alphabetical order. */
export function groupNames(): string[] {
  return globSync('*.yaml', { cwd: folder })
    .map((file) => basename(file, '.yaml'))
    .sort()
}

/** Every group, or the one named. Throws UnknownWord with the group and the case when a word is not known. */
export function readGroups(name?: string): Group[] {
  return groupNames()
    .filter((id) => name === undefined || id === name)
    .map((id) => readGroup(id, readFileSync(join(folder, `${id}.yaml`), 'utf8')))
}

/** A group from its text. */
export function readGroup(id: string, yaml: string): Group {
  const file = members(parse(yaml), id)
  onlyKnown(file, ['law', 'about', 'source', 'read', 'given', 'rows'], id)
  const given = members(file['given'] ?? {}, `${id}: given`)
  const rows = Array.isArray(file['rows']) ? file['rows'] : []
  const cases = rows.map((row, index) => readCase(row, given, `${id}, row ${index + 1}`))
  const repeated = cases.find(({ name }, index) => cases.findIndex((one) => one.name === name) !== index)
  if (repeated) throw new UnknownWord(`${id}: two rows are called "${repeated.name}"`)
  return {
    id,
    law: text(file['law'], `${id}: law`),
    about: text(file['about'], `${id}: about`),
    source: text(file['source'], `${id}: source`),
    read: text(file['read'], `${id}: read`),
    given,
    cases,
  }
}

function readCase(row: unknown, base: Given, where: string): Case {
  try {
    const stated = members(row, 'row')
    onlyKnown(stated, ['case', 'given', 'expect'], 'row')
    const given = members(stated['given'] ?? {}, 'given')
    return { name: text(stated['case'], 'case'), given, ...situationOf({ ...base, ...given }), expected: expectationOf(stated['expect']) }
  } catch (error) {
    if (error instanceof UnknownWord || error instanceof RangeError) throw new UnknownWord(`${where}: ${error.message}`, { cause: error })
    throw error
  }
}

/** The situation of a single row, as `npx helsevev access explain` takes it: the situation itself, or a row with `given`. */
export function situationOfRow(row: unknown): { request: AccessRequest; facts: Facts } {
  const stated = members(row, 'the row')
  return situationOf('given' in stated ? members(stated['given'], 'given') : stated)
}
