/**
 * The FHIR API of every service: guard, interaction, log row, reply, in that order. The routes are the map of the API.
 */
import type { Bundle, Resource } from '@medplum/fhirtypes'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessLogService } from '../areas/access-log/area.ts'
import { lastVisit } from '../areas/access-log/last-visit.ts'
import { controllerAuditEvents, exportAuditEvents, patientAuditEvents } from '../areas/access-log/search-audit-events.ts'
import { privacy } from '../areas/choices/area.ts'
import { createConsent, endConsent, searchConsents } from '../areas/choices/consents.ts'
import { hasDataService } from '../areas/has-data/area.ts'
import { hasData } from '../areas/has-data/has-data.ts'
import { persons } from '../areas/persons/area.ts'
import { identify } from '../areas/persons/identify.ts'
import { createCommunication, markCommunicationsSeen, searchCommunications } from '../areas/questions/communications.ts'
import { representation } from '../areas/representation/area.ts'
import { createRelatedPerson, endRelatedPerson, listActsFor, searchRelatedPersons } from '../areas/representation/related-persons.ts'
import { everything } from '../areas/summary/everything.ts'
import { summary } from '../areas/summary/summary.ts'
import { worklistService } from '../areas/worklists/area.ts'
import { endWorklist, seeWorklist, sendWorklist } from '../areas/worklists/interactions.ts'
import type { Done, Exchange } from '../fhir/exchange.ts'
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
import type { Adapter } from '../fhir/service.ts'
import { structureDefinition } from '../fhir/validation/structure-definition.ts'
import { problem } from '../problem/problem.ts'
import { parseJson } from '../values/json.ts'
import { type ApiOptions, createHandler, header, type Outcome, query } from './handler.ts'
import { FHIR_JSON, replyProblem } from './problem-reply.ts'

export async function fhirApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  const { kernel } = options
  const started = kernel.clock()
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/fhir+json', 'application/json'],
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => body,
  )
  // As octets: what encoding they are in is for the adapter to find out.
  app.addContentTypeParser(['application/xml', 'text/xml'], { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => body)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  )

  const handle = createHandler(options)
  app.get('/fhir/metadata', (_request, reply) =>
    reply.type(FHIR_JSON).send(JSON.stringify(serverCapabilities(kernel.services.values(), kernel.baseUrl, started))),
  )
  app.get('/fhir/:service/metadata', (request, reply) => {
    const service = kernel.services.get(params(request).service)
    if (!service) return replyProblem(reply, problem('unknown-service'))
    return reply.type(FHIR_JSON).send(JSON.stringify(capabilities(service, kernel.baseUrl, started)))
  })
  app.get('/fhir/:service/StructureDefinition/:id', (request, reply) => {
    const { service, id } = params(request)
    const profiles = Object.values(kernel.services.get(service)?.resources ?? {}).flatMap((resource) => resource.profiles)
    const found = profiles.find(({ profile }) => profile.name === id)
    return found
      ? reply.type(FHIR_JSON).send(JSON.stringify(structureDefinition(found.profile)))
      : replyProblem(reply, problem('not-found'))
  })
  app.get('/fhir/:service/:type', (_request, reply) =>
    replyProblem(reply, problem('method-not-allowed', undefined, { headers: { Allow: 'POST' } })),
  )

  app.post(
    '/fhir/Consent',
    handle(async (exchange, request) => one(await createConsent(exchange, resource(request))), privacy),
  )
  app.post(
    '/fhir/Consent/_search',
    handle(async (exchange, request) => one(await searchConsents(exchange, form(request))), privacy),
  )
  app.put(
    '/fhir/Consent/:id',
    handle(async (exchange, request) => one(await endConsent(exchange, params(request).id, resource(request))), privacy),
  )
  app.post(
    '/fhir/Communication',
    handle(async (exchange, request) => one(await createCommunication(exchange, resource(request))), accessLogService),
  )
  app.post(
    '/fhir/Communication/_search',
    handle(async (exchange, request) => one(await searchCommunications(exchange, form(request))), accessLogService),
  )
  app.post(
    '/fhir/Communication/$seen',
    handle(async (exchange, request) => one(await markCommunicationsSeen(exchange, form(request))), accessLogService),
  )
  app.post(
    '/fhir/RelatedPerson',
    handle(async (exchange, request) => one(await createRelatedPerson(exchange, resource(request))), representation),
  )
  app.post(
    '/fhir/RelatedPerson/_search',
    handle(async (exchange, request) => one(await searchRelatedPersons(exchange, form(request))), representation),
  )
  app.post(
    '/fhir/RelatedPerson/$acts-for',
    handle(async (exchange) => one(await listActsFor(exchange, [persons, privacy, accessLogService, representation])), representation),
  )
  app.put(
    '/fhir/RelatedPerson/:id',
    handle(async (exchange, request) => one(await endRelatedPerson(exchange, params(request).id, resource(request))), representation),
  )
  app.get(
    '/fhir/AuditEvent',
    handle(async (exchange, request) => one(await auditEvents(exchange, query(request))), accessLogService),
  )
  app.post(
    '/fhir/AuditEvent/_search',
    handle(async (exchange, request) => one(await auditEvents(exchange, form(request))), accessLogService),
  )
  app.get(
    '/fhir/AuditEvent/$export',
    handle(async (exchange, request) => {
      const { done, lines } = await exportAuditEvents(exchange, query(request))
      return { ...one(done), lines }
    }, accessLogService),
  )

  app.post(
    '/fhir/$has-data',
    handle(async (exchange, request) => await hasData(exchange, json(request)), hasDataService),
  )
  app.put(
    '/fhir/List/:unit',
    handle(async (exchange, request) => await sendWorklist(exchange, params(request).unit, json(request)), worklistService),
  )
  app.get(
    '/fhir/List/:unit',
    handle(async (exchange, request) => await seeWorklist(exchange, params(request).unit), worklistService),
  )
  app.delete(
    '/fhir/List/:unit',
    handle(async (exchange, request) => await endWorklist(exchange, params(request).unit), worklistService),
  )
  app.post(
    '/fhir/Patient/$last-visit',
    handle(async (exchange, request) => one(await lastVisit(exchange, form(request))), accessLogService),
  )
  app.post(
    '/fhir/Patient/$summary',
    handle(async (exchange, request) => several(await summary(exchange, form(request))), persons),
  )
  app.post(
    '/fhir/Patient/$everything',
    handle(async (exchange, request) => {
      const { done, lines } = await everything(exchange, form(request))
      return { ...several(done), lines }
    }, persons),
  )
  app.post(
    '/fhir/Patient/_search',
    handle(async (exchange, request) => one(await identify(exchange, form(request))), persons),
  )
  app.post(
    '/fhir/:service/:type/_search',
    handle(async (exchange, request) => one(await searchType(exchange, params(request).type, pageOf(request)))),
  )
  app.get(
    '/fhir/:service/:type/:id/_history',
    handle(async (exchange, request) => one(await history(exchange, params(request).type, params(request).id, query(request)))),
  )
  app.get(
    '/fhir/:service/:type/:id/_history/:version',
    handle(async (exchange, request) => {
      const { type, id, version } = params(request)
      return one(await vread(exchange, type, id, version))
    }),
  )
  app.get(
    '/fhir/:service/:type/:id',
    handle(async (exchange, request) => one(await read(exchange, params(request).type, params(request).id))),
  )
  app.put(
    '/fhir/:service/:type/:id',
    handle(async (exchange, request) => {
      const { type, id } = params(request)
      return one(await update(exchange, type, id, resource(request), header(request, 'if-match'), header(request, 'prefer')))
    }),
  )
  app.delete(
    '/fhir/:service/:type/:id',
    handle(async (exchange, request) => {
      const { type, id } = params(request)
      return one(await remove(exchange, type, id, header(request, 'if-match')))
    }),
  )
  app.post(
    '/fhir/:service/:type',
    handle(async (exchange, request) => {
      const { type } = params(request)
      if (type.startsWith('$')) return await operationOrAdapter(exchange, request, type.slice(1))
      return one(await create(exchange, type, resource(request), header(request, 'if-none-exist'), header(request, 'prefer')))
    }),
  )
  app.post(
    '/fhir/:service',
    handle(async (exchange, request) => await bundle(exchange, resource(request))),
  )
}

