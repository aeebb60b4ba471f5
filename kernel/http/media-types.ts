/** The refusal of a body of another media type than the address takes (RFC 9110 section 15.5.16): one sentence wherever it is found. */
import type { FastifyRequest } from 'fastify'
import { JSON_PATCH } from '../fhir/interactions/capabilities.ts'
import { type Problem, problem } from '../problem/problem.ts'

const bodies = {
  form: { what: 'a form', type: 'application/x-www-form-urlencoded' },
  resource: { what: 'JSON', type: 'application/fhir+json' },
  json: { what: 'JSON', type: 'application/json' },
  xml: { what: 'XML', type: 'application/xml' },
  patch: { what: 'a JSON Patch', type: JSON_PATCH },
} as const

type Taken = keyof typeof bodies

export function unsupported(taken: Taken): Problem {
  const { what, type } = bodies[taken]
  // RFC 5789 section 2.2
  const headers = taken === 'patch' ? { headers: { 'Accept-Patch': type } } : {}
  return problem('unsupported-media-type', `This address takes ${what}: send ${type}.`, headers)
}

/** As `unsupported`, by what the route takes; what an operation or an adapter takes depends on which it is. */
export function unsupportedAt({ method, url, routeOptions }: FastifyRequest): Problem {
  const route = routeOptions.url ?? ''
  if (route.startsWith('/control/')) return unsupported('json')
  if (!route.startsWith('/fhir/')) return problem('unsupported-media-type')
  if (method === 'PATCH') return unsupported('patch')
  if (route.endsWith('/_search')) return unsupported('form')
  return url.includes('$') && !url.includes('$validate') ? problem('unsupported-media-type') : unsupported('resource')
}
