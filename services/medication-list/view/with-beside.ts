/** The list with what other services have about the same medicines, as far as the reader may read them. */
import type { Beside } from '@helsevev/clinical/medicines/beside'
import type { MedicationListData } from './panel-data.ts'

export function withBeside(data: MedicationListData | undefined, beside: Beside): MedicationListData | undefined {
  return data && { ...data, beside }
}
