/** What commands share that change something on behalf of a person: the actor, as the access log names them, and the patient in words. */

import { type ClosingRefusal, closingRefusals } from '@helsevev/kernel/areas/follow-up/closing'
import type { Actor } from '@helsevev/kernel/audit/actors'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { type Outcome, refuse } from './outcome.ts'
import { type Changing, withChanges } from './with-changes.ts'

type Sql = Database['sql']

/** Closes as a person of the register who acts for the organisation, whose identity number was asked for. */
export async function closing(
  sql: Sql,
  environment: Environment,
  { organization, number }: { organization: string; number: string },
  close: (parts: Changing, closedBy: Actor) => Promise<'closed' | ClosingRefusal>,
): Promise<Outcome> {
  const closedBy = await actorOf(sql, organization, number)
  const outcome = closedBy ? await withChanges(sql, environment, (parts) => close(parts, closedBy)) : 'person-unknown'
  if (outcome === 'closed') return { result: { closed: true }, text: 'Closed.\n' }
  return refuse(outcome, `${closingRefusals[outcome]} Nothing was changed.`)
}

/** Somebody who is named by the person who runs the command, and whose key is not known. */
export function operator(name: string, organization: string): Actor {
  return {
    person: undefined,
    name: name.trim(),
    hprNumber: undefined,
    role: undefined,
    organization,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'agreements',
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

/** The patient of a look-up, by name and birth date, and never by number. */
export async function patientWords(sql: Sql, key: PatientKey): Promise<string> {
  const [person] = await sql<{ name: string; born: string | null }[]>`
    select concat_ws(' ', given_name, family_name) as name, birth_date::text as born from person where patient = ${key}`
  if (!person) return 'several'
  return `${person.name || 'name not known'}, born ${person.born ?? 'on a date not known'}`
}
