/** The FHIR API: the routes of the areas and of every information service, as rows. The rows are the map of the API. */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { areaRoutes } from '../areas/routes.ts'
import { batchStatus, beginBatch, endBatch } from '../fhir/async-batch.ts'
import { definitionsOf, definitionTypes, searchDefinitions } from '../fhir/definitions.ts'
import type { Exchange, Kernel, ServiceExchange } from '../fhir/exchange.ts'
import { batch } from '../fhir/interactions/batch.ts'
import { capabilities, JSON_PATCH } from '../fhir/interactions/capabilities.ts'
import { create } from '../fhir/interactions/create.ts'
import { remove } from '../fhir/interactions/delete.ts'
import { history, NO_HISTORY_OF_TYPE, vread } from '../fhir/interactions/history.ts'
import { operate } from '../fhir/interactions/operation.ts'
import { read } from '../fhir/interactions/read.ts'
import { searchType } from '../fhir/interactions/search-type.ts'
import { transaction } from '../fhir/interactions/transaction.ts'
import { conditionalUpdate, patch, update } from '../fhir/interactions/update.ts'
import { validateResource } from '../fhir/interactions/validate.ts'
import { receiveMessage } from '../fhir/messages/receive-message.ts'
import { type AreaRoute, type Outcome, one, type ParsedRequest, several, unmet, unreadIn, unsound, untaken } from '../fhir/routes.ts'
import { areaOperations, searchAreaOperations, serverCapabilities } from '../fhir/server-capabilities.ts'
import type { Adapter } from '../fhir/service.ts'
import { type Problem, problem } from '../problem/problem.ts'
import { readForm, readJson } from '../values/arriving-json.ts'
import { BodyRefused, formBody, octetsOf, textBody } from './body.ts'
import { type ApiOptions, createHandler, header, query } from './handler.ts'
import { unsupported, unsupportedAt } from './media-types.ts'
import { refusedForm, refusedHeaders } from './negotiation.ts'
import { FHIR_JSON, replyProblem } from './problem-reply.ts'

interface ServiceRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  /** The path below `/fhir/:service`. */
  path: string
  /** What a refusal is called in the access log, where the address takes no parameters but those of every interaction. */
  plain?: string
  run(exchange: ServiceExchange, sent: ParsedRequest, request: FastifyRequest): Promise<Outcome>
}

// biome-ignore format: a table, one row to a line
const serviceRoutes: readonly ServiceRoute[] = [
  { method: 'POST',   path: '/:type/_search',               run: async (exchange, sent) => one(await searchType(exchange, sent.param('type'), sent.form, sent.header('prefer'))) },
  { method: 'GET',    path: '/:type/_search',               run: nextPage },
  { method: 'GET',    path: '/:type/:id/_history',          run: async (exchange, sent) => one(await history(exchange, sent.param('type'), sent.param('id'), sent.query)) },
  { method: 'GET',    path: '/:type/:id/_history/:version', run: async (exchange, sent) => one(await vread(exchange, { type: sent.param('type'), id: sent.param('id'), version: sent.param('version') }, sent.query)) },
  { method: 'GET',    path: '/:type/:id',                   run: async (exchange, sent) => one(await read(exchange, sent.param('type'), sent.param('id'), sent.query)) },
  { method: 'PUT',    path: '/:type/:id',                   plain: 'update', run: async (exchange, sent) => one(await update(exchange, sent.param('type'), sent.param('id'), sent.resource(), sent.header('if-match'), sent.header('prefer'))) },
  { method: 'DELETE', path: '/:type/:id',                   plain: 'delete', run: async (exchange, sent) => one(await remove(exchange, sent.param('type'), sent.param('id'), sent.header('if-match'))) },
  { method: 'POST',   path: '/:type/$validate',             run: async (exchange, sent) => one(await validateResource(exchange, { type: sent.param('type'), id: undefined }, sent.resource(), sent.query)) },
  { method: 'POST',   path: '/:type/:id/$validate',         run: async (exchange, sent) => one(await validateResource(exchange, { type: sent.param('type'), id: sent.param('id') }, sent.resource(), sent.query)) },
  { method: 'PATCH',  path: '/:type/:id',                   plain: 'update', run: jsonPatch },
  { method: 'PUT',    path: '/:type',                       run: async (exchange, sent) => one(await conditionalUpdate(exchange, sent.param('type'), String(sent.query), sent.resource(), { ifMatch: sent.header('if-match'), prefer: sent.header('prefer') })) },
  { method: 'POST',   path: '/:type',                       run: createOrOperate },
  { method: 'GET',    path: '/$batch/:id',                  plain: '$batch', run: async (exchange, sent) => await batchStatus(exchange, sent.param('id')) },
  { method: 'DELETE', path: '/$batch/:id',                  plain: '$batch', run: async (exchange, sent) => await endBatch(exchange, sent.param('id')) },
  { method: 'POST',   path: '',                             plain: 'bundle', run: async (exchange, sent) => await bundle(exchange, sent.resource(), sent.header('prefer')) },
]

