/** Whether the reader, as a parent, can consent that a youth signs in. Pure. */
import type { Person, Relation } from '../contract.ts'

/** From this age until 16 a youth signs in with a parent's consent (docs/decisions/0014-representation.md). */
const youthFrom = 13
const youthUntil = 16

function isConsented({ name }: Pick<Person, 'name'>, relations: readonly Relation[]): boolean {
  return relations.some((one) => one.kind === 'parental-consent' && one.direction === 'mine' && one.active && one.name === name)
}

export function mayConsentFor(person: Person, given: readonly Relation[]): boolean {
  const { isSelf, age, representation, relations } = person
  const isYouth = !isSelf && age !== undefined && age >= youthFrom && age < youthUntil
  return isYouth && representation.open && relations.includes('parental-responsibility') && !isConsented(person, given)
}
