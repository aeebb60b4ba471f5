/**
 * Commands that show a person by name, or what is stored of a person: who reads, for which organisation and why is a row of the access log
 * on that person, and it is durable before anything is printed (pasientjournalloven § 18: who has been given information;
 * docs/decisions/0050-rows-of-commands.md). The patient sees the row with the others.
 */
import { nameFault, reasonFault } from '@helsevev/kernel/areas/agreements/act'
import type { Actor } from '@helsevev/kernel/audit/actors'
import type { Problem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import type { Environment } from '../env.ts'
import { operator } from './acting.ts'
import { required } from './define-command.ts'
import { type Outcome, type Refusal, refuse } from './outcome.ts'
import { called, organizationNumber, text } from './values.ts'
import { withChanges } from './with-changes.ts'

type Sql = Database['sql']

/** Options of a command that shows a person, where another option says for which organisation. */
export const reading = {
  by: required(called('NAME', text), 'the person who reads'),
  reason: required(text, 'why, in words that the person shown may read'),
}

/** Options of a command that shows a person. */
export const readingFor = { ...reading, for: required(organizationNumber, 'the organisation that the person who reads acts for') }

/** Who reads, and why. */
export interface Reading {
  by: string
  /** Organisation number. */
  for: string
  reason: string
}

/** What was read, and about which people. */
export interface Shown {
  /** The name of the event in the access log, such as `person-read`. */
  event: string
  /** `person`, `patient-choice`, `representation`, … */
  type: string
  /** People of the register, each once; `0`, who is nobody, and doubles are left out. */
  patients: readonly PatientKey[]
  service?: string | undefined
}

const NOBODY = '0' as PatientKey

/** What is wrong with the name or the reason; asked before any question, so that nothing is looked up for one who does not say why. */
export function readingFault({ by, reason }: Pick<Reading, 'by' | 'reason'>): Problem | undefined {
  return nameFault(by) ?? reasonFault(reason)
}

/** The rows are written first, and then the outcome is returned. A row that cannot be written is thrown, and nothing is shown. */
export async function shown(
  { sql, environment }: { sql: Sql; environment: Environment },
  given: Reading,
  what: Shown,
  show: () => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const fault = readingFault(given)
  if (fault) return fault
  const actor = await readerOf(sql, given)
  if ('refused' in actor) return actor
  const outcome = await show()
  await withChanges(sql, environment, async ({ changes }) => {
    const { event, type, service, patients } = what
    for (const patient of new Set(patients))
      if (patient !== NOBODY) await changes({ patient, event, actor, type, service, reason: given.reason.trim() })
  })
  return outcome
}

async function readerOf(sql: Sql, { by, for: organization }: Reading): Promise<Actor | Refusal> {
  const [known] = await sql<{ name: string }[]>`select name from organization where number = ${organization}`
  if (!known) return refuse('organization-unknown', `The register of organisations here has no ${organization}. Nothing was shown.`)
  return { ...operator(by, organization), organizationName: known.name, client: 'command line' }
}
