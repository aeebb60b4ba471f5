/** Who may close what somebody else did, and with what words: emergency access (follow-up.ts) and cases of misuse control (misuse/). */
import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { holdsIdentityNumber } from '../../values/identity-number.ts'

/** Characters of a note: enough to say something, and short enough to be read. */
const NOTE = { least: 10, most: 500 }

// biome-ignore format: a table, one row to a line
export const closingRefusals = {
  'unknown':                 'The organisation has nothing of that id to close.',
  'closed-already':          'It is closed already, and what is closed is not opened again.',
  'person-unknown':          'Whoever closes is a person in the person register, with a name.',
  'other-organization':      'Somebody of the organisation that answers for it closes it.',
  'same-person':             'Whoever made the look-up does not close it. Let somebody else of the organisation do so.',
  'note-missing':            `Say in a note what was found out, in ${NOTE.least} to ${NOTE.most} characters.`,
  'identity-number-in-text': 'The note holds what looks like an identity number. Leave it out.',
} as const satisfies Record<string, string>

export type ClosingRefusal = keyof typeof closingRefusals

/** What can be told before the database is asked. */
export function closingFault(closer: Actor, organization: string, note: string): ClosingRefusal | undefined {
  if (closer.organization !== organization) return 'other-organization'
  if (closer.person === undefined) return 'person-unknown'
  const { length } = note.trim()
  if (length < NOTE.least || length > NOTE.most) return 'note-missing'
  return holdsIdentityNumber(note) ? 'identity-number-in-text' : undefined
}

/**
 * Whether the closer is who acted: by person key, a key linked with it, or health personnel number. One whose person is not in the
 * register is known by that number alone. Indexes: person_link_pkey; practitioner is a small table.
 */
export async function samePerson(
  sql: Sql,
  closer: Actor,
  acted: { person: string | null; hprNumber: string | null | undefined },
): Promise<boolean> {
  const [row] = await sql<{ same: boolean }[]>`
    with closer as (
      select ${closer.person ?? null}::bigint as person
      union all
      select same_as from person_link where patient = ${closer.person ?? null}::bigint
    )
    select exists (select 1 from closer where person = ${acted.person}::bigint)
      or coalesce(${closer.hprNumber ?? null}::text = ${acted.hprNumber ?? null}::text, false)
      or exists (
        select 1 from practitioner p join closer on closer.person = p.person where p.hpr_number = ${acted.hprNumber ?? null}::text
      ) as same`
  return row?.same ?? true
}
