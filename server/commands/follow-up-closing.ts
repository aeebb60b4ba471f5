/** What `follow-up`, `misuse` and `messages` share: who acts, with a row in the access log, and whom a look-up is about. */

import { type ClosingRefusal, closingRefusals } from '@helsevev/kernel/areas/follow-up/closing'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { type Actor, createActors } from '@helsevev/kernel/audit/actors'
import { type ChangeLog, createChangeLog } from '@helsevev/kernel/audit/change-log'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds, type Ids, type PatientKey } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { keptSecret } from '../kept-secret.ts'
import { DONE, REFUSED } from './open.ts'
import type { Terminal } from './terminal.ts'

type Sql = Database['sql']

/**
 * Asks who closes, opens a segment of the access log for this command, closes, and signs for the segment. `close` is called with a
 * person of the register who acts for the organisation.
 */
export async function closing(
  sql: Sql,
  environment: Environment,
  organization: string,
  { ask, print }: Terminal,
  close: (parts: { changes: ChangeLog; clock: () => Date }, closedBy: Actor) => Promise<'closed' | ClosingRefusal>,
): Promise<number> {
  const closedBy = await actorOf(sql, organization, await ask('Identity number of whoever closes'))
  const outcome = closedBy ? await withChanges(sql, environment, (parts) => close(parts, closedBy)) : 'person-unknown'
  if (outcome === 'closed') {
    print('Closed.\n')
    return DONE
  }
  print(`${closingRefusals[outcome]} Nothing was changed.\n`)
  return REFUSED
}

/** Opens a segment of the access log for this command, does what is asked, and signs for the segment. */
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
    return await work({ changes: createChangeLog({ log, actorId: createActors(sql), ids, clock }), clock, ids })
  } finally {
    await log.close()
  }
}

/** A person of the register who acts for an organisation; undefined when nobody with a name has the number. */
export async function actorOf(sql: Sql, organization: string, number: string): Promise<Actor | undefined> {
  const person = await keyOfNumber(sql, number)
  const name = person && (await personName(sql, person))
  if (!person || !name) return undefined
  const [known] = await sql<{ name: string }[]>`select name from organization where number = ${organization}`
  return {
    person,
    name,
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: known?.name,
    organizationChild: undefined,
    supplier: undefined,
    client: 'command',
  }
}

/** As the person register has it; undefined when it has no name. */
async function personName(sql: Sql, key: PatientKey): Promise<string | undefined> {
  const [person] = await sql<{ name: string }[]>`
    select concat_ws(' ', given_name, family_name) as name from person where patient = ${key}`
  return person?.name || undefined
}

/** Whom a look-up is about, by name and birth date, and never by number. */
export async function patientWords(sql: Sql, key: PatientKey): Promise<string> {
  const [person] = await sql<{ name: string; born: string | null }[]>`
    select concat_ws(' ', given_name, family_name) as name, birth_date::text as born from person where patient = ${key}`
  if (!person) return 'several'
  return `${person.name || 'name not known'}, born ${person.born ?? 'on a date not known'}`
}
