/**
 * What this window has loaded of each panel for the open patient. Bound to one opening and one access: when another patient is opened, or
 * elevated access begins or ends, everything from before is forgotten, and an answer that arrives late is dropped.
 */
import type { PanelAnswer, PortalProblem } from '../contract.ts'
import { fetchPanel, isProblem, type Shown } from './server.ts'

export interface PanelState {
  loading: boolean
  answer?: PanelAnswer
  /** The problem of the last attempt. Together with an answer it means that the answer is older. */
  problem?: PortalProblem
}

const nothingYet: PanelState = { loading: true }

let shown: Shown | undefined
let states = new Map<string, PanelState>()
const listeners = new Set<() => void>()

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function panelState(service: string): PanelState {
  return states.get(service) ?? nothingYet
}

/** The states of all panels; another map whenever one changes. */
export function panelStates(): ReadonlyMap<string, PanelState> {
  return states
}

/** Whether the panel has been asked for since the patient was opened. */
export function isAskedFor(service: string): boolean {
  return states.has(service)
}

/** When the oldest answer on the page was fetched, ISO 8601. */
export function oldestAnswer(): string | undefined {
  return [...states.values()].flatMap(({ answer }) => answer?.fetched ?? []).sort()[0]
}

function set(service: string, state: PanelState): void {
  states = new Map(states).set(service, state)
  for (const listener of listeners) listener()
}

/** Forgets everything, and prepares for the next patient where one is given. */
export function reset(next?: Shown): void {
  if (next !== undefined && next.access === shown?.access) return
  shown = next
  states = new Map()
  for (const listener of listeners) listener()
}

/** Whether this window shows that opening, or none yet. Another window may have opened another patient in the same session. */
export function isOpenHere(asked: string): boolean {
  return shown === undefined || shown.opening === asked
}

/** Loads one panel. The problem is also returned, for those that concern the whole session. */
export async function loadPanel(service: string): Promise<PortalProblem | undefined> {
  const asked = shown
  if (asked === undefined) return undefined
  const { answer: before } = panelState(service)
  set(service, before ? { loading: true, answer: before } : nothingYet)
  const answer = await fetchPanel(service, asked)
  if (asked !== shown) return undefined
  if (isProblem(answer)) {
    const keeps = before && ['unavailable', 'failed', 'ehr-must-renew'].includes(answer.code)
    set(service, { loading: false, problem: answer, ...(keeps ? { answer: before } : {}) })
    return answer
  }
  if (answer.access !== asked.access) return { code: 'access-changed' }
  set(service, { loading: false, answer })
  return undefined
}
