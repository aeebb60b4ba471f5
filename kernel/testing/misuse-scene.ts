/**
 * The start of tests of misuse control: a municipality, a hospital and a practice, staff who look at patients, and the log of the look-ups.
 */
import assert from 'node:assert/strict'
import { misuseCases } from '../areas/misuse/cases.ts'
import { type RuleId, rules } from '../areas/misuse/rules.ts'
import { runRules } from '../areas/misuse/run.ts'
import { whyOf } from '../areas/misuse/why.ts'
import { type LogEntry, openAccessLog } from '../audit/access-log.ts'
import { type Actor, createActors } from '../audit/actors.ts'
import { type ChangeLog, createChangeLog } from '../audit/change-log.ts'
import { logKey, newLogKeyText } from '../audit/log-key.ts'
import { type Person, registerPerson } from '../identity/persons.ts'
import { createIds, type PatientKey } from '../store/ids.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export const [BERGEN, HOSPITAL, GP] = ['900000001', '900000002', '900000003'] as const
const names: Record<string, string> = { [BERGEN]: 'Bergen kommune', [HOSPITAL]: 'Haukeland', [GP]: 'Legekontoret' }
/** A Thursday in winter, when Norwegian time is one hour ahead of UTC. */
const DAY = '2026-01-15'
export const DAYS = { from: DAY, until: '2026-01-16' }
export const at = (time: string, day = DAY) => new Date(`${day}T${time}Z`)
export const MONTH_LATER = at('08:00:00', '2026-02-15')

export const ids = createIds(() => at('08:00:00'))
export const keyOf = ({ person }: Actor): PatientKey => person ?? assert.fail('Staff are in the person register.')

export interface Scene {
  database: TestDatabase
  changes: ChangeLog
  /** Removes everything that a test may have added, except persons. */
  clear(): Promise<void>
  person(more?: Person): Promise<PatientKey>
  staff(more?: Person, organization?: string, role?: string): Promise<Actor>
  /** Logs a look-up; at nine o'clock unless the test gives another time. */
  look(by: Actor, what: Partial<LogEntry> & { patient: string }): Promise<string>
  /** The id of an attestation, to be named by look-ups. */
  attested(): Promise<string>
  record(of: PatientKey, controller: string, recorded: Date): Promise<string>
  watch(patient: PatientKey, added?: Date): Promise<void>
  /** The reasons for which the rule opened cases, in words; one for each open case. */
  found(id: RuleId, organization?: string, now?: Date): Promise<string[]>
  close(): Promise<void>
}

async function addOrganizations(sql: TestDatabase['sql']): Promise<void> {
  for (const [number, name] of Object.entries(names)) {
    await sql`insert into organization (number, name, type) values (${number}, ${name}, 'other')`
    await sql`
      insert into service_participation (organization, service, produces, consumes) values (${number}, 'news2', ${number !== GP}, true)`
  }
}

export async function openScene(): Promise<Scene> {
  const database = await testDatabase()
  const { sql } = database
  const clock = () => MONTH_LATER
  const log = await openAccessLog(sql, { ids, clock, key: logKey(newLogKeyText()) })
  const actorId = createActors(sql)
  let series = 0
  let hprNumber = 990000100
  await addOrganizations(sql)

  async function person(more: Person = {}): Promise<PatientKey> {
    const birthDate = more.birthDate ?? `${1930 + (series++ % 60)}-03-0${1 + (Math.trunc(series / 60) % 9)}`
    const value = makeIdentityNumber({ birthDate, offset: 65, series: 7 })
    const registered = await registerPerson(sql, ids, { system: 'FNR', value }, more)
    assert.ok('key' in registered && registered.created)
    return registered.key
  }

  return {
    database,
    changes: createChangeLog({ log, actorId, ids, clock }),
    person,
    async clear() {
      await database.owner.unsafe(`
        alter table access_log disable trigger user; delete from access_log; alter table access_log enable trigger user;
        delete from misuse_case; delete from watched_person; delete from record; delete from patient_controller;
        delete from service_delivery; delete from practitioner_role; delete from practitioner`)
    },
    async staff(more = {}, organization = BERGEN, role = 'SP') {
      return {
        person: await person(more),
        name: `${more.givenName ?? 'Nils'} ${more.familyName ?? 'Nilsen'}`,
        hprNumber: String(hprNumber++),
        role,
        organization,
        organizationName: names[organization],
        organizationChild: undefined,
        supplier: undefined,
        client: 'portal',
      }
    },
    async look(by, what) {
      const eventId = ids.uuid()
      await log.append({ ...usual, at: at('09:00:00'), actor: await actorId(by), eventId, ...what })
      return eventId
    },
    async attested() {
      await sql`
        insert into log_attestation (id, digest, "authorization", point_of_care, point_of_care_name) overriding system value
        values (17, gen_random_uuid(), 'SP', ${BERGEN}, 'Bergen legevakt')
        on conflict (id) do nothing`
      return '17'
    },
    async record(of, controller, recorded) {
      const id = ids.recordId()
      await sql`
        insert into record (patient, id, version, service, type, controller, effective, recorded, tokens, writer, content)
        values (${of}, ${id}, 1, 'news2', 'Observation', ${controller}, ${recorded}, ${recorded}, '{}', 0, '{}')`
      await sql`
        insert into patient_controller (patient, service, controller, since) values (${of}, 'news2', ${controller}, ${recorded})
        on conflict do nothing`
      return id
    },
    async watch(patient, added = at('08:00:00')) {
      await sql`insert into watched_person (patient, reason, added, added_by) values (${patient}, 'in the news', ${added}, 'Ole Officer')`
    },
    async found(id, organization = BERGEN, now = MONTH_LATER) {
      const rule = rules.filter((one) => one.id === id)
      await runRules(sql, { organization, ...DAYS }, now, rule)
      const cases = await misuseCases(sql, organization, { open: true })
      return cases.map((one) => whyOf(one.rule, one.actorName, one.facts, 'en'))
    },
    async close() {
      await log.close()
      await database.close()
    },
  }
}

const usual: Omit<LogEntry, 'patient' | 'at' | 'actor' | 'eventId'> = {
  event: 'search-type',
  outcome: 'ok',
  service: 'news2',
  type: 'Observation',
  purpose: 'TREAT',
  problem: null,
  withheld: false,
  disclosed: null,
  disclosedVersions: null,
  attestation: null,
  toa: null,
  decisionRef: null,
  basis: null,
  reason: null,
}
