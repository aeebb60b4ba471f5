/**
 * `npx helsevev council …`: meeting packs of bodies of national governance, what they decided, what is owed, and what it costs.
 * docs/council.md
 */
import { readFileSync } from 'node:fs'
import { type Reckoned, reconciles } from '@helsevev/governance/costs/reckon'
import { categories, financingShift, growth, levels, reckonAll, statedTable, volume } from '@helsevev/governance/costs/statements'
import { calendarOf } from '@helsevev/governance/export/calendar'
import { oparlOf } from '@helsevev/governance/export/oparl'
import { itemTypes, keyOf } from '@helsevev/governance/pack/pack'
import { type ImportedPack, importPack } from '@helsevev/governance/store/import'
import { packsIn, publish } from '@helsevev/governance/store/publish'
import { casesWith, costTables, readCouncil, type StoredCase } from '@helsevev/governance/store/read'
import { changeFollowUp, questionsIn, settle } from '@helsevev/governance/store/settle'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import { table } from '@helsevev/replay/table'
import { defineCommand, flag, optional, required } from '../define-command.ts'
import { DONE, done, REFUSED, refuse } from '../outcome.ts'
import { anyFile, called, day, oneOf, text, wholeNumber } from '../values.ts'

const by = required(called('NAME', text), 'the person who does it')

const importCommand = defineCommand({
  name: 'council import',
  summary: 'Import the text of a meeting pack',
  about: 'An import adds, and never changes what stands. What the reader is not sure of is listed for a person to settle.',
  positionals: { file: required(anyFile, 'the pack as text') },
  exitCodes: { 0: 'imported', 1: 'the file is no meeting pack, and nothing was imported' },
  example: 'pack.txt',
  run: ({ values: { file }, withDatabase }) =>
    withDatabase(async ({ sql }) => {
      let pack: string
      try {
        pack = readFileSync(file, 'utf8')
      } catch (error) {
        return refuse('file-unreadable', `${file} cannot be read: ${(error as Error).message}`)
      }
      const imported = await importPack(sql, { name: file.split(/[\\/]/).at(-1) ?? file, text: pack, now: new Date() })
      if ('fault' in imported) return refuse('pack-faulty', imported.fault)
      return { result: imported, text: importedText(imported) }
    }),
})

const packsCommand = defineCommand({
  name: 'council packs',
  summary: 'List imported packs, and whether everybody may read them',
  example: '',
  run: ({ withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const packs = await packsIn(sql)
      const rows = packs.map(({ digest, name, published, open }) => [digest.slice(0, 12), name, published ?? 'not published', `${open}`])
      const printed = rows.length > 0 ? table([['pack', 'name', 'published', 'open questions'], ...rows]) : 'No pack was imported.\n'
      return { result: { packs }, text: printed }
    }),
})

const publishCommand = defineCommand({
  name: 'council publish',
  summary: 'Let everybody read what a pack holds, without sign-in',
  about: 'A pack is read by operators alone until it is published. It stays published.',
  options: { pack: required(called('ID', text), 'the first characters of the pack, as council packs lists them'), by },
  example: '--pack 0a1b2c3d4e5f --by "Kari Nordmann"',
  run: ({ values: { pack, by }, withDatabase }) =>
    withDatabase(async ({ sql }) =>
      done(
        await publish(sql, { pack, by, now: new Date() }),
        (result) => result,
        ({ name }) => `${name} is published.`,
      ),
    ),
})

const listCommand = defineCommand({
  name: 'council list',
  summary: 'List cases with what was proposed and decided',
  options: { search: optional(text, 'cases with all of these words'), type: optional(oneOf(itemTypes), 'cases of this type') },
  exitCodes: { 1: 'there is no such case' },
  example: '--search "felles journalløft"',
  run: ({ values: { search = '', type }, withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const { cases } = await readCouncil(sql, 'operator')
      const found = casesWith(cases, search).filter((one) => type === undefined || one.type === type)
      const heading = ['case', 'type', 'proposal', 'decision', 'title']
      const rows = found.map((one) => [keyOf(one), one.type ?? '', stateOf(one, 'proposal'), stateOf(one, 'decision'), one.title])
      const printed = found.length > 0 ? table([heading, ...rows]) : 'There is no such case.\n'
      return { result: { cases: found }, text: printed, exitCode: found.length > 0 ? DONE : REFUSED }
    }),
})

