/** One request that asks several services: each through its own decision, and each its own row of the access log. */
import type { Exchange, ServiceExchange } from './exchange.ts'
import type { InformationService } from './service.ts'

export interface AskedServices {
  /** An exchange for each service whose scope the token has, with an event id of its own. */
  exchanges: ServiceExchange[]
  /** Those that the token has no scope for: not asked, and told. */
  notAsked: InformationService[]
}

export function eachService(exchange: Exchange, isMeant: (service: InformationService) => boolean = () => true): AskedServices {
  const { kernel, caller } = exchange
  const direction = caller.kind === 'citizen' ? 'citizen' : 'read'
  const meant = [...kernel.services.values()].filter(isMeant)
  const hasScope = ({ id }: InformationService) => caller.scopes.includes(`helsevev:${id}/${direction}`)
  return {
    exchanges: meant.filter(hasScope).map((service) => ({ ...exchange, area: service, service, eventId: kernel.ids.uuid() })),
    notAsked: meant.filter((service) => !hasScope(service)),
  }
}
