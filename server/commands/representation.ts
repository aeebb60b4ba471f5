/**
 * `npm run representation -- list|register|end`: who acts for whom, for registrars. Identity numbers are asked for on standard input, are
 * never arguments and are never printed. docs/run/representation.md
 */
import { parseArgs } from 'node:util'
import { representativesOf, representedBy } from '@helsevev/kernel/areas/representation/list'
import { endRepresentation, type Registrar, registerRepresentation } from '@helsevev/kernel/areas/representation/register'
import { type RelationKind, relationKinds, type StoredRepresentation } from '@helsevev/kernel/areas/representation/representation'
import { isProblem, type Result } from '@helsevev/kernel/problem/problem'
import { table } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { counted, norwegianTime } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { boundOf, keysOfNumber, NO_REGISTRAR, NOBODY, registrarOf, UNREADABLE, withChanges } from './representation-registrar.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run representation -- list                  who acts for a person, and for whom the person acts
       npm run representation -- register --kind KIND --source TEXT [--areas AREA,AREA] [--from DAY] [--until DAY] [--for ORGANISATION]
       npm run representation -- end --kind KIND [--for ORGANISATION]
KIND is one of ${relationKinds.join(', ')}.
--for is the child welfare service, by its organisation number; it alone grants to foster parents.
Identity numbers are asked for, one to a line when standard input is piped: the patient, whoever acts, whoever registers.
`

const options = {
  kind: { type: 'string' },
  source: { type: 'string' },
  areas: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  for: { type: 'string' },
} as const

type Flags = { [Name in keyof typeof options]?: string }
type Asked = { command: 'list'; flags: Flags } | { command: 'register' | 'end'; flags: Flags; kind: RelationKind }

const allowed: Record<Asked['command'], readonly (keyof Flags)[]> = {
  list: [],
  register: ['kind', 'source', 'areas', 'from', 'until', 'for'],
  end: ['kind', 'for'],
}

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(words: readonly string[], source: Record<string, string | undefined>, terminal: Terminal): Promise<number> {
  const wrong = numberInArguments(words)
  const asked = wrong ? undefined : readWords(words)
  if (!asked) {
    terminal.print(wrong ?? usage)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return asked.command === 'list' ? await list(environment, terminal) : await change(environment, asked, terminal)
}

function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const command = (['list', 'register', 'end'] as const).find((name) => positionals.length === 1 && name === positionals[0])
    if (!command || Object.keys(values).some((name) => !allowed[command].includes(name as keyof Flags))) return undefined
    if (command === 'list') return { command, flags: values }
    const kind = relationKinds.find((one) => one === values.kind)
    return kind && (command === 'end' || values.source !== undefined) ? { command, flags: values, kind } : undefined
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

async function list(environment: Environment, { ask, print }: Terminal): Promise<number> {
  const number = await ask('Identity number')
  return await withDatabase(environment, async ({ sql }) => {
    const keys = await keysOfNumber(sql, number)
    if (!keys) return refuse(print, NOBODY)
    const now = new Date()
    const actFor = await representativesOf(sql, keys, 'all', now)
    const actedFor = await representedBy(sql, keys, 'all', now)
    print(actFor.length === 0 ? 'Nobody acts for this person.\n' : `Act for this person:\n${relations(actFor, 'representativeName', now)}`)
    print(actedFor.length === 0 ? 'This person acts for nobody.\n' : `This person acts for:\n${relations(actedFor, 'patientName', now)}`)
    return DONE
  })
}

function relations(found: readonly StoredRepresentation[], name: 'patientName' | 'representativeName', now: Date): string {
  const rows = found.map((one) => [
    one[name] ?? 'no name',
    one.kind,
    one.areas.join(' '),
    norwegianTime(one.from),
    one.until ? norwegianTime(one.until) : '',
    one.source,
    one.registeredBy,
    standing(one, now),
  ])
  return `${table([['name', 'kind', 'areas', 'from', 'until', 'source', 'registered by', 'how it stands'], ...rows])}\n${counted(found.length, 'relation')}, in Norwegian time.\n`
}

function standing({ from, until, ended, endedBy }: StoredRepresentation, now: Date): string {
  if (ended) return `ended ${norwegianTime(ended)} by ${endedBy}`
  if (until && until <= now) return 'has run out'
  return from > now ? 'has not begun' : 'in force'
}

async function change(
  environment: Environment,
  { command, kind, flags }: Exclude<Asked, { command: 'list' }>,
  { ask, print }: Terminal,
): Promise<number> {
  const from = boundOf('start', flags.from)
  const until = boundOf('end', flags.until)
  if (from === 'unreadable' || until === 'unreadable') return refuse(print, UNREADABLE)
  const numbers = [
    await ask('Identity number of the patient'),
    await ask('Identity number of whoever acts'),
    await ask('Identity number of whoever registers'),
  ]
  return await withDatabase(environment, async ({ sql }) => {
    const [patient, representative] = [await keysOfNumber(sql, numbers[0] ?? ''), await keysOfNumber(sql, numbers[1] ?? '')]
    const actor = await registrarOf(sql, numbers[2] ?? '', flags.for)
    if (!patient || !representative) return refuse(print, NOBODY)
    if (!actor) return refuse(print, NO_REGISTRAR)
    const by: Registrar = { as: flags.for === undefined ? 'registrar' : 'child-welfare', actor }
    return await withChanges(sql, environment, async ({ changes, clock }) => {
      const parts = { sql, changes, clock }
      if (command === 'end') return told(print, await endRepresentation(parts, { kind, patient, representative }, by), () => 'Ended.\n')
      const areas = flags.areas?.split(',').map((area) => area.trim()) ?? []
      const wanted = { kind, patient, representative, areas, from, until, source: flags.source ?? '' }
      return told(print, await registerRepresentation(parts, wanted, by), ({ created }) =>
        created ? 'Registered.\n' : 'The same is registered already.\n',
      )
    })
  })
}

function told<T>(print: Terminal['print'], outcome: Result<T>, words: (done: T) => string): number {
  if (isProblem(outcome)) return refuse(print, outcome.issues.map(({ text }) => text).join('\n'))
  print(words(outcome))
  return DONE
}

function refuse(print: Terminal['print'], text: string): number {
  print(`${text}\n`)
  return REFUSED
}

if (import.meta.main) await runHere(run)
