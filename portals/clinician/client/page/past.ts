/** What was fetched for earlier days, for comparing them. */
import type { PanelAnswer } from '../../contract.ts'

/** What was asked of the past, by service and day; `failed` when it did not come. */
export type Past = ReadonlyMap<string, PanelAnswer | 'failed'>

export const pastKey = (service: string, day: string) => `${service} ${day}`
