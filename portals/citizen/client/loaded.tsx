/** What a page of this portal has asked for; the pieces are those of every portal. */
import { type Loaded as LoadedIn, LoadedView, useLoaded as useLoadedIn } from '@helsevev/portal/client/loaded'
import type { CitizenProblem } from '../contract.ts'

export type Loaded<Answer> = LoadedIn<Answer, CitizenProblem>
export { LoadedView }

/** Asks at once and whenever `ask` changes. */
export function useLoaded<Answer>(ask: () => Promise<Answer | CitizenProblem>): Loaded<Answer> {
  return useLoadedIn<Answer, CitizenProblem>(ask)
}
