/** The terms of a contract with a private provider, which other agreements do not have. National strategy, requirement R5. */
import type { Sql } from 'postgres'
import type { Problem } from '../../problem/problem.ts'
import type { Acts } from './act.ts'
import type { AgreementVersion } from './agreement.ts'
import { refusal } from './refusal.ts'
import type { Terms } from './terms.ts'

/**
 * A contract names its municipal services where the records of the information service state them; elsewhere, and in other agreements,
 * there is nothing to name.
 */
export function contractFault(
  { services }: Pick<Acts, 'services'>,
  { service, receiverType, serviceCodes }: Pick<AgreementVersion, 'service' | 'receiverType'> & Pick<Terms, 'serviceCodes'>,
): Problem | undefined {
  const codes = services.find(({ id }) => id === service)?.contractCodes
  if (receiverType !== 'private-provider' || !codes)
    return serviceCodes.length > 0 ? refusal(codes ? 'service-codes-without-provider' : 'service-codes-not-here') : undefined
  if (serviceCodes.length === 0) return refusal('service-codes-missing', `${codes.list}:`)
  const wrong = serviceCodes.find((code) => !codes.form.test(code))
  return wrong === undefined ? undefined : refusal('service-code-invalid', `${codes.list}:`)
}

/** Who takes over is stated by the controller, about a contract, and is another organisation of the register than the provider. */
export async function successorFault(
  tx: Sql,
  { controller, receiver, receiverType }: Pick<AgreementVersion, 'controller' | 'receiver' | 'receiverType'>,
  takenOverBy: string | undefined,
  by: string | undefined,
): Promise<Problem | undefined> {
  if (takenOverBy === undefined) return undefined
  if (receiverType !== 'private-provider') return refusal('taken-over-without-provider')
  if (by !== controller) return refusal('not-the-controller')
  if (takenOverBy === receiver) return refusal('taken-over-by-itself')
  const [known] = await tx`select from organization where number = ${takenOverBy}`
  return known ? undefined : refusal('organisation-unknown', `${takenOverBy}:`)
}