/** A citizen sees who looked; a controller what its staff did and who saw its records. */
async function auditEvents(exchange: Exchange, asked: URLSearchParams): Promise<Done> {
  return exchange.caller.kind === 'citizen' ? await patientAuditEvents(exchange, asked) : await controllerAuditEvents(exchange, asked)
}

async function operationOrAdapter(exchange: Exchange, request: FastifyRequest, name: string): Promise<Outcome> {
  const operation = exchange.service.operations?.find((candidate) => candidate.name === name)
  if (operation) return one(await operate(exchange, operation, form(request)))
  const adapter = exchange.service.adapters?.find((candidate) => candidate.name === name)
  if (adapter) return await message(exchange, adapter, request)
  return one({ event: 'operation', type: undefined, result: problem('unknown-interaction') })
}

/** Octets for an adapter that reads XML, a parsed value for one that reads JSON. */
async function message(exchange: Exchange, adapter: Adapter, request: FastifyRequest): Promise<Outcome> {
  const event = `$${adapter.name}`
  const { body } = request
  const mediaType = header(request, 'content-type') ?? ''
  if (adapter.accepts === 'xml') {
    if (!Buffer.isBuffer(body)) return one({ event, type: undefined, result: problem('unsupported-media-type', 'Send application/xml.') })
    return several(await receiveMessage(exchange, adapter, { body, mediaType, content: body }))
  }
  const content = Buffer.from(typeof body === 'string' ? body : '')
  return several(await receiveMessage(exchange, adapter, { body: json(request), mediaType, content }))
}

async function bundle(exchange: Exchange, sent: Resource | undefined): Promise<Outcome> {
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

function one(done: Done): Outcome {
  return { done: [done], answer: done.result }
}

function several(done: Done[]): Outcome {
  return { done, answer: done[0]?.result ?? { status: 200, headers: {}, body: undefined } }
}

function params(request: FastifyRequest): Record<'service' | 'type' | 'id' | 'version' | 'unit', string> {
  return request.params as Record<'service' | 'type' | 'id' | 'version' | 'unit', string>
}

function form(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
}

/** The form of a search, with where its page begins when that stands in the address, as in the link next. */
function pageOf(request: FastifyRequest): URLSearchParams {
  const cursor = query(request).get('_cursor')
  if (cursor === null || form(request).has('_cursor')) return form(request)
  return new URLSearchParams([...form(request), ['_cursor', cursor]])
}

function json(request: FastifyRequest): unknown {
  return typeof request.body === 'string' ? parseJson(request.body) : undefined
}

/** The body as a resource; undefined when it is not a JSON object with a resourceType. */
function resource(request: FastifyRequest): Resource | undefined {
  const value = json(request)
  return typeof value === 'object' && value !== null && 'resourceType' in value && typeof value.resourceType === 'string'
    ? (value as Resource)
    : undefined
}
