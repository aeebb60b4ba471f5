/** What `representation` and `choices` share: the person it is about, the registrar, and notices of what is changed. */
import { withNotices } from '@helsevev/kernel/areas/choices/notices'
import type { Actor } from '@helsevev/kernel/audit/actors'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import type { Environment } from '../../env.ts'
import { type Refusal, refuse } from '../outcome.ts'
import { type Changing, withChanges } from '../with-changes.ts'

type Sql = Database['sql']

export type Keys = readonly [PatientKey, ...PatientKey[]]

/** The keys of the person with the number, linked ones too; undefined when nobody in the register has it. */
export async function keysOfNumber(sql: Sql, number: string): Promise<Keys | undefined> {
  const key = await keyOfNumber(sql, number)
  return key && (await keysOf(sql, key))
}

export async function keysOf(sql: Sql, key: PatientKey): Promise<Keys> {
  const linked = await sql<{ key: PatientKey }[]>`select same_as as key from person_link where patient = ${key}`
  return [key, ...linked.map((row) => row.key)]
}

/** The one who runs the command, as the log knows them: a person of the register, with a name, who acts for an organisation. */
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

export function noRegistrar(): Refusal {
  return refuse('registrar-unknown', 'The registrar must be in the person register, with a name. Nothing was changed.')
}

export function nobody(): Refusal {
  return refuse('person-unknown', 'Nobody in the person register here has that number. Nothing was changed.')
}

/** A segment of the access log for the command, with notices to the patient of what is changed. */
export async function withNoticedChanges<T>(sql: Sql, environment: Environment, work: (parts: Changing) => Promise<T>): Promise<T> {
  return await withChanges(sql, environment, ({ changes, intend, ids, clock }) =>
    work({ changes: withNotices(changes, { sql, ids, clock }), intend, ids, clock }),
  )
}
