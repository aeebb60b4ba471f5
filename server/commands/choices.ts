/**
 * `npm run choices -- list|make|end`: what a patient has decided about who sees, for registrars, on the patient's request. Identity numbers
 * are asked for on standard input, are never arguments and are never printed. docs/run/representation.md
 */
import { parseArgs } from 'node:util'
import { type ChoiceKind, choiceText, type StoredChoice, stands } from '@helsevev/kernel/areas/choices/choice'
import { endChoice } from '@helsevev/kernel/areas/choices/end'
import { listChoices } from '@helsevev/kernel/areas/choices/list'
import { makeChoice } from '@helsevev/kernel/areas/choices/make'
import { isProblem, type Problem } from '@helsevev/kernel/problem/problem'
import { logicalId, parseLogicalId } from '@helsevev/kernel/store/ids'
import { table } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { counted, norwegianTime } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { boundOf, keysOf, keysOfNumber, NO_REGISTRAR, NOBODY, registrarOf, UNREADABLE, withChanges } from './representation-registrar.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const kinds: readonly ChoiceKind[] = ['opt-out', 'restriction', 'block', 'consent']

const usage = `Usage: npm run choices -- list --for ORGANISATION                what the patient has decided, as staff of the organisation see it
       npm run choices -- make --for ORGANISATION --kind KIND --note TEXT [--service ID] [--controller NUMBER] [--receiver NUMBER]
                               [--practitioner HPR-NUMBER] [--record ID] [--from DAY] [--until DAY]
       npm run choices -- end --for ORGANISATION --id ID         not a block: the patient alone lifts that
KIND is one of ${kinds.join(', ')}. What is left out means all. --note says how the patient asked.
Identity numbers are asked for, one to a line when standard input is piped: the patient (list, make), whoever registers (make, end).
`

const options = {
  for: { type: 'string' },
  kind: { type: 'string' },
  note: { type: 'string' },
  service: { type: 'string' },
  controller: { type: 'string' },
  receiver: { type: 'string' },
  practitioner: { type: 'string' },
  record: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  id: { type: 'string' },
} as const

type Flags = { [Name in keyof typeof options]?: string }

interface Asked {
  command: 'list' | 'make' | 'end'
  flags: Flags
  organization: string
}

const allowed: Record<Asked['command'], readonly (keyof Flags)[]> = {
  list: ['for'],
  make: ['for', 'kind', 'note', 'service', 'controller', 'receiver', 'practitioner', 'record', 'from', 'until'],
  end: ['for', 'id'],
}
const required: Record<Asked['command'], readonly (keyof Flags)[]> = { list: ['for'], make: ['for', 'kind', 'note'], end: ['for', 'id'] }

type Services = readonly { id: string }[]

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  terminal: Terminal,
  services?: Services,
): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  if (asked.command === 'list') return await list(environment, asked, terminal)
  if (asked.command === 'end') return await end(environment, asked, terminal)
  return await make(environment, asked, terminal, services)
}

function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const command = (['list', 'make', 'end'] as const).find((name) => positionals.length === 1 && name === positionals[0])
    if (!command || Object.keys(values).some((name) => !allowed[command].includes(name as keyof Flags))) return undefined
    if (required[command].some((name) => values[name] === undefined)) return undefined
    if (command === 'make' && !kinds.some((kind) => kind === values.kind)) return undefined
    return { command, flags: values, organization: values.for ?? '' }
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

async function list(environment: Environment, { organization }: Asked, { ask, print }: Terminal): Promise<number> {
  const number = await ask('Identity number of the patient')
  return await withDatabase(environment, async ({ sql }) => {
    const keys = await keysOfNumber(sql, number)
    if (!keys) return refuse(print, NOBODY)
    const now = new Date()
    const { choices } = await listChoices(sql, keys, { as: 'staff', organization }, { which: 'all', now })
    print(choices.length === 0 ? 'There is nothing that staff of this organisation see.\n' : choiceTable(choices, now))
    return DONE
  })
}

function choiceTable(choices: readonly StoredChoice[], now: Date): string {
  const rows = choices.map((one) => [
    logicalId(one.patient, one.id),
    choiceText(one),
    norwegianTime(one.made),
    one.until ? norwegianTime(one.until) : '',
    one.madeAs,
    one.note ?? '',
    stands(one, now) ? 'stands' : one.ended ? `ended ${norwegianTime(one.ended)}` : 'has run out',
  ])
  return `${table([['id', 'choice', 'made', 'until', 'made by', 'note', 'how it stands'], ...rows])}\n${counted(choices.length, 'choice')}, newest first, in Norwegian time.\n`
}

async function make(environment: Environment, { flags, organization }: Asked, { ask, print }: Terminal, known?: Services): Promise<number> {
  const from = boundOf('start', flags.from)
  const until = boundOf('end', flags.until)
  if (from === 'unreadable' || until === 'unreadable') return refuse(print, UNREADABLE)
  const record = flags.record === undefined ? undefined : parseLogicalId(flags.record)
  if (flags.record !== undefined && !record)
    return refuse(print, '--record takes the id of a record, as the API gives it. Nothing was changed.')
  const numbers = [await ask('Identity number of the patient'), await ask('Identity number of whoever registers')]
  const services = new Map((known ?? (await ownServices())).map((service) => [service.id, service]))
  return await withDatabase(environment, async ({ sql }) => {
    const keys = await keysOfNumber(sql, numbers[0] ?? '')
    const actor = await registrarOf(sql, numbers[1] ?? '', organization)
    if (!keys) return refuse(print, NOBODY)
    if (!actor) return refuse(print, NO_REGISTRAR)
    const { service, controller, receiver, practitioner, note } = flags
    const choice = { kind: flags.kind as ChoiceKind, service, controller, receiver, practitioner, record, from, until, note }
    const made = await withChanges(sql, environment, async (parts) =>
      makeChoice({ sql, services, ...parts }, keys, choice, { as: 'staff', person: actor.person, organization, actor }),
    )
    if (isProblem(made)) return refuseWith(print, made)
    print(
      `${made.created ? 'Made' : 'The same stands already'}: ${logicalId(made.choice.patient, made.choice.id)}, ${choiceText(made.choice)}.\n`,
    )
    return DONE
  })
}

async function end(environment: Environment, { flags, organization }: Asked, { ask, print }: Terminal): Promise<number> {
  const place = parseLogicalId(flags.id ?? '')
  if (!place) return refuse(print, '--id takes the id of a choice, as list prints it. Nothing was changed.')
  const number = await ask('Identity number of whoever registers')
  return await withDatabase(environment, async ({ sql }) => {
    const actor = await registrarOf(sql, number, organization)
    if (!actor) return refuse(print, NO_REGISTRAR)
    const keys = await keysOf(sql, place.patient)
    const ended = await withChanges(sql, environment, async (parts) =>
      endChoice({ sql, services: new Map(), ...parts }, keys, place.id, { as: 'staff', person: actor.person, organization, actor }),
    )
    if (isProblem(ended)) return refuseWith(print, ended)
    print(`Ended: ${choiceText(ended)}.\n`)
    return DONE
  })
}

/** Loaded when a choice is made only: what reads does not need the whole server. */
async function ownServices(): Promise<Services> {
  return (await import('../services.ts')).services
}

function refuseWith(print: Terminal['print'], { issues }: Problem): number {
  return refuse(print, issues.map(({ text }) => text).join('\n'))
}

function refuse(print: Terminal['print'], text: string): number {
  print(`${text}\n`)
  return REFUSED
}

if (import.meta.main) await runHere(run)
