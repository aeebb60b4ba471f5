/** The FHIR API: the routes of the areas and of every information service, as rows. The rows are the map of the API. */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { areaRoutes } from '../areas/routes.ts'
import { definitionsOf, definitionTypes, searchDefinitions } from '../fhir/definitions.ts'
import type { Kernel, ServiceExchange } from '../fhir/exchange.ts'
import { batch } from '../fhir/interactions/batch.ts'
import { capabilities, serverCapabilities } from '../fhir/interactions/capabilities.ts'
import { create } from '../fhir/interactions/create.ts'
import { remove } from '../fhir/interactions/delete.ts'
import { history, vread } from '../fhir/interactions/history.ts'
import { operate } from '../fhir/interactions/operation.ts'
import { read } from '../fhir/interactions/read.ts'
import { searchType } from '../fhir/interactions/search-type.ts'
import { transaction } from '../fhir/interactions/transaction.ts'
import { update } from '../fhir/interactions/update.ts'
import { receiveMessage } from '../fhir/messages/receive-message.ts'
import { type Outcome, one, type ParsedRequest, several } from '../fhir/routes.ts'
import type { Adapter } from '../fhir/service.ts'
import { problem } from '../problem/problem.ts'
import { readJson } from '../values/arriving-json.ts'
import { BodyRefused, formBody, octetsOf, textBody } from './body.ts'
import { type ApiOptions, createHandler, header, query } from './handler.ts'
import { FHIR_JSON, replyProblem } from './problem-reply.ts'

interface ServiceRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path below `/fhir/:service`. */
  path: string
  run(exchange: ServiceExchange, sent: ParsedRequest, request: FastifyRequest): Promise<Outcome>
}

// biome-ignore format: a table, one row to a line
const serviceRoutes: readonly ServiceRoute[] = [
  { method: 'POST',   path: '/:type/_search',               run: async (exchange, sent) => one(await searchType(exchange, sent.param('type'), pageOf(sent))) },
  { method: 'GET',    path: '/:type/:id/_history',          run: async (exchange, sent) => one(await history(exchange, sent.param('type'), sent.param('id'), sent.query)) },
  { method: 'GET',    path: '/:type/:id/_history/:version', run: async (exchange, sent) => one(await vread(exchange, sent.param('type'), sent.param('id'), sent.param('version'))) },
  { method: 'GET',    path: '/:type/:id',                   run: async (exchange, sent) => one(await read(exchange, sent.param('type'), sent.param('id'))) },
  { method: 'PUT',    path: '/:type/:id',                   run: async (exchange, sent) => one(await update(exchange, sent.param('type'), sent.param('id'), sent.resource(), sent.header('if-match'), sent.header('prefer'))) },
  { method: 'DELETE', path: '/:type/:id',                   run: async (exchange, sent) => one(await remove(exchange, sent.param('type'), sent.param('id'), sent.header('if-match'))) },
  { method: 'POST',   path: '/:type',                       run: createOrOperate },
  { method: 'POST',   path: '',                             run: async (exchange, sent) => await bundle(exchange, sent.resource()) },
]

export async function fhirApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  parseBodies(app)
  describeServices(app, options.kernel)
  const { handleArea, handleService } = createHandler(options)
  for (const { method, path, area, run } of areaRoutes)
    app.route({
      method,
      url: `/fhir/${path}`,
      handler: handleArea(area, async (exchange, request) => await run(exchange, sentIn(request))),
    })
  for (const { method, path, run } of serviceRoutes)
    app.route({
      method,
      url: `/fhir/:service${path}`,
      handler: handleService(async (exchange, request) => await run(exchange, sentIn(request), request)),
    })
}

/** JSON stays text and forms are parsed. XML stays octets, since the adapter finds out which encoding they have. */
function parseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(['application/fhir+json', 'application/json'], { parseAs: 'buffer' }, textBody)
  app.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'buffer' }, octetsOf)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, formBody)
}