const questionsCommand = defineCommand({
  name: 'council questions',
  summary: 'List what the import was not sure of',
  options: { all: flag('those that are answered too') },
  example: '',
  run: ({ values: { all }, withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const questions = await questionsIn(sql, { answered: all })
      const lines = questions.map(({ id, line, content, question, answer, answeredBy }) => {
        const settled = answer === null ? '' : `  ${answer} (${answeredBy})\n`
        return `${id}  line ${line}: ${content}\n  ${question}\n${settled}`
      })
      return { result: { questions }, text: lines.length > 0 ? lines.join('') : 'Nothing is left to settle.\n' }
    }),
})

const settleCommand = defineCommand({
  name: 'council settle',
  summary: 'Answer a question of the import, once',
  options: { question: required(called('ID', text), 'the question'), answer: required(text, 'what holds'), by },
  example: '--question 0a1b2c3d4e5f --answer "Ja, samme plass" --by "Kari Nordmann"',
  run: ({ values: { question, answer, by }, withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const settled = await settle(sql, { id: question, answer, by, now: new Date() })
      return done(
        settled,
        (result) => result,
        ({ id }) => `${id} is settled.`,
      )
    }),
})

const followUpsCommand = defineCommand({
  name: 'council follow-ups',
  summary: 'List what was promised for a day, and what is overdue',
  exitCodes: { 1: 'something is overdue' },
  example: '',
  run: ({ withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const today = dayInNorway(new Date())
      const { followUps } = await readCouncil(sql, 'operator')
      const listed = followUps.map((one) => ({ ...one, overdue: one.status !== 'met' && (one.movedTo ?? one.deadline) < today }))
      const rows = listed.map((one) => {
        const status = one.overdue ? 'OVERDUE' : one.status
        return [one.movedTo ?? one.deadline, status, keyOf(one), one.owner ?? 'owner not settled', `line ${one.line}: ${one.content}`]
      })
      const printed = rows.length > 0 ? table([['deadline', 'status', 'case', 'owner', 'promised'], ...rows]) : 'Nothing is promised.\n'
      return { result: { followUps: listed }, text: printed, exitCode: listed.some(({ overdue }) => overdue) ? REFUSED : DONE }
    }),
})

const followUpCommand = defineCommand({
  name: 'council follow-up',
  summary: 'Set who owes a follow-up, and what became of it',
  options: {
    body: required(text, 'the body'),
    year: required(wholeNumber, 'the year of the case'),
    number: required(wholeNumber, 'the number of the case'),
    deadline: required(day, 'the day that was promised'),
    owner: optional(text, 'who owes it'),
    status: optional(oneOf(['promised', 'met', 'moved']), 'what became of it'),
    'moved-to': optional(day, 'the new day'),
    by,
  },
  example: '--body "Nasjonalt e-helseråd" --year 2023 --number 13 --deadline 2023-06-30 --status met --by "Kari Nordmann"',
  run: ({ values: { 'moved-to': movedTo, ...values }, withDatabase }) =>
    withDatabase(async ({ sql }) =>
      done(
        await changeFollowUp(sql, { ...values, movedTo }),
        (result) => result,
        ({ deadline }) => `The follow-up of ${deadline} is changed.`,
      ),
    ),
})

const costsCommand = defineCommand({
  name: 'council costs',
  summary: 'Compute stated sums of costs again, and show what does not reconcile',
  about: 'Amounts are kept as stated. What the memo of meeting 2/23 states in text was read by a person and stands with its line.',
  exitCodes: { 1: 'a stated figure does not reconcile' },
  example: '',
  run: ({ withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const tables = await costTables(sql, 'operator')
      const isNational = tables.some(({ title }) => title === statedTable)
      const all = tables.flatMap(reckonAll)
      const mismatches = all.filter((one) => !reconciles(one))
      const national = isNational ? { growth: { ...growth, volume, financingShift }, categories, levels } : {}
      const result = { tables, reckoned: all, mismatches, ...national }
      return {
        result,
        text: costsText(tables, mismatches) + (isNational ? nationalText() : ''),
        exitCode: mismatches.length > 0 ? REFUSED : DONE,
      }
    }),
})

