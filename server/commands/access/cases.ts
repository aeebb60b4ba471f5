/** The cases of kernel/access/cases as tables, one for each group. */
import { answerOf } from '@helsevev/kernel/access/cases/answer'
import { type Expected, inWords, meets } from '@helsevev/kernel/access/cases/expectation'
import { type Case, type Group, readGroups } from '@helsevev/kernel/access/cases/read-cases'
import { decide } from '@helsevev/kernel/access/pipeline'
import { table, wrapped } from '@helsevev/replay/table'
import { type Answer, DONE, REFUSED } from '../outcome.ts'
import { counted } from '../words.ts'

const WIDTH = 38

/** Every group, or one. The exit code is that of a refusal when a case is not decided as it expects. */
export function groupTables(name: string | undefined): Answer {
  const groups = readGroups(name)
  const tables = groups.map(groupTable)
  const cases = groups.reduce((sum, group) => sum + group.cases.length, 0)
  const differing = tables.reduce((sum, one) => sum + one.differing, 0)
  const summary = `${counted(cases, 'case')} in ${counted(groups.length, 'group')}; ${
    differing === 0 ? 'each is decided as expected' : `${differing} not decided as expected`
  }.\n`
  return {
    result: { groups: tables.map(({ result }) => result), cases, differing },
    text: `${tables.map(({ text }) => text).join('\n')}\n${summary}`,
    exitCode: differing === 0 ? DONE : REFUSED,
  }
}

function groupTable({ id, law, about, source, read, given, cases }: Group): { result: unknown; text: string; differing: number } {
  const rows = cases.map(caseRow)
  const base = Object.keys(given).length > 0 ? `Given in each: ${wrapped(inText(given), 2 * WIDTH, '  ')}\n` : ''
  const heading = `${id}\n${wrapped(law, 2 * WIDTH)}\n${wrapped(about, 2 * WIDTH)}\nSource: ${source}, read ${read}\n${base}\n`
  return {
    result: { id, law, about, source, read, given, cases: rows.map(({ result }) => result) },
    text: `${heading}${table([['case', 'given', 'expected', 'decided', 'agrees'], ...rows.map(({ cells }) => cells)])}`,
    differing: rows.filter(({ agrees }) => !agrees).length,
  }
}

function caseRow({ name, given, request, facts, expected }: Case): { result: unknown; cells: string[]; agrees: boolean } {
  const answer = answerOf(decide(request, facts))
  const agrees = meets(answer, expected)
  const decided = agrees ? expected : inWords(answer, Object.keys(expected))
  const cells = [name, inText(given), expectedText(expected), expectedText(decided)].map((cell) => wrapped(cell, WIDTH, '  '))
  return { result: { name, given, expected, decided, agrees }, cells: [...cells, agrees ? 'yes' : 'NO'], agrees }
}

function expectedText(expected: Expected): string {
  return Object.entries(expected)
    .map(([part, value]) => `${part}: ${value}`)
    .join('; ')
}

/** What is given, as it is written, without the marks of YAML. */
function inText(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? `(${inText(one) || 'plain'})` : inText(one))).join(', ')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${inText(one)}`)
      .join('; ')
  }
  return value === '' ? '""' : String(value)
}
