/**
 * `npx helsevev misuse rules|run|list|show|close`: control of misuse. Rules find look-ups worth a question and say why in words; a person
 * asks, and closes each with a finding. docs/run/misuse.md
 */
import { misuseFindings } from '@helsevev/kernel/areas/follow-up/findings'
import { closeCase, misuseCase, misuseCases } from '@helsevev/kernel/areas/misuse/cases'
import { rules } from '@helsevev/kernel/areas/misuse/rules'
import { runRules } from '@helsevev/kernel/areas/misuse/run'
import { table, wrapped } from '@helsevev/replay/table'
import { closing } from '../acting.ts'
import { defineCommand, flag, required } from '../define-command.ts'
import { refuse } from '../outcome.ts'
import { reading, shown } from '../showing.ts'
import { day, id, oneOf, organizationNumber, text } from '../values.ts'
import { counted } from '../words.ts'
import { caseList, caseResult, caseText } from './print.ts'

const organization = required(organizationNumber, 'the data controller')
const theCase = { case: required(id, 'the case, by its id') }
const unknown = () => refuse('unknown', 'There is no case of that id.')

export const commands = [
  defineCommand({
    name: 'misuse rules',
    summary: 'Print what each rule asks',
    isOffline: true,
    example: '',
    run: async () => ({ result: { rules: rules.map(({ id, title, asks, source }) => ({ id, title, asks, source })) }, text: rulesText() }),
  }),
  defineCommand({
    name: 'misuse run',
    summary: 'Run the rules over a period of the access log',
    options: {
      organization,
      from: required(day, 'the first day'),
      until: required(day, 'the day after the last'),
    },
    example: '--organization 964338531 --from 2026-01-01 --until 2026-01-16',
    check: ({ from, until }) => (from < until ? undefined : '--until is a day after --from. The day itself is not in the period.'),
    run: ({ values, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const runs = await runRules(sql, values, new Date())
        const lines = table([['rule', 'new cases', 'grown'], ...runs.map((one) => [one.rule, String(one.opened), String(one.grown)])])
        const milliseconds = runs.reduce((sum, one) => sum + one.milliseconds, 0)
        const opened = runs.reduce((sum, one) => sum + one.opened, 0)
        const text = `${lines}\n${counted(opened, 'new case')} in ${(milliseconds / 1000).toFixed(1)} s.\n`
        return { result: { rules: runs, opened }, text }
      }),
  }),
  defineCommand({
    name: 'misuse list',
    summary: 'List the cases that are open',
    options: { organization, closed: flag('those that are closed instead') },
    example: '--organization 964338531',
    run: ({ values: { organization, closed }, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const found = await misuseCases(sql, organization, { open: !closed })
        return { result: { cases: found }, text: caseList(found, !closed) }
      }),
  }),
  defineCommand({
    name: 'misuse show',
    summary: 'Print the look-ups of a case, and the patients they are about',
    about: 'The reading is a row on each patient: who, for which organisation and why.',
    positionals: theCase,
    options: reading,
    exitCodes: { 1: 'there is no such case, or no reason is given' },
    example: 'bd --by "Kari Nordmann" --reason "The control of look-ups in October"',
    run: ({ values, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const found = await misuseCase(sql, values.case)
        if (!found) return unknown()
        const patients = [found.patient, ...found.lookUps.map(({ patient }) => patient)]
        const what = { event: 'misuse-case-read', type: 'misuse-case', patients }
        return await shown({ sql, environment }, { ...values, for: found.organization }, what, async () => ({
          result: await caseResult(sql, found),
          text: await caseText(sql, found),
        }))
      }),
  }),
  defineCommand({
    name: 'misuse close',
    summary: 'Close a case with a finding',
    positionals: theCase,
    options: { finding: required(oneOf(misuseFindings), 'what was found'), note: required(text, 'what was found out, in a sentence') },
    asks: { closedBy: 'Identity number of the one who closes' },
    example: 'bd --finding no-breach --note "She had the patient on her list that day"',
    run: ({ values: { case: id, finding, note }, ask, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const found = await misuseCase(sql, id)
        if (!found) return unknown()
        const by = { organization: found.organization, number: await ask('closedBy') }
        return await closing(sql, environment, by, (parts, closedBy) => closeCase(sql, parts, { id, finding, note, closedBy }))
      }),
  }),
]

function rulesText(): string {
  return table([
    ['rule', 'title', 'what it asks', 'source'],
    ...rules.map(({ id, title, asks, source }) => [id, `${title.en}\n(${title.nb})`, wrapped(asks, 76), wrapped(source, 40)]),
  ])
}
