/** `$status` of a service: whether it has anything about a person, without opening a record. */
import { controllerParameters } from '@helsevev/kernel/fhir/controller-parameters'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { withheldParameters } from '@helsevev/kernel/fhir/withheld-parameters'

export type Status = 'none' | 'some' | 'unknown' | 'withheld'

/** `none` is known only when a controller has reported and nothing is withheld. */
export function statusOf(seen: { some: boolean; withheld: boolean; reported: boolean }): Status {
  if (seen.some) return 'some'
  if (seen.withheld) return 'withheld'
  return seen.reported ? 'none' : 'unknown'
}

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
      const [counted, contributors, noAgreement, byPatient] = await Promise.all([
        Promise.all(Object.entries(counts).map(async ([name, count]) => ({ name, valueInteger: await count(records) }))),
        records.contributors(),
        records.somethingWithheld(),
        records.withheldByPatient(),
      ])
      const some = counted.some(({ valueInteger }) => valueInteger > 0)
      const withheld = noAgreement || byPatient.length > 0
      return {
        resourceType: 'Parameters',
        parameter: [
          { name: 'status', valueCode: statusOf({ some, withheld, reported: contributors.length > 0 }) },
          ...counted,
          { name: 'partial', valueBoolean: some && withheld },
          { name: 'noAgreement', valueBoolean: noAgreement },
          ...withheldParameters(byPatient),
          ...controllerParameters(contributors),
        ],
      }
    },
  }
}
