/** A problem of a service as the frame of its panel draws it, in the words of this portal. */
import type { Fault } from '@helsevev/panel/PanelFrame'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import type { CitizenProblem } from '../contract.ts'

export function useFault(problem: CitizenProblem | undefined): Fault | undefined {
  const wordsOf = useProblemWords()
  if (!problem) return undefined
  if (problem.code === 'unavailable') return { state: 'unavailable' }
  return { state: problem.code === 'refused' ? 'refused' : 'failed', text: wordsOf(problem) }
}
