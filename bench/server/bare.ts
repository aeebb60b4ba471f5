/**
 * What the system is compared with: the same statements on records and the same answers by the same functions in the same process,
 * without token, decision and access log. The decision's values, which stand in the statements, are those of an untimed request before.
 */

import type { Decision } from '@helsevev/kernel/access/decision'
import { decide } from '@helsevev/kernel/access/pipeline'
import type { AccessRequest } from '@helsevev/kernel/access/request'
import { etag, resourceAnswer } from '@helsevev/kernel/fhir/answer'
import type { Kernel, ServiceExchange } from '@helsevev/kernel/fhir/exchange'
import { searchPage } from '@helsevev/kernel/fhir/interactions/search-type'
import { records } from '@helsevev/kernel/fhir/records'
import { parseSearch } from '@helsevev/kernel/fhir/search/search-parameters'
import { patientIdentifier } from '@helsevev/kernel/fhir/write/content'
import { declarationOf, type PreparedWrite, prepareWrite } from '@helsevev/kernel/fhir/write/prepare-write'
import { type StoredChange, storeChanges } from '@helsevev/kernel/fhir/write/store-writes'
import { FHIR_JSON } from '@helsevev/kernel/http/problem-reply'
import type { Attestation } from '@helsevev/kernel/identity/attestation'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { isProblem, type Result } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { logicalId, parseLogicalId } from '@helsevev/kernel/store/ids'
import { currentRecord } from '@helsevev/kernel/store/read-records'
import { findByBusinessKey } from '@helsevev/kernel/store/write-records'
import { parseJson } from '@helsevev/kernel/values/json'
import type { Bundle, Observation, Resource } from '@medplum/fhirtypes'
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { reader } from '../world.ts'

const type = 'Observation'

type DecisionOn = (
  exchange: ServiceExchange,
  kind: 'read' | 'search' | 'write',
  patient: Exclude<AccessRequest['patient'], 'nobody'>,
) => Promise<Decision>

export function bareHandlers(kernel: Kernel, sql: Database['sql']): FastifyInstance {
  const reading = exchangeOf(kernel, 'person')
  const writing = exchangeOf(kernel, 'system')
  const decisionOn = createDecisions(kernel)

  async function prepare(sent: Resource): Promise<PreparedWrite> {
    const number = patientIdentifier(sent, 'subject').identifier?.value ?? ''
    const decision = await decisionOn(writing, 'write', { identityNumber: number })
    const naming = { find: async () => new Set<never>() }
    const subject = { decision, identityNumber: number, resolve: async () => undefined, naming }
    return successOf(await prepareWrite(writing, successOf(declarationOf(writing, type, 'create')), sent, subject))
  }

  async function store(writes: PreparedWrite[]): Promise<StoredChange[]> {
    return successOf(
      await storeChanges(
        writing,
        writes.map((write) => ({ kind: 'create' as const, write, id: kernel.ids.recordId() })),
      ),
    )
  }

  const app = fastify({ logger: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/fhir+json', { parseAs: 'string' }, async (_request: unknown, body: string) => parseJson(body))
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => new URLSearchParams(body),
  )

  app.post<{ Body: URLSearchParams }>('/fhir/news2/Observation/_search', async ({ body }, reply) => {
    const search = successOf(
      parseSearch(body, { type, declaration: successOf(declarationOf(reading, type, 'search-type')), codes: kernel.codes }),
    )
    const decision = await decisionOn(reading, 'search', { identityNumber: search.identityNumber })
    const opened = { decision, rows: kernel.rows.bound(records, decision) }
    return reply.type(FHIR_JSON).send(await searchPage(reading, opened, type, search, body))
  })

  app.get<{ Params: { id: string } }>('/fhir/news2/Observation/:id', async ({ params }, reply) => {
    const key = parseLogicalId(params.id)
    if (!key) return reply.code(404).send()
    const decision = await decisionOn(reading, 'read', { key: key.patient })
    const record = await currentRecord(sql, decision, type, key.id)
    if (!record?.content) return reply.code(404).send()
    return send(reply, resourceAnswer(reading, 200, { ...record, content: record.content }, decision.patient.identifier))
  })

  app.post<{ Body: Observation }>('/fhir/news2/Observation', async ({ body }, reply) => {
    const write = await prepare(body)
    const [stored] = await store([write])
    if (!stored?.content) return reply.code(500).send()
    return send(reply, resourceAnswer(writing, 201, { ...stored, content: stored.content }, write.decision.patient.identifier, true))
  })

  app.post<{ Body: Bundle }>('/fhir/news2', async ({ body }, reply) => {
    const writes: PreparedWrite[] = []
    for (const { resource } of body.entry ?? []) if (resource) writes.push(await prepare(resource))
    await findByBusinessKey(
      sql,
      'news2',
      writes.map(({ record }) => record),
    )
    const entry = (await store(writes)).map((stored) => ({
      response: {
        status: '201 Created',
        location: `${stored.type}/${logicalId(stored.patient, stored.id)}/_history/${stored.version}`,
        etag: etag(stored.version),
        lastModified: stored.recorded.toISOString(),
      },
    }))
    return reply.type(FHIR_JSON).send(JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry }))
  })
  return app
}