export async function fhirApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  parseBodies(app)
  app.addHook('preHandler', async (request, reply) => {
    const refusal = unreadableQuery(request) ?? refusedForm(request) ?? refusedHeaders(request)
    return refusal && replyProblem(reply, refusal)
  })
  describeServices(app, options.kernel)
  const { handleArea, handleService } = createHandler(options)
  for (const route of areaRoutes)
    app.route({
      method: route.method,
      url: `/fhir/${route.path}`,
      ...handleArea(route.area, async (exchange, request) => await withForms((sent) => ofArea(route, exchange, sent), request)),
    })
  for (const route of serviceRoutes)
    app.route({
      method: route.method,
      url: `/fhir/:service${route.path}`,
      ...handleService(async (exchange, request) => await withForms((sent) => ofService(route, exchange, sent, request), request)),
    })
  refuseOtherMethods(app, [
    ...areaRoutes.map(({ method, path }) => ({ method, url: `/fhir/${path}` })),
    ...serviceRoutes.map(({ method, path }) => ({ method, url: `/fhir/:service${path}` })),
    ...described.map((url) => ({ method: 'GET', url })),
  ])
}

/** The refusal of parameters in an address that are no form, as those of a body are refused. */
function unreadableQuery(request: FastifyRequest): Problem | undefined {
  const read = readForm(Buffer.from(request.url.split('?')[1] ?? '', 'latin1'))
  return read.fault === undefined ? undefined : problem('unreadable-request', read.fault)
}

/** The addresses at which R4 has history of a type, of a service and of a server. */
const noHistory = ['/fhir/_history', '/fhir/:service/_history', '/fhir/:service/:type/_history']

/** The addresses that need no token. */
const described = [
  '/fhir/metadata',
  '/fhir/OperationDefinition',
  '/fhir/OperationDefinition/:id',
  '/fhir/:service/metadata',
  ...definitionTypes.flatMap((type) => [`/fhir/:service/${type}`, `/fhir/:service/${type}/:id`]),
]

/** JSON stays text and forms are parsed. XML stays octets, since the adapter finds out which encoding they have. */
function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['application/fhir+json', 'application/json'], { parseAs: 'buffer' }, textBody)
  app.addContentTypeParser(JSON_PATCH, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (request.method !== 'PATCH') throw new BodyRefused(unsupportedAt(request))
    return await textBody(request, body)
  })
  app.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'buffer' }, octetsOf)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, formBody)
}

const notByThat = problem('invalid-parameter', 'A definition is found by url and by name, each with a value.')

/** The refusal of parameters that change nothing; `mode` of capabilities is `full` (http://hl7.org/fhir/R4/http.html#capabilities). */
function notTaken(request: FastifyRequest, takesMode: boolean): Problem | undefined {
  const isTaken = ([name, value]: [string, string]) =>
    ['_format', '_pretty'].includes(name) || (takesMode && name === 'mode' && value === 'full')
  if ([...sentIn(request).query].every(isTaken)) return undefined
  return problem('invalid-parameter', `This address takes ${takesMode ? 'mode=full, ' : ''}_format and _pretty, and no other parameter.`)
}

