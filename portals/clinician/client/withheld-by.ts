/** What is withheld in the services that have answered, and the cause: the patient's choices first, then agreements that are missing. */
import type { WithheldCause } from '@helsevev/panel/panel.ts'
import type { PanelState } from './panel-store.ts'

/** The causes that may be shown; `agreement`: no agreement opens it. */
export type WithheldBy = WithheldCause | 'agreement'

const order: readonly WithheldBy[] = ['SpecificBlock', 'GeneralBlock', 'Reservation', 'agreement']

export function withheldIn(states: ReadonlyMap<string, PanelState>): { by: WithheldBy; services: string[] }[] {
  const causes = [...states].flatMap(([service, { answer }]) => {
    if (!answer) return []
    const byPatient = answer.withheld.map(({ cause }): [WithheldBy, string] => [cause, service])
    const byAgreement: [WithheldBy, string][] = answer.partial || answer.status === 'withheld' ? [['agreement', service]] : []
    return [...byPatient, ...byAgreement]
  })
  return order.flatMap((by) => {
    const services = [...new Set(causes.filter(([cause]) => cause === by).map(([, service]) => service))]
    return services.length > 0 ? [{ by, services }] : []
  })
}

/**
 * Where emergency access is offered. `header`: a restriction is shown, or something could not be fetched and may be restricted. `aside`:
 * nothing that it opens is shown, and what a source has blocked (NORS) never is, so it is still within reach. `nowhere`: the patient has
 * blocked the reader, which emergency access does not override (docs/access.md), or not everything has come.
 */
export function emergencyPlace(states: ReadonlyMap<string, PanelState>): 'header' | 'aside' | 'nowhere' {
  const all = [...states.values()]
  const told = all.map(({ answer }) => answer?.withheld.map(({ cause }) => cause) ?? [])
  const isFailed = ({ answer, problem }: PanelState) => !answer && problem !== undefined && problem.code !== 'refused'
  if (told.some((causes) => causes.includes('GeneralBlock')) || all.some(isFailed)) return 'header'
  const isComplete = all.length > 0 && all.every(({ answer, problem }) => answer || problem)
  return isComplete && !told.every((causes) => causes.includes('SpecificBlock')) ? 'aside' : 'nowhere'
}
