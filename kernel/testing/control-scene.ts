/** Two municipalities with persons who have roles, for the tests of the control API, with a real database and real routes. */
import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import type { ControllerRole } from '../control/contract.ts'
import type { InformationService } from '../fhir/service.ts'
import type { Caller } from '../identity/caller.ts'
import type { PatientKey } from '../store/ids.ts'
import { problemOf } from '../testing/answers.ts'
import { NOW, organizations, type Reply, system, type TestApi, testApi } from '../testing/api.ts'
import { type AnswerOf, addressOf, type Input, type Row } from '../wire/contract.ts'

export const { bergen, oslo, bodo, vendor } = organizations
export const REASON = 'Besluttet i ledermøtet i går'

export interface Somebody {
  caller: Caller
  key: PatientKey
  number: string
}

export interface Scene {
  api: TestApi
  /** An owner of Bergen. */
  owner: Somebody
  second: Somebody
  officer: Somebody
  reader: Somebody
  /** A person of Bergen without a role. */
  stranger: Somebody
  /** An owner of Oslo. */
  osloOwner: Somebody
  person(organization: string, name: [given: string, family: string], role?: ControllerRole): Promise<Somebody>
  /** Sends a request as the page does. */
  ask<R extends Row>(who: Somebody | Caller, row: R, ...given: Input<R>): Promise<Reply>
  /** The answer to a correct request, in the form that the row declares. */
  answer<R extends Row>(who: Somebody | Caller, row: R, ...given: Input<R>): Promise<AnswerOf<R>>
  get(who: Somebody | Caller, path: string): Promise<Reply>
  post(who: Somebody | Caller, path: string, body: unknown): Promise<Reply>
  /** The rows of the access log since the last call. */
  newRows(): Promise<
    {
      patient: string
      event: string
      outcome: string
      problem: string | null
      reason: string | null
      name: string | null
      eventId: string
    }[]
  >
  pass(milliseconds: number): void
  /** From now on, the clock moves only when time passes. */
  holdClock(): void
  close(): Promise<void>
}

export async function scene(services?: readonly InformationService[]): Promise<Scene> {
  let time = NOW.getTime()
  // What is later in a request is later on the clock, as on every clock that is not held.
  let step = 1
  const api = await testApi(services, () => {
    time += step
    return new Date(time)
  })
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
  const ask: Scene['ask'] = async (who, row, ...[given]) => {
    const path = `/control${addressOf(row, given)}`
    const { get, post } = api.as(callerOf(who))
    const body = given && 'body' in given ? given.body : undefined
    return row.method === 'GET' ? await get(path) : await post(path, body, { 'content-type': 'application/json' })
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
    ask,
    async answer<R extends Row>(who: Somebody | Caller, row: R, ...given: Input<R>) {
      const reply = await ask(who, row, ...given)
      assert.equal(reply.status, 200, JSON.stringify(reply.body))
      return z.parse<R['answer']>(row.answer, reply.body)
    },
    get: async (who, path) => await api.as(callerOf(who)).get(path),
    post: async (who, path, body) => await api.as(callerOf(who)).post(path, body, { 'content-type': 'application/json' }),
    newRows: async () => {
      const rows = await sql<Awaited<ReturnType<Scene['newRows']>>>`
        select greatest(l.patient, 0) as patient, l.event, l.outcome, l.problem, l.reason, a.name, l.event_id as "eventId"
        from access_log l left join log_actor a on a.id = l.actor order by l.segment, l.seq offset ${seen}`
      seen += rows.length
      return [...rows]
    },
    pass: (milliseconds) => {
      time += milliseconds
    },
    holdClock: () => {
      step = 0
    },
    close: async () => await api.close(),
  }
}

/** A signed-in person without an HPR number, through the client of the portal. */
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

/** A possible identity number: eleven digits that are not part of a hexadecimal id. */
export const elevenDigits = /(?<![0-9a-f])\d{11}(?![0-9a-f])/i

/** The code of the first issue, which names the rule. */
export function ruleOf(reply: Reply): string | undefined {
  return problemOf(reply)
}
