/** People put into the person register, by `people add`, by `replay --register` and by tests. */

import { keyOfNumber, registerPerson } from '@helsevev/kernel/identity/persons'
import { isProblem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { createIds } from '@helsevev/kernel/store/ids'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { NewPerson } from './file.ts'

/**
 * Registers those who are new; safe to run again. Numbers of wrong form are refused unless `invalidNumbers` is `flag`; then a person
 * names the `system` of the number, which its form does not show.
 */
export async function addPeople(
  sql: Database['sql'],
  people: readonly NewPerson[],
  invalidNumbers: 'refuse' | 'flag' = 'refuse',
): Promise<{ added: number; known: number } | { faults: string[] }> {
  const unknownPlaces = await unknownMunicipalities(sql, people)
  if (unknownPlaces.length > 0)
    return { faults: unknownPlaces.map((number) => `There is no municipality ${number}. Import it, or leave it out.`) }
  const ids = createIds(() => new Date())
  let added = 0
  for (const { number, system, ...person } of people) {
    const known = await keyOfNumber(sql, number)
    const registered =
      known ??
      (await registerPerson(sql, ids, { system: classify(number)?.kind ?? system ?? 'FNR', value: number }, person, invalidNumbers))
    if (isProblem(registered)) return { faults: registered.issues.map(({ text }) => text) }
    if (typeof registered === 'object' && registered.created) added += 1
  }
  return { added, known: people.length - added }
}

async function unknownMunicipalities(sql: Database['sql'], people: readonly NewPerson[]): Promise<string[]> {
  const asked = [...new Set(people.flatMap(({ municipality }) => (municipality ? [municipality] : [])))]
  if (asked.length === 0) return []
  const rows = await sql<{ number: string }[]>`select number from municipality where number = any (${asked})`
  return asked.filter((number) => !rows.some((row) => row.number === number))
}
