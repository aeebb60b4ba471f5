/** Answers that were fetched for earlier days, for comparison. */
import type { PanelAnswer } from '../../contract.ts'

/** Answers by service and day; `failed` when the answer did not come. */
export type Past = ReadonlyMap<string, PanelAnswer | 'failed'>

export const pastKey = (service: string, day: string) => `${service} ${day}`
