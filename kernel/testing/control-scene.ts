/** Two municipalities with people who have roles, for the tests of the control API: real database, real routes. */

import type { ControllerRole } from '../control/contract.ts'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey } from '../store/ids.ts'
import { NOW, organizations, type Reply, system, type TestApi, testApi } from '../testing/api.ts'

export const { bergen, oslo, bodo, vendor } = organizations
export const REASON = 'Besluttet i ledermøtet i går'

interface Somebody {
  caller: Caller
  key: PatientKey
  number: string
}

export interface Scene {
  api: TestApi
  /** Of Bergen. */
  owner: Somebody
  second: Somebody
  officer: Somebody
  reader: Somebody
  /** Somebody of Bergen without a role. */
  stranger: Somebody
  /** Of Oslo. */
  osloOwner: Somebody
  person(organization: string, name: [given: string, family: string], role?: ControllerRole): Promise<Somebody>
  get(who: Somebody | Caller, path: string): Promise<Reply>
  post(who: Somebody | Caller, path: string, body: unknown): Promise<Reply>
  /** Rows of the access log since the last time. */
  newRows(): Promise<
    { event: string; outcome: string; problem: string | null; reason: string | null; name: string | null; eventId: string }[]
  >
  pass(milliseconds: number): void
  close(): Promise<void>
}

export async function scene(): Promise<Scene> {
  let time = NOW.getTime()
  const api = await testApi(undefined, () => new Date(time))
  const { sql } = api
  let series = 20
  let seen = 0
  const person: Scene['person'] = async (organization, [given, family], role) => {
    series += 1
    const { key, number } = await api.person(series, '1980-02-03')
    await sql`update person set given_name = ${given}, family_name = ${family} where patient = ${key}`
    if (role)
      await sql`
        insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
        values (gen_random_uuid(), ${organization}, ${key}, ${role}, '2025-01-01', 'Test', 'for the test')`
    return { key, number, caller: controller(organization, number, `${given} ${family}`) }
  }
  const callerOf = (who: Somebody | Caller) => ('caller' in who ? who.caller : who)
  return {
    api,
    owner: await person(bergen, ['Olga', 'Owner'], 'owner'),
    second: await person(bergen, ['Sverre', 'Second'], 'owner'),
    officer: await person(bergen, ['Pia', 'Privacy'], 'privacy-officer'),
    reader: await person(bergen, ['Rune', 'Reader'], 'reader'),
    stranger: await person(bergen, ['Stig', 'Stranger']),
    osloOwner: await person(oslo, ['Ola', 'Oslo'], 'owner'),
    person,
    get: async (who, path) => await api.as(callerOf(who)).get(path),
    post: async (who, path, body) => await api.as(callerOf(who)).post(path, body, { 'content-type': 'application/json' }),
    newRows: async () => {
      const rows = await sql<Awaited<ReturnType<Scene['newRows']>>>`
        select l.event, l.outcome, l.problem, l.reason, a.name, l.event_id as "eventId"
        from access_log l left join log_actor a on a.id = l.actor order by l.segment, l.seq offset ${seen}`
      seen += rows.length
      return [...rows]
    },
    pass: (milliseconds) => {
      time += milliseconds
    },
    close: async () => await api.close(),
  }
}

/** A signed-in person, without number in the register of health personnel, through the portal's client. */
export function controller(organization: string, pid: string, name: string, more: Partial<Caller> = {}): Caller {
  return system(organization, {
    kind: 'person',
    pid,
    name,
    client: 'helsevev-controller',
    scopes: ['helsevev:control/read', 'helsevev:control/write'],
    ...more,
  })
}

/** The code of the first issue, which names the rule. */
export function ruleOf(reply: Reply): string | undefined {
  return reply.body?.issue?.[0]?.details?.coding?.[0]?.code
}
