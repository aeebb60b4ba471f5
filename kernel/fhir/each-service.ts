/** One request to several services: each has its own decision and its own row in the access log. */
import type { Exchange, ServiceExchange } from './exchange.ts'
import type { InformationService } from './service.ts'

export interface ServicesByScope {
  /** An exchange for each service that the token has a scope for, with its own event id. */
  exchanges: ServiceExchange[]
  /** The services that the token has no scope for: they are not asked, and are listed in the answer. */
  notAsked: InformationService[]
}

export function eachService(exchange: Exchange, isMeant: (service: InformationService) => boolean = () => true): ServicesByScope {
  const { kernel, caller } = exchange
  const direction = caller.kind === 'citizen' ? 'citizen' : 'read'
  const meant = [...kernel.services.values()].filter(isMeant)
  const hasScope = ({ id }: InformationService) => caller.scopes.includes(`helsevev:${id}/${direction}`)
  return {
    exchanges: meant.filter(hasScope).map((service) => ({ ...exchange, area: service, service, eventId: kernel.ids.uuid() })),
    notAsked: meant.filter((service) => !hasScope(service)),
  }
}
