/** Loading for the pages of this portal: the pieces of every portal, with this portal's problems. */
import { type Loaded as LoadedIn, LoadedView, useLoaded as useLoadedIn } from '@helsevev/portal/client/loaded'
import type { CitizenProblem } from '../contract.ts'

export type Loaded<Answer> = LoadedIn<Answer, CitizenProblem>
export { LoadedView }

/** Loads at once, and again whenever `ask` changes. */
export function useLoaded<Answer>(ask: () => Promise<Answer | CitizenProblem>): Loaded<Answer> {
  return useLoadedIn<Answer, CitizenProblem>(ask)
}
