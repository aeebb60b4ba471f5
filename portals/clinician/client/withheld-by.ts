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