/** The routes that need no token: capabilities, and what a service publishes about its form. */
function describeServices(app: FastifyInstance, kernel: Kernel): void {
  const started = kernel.clock()
  app.get('/fhir/metadata', (request, reply) => {
    const refused = notTaken(request, true)
    if (refused) return replyProblem(reply, refused)
    const body = serverCapabilities(kernel.services.values(), areaRoutes, { baseUrl: kernel.baseUrl, started })
    return reply.type(FHIR_JSON).send(JSON.stringify(body))
  })
  app.get('/fhir/OperationDefinition/:id', (request, reply) => {
    const { param } = sentIn(request)
    const refused = notTaken(request, false)
    if (refused) return replyProblem(reply, refused)
    const found = areaOperations(areaRoutes, kernel.baseUrl).find(({ id }) => id === param('id'))
    return found ? reply.type(FHIR_JSON).send(JSON.stringify(found)) : replyProblem(reply, problem('not-found'))
  })
  app.get('/fhir/OperationDefinition', (request, reply) => {
    const found = searchAreaOperations(areaRoutes, kernel.baseUrl, sentIn(request).query)
    return found ? reply.type(FHIR_JSON).send(JSON.stringify(found)) : replyProblem(reply, notByThat)
  })
  app.get('/fhir/:service/metadata', (request, reply) => {
    const service = kernel.services.get(sentIn(request).param('service'))
    const refused = service ? notTaken(request, true) : problem('unknown-service')
    if (!service || refused) return replyProblem(reply, refused ?? problem('unknown-service'))
    return reply.type(FHIR_JSON).send(JSON.stringify(capabilities(service, kernel.baseUrl, started)))
  })
  for (const type of definitionTypes) {
    app.get(`/fhir/:service/${type}/:id`, (request, reply) => {
      const { param } = sentIn(request)
      const refused = notTaken(request, false)
      if (refused) return replyProblem(reply, refused)
      const service = kernel.services.get(param('service'))
      const found = service && definitionsOf(service, type, kernel.baseUrl, kernel.services.values()).find(({ id }) => id === param('id'))
      return found ? reply.type(FHIR_JSON).send(JSON.stringify(found)) : replyProblem(reply, problem('not-found'))
    })
    app.get(`/fhir/:service/${type}`, (request, reply) => {
      const { param, query: asked } = sentIn(request)
      const service = kernel.services.get(param('service'))
      if (!service) return replyProblem(reply, problem('unknown-service'))
      const all = definitionsOf(service, type, kernel.baseUrl, kernel.services.values())
      const found = searchDefinitions(all, asked, `${kernel.baseUrl}/fhir/${service.id}/${type}`)
      if (!found) return replyProblem(reply, notByThat)
      return reply.type(FHIR_JSON).send(JSON.stringify(found))
    })
  }
}

async function jsonPatch(exchange: ServiceExchange, sent: ParsedRequest): Promise<Outcome> {
  const type = sent.param('type')
  if (sent.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== JSON_PATCH)
    return one({ event: 'update', type, result: unsupported('patch') })
  return one(
    await patch(exchange, type, sent.param('id'), { patch: sent.json(), ifMatch: sent.header('if-match'), prefer: sent.header('prefer') }),
  )
}

/** An operation is asked with what its row takes, and what is no search with no parameter at all. */
async function ofArea(route: AreaRoute, exchange: Exchange, sent: ParsedRequest): Promise<Outcome> {
  const refusal = untaken(route, sent) ?? unmet(route, sent) ?? unsound(route, exchange.kernel.validator, sent)
  return refusal ? one({ event: areaEventOf(route), type: undefined, result: refusal }) : await route.run(exchange, sent)
}

/** The event of a refused request to an area. */
function areaEventOf({ method, path }: AreaRoute): string {
  const operation = path.split('/').find((part) => part.startsWith('$'))
  return operation ?? { GET: 'read', POST: 'create', PUT: 'update', DELETE: 'delete' }[method]
}

/** A write of a service is asked with no parameter: one that nobody reads would be a promise that nobody keeps. */
async function ofService(
  { plain, run }: ServiceRoute,
  exchange: ServiceExchange,
  sent: ParsedRequest,
  request: FastifyRequest,
): Promise<Outcome> {
  const refusal = plain === undefined ? undefined : unreadIn(sent.query)
  return refusal ? one({ event: plain ?? '', type: sent.param('type') || undefined, result: refusal }) : await run(exchange, sent, request)
}

async function createOrOperate(exchange: ServiceExchange, sent: ParsedRequest, request: FastifyRequest): Promise<Outcome> {
  const type = sent.param('type')
  const operation = type.startsWith('$') ? exchange.service.operations?.find(({ name }) => name === type.slice(1)) : undefined
  if (operation) return several(await operate(exchange, operation, sent.form))
  const unread = unreadIn(sent.query)
  if (unread) return one({ event: type.startsWith('$') ? type : 'create', type: type.startsWith('$') ? undefined : type, result: unread })
  if (!type.startsWith('$')) return one(await create(exchange, type, sent.resource(), sent.header('if-none-exist'), sent.header('prefer')))
  const adapter = exchange.service.adapters?.find(({ name }) => name === type.slice(1))
  if (adapter) return await message(exchange, adapter, sent, request)
  return one({ event: 'operation', type: undefined, result: problem('unknown-interaction') })
}

/** A message for an adapter: octets for one that reads XML, a parsed value for one that reads JSON. */
async function message(exchange: ServiceExchange, adapter: Adapter, sent: ParsedRequest, { body }: FastifyRequest): Promise<Outcome> {
  const event = `$${adapter.name}`
  const mediaType = sent.header('content-type') ?? ''
  if (adapter.accepts === 'xml') {
    if (!Buffer.isBuffer(body)) return one({ event, type: undefined, result: unsupported('xml') })
    return several(await receiveMessage(exchange, adapter, { body, mediaType, content: body }))
  }
  if (Buffer.isBuffer(body)) return one({ event, type: undefined, result: unsupported('json') })
  const content = Buffer.from(typeof body === 'string' ? body : '')
  return several(await receiveMessage(exchange, adapter, { body: sent.json(), mediaType, content }))
}

