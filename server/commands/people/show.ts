/** What the person register holds of a person, without any number. */

import type { Database } from '@helsevev/kernel/store/database'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import type { IdentityNumberKind } from '@helsevev/kernel/values/identity-number'
import { counted, norwegianTime } from '../words.ts'

interface PersonRow {
  birthDate: string | null
  gender: string | null
  givenName: string | null
  familyName: string | null
  municipality: string | null
  registered: Date
  linked: number
}

interface NumberRow {
  system: IdentityNumberKind
  registered: Date
  ofLinked: boolean
}

const kinds: Record<IdentityNumberKind, string> = { FNR: 'national identity number', DNR: 'D-number', FHN: 'help number' }

export interface DescribedPerson {
  person: PersonRow | undefined
  numbers: NumberRow[]
}

export async function describePerson(sql: Database['sql'], key: PatientKey): Promise<DescribedPerson> {
  const [person] = await sql<PersonRow[]>`
    select p.birth_date::text as "birthDate", p.gender, p.given_name as "givenName", p.family_name as "familyName", p.registered,
      coalesce(m.number || ' ' || m.name, p.municipality) as municipality,
      (select count(*)::integer from person_link l where l.patient = p.patient) as linked
    from person p left join municipality m on m.number = p.municipality
    where p.patient = ${key}`
  const numbers = await sql<NumberRow[]>`
    select system, registered, patient <> ${key} as "ofLinked" from person_identifier
    where patient = ${key} or patient in (select same_as from person_link where patient = ${key})
    order by registered, system`
  return { person, numbers: [...numbers] }
}

export function personText({ person, numbers }: DescribedPerson): string {
  return [
    ['name', [person?.givenName, person?.familyName].filter(Boolean).join(' ') || 'not known'],
    ['birth date', person?.birthDate ?? 'not known'],
    ['gender', person?.gender ?? 'not known'],
    ['municipality', person?.municipality ?? 'not known'],
    ['registered', person ? norwegianTime(person.registered) : 'not known'],
    ...numbers.map(({ system, registered, ofLinked }) => [
      'number',
      `${kinds[system]}, since ${norwegianTime(registered)}${ofLinked ? ', linked' : ''}`,
    ]),
    ...(person && person.linked > 0
      ? [['linked', `with ${counted(person.linked, 'other key')} of the same person; searches read all`]]
      : []),
  ]
    .map(([name = '', text = '']) => `${name.padEnd(13)}${text}\n`)
    .join('')
}
