/**
 * Where there are several lists, the newest holds alone. An organisation has one next to the shared list where it may not read that one.
 * docs/decisions/0089-one-list-whichever-system-sends.md
 */
import { identifierValue, MESSAGE_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { instant } from '@helsevev/kernel/values/dates'
import type { List } from '@medplum/fhirtypes'

/** Among those of one time, the greater id of the message comes first, as where they are stored (kernel/store/record-sets.ts). */
export function newestFirst(lists: readonly List[]): List[] {
  const time = ({ date }: List) => instant(date ?? '')?.getTime() ?? Number.NEGATIVE_INFINITY
  const id = ({ identifier }: List) => identifierValue(MESSAGE_ID, identifier) ?? ''
  return lists.toSorted((one, other) => time(other) - time(one) || (id(one) < id(other) ? 1 : -1))
}

/** The ids of the lines of a list. */
export function namedBy({ entry = [] }: List): string[] {
  return entry.flatMap(({ item }) => item.reference?.split('/').at(-1) ?? [])
}
