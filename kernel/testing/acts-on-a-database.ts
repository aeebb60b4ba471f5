/** What the tests of the acts share: a database with made-up organisations, a clock that is set by hand, and the access log. */

import type { Acts } from '../areas/agreements/act.ts'
import type { Proposal } from '../areas/agreements/propose.ts'
import { openAccessLog } from '../audit/access-log.ts'
import type { Actor } from '../audit/actors.ts'
import { createActors } from '../audit/actors.ts'
import { createChangeLog } from '../audit/change-log.ts'
import { logKey, newLogKeyText } from '../audit/log-key.ts'
import { isProblem, type Problem, type Result } from '../problem/problem.ts'
import { createIds, type PatientKey } from '../store/ids.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export const [bergen, oslo, bodo, hospital] = ['900000001', '900000002', '900000003', '900000005']
/** Private home care with two units, of which the second is a sub-unit of the first, and a unit of Oslo. */
export const [homeCare, day, night, osloUnit] = ['900000011', '900000012', '900000013', '900000021']

const rows: [number: string, name: string, type: string, partOf: string | null][] = [
  [bergen, 'Bergen', 'municipality', null],
  [oslo, 'Oslo', 'municipality', null],
  [bodo, 'Bodø', 'municipality', null],
  [hospital, 'Hospital', 'health-trust', null],
  [homeCare, 'Home care AS', 'private-provider', null],
  [day, 'Day team', 'private-provider', homeCare],
  [night, 'Night team', 'private-provider', day],
  [osloUnit, 'Oslo home care', 'municipality', oslo],
]

export interface ActsOnDatabase {
  database: TestDatabase
  acts: Acts
  now(): Date
  /** Moves the clock on. */
  pass(milliseconds: number): void
  /** The rows of the access log about changes, in order. */
  logged(): Promise<{ event: string; type: string | null; service: string | null; reason: string | null; name: string; patient: string }[]>
  close(): Promise<void>
}

export async function actsOnDatabase(): Promise<ActsOnDatabase> {
  const database = await testDatabase()
  const { sql } = database
  for (const [number, name, type, partOf] of rows)
    await sql`insert into organization (number, name, type, part_of) values (${number}, ${name}, ${type}, ${partOf})`
  let time = Date.UTC(2026, 0, 15, 10)
  const clock = () => new Date(time)
  const ids = createIds(clock)
  const log = await openAccessLog(sql, { ids, clock, key: logKey(newLogKeyText()) })
  const services = [
    { id: 'measurements', readers: { SP: ['TREAT', 'ETREAT', 'BTG'], LE: ['TREAT', 'ETREAT', 'COC', 'BTG'] } },
    { id: 'plans', readers: { SP: ['TREAT'] } },
  ] as const
  return {
    database,
    acts: { sql, ids, clock, services, changes: createChangeLog({ log, actorId: createActors(sql), ids, clock }) },
    now: clock,
    pass: (milliseconds) => {
      time += milliseconds
    },
    logged: async () =>
      await sql`
        select l.event, l.type, l.service, l.reason, a.name, greatest(l.patient, 0) as patient
        from access_log l join log_actor a on a.id = l.actor order by l.segment, l.seq`,
    async close() {
      await log.close()
      await database.close()
    },
  }
}

/** A person who acts for an organisation. */
export function actor(name: string, organization: string | undefined, person?: PatientKey): Actor {
  return {
    person,
    name,
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'test',
  }
}

export const [kari, ola, berit] = [actor('Kari Nordmann', bergen), actor('Ola Hansen', oslo), actor('Berit Bodin', bodo)]

/** A proposal: Bergen opens measurements to Oslo for treatment, from 1 January on. */
export function proposal(changes: Partial<Proposal> = {}): Proposal {
  return {
    controller: bergen,
    service: 'measurements',
    receiver: oslo,
    receiverType: 'organization',
    units: [],
    serviceCodes: [],
    purposes: ['TREAT'],
    sensitiveCodes: [],
    legalBasis: 'pasientjournalloven § 19',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: null,
    ...changes,
  }
}

/** The result of an act that is expected to succeed. */
export function done<T>(result: Result<T>): T {
  if (isProblem(result)) throw new Error(result.issues.map(({ code, text }) => `${code}: ${text}`).join('\n'))
  return result
}

/** The rules that a refusal names; empty when the act was done. */
export function rulesOf(result: Result<unknown>): string[] {
  return isProblem(result) ? (result as Problem).issues.map(({ code }) => code) : []
}
