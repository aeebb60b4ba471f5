/** What `representation` and `choices` share: whom it is about, who registers it, and a segment of the access log for the command. */

import { withNotices } from '@helsevev/kernel/areas/choices/notices'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { type Actor, createActors } from '@helsevev/kernel/audit/actors'
import { type ChangeLog, createChangeLog } from '@helsevev/kernel/audit/change-log'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds, type Ids, type PatientKey } from '@helsevev/kernel/store/ids'
import { period } from '@helsevev/kernel/values/dates'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'

type Sql = Database['sql']

export type Keys = readonly [PatientKey, ...PatientKey[]]

/** Of the person with the number, linked ones too; undefined when nobody in the register has it. */
export async function keysOfNumber(sql: Sql, number: string): Promise<Keys | undefined> {
  const key = await keyOfNumber(sql, number)
  return key && (await keysOf(sql, key))
}

export async function keysOf(sql: Sql, key: PatientKey): Promise<Keys> {
  const linked = await sql<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${key}`
  return [key, ...linked.map((row) => row.key)]
}

/** Whoever runs the command, as the log knows them: a person of the register, with a name, who acts for an organisation. */
export async function registrarOf(
  sql: Sql,
  number: string,
  organization: string | undefined,
): Promise<(Actor & { person: PatientKey }) | undefined> {
  const person = await keyOfNumber(sql, number)
  const [known] = await sql<{ name: string | null; organization: string | null }[]>`
    select
      (select nullif(trim(concat_ws(' ', given_name, family_name)), '') from person where patient = ${person ?? null}::bigint) as name,
      (select name from organization where number = ${organization ?? null}) as organization`
  if (!person || !known?.name) return undefined
  return {
    person,
    name: known.name,
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: known.organization ?? undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'command line',
  }
}

export const NO_REGISTRAR = 'Whoever registers must be in the person register, with a name. Nothing was changed.'
export const NOBODY = 'Nobody in the person register here has that number. Nothing was changed.'

/** Opens a segment of the access log, does the work, and signs for the segment. */
export async function withChanges<T>(
  sql: Sql,
  environment: Environment,
  work: (parts: { changes: ChangeLog; clock: () => Date; ids: Ids }) => Promise<T>,
): Promise<T> {
  const clock = () => new Date()
  const ids = createIds(clock)
  const key = logKey(environment.logKey ?? (await keptSecret(environment.dataDirectory, 'log-key', newLogKeyText)))
  const log = await openAccessLog(sql, { ids, clock, key })
  try {
    const changes = createChangeLog({ log, actorId: createActors(sql), ids, clock })
    return await work({ changes: withNotices(changes, { sql, ids, clock }), clock, ids })
  } finally {
    await log.close()
  }
}

/** A day or a time of the command line, in Norwegian time; the last day is within the period. 'unreadable' when it is neither. */
export function boundOf(bound: 'start' | 'end', text: string | undefined): Date | undefined | 'unreadable' {
  if (text === undefined) return undefined
  return period(text)?.[bound] ?? 'unreadable'
}

export const UNREADABLE =
  '--from and --until take a day, as in 2026-12-31, or a time, as in 2026-12-31T12:00:00+01:00. Nothing was changed.'
