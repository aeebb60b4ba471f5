/**
 * `npm run agreements -- list|show|propose|sign|…`: who has opened what to whom, for those who keep the agreements of a server. Each
 * change is a row of the access log. docs/run/agreements.md
 */
import type { KnownService } from '@helsevev/kernel/areas/agreements/act'
import { agreements, versionsOf } from '@helsevev/kernel/areas/agreements/agreement'
import { deliveryCounts } from '@helsevev/kernel/areas/agreements/delivery'
import { participations } from '@helsevev/kernel/areas/agreements/participation'
import { roleRules } from '@helsevev/kernel/areas/agreements/role-rules'
import { standardAgreements } from '@helsevev/kernel/areas/agreements/standard-agreement'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { createChangeLog } from '@helsevev/kernel/audit/change-log'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds } from '@helsevev/kernel/store/ids'
import { table } from '@helsevev/replay/table'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'
import { deeds, operator } from './agreements-acts.ts'
import { agreementTable, agreementText, named, type OrganizationNames, standardTable } from './agreements-print.ts'
import { type Asked, type CommandName, readWords } from './agreements-words.ts'
import { norwegianTime } from './audit-words.ts'
import { DONE, environmentOr, REFUSED, WRONG_USE, withDatabase } from './open.ts'
import { numberInArguments, runHere, type Terminal } from './terminal.ts'

/** Exit codes: 0 done, 1 refused and nothing changed, 2 wrong use, 78 wrong environment. */
export async function run(
  words: readonly string[],
  source: Record<string, string | undefined>,
  terminal: Terminal,
  services?: readonly KnownService[],
): Promise<number> {
  const asked = numberInArguments(words) ?? readWords(words)
  if (typeof asked === 'string') {
    terminal.print(asked)
    return WRONG_USE
  }
  const environment = environmentOr(source, terminal.print)
  if (typeof environment === 'number') return environment
  return await withDatabase(environment, async ({ sql }) => {
    const view = views[asked.command]
    const outcome = view
      ? await view(sql, asked, new Date())
      : await change(sql, environment, asked, terminal, services ?? (await ownServices()))
    if (isProblem(outcome)) {
      terminal.print(outcome.issues.map(({ text }) => `${text}\n`).join(''))
      return REFUSED
    }
    terminal.print(outcome)
    return DONE
  })
}

type Sql = Database['sql']

/** Commands that only read. */
const views: { [Name in CommandName]?: (sql: Sql, asked: Asked, now: Date) => Promise<string | Problem> } = {
  list: async (sql, { values: { controller, receiver } }, now) =>
    agreementTable(await agreements(sql, { controller, receiver, now }), await organizationNames(sql), now),
  show: async (sql, { id }, now) => {
    const versions = await versionsOf(sql, id)
    return versions.length === 0 ? problem('agreement-unknown') : agreementText(versions, await organizationNames(sql), now)
  },
  'standard list': async (sql, _asked, now) => standardTable(await standardAgreements(sql, now), await organizationNames(sql)),
  roles: async (sql, { values }) => {
    const [rules, names] = [await roleRules(sql, values.organization), await organizationNames(sql)]
    const rows = rules.map((rule) => [named(rule.organization, names), rule.service, rule.role, rule.purposes.join(' ')])
    return rows.length === 0
      ? 'No organisation has rules of its own: what each service says holds.\n'
      : table([['organisation', 'service', 'role', 'purposes'], ...rows])
  },
  participation: async (sql, { values }) => {
    const [found, names] = [await participations(sql, values.organization), await organizationNames(sql)]
    const rows = found.map((one) => [
      named(one.organization, names),
      one.service,
      yes(one.produces),
      yes(one.consumes),
      norwegianTime(one.since),
    ])
    return rows.length === 0 ? 'Nobody takes part.\n' : table([['organisation', 'service', 'produces', 'consumes', 'since'], ...rows])
  },
  deliver: async (sql, _asked, now) => {
    const [found, names] = [await deliveryCounts(sql, now), await organizationNames(sql)]
    const rows = found.map((one) => [
      named(one.controller, names),
      named(one.provider, names),
      one.unit && named(one.unit, names),
      String(one.patients),
    ])
    return rows.length === 0
      ? 'No private provider delivers to anybody.\n'
      : table([['controller', 'provider', 'unit', 'patients'], ...rows])
  },
}

/** Opens a segment of the access log for this command, does what was asked, and signs for the segment. */
async function change(
  sql: Sql,
  environment: Environment,
  { command, id, values }: Asked,
  { ask }: Terminal,
  services: readonly KnownService[],
): Promise<string | Problem> {
  const clock = () => new Date()
  const ids = createIds(clock)
  const key = logKey(environment.logKey ?? (await keptSecret(environment.dataDirectory, 'log-key', newLogKeyText)))
  const names = await organizationNames(sql)
  const actor = { ...operator(values.by ?? '', values.for ?? ''), organizationName: names.get(values.for ?? '') }
  const log = await openAccessLog(sql, { ids, clock, key })
  try {
    const changes = createChangeLog({ log, actorId: createActors(sql), ids, clock })
    const outcome = await deeds[command]?.({ acts: { sql, ids, clock, changes, services }, actor, id, values, ask })
    if (outcome === undefined) throw new Error(`the command ${command} has no deed`)
    return typeof outcome === 'string' ? `${outcome}\n` : outcome
  } finally {
    await log.close()
  }
}

async function organizationNames(sql: Sql): Promise<OrganizationNames> {
  const rows = await sql<{ number: string; name: string }[]>`
    select number, name from organization union all select id, name from organization_group`
  return new Map(rows.map(({ number, name }) => [number, name]))
}

/** Loaded when something changes only: what reads does not need the whole server. */
async function ownServices(): Promise<readonly KnownService[]> {
  return (await import('../services.ts')).services
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no'
}

if (import.meta.main) await runHere(run)
