/**
 * `npm run roles -- list|grant|end`: who may act for a data controller in its portal. The first owner comes from here; owners grant the rest
 * themselves. Each change is a row of the access log. docs/run/roles.md
 */
import { parseArgs } from 'node:util'
import { nameFault } from '@helsevev/kernel/areas/agreements/act'
import { type ControllerRole, controllerRoles } from '@helsevev/kernel/control/contract'
import { reasonFault } from '@helsevev/kernel/control/reason'
import { endRole, grantRole, roleGrants } from '@helsevev/kernel/control/roles'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { instant } from '@helsevev/kernel/values/dates'
import { table, wrapped } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { operator } from './agreements-acts.ts'
import { norwegianTime } from './audit-words.ts'
import { withChanges } from './follow-up-closing.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

const usage = `Usage: npm run roles -- list --organization NUMBER
       npm run roles -- grant --organization NUMBER --role ${controllerRoles.join('|')} --by NAME --reason TEXT [--until TIME]
       npm run roles -- end ID --organization NUMBER --by NAME --reason TEXT
The identity number of whoever gets a role is asked for.
`

const options = {
  organization: { type: 'string' },
  role: { type: 'string' },
  by: { type: 'string' },
  reason: { type: 'string' },
  until: { type: 'string' },
} as const

type Asked =
  | { command: 'list'; organization: string }
  | { command: 'grant'; organization: string; role: ControllerRole; by: string; reason: string; until: Date | undefined }
  | { command: 'end'; organization: string; id: string; by: string; reason: string }

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
  return await withDatabase(environment, async ({ sql }) => {
    const outcome = asked.command === 'list' ? await list(sql, asked.organization) : await change(sql, environment, asked, terminal)
    terminal.print(isProblem(outcome) ? outcome.issues.map(({ text }) => `${text}\n`).join('') : outcome)
    return isProblem(outcome) ? REFUSED : DONE
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function readWords(words: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true })
    const [command, id, ...more] = positionals
    const { organization, by, reason, until, role } = values
    if (!organization || more.length > 0) return undefined
    if (command === 'list') return id || role || by || reason || until ? undefined : { command, organization }
    if (by === undefined || reason === undefined) return undefined
    if (command === 'end') return id && UUID.test(id) && !role && !until ? { command, organization, id, by, reason } : undefined
    const known = controllerRoles.find((one) => one === role)
    const end = until === undefined ? undefined : instant(until)
    if (command !== 'grant' || id || !known || (until !== undefined && !end)) return undefined
    return { command, organization, role: known, by, reason, until: end }
  } catch {
    // parseArgs throws at an unknown flag; the usage says which there are.
    return undefined
  }
}

type Sql = Database['sql']

async function list(sql: Sql, organization: string): Promise<string> {
  const found = await roleGrants(sql, { organization, now: new Date(), limit: 1000, skip: 0 })
  if (found.length === 0) return 'Nobody has or has had a role for that organisation.\n'
  const rows = found.map((one) => [
    one.id,
    one.name,
    one.role,
    one.holds ? 'yes' : 'no',
    norwegianTime(new Date(one.from)),
    one.until === null ? '' : norwegianTime(new Date(one.until)),
    one.grantedBy,
    wrapped(one.reason, 40),
  ])
  return table([['id', 'name', 'role', 'holds', 'from', 'until', 'granted by', 'reason'], ...rows])
}

async function change(
  sql: Sql,
  environment: Environment,
  asked: Exclude<Asked, { command: 'list' }>,
  terminal: Terminal,
): Promise<string | Problem> {
  const fault = nameFault(asked.by) ?? reasonFault(asked.reason)
  if (fault) return fault
  const actor = operator(asked.by, asked.organization)
  if (asked.command === 'end') {
    const ended = await withChanges(sql, environment, (parts) => endRole(sql, parts, actor, asked))
    return isProblem(ended) ? ended : 'The role has ended.\n'
  }
  const person = await keyOfNumber(sql, await terminal.ask('Identity number of whoever gets the role'))
  if (!person) return problem('person-unknown')
  const granted = await withChanges(sql, environment, (parts) => grantRole(sql, parts, actor, { ...asked, person }))
  return isProblem(granted) ? granted : `${granted.name} is ${asked.role} from the next call on.\n`
}

if (import.meta.main) await runHere(run)