const exportCommand = defineCommand({
  name: 'council export',
  summary: 'Print everything as OParl JSON, or meetings and deadlines as iCalendar',
  options: { as: required(oneOf(['oparl', 'ical']), 'the form'), base: optional(called('URL', text), 'what ids begin with, for OParl') },
  example: '--as ical',
  run: ({ values: { as, base = 'urn:helsevev:council' }, withDatabase }) =>
    withDatabase(async ({ sql }) => {
      const council = await readCouncil(sql, 'operator')
      if (as === 'ical') {
        const calendar = calendarOf(council, new Date())
        return { result: { calendar }, text: calendar }
      }
      const objects = oparlOf(council, base)
      return { result: { data: objects }, text: `${JSON.stringify({ data: objects }, null, 2)}\n` }
    }),
})

export const commands = [
  importCommand,
  packsCommand,
  publishCommand,
  listCommand,
  questionsCommand,
  settleCommand,
  followUpsCommand,
  followUpCommand,
  costsCommand,
  exportCommand,
]

function importedText({ meetings, added, kept, questions }: ImportedPack): string {
  const total = Object.values(added).reduce((sum, count) => sum + count, 0)
  return [
    ...meetings.map(
      ({ body, meeting, cases, proposals, decisions }) =>
        `${body} ${meeting}: ${cases} cases, ${proposals} proposals, ${decisions} decisions.\n`,
    ),
    total > 0 ? `${total} rows are new.\n` : 'Nothing is new.\n',
    ...kept.map((row) => `Stands otherwise and is kept: ${row}\n`),
    ...(questions.length > 0
      ? [`${questions.length} questions of this pack for a person to settle: npx helsevev council questions\n`]
      : []),
  ].join('')
}

function stateOf({ texts }: StoredCase, kind: 'proposal' | 'decision'): string {
  return texts.find((one) => one.kind === kind)?.state ?? '-'
}

const flaggedHeading = ['what', 'column', 'stated', 'computed', 'from', 'source']

function costsText(tables: Awaited<ReturnType<typeof costTables>>, mismatches: readonly Reckoned[]): string {
  if (tables.length === 0) return 'No cost table was imported.\n'
  const flagged = mismatches.map(({ name, column, stated, computed, from, line }) => [
    name,
    column,
    `${stated}`,
    `${computed}`,
    from,
    `line ${line}`,
  ])
  return [
    ...tables.map(({ title, columns, rows }) => {
      const lines = rows.map(({ name, amounts }) => [name, ...amounts.map((amount) => `${amount}`)])
      return `${title}, millions of kroner\n\n${table([['', ...columns], ...lines])}\n`
    }),
    ...(flagged.length > 0
      ? ['Stated figures that do not reconcile, kept as stated:\n\n', table([flaggedHeading, ...flagged]), '\n']
      : ['Every stated sum reconciles.\n']),
  ].join('')
}

function nationalText(): string {
  const lines = (rows: readonly { name: string; line: number }[]) => rows.map(({ name, line }) => `  ${name} (line ${line})\n`)
  const grown = growth.parts.map(({ amount, about, line }) => [`${amount}`, about, `line ${line}`])
  return [
    `Growth from 2023 to 2024 is ${growth.stated.amount} (line ${growth.stated.line}):\n\n${table(grown)}\n`,
    `Apart from growth, and never added to it: ${financingShift.amount}, ${financingShift.about} (line ${financingShift.line}).\n\n`,
    'Levels of service:\n',
    ...lines(levels.names),
    'What the supplier decides at each level:\n',
    ...lines(levels.supplierDecides),
    'What may be discussed:\n',
    ...lines(levels.mayBeDiscussed),
  ].join('')
}
