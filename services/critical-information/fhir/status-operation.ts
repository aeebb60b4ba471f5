/** POST /fhir/critical-information/$status: whether there is any entry, without opening one. For an alert symbol next to a name. */
import { countingStatus } from '@helsevev/clinical/status-operation'
import type { Records } from '@helsevev/kernel/fhir/service'
import { categories } from '../model/categories.ts'

const types = [...new Set(categories.map(({ type }) => type))]

export const statusOperation = countingStatus({
  summary:
    'Whether the person has critical information: some, none, unknown or withheld, and how many entries apply now. Opens none of them.',
  counts: { entries },
})

async function entries(records: Records): Promise<number> {
  const counts = await Promise.all(types.map((type) => records.count(type, { present: true })))
  return counts.reduce((sum, count) => sum + count, 0)
}
