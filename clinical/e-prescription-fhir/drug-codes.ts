/** The codes that a Medication states, for comparing it with others. */
import type { Medication } from '@medplum/fhirtypes'
import type { DrugCodes } from '../medicines/beside.ts'
import { ATC } from '../systems.ts'
import { FEST } from './systems.ts'

export function drugCodesOf(medication: Medication | undefined): DrugCodes {
  const codings = medication?.code?.coding ?? []
  const [atc, festId] = [ATC, FEST].map((list) => codings.find(({ system }) => system === list)?.code)
  const form = medication?.form?.coding?.[0]?.code
  return {
    ...(atc === undefined ? {} : { atc }),
    ...(festId === undefined ? {} : { festId }),
    ...(form === undefined ? {} : { form }),
  }
}
