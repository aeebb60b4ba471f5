/**
 * What a private provider reads of a controller by its contract: the records of the municipal services that the contract names, and not
 * everything that its patient gets. In a service whose records state no municipal service the contract opens the whole service, for the
 * patients that are delivered to. National strategy, requirement R5; helse- og omsorgstjenesteloven § 3-1;
 * docs/decisions/0053-contracts-of-private-providers.md
 */
import type { Contracted } from '../store/visibility.ts'
import type { Area } from './area.ts'
import type { Agreement } from './request.ts'

/**
 * The controllers whose records are open by contracts alone. `agreements` are those in force for the request. An ordinary agreement opens
 * the whole service, whatever a contract names; a contract that names no municipal service opens none of these records.
 */
export function contractedOf({ contractCodes }: Area, own: string, agreements: readonly Agreement[]): Contracted[] {
  if (!contractCodes) return []
  const isContract = ({ receiverType }: Agreement) => receiverType === 'private-provider'
  const whole = new Set([own, ...agreements.filter((one) => !isContract(one)).map(({ controller }) => controller)])
  const contracts = Map.groupBy(
    agreements.filter(({ controller }) => !whole.has(controller)),
    ({ controller }) => controller,
  )
  return [...contracts].map(([controller, named]) => ({
    controller,
    tokens: [...new Set(named.flatMap(({ serviceCodes }) => serviceCodes.flatMap(contractCodes.tokensOf)))],
  }))
}
