/** How an operation reports what it does not show: with the same causes and counts as the outcome entry of a search. */
import type { ParametersParameter } from '@medplum/fhirtypes'
import type { Withheld } from './outcome.ts'

/** One parameter `withheldByPatient` for each cause. `service` names another service than the one that is asked. */
export function withheldParameters(withheld: readonly Withheld[], service?: string): ParametersParameter[] {
  return withheld.map(({ cause, count }) => ({
    name: 'withheldByPatient',
    part: [
      { name: 'cause', valueCode: cause },
      ...(count === undefined ? [] : [{ name: 'count', valueInteger: count }]),
      ...(service === undefined ? [] : [{ name: 'service', valueCode: service }]),
    ],
  }))
}
