/**
 * What the commands share that change agreements: each is one act of the kernel on behalf of a named person, and one row of the access
 * log.
 */
import type { Acts } from '@helsevev/kernel/areas/agreements/act'
import type { Actor } from '@helsevev/kernel/audit/actors'
import type { Database } from '@helsevev/kernel/store/database'
import { operator } from '../acting.ts'
import { type Context, required } from '../define-command.ts'
import type { Outcome } from '../outcome.ts'
import { called, listOf, organizationNumber, text } from '../values.ts'
import { withChanges } from '../with-changes.ts'
import { type OrganizationNames, organizationNames } from './print.ts'

/** Options of every command that changes something. */
export const acting = {
  for: required(organizationNumber, 'the organisation one acts for'),
  by: required(called('NAME', text), 'the person who does it'),
}

export const serviceIds = listOf('ID', 'news2,test-results')
export const purposeCodes = { ...listOf('CODE', 'TREAT,ETREAT'), word: 'TREAT,ETREAT,COC,BTG' }
export const codeList = listOf('CODE', '2.16.578.1.12.4.1.1.7110')
export const serviceCodeList = listOf('CODE', '1,2')
export const unitNumbers = listOf('NUMBER', '100203308,100200058')
export const name = called('NAME', text)

/** One who acts for an organisation, by the options above. */
interface Acting {
  for: string
  by: string
}

/** Does the act, with a segment of the access log for this command that is opened with the row of the act and signed for at its end. */
export async function changing<Values extends Acting>(
  { values, environment, services, withDatabase }: Pick<Context<Values>, 'values' | 'environment' | 'services' | 'withDatabase'>,
  act: (acts: Acts, actor: Actor) => Promise<Outcome>,
): Promise<Outcome> {
  const known = await services()
  return await withDatabase(async ({ sql }) => {
    const names = await organizationNames(sql)
    const actor = { ...operator(values.by, values.for), organizationName: names.get(values.for) }
    return await withChanges(sql, environment, (parts) => act({ sql, services: known, ...parts }, actor))
  })
}

/** Reads from the database, with the names of organisations at hand. */
export async function viewing(
  { withDatabase }: Pick<Context, 'withDatabase'>,
  view: (sql: Database['sql'], names: OrganizationNames, now: Date) => Promise<Outcome>,
): Promise<Outcome> {
  return await withDatabase(async ({ sql }) => view(sql, await organizationNames(sql), new Date()))
}

/** The members that are defined. */
export function given<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