/** The routes that need no token: capabilities, and what a service publishes about its form. */
function describeServices(app: FastifyInstance, kernel: Kernel): void {
  const started = kernel.clock()
  app.get('/fhir/metadata', (_request, reply) =>
    reply.type(FHIR_JSON).send(JSON.stringify(serverCapabilities(kernel.services.values(), kernel.baseUrl, started))),
  )
  app.get('/fhir/:service/metadata', (request, reply) => {
    const service = kernel.services.get(sentIn(request).param('service'))
    if (!service) return replyProblem(reply, problem('unknown-service'))
    return reply.type(FHIR_JSON).send(JSON.stringify(capabilities(service, kernel.baseUrl, started)))
  })
  for (const type of definitionTypes) {
    app.get(`/fhir/:service/${type}/:id`, (request, reply) => {
      const { param } = sentIn(request)
      const service = kernel.services.get(param('service'))
      const found = service && definitionsOf(service, type, kernel.baseUrl).find(({ id }) => id === param('id'))
      return found ? reply.type(FHIR_JSON).send(JSON.stringify(found)) : replyProblem(reply, problem('not-found'))
    })
    app.get(`/fhir/:service/${type}`, (request, reply) => {
      const { param, query: asked } = sentIn(request)
      const service = kernel.services.get(param('service'))
      if (!service) return replyProblem(reply, problem('unknown-service'))
      const all = definitionsOf(service, type, kernel.baseUrl)
      const found = searchDefinitions(all, asked, `${kernel.baseUrl}/fhir/${service.id}/${type}`)
      if (!found) return replyProblem(reply, problem('invalid-parameter', 'A definition is found by url and by name.'))
      return reply.type(FHIR_JSON).send(JSON.stringify(found))
    })
  }
  app.get('/fhir/:service/:type', (_request, reply) =>
    replyProblem(reply, problem('method-not-allowed', undefined, { headers: { Allow: 'POST' } })),
  )
}

async function createOrOperate(exchange: ServiceExchange, sent: ParsedRequest, request: FastifyRequest): Promise<Outcome> {
  const type = sent.param('type')
  if (!type.startsWith('$')) return one(await create(exchange, type, sent.resource(), sent.header('if-none-exist'), sent.header('prefer')))
  const name = type.slice(1)
  const operation = exchange.service.operations?.find((candidate) => candidate.name === name)
  if (operation) return one(await operate(exchange, operation, sent.form))
  const adapter = exchange.service.adapters?.find((candidate) => candidate.name === name)
  if (adapter) return await message(exchange, adapter, sent, request)
  return one({ event: 'operation', type: undefined, result: problem('unknown-interaction') })
}

/** A message for an adapter: octets for one that reads XML, a parsed value for one that reads JSON. */
async function message(exchange: ServiceExchange, adapter: Adapter, sent: ParsedRequest, { body }: FastifyRequest): Promise<Outcome> {
  const event = `$${adapter.name}`
  const mediaType = sent.header('content-type') ?? ''
  if (adapter.accepts === 'xml') {
    if (!Buffer.isBuffer(body)) return one({ event, type: undefined, result: problem('unsupported-media-type', 'Send application/xml.') })
    return several(await receiveMessage(exchange, adapter, { body, mediaType, content: body }))
  }
  const content = Buffer.from(typeof body === 'string' ? body : '')
  return several(await receiveMessage(exchange, adapter, { body: sent.json(), mediaType, content }))
}

async function bundle(exchange: ServiceExchange, sent: Resource | undefined): Promise<Outcome> {
  if (sent?.resourceType === 'Bundle' && sent.type === 'transaction') return several(await transaction(exchange, sent as Bundle))
  if (sent?.resourceType === 'Bundle' && sent.type === 'batch') {
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

/** The form of a search, together with the beginning of its page when the address has it, as in the link next. */
function pageOf({ query: address, form }: ParsedRequest): URLSearchParams {
  const cursor = address.get('_cursor')
  if (cursor === null || form.has('_cursor')) return form
  return new URLSearchParams([...form, ['_cursor', cursor]])
}

function sentIn(request: FastifyRequest): ParsedRequest {
  const { body } = request
  const params = request.params as Record<string, string>
  let read: { value: unknown } | undefined
  const json = () => {
    read ??= { value: typeof body === 'string' ? jsonOf(body) : undefined }
    return read.value
  }
  return {
    param: (name) => params[name] ?? '',
    query: query(request),
    form: body instanceof URLSearchParams ? body : new URLSearchParams(),
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
