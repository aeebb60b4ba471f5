/** `$status` of a service: whether it has anything about a person, without opening a record. */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { notShownOf, notShownParameters, statusOf } from '@helsevev/kernel/fhir/status-parameters'

interface Counting {
  summary: string
  /** The numbers in the answer, by the name of their parameter. The person has something when one of them is above 0. */
  counts: Readonly<Record<string, (records: Records) => Promise<number>>>
}

/** `$status` of a service in which every record counts alike. */
export function countingStatus({ summary, counts }: Counting): Operation {
  return {
    name: 'status',
    summary,
    async run(records) {
      const [counted, contributors, notShown] = await Promise.all([
        Promise.all(Object.entries(counts).map(async ([name, count]) => ({ name, valueInteger: await count(records) }))),
        records.contributors(),
        notShownOf(records),
      ])
      const some = counted.some(({ valueInteger }) => valueInteger > 0)
      return {
        resourceType: 'Parameters',
        parameter: [
          { name: 'status', valueCode: statusOf(some, notShown) },
          ...counted,
          ...notShownParameters(some, notShown),
          ...controllerParameters(contributors),
        ],
      }
    },
  }
}
