/** How an operation distinguishes the kinds of nothing: with the same words, in the same parameters, in every service. */
import type { ParametersParameter } from '@medplum/fhirtypes'
import type { Withheld } from './outcome.ts'
import type { Records } from './service.ts'
import { withheldParameters } from './withheld-parameters.ts'

/** `own-only`: the reader has none of its own, and hears nothing of what others hold. */
export type Status = 'none' | 'some' | 'unknown' | 'withheld' | 'own-only'

/** What is not shown, whatever an operation finds. */
export interface NotShown {
  noAgreement: boolean
  byPatient: Withheld[]
  ownOnly: string | undefined
  /** What nothing means, where nothing is found. */
  nothing: Exclude<Status, 'some'>
}

export async function notShownOf(records: Records): Promise<NotShown> {
  const [noAgreement, byPatient, nothing] = await Promise.all([records.somethingWithheld(), records.withheldByPatient(), records.nothing()])
  return { noAgreement, byPatient, ownOnly: records.ownOnly, nothing: byPatient.length > 0 ? 'withheld' : nothing }
}

export function statusOf(some: boolean, { nothing }: NotShown): Status {
  return some ? 'some' : nothing
}

/** `partial`, when something is found, is whether more is withheld. */
export function notShownParameters(some: boolean, { noAgreement, byPatient, ownOnly }: NotShown): ParametersParameter[] {
  return [
    { name: 'partial', valueBoolean: some && (noAgreement || byPatient.length > 0) },
    { name: 'noAgreement', valueBoolean: noAgreement },
    ...(ownOnly === undefined ? [] : [{ name: 'ownRecordsOnly', valueString: ownOnly }]),
    ...withheldParameters(byPatient),
  ]
}