/** Decisions as the server makes them for a nurse who attests for the patient: the first is made, and kept for every request after it. */
function createDecisions(kernel: Kernel): DecisionOn {
  const decisions = new Map<string, Decision>()

  return async (exchange, kind, patient) => {
    const name = `${kind} ${'key' in patient ? patient.key : patient.identityNumber}`
    const decision = decisions.get(name) ?? (await decideOnce(exchange, kind, patient))
    decisions.set(name, decision)
    return decision
  }

  async function decideOnce(...[{ caller, service }, kind, patient]: Parameters<DecisionOn>): Promise<Decision> {
    const request: AccessRequest = {
      kind,
      caller,
      area: service,
      attestation: attested(kernel.clock()),
      consentDeclared: false,
      patient,
      now: kernel.clock(),
    }
    const facts = await kernel.facts(request)
    return successOf(decide(request, { ...facts, authorizations: ['SP'], attestedPatient: facts.patient?.key }))
  }
}

function send(
  reply: FastifyReply,
  { status, headers, body }: { status: number; headers: Record<string, string>; body: string | undefined },
): FastifyReply {
  return reply.code(status).headers(headers).type(FHIR_JSON).send(body)
}

/** A caller of the organisation that looks up and writes. */
function exchangeOf(kernel: Kernel, kind: Caller['kind']): ServiceExchange {
  const service = kernel.services.get('news2')
  if (!service) throw new Error('The server does not offer news2.')
  const caller: Caller = {
    kind,
    pid: kind === 'person' ? '-' : undefined,
    name: 'bench',
    hprNumber: kind === 'person' ? '990100000' : undefined,
    organization: reader.number,
    organizationChild: undefined,
    supplier: undefined,
    multiTenant: false,
    client: 'bench',
    scopes: ['helsevev:news2/read', 'helsevev:news2/write'],
    attestation: undefined,
    issuedAt: 0,
  }
  return { kernel, area: service, service, caller, attestation: undefined, accessBasis: undefined, eventId: '' }
}

function attested(now: Date): Attestation {
  const identified = (id: string) => ({ id, system: undefined, name: undefined })
  const coded = (code: string) => ({ code, system: undefined, text: undefined })
  return {
    toa: now.getTime() / 1000,
    practitioner: {
      identifier: identified('-'),
      hprNumber: undefined,
      authorization: coded('SP'),
      legalEntity: identified(reader.number),
      pointOfCare: identified(reader.number),
      department: undefined,
    },
    careRelation: {
      healthcareService: coded('KX17'),
      purposeOfUse: coded('TREAT'),
      purpose: 'TREAT',
      purposeOfUseDetails: undefined,
      decisionRef: { id: 'bench', description: undefined, userSelected: false },
    },
    patient: { identifier: identified('-'), pointOfCare: undefined, department: undefined },
    unknownMembers: [],
  }
}

function successOf<T>(result: Result<T>): T {
  if (isProblem(result)) throw new Error(result.issues.map(({ text }) => text).join(' '))
  return result
}