async function bundle(exchange: ServiceExchange, sent: Resource | undefined, prefer: string | undefined): Promise<Outcome> {
  if (sent?.resourceType === 'Bundle' && sent.type === 'transaction') return several(await transaction(exchange, sent as Bundle))
  if (sent?.resourceType === 'Bundle' && sent.type === 'batch') {
    const later = await beginBatch(exchange, sent as Bundle, prefer)
    if (later) return later
    const { done, body } = await batch(exchange, sent as Bundle)
    const [first] = done
    if (body === undefined && first) return one(first)
    return { done, answer: { status: 200, headers: {}, body } }
  }
  const refusal = problem(sent ? 'invalid-bundle' : 'not-json', sent && 'Expected a Bundle of type batch or transaction.', {
    expression: 'Bundle.type',
  })
  return one({ event: 'bundle', type: undefined, result: refusal })
}

/** The link next of a search, followed by GET as standard clients do: it holds the whole form, sealed. */
async function nextPage(exchange: ServiceExchange, { query: address, param, header: sent }: ParsedRequest): Promise<Outcome> {
  const type = param('type')
  if (address.has('_cursor')) return one(await searchType(exchange, type, address, sent('prefer')))
  return one({ event: 'search-type', type, result: problem('method-not-allowed', undefined, { headers: { Allow: 'POST' } }) })
}

/** A body came that is not what the address takes: what it says would be passed over. */
class WrongBody extends Error {
  readonly takes: 'form' | 'resource'

  constructor(takes: 'form' | 'resource') {
    super(takes)
    this.takes = takes
  }
}

/** Runs an interaction; it is refused when it gets another body than it takes. It has done nothing then: the body is read first. */
async function withForms(run: (sent: ParsedRequest) => Promise<Outcome>, request: FastifyRequest): Promise<Outcome> {
  try {
    return await run(sentIn(request))
  } catch (error) {
    if (!(error instanceof WrongBody)) throw error
    return one({ event: 'failed', type: undefined, result: unsupported(error.takes) })
  }
}

/**
 * Every method that an address does not have, so that a client hears which it has (RFC 9110 § 15.5.6), and OPTIONS. Nothing about persons,
 * so that no token is needed, and the body is not read.
 */
function refuseOtherMethods(app: FastifyInstance, routes: readonly { method: string; url: string }[]): void {
  for (const url of new Set([...routes.map((route) => route.url), ...noHistory])) {
    const served = routes.filter((route) => route.url === url).map(({ method }) => method)
    const allow = [...served, ...(served.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter((method) => !served.includes(method))
    const asked = { GET: url.endsWith('_search') || url.endsWith(':type') }
    // RFC 5789 section 3.1
    const patched = served.includes('PATCH') ? { 'Accept-Patch': JSON_PATCH } : {}
    app.route({
      method: 'OPTIONS',
      url,
      handler: (_request, reply) =>
        reply
          .code(204)
          .headers({ Allow: allow, ...patched })
          .send(),
    })
    for (const method of others) {
      const said = noHistory.includes(url) ? NO_HISTORY_OF_TYPE : `This address takes ${allow}.`
      const text = method === 'GET' && asked.GET ? undefined : said
      const refuse = async (_request: FastifyRequest, reply: FastifyReply) =>
        replyProblem(reply, problem('method-not-allowed', text, { headers: { Allow: allow } }))
      // HEAD has the status that GET has (RFC 9110 section 9.3.2).
      app.route({ method: method === 'GET' ? ['GET', 'HEAD'] : method, url, onRequest: refuse, handler: refuse, exposeHeadRoute: false })
    }
  }
}

function sentIn(request: FastifyRequest): ParsedRequest {
  const { body } = request
  const params = request.params as Record<string, string>
  let read: { value: unknown } | undefined
  const json = () => {
    if (body instanceof URLSearchParams) throw new WrongBody('resource')
    read ??= { value: typeof body === 'string' ? jsonOf(body) : undefined }
    return read.value
  }
  return {
    param: (name) => params[name] ?? '',
    query: query(request),
    get form() {
      const asked = query(request)
      if (body instanceof URLSearchParams) return asked.size === 0 ? body : new URLSearchParams([...asked, ...body])
      if (body !== undefined && body !== null) throw new WrongBody('form')
      return asked
    },
    header: (name) => header(request, name),
    json,
    resource() {
      const value = json()
      return typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string'
        ? (value as Resource)
        : undefined
    },
  }
}

function jsonOf(text: string): unknown {
  const read = readJson(text)
  if (read.fault !== undefined) throw new BodyRefused(problem('not-json', read.fault))
  return read.value
}
