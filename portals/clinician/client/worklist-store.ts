/**
 * The list of the unit as this window has it. It is kept while the person looks at patients, so that coming back loads nothing: each time
 * it is loaded, every patient on it gets a line in the access log. Forgotten at sign-out, and when the person changes place of work.
 */
import type { PortalProblem, Purpose, Worklist } from '../contract.ts'
import { fetchWorklist, isProblem } from './server.ts'
import type { Order } from './worklist-rows.ts'

export interface WorklistState {
  loading: boolean
  answer?: Worklist
  /** The problem of the last attempt. Together with an answer it means that the answer is older. */
  problem?: PortalProblem
  order: Order
  filter: string
  /** Whether each row names the services that have something; otherwise it counts them, and more rows fit on a screen. */
  detailed: boolean
}

const untouched: WorklistState = { loading: false, order: 'gravity', filter: '', detailed: false }

let state = untouched
const listeners = new Set<() => void>()

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const worklistState = (): WorklistState => state

function set(next: WorklistState): void {
  state = next
  for (const listener of listeners) listener()
}

export function forgetWorklist(): void {
  set(untouched)
}

export function arrange(how: Partial<Pick<WorklistState, 'order' | 'filter' | 'detailed'>>): void {
  set({ ...state, ...how })
}

/** The problem is also returned, for those that concern the whole session. */
export async function loadWorklist(purpose: Purpose): Promise<PortalProblem | undefined> {
  const { problem: _problem, ...before } = state
  set({ ...before, loading: true })
  const answer = await fetchWorklist(purpose)
  // The list was forgotten meanwhile: a late answer belongs to another place of work.
  if (!state.loading) return undefined
  const { answer: shown, ...rest } = state
  if (isProblem(answer)) {
    const keeps = shown && (answer.code === 'unavailable' || answer.code === 'failed')
    set({ ...rest, loading: false, problem: answer, ...(keeps ? { answer: shown } : {}) })
    return answer
  }
  set({ ...rest, loading: false, answer })
  return undefined
}
