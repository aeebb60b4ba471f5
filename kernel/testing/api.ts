/**
 * The FHIR API of the kernel on a real database, without sockets and tokens: a test names the caller in plain data. Each test makes the
 * organisations, agreements and persons that it needs.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Sql } from 'postgres'
import { openKernel, resourceTypes } from '../areas/open-kernel.ts'
import { logKey, newLogKeyText } from '../audit/log-key.ts'
import { codesFromData } from '../codes/data.ts'
import { controlApi } from '../control/control-api.ts'
import type { Kernel } from '../fhir/exchange.ts'
import type { InformationService } from '../fhir/service.ts'
import type { Validator } from '../fhir/validation/validator.ts'
import { fhirApi } from '../http/fhir-api.ts'
import { createHttpServer } from '../http/http-server.ts'
import { createLoad } from '../http/load.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import type { Caller } from '../identity/caller.ts'
import { registerPerson } from '../identity/persons.ts'
import { silentLog } from '../log/log.ts'
import { isProblem, problem } from '../problem/problem.ts'
import { type PatientKey, parseLogicalId } from '../store/ids.ts'
import { identityNumberSystems, makeIdentityNumber } from '../values/identity-number.ts'
import { parseJson } from '../values/json.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { measurements } from './measurements.ts'
import type { SentBody } from './sent.ts'

export const NOW = new Date('2026-01-15T10:00:00Z')

/** Organisation numbers for tests, which no organisation has. */
export const organizations = { bergen: '900000001', oslo: '900000002', bodo: '900000003', vendor: '900000009' } as const

/** An answer. The readers of answers.ts give its body a type. */
export interface Reply {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  body: unknown
}

export interface TestApi {
  database: TestDatabase
  sql: Sql
  kernel: Kernel
  app: FastifyInstance
  /** Registers a made-up person and returns number and key. */
  person(series: number, birthDate?: string): Promise<{ number: string; identifier: { system: string; value: string }; key: PatientKey }>
  agreement(agreement: {
    controller: string
    receiver: string
    purposes?: string[]
    sensitiveCodes?: string[]
    from?: Date
    until?: Date
    service?: string
  }): Promise<void>
  /** Calls as `caller`. */
  as(caller: Caller): {
    get(path: string, headers?: Record<string, string>): Promise<Reply>
    post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
    put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
    /** A JSON Patch. */
    patch(path: string, operations: unknown, headers?: Record<string, string>): Promise<Reply>
    delete(path: string, headers?: Record<string, string>): Promise<Reply>
    search(type: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Reply>
    /** As it is written, with no header added, and its answer not read. */
    inject(request: InjectOptions): Promise<Pick<Reply, 'status' | 'headers'>>
  }
  /** The rows of the access log in order, without hashes. */
  logged(): Promise<
    {
      patient: string
      event: string
      outcome: string
      problem: string | null
      disclosed: string[] | null
      withheld: boolean
      name: string | null
    }[]
  >
  close(): Promise<void>
}

/** A system of an organisation, with every scope of the service. */
export function system(organization: string, more: Partial<Caller> = {}): Caller {
  return {
    kind: 'system',
    pid: undefined,
    name: 'EHR',
    hprNumber: undefined,
    organization,
    organizationChild: undefined,
    supplier: undefined,
    multiTenant: false,
    client: 'ehr',
    scopes: ['helsevev:measurements/read', 'helsevev:measurements/write'],
    attestation: undefined,
    issuedAt: NOW.getTime() / 1000,
    ...more,
  }
}

/** A signed-in nurse of an organisation. */
export function nurse(organization: string, more: Partial<Caller> = {}): Caller {
  return system(organization, {
    kind: 'person',
    pid: makeIdentityNumber({ birthDate: '1980-03-04', series: 7 }),
    name: 'Nora Nurse',
    hprNumber: '990000001',
    client: 'portal',
    ...more,
  })
}

const validators = new Map<string, Validator>()

export async function testApi(
  services: readonly InformationService[] = [measurements],
  clock: () => Date = () => NOW,
  rateLimit?: RateLimit,
  elapsed?: () => number,
): Promise<TestApi> {
  const database = await testDatabase()
  const { sql } = database
  await organisations(sql, services)
  const types = resourceTypes(services).join()
  const validator = validators.get(types)
  const kernel = await openKernel({
    sql,
    services,
    clock,
    log: { key: logKey(newLogKeyText()) },
    codes: codesFromData(),
    baseUrl: () => 'http://test',
    portalClients: ['portal'],
    ...(validator ? { validator } : {}),
  })
  validators.set(types, kernel.validator)
  const { app, call, inject } = await apisOf(kernel, sql, { rateLimit, elapsed })
  return {
    database,
    sql,
    kernel,
    app,
    person: async (series, birthDate) => await registered(sql, kernel, series, birthDate),
    agreement: async (terms) => await signed(sql, { service: services[0]?.id ?? '', ...terms }),
    as: (who) => ({ ...callsOf(call, who, services[0]?.id ?? ''), inject: async (request) => await inject(who, request) }),
    logged: async () => await loggedRows(sql),
    async close() {
      await app.close()
      await kernel.jobs.close()
      await kernel.log.close()
      await database.close()
    },
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Call = (who: Caller, method: Method, path: string, payload?: string | Buffer, headers?: Record<string, string>) => Promise<Reply>

type Inject = (who: Caller, request: InjectOptions) => Promise<Pick<Reply, 'status' | 'headers'>>

/** The FHIR API and the control API on a server without sockets, and a function to call them as a given caller. */
async function apisOf(
  kernel: Kernel,
  sql: Sql,
  { rateLimit, elapsed }: { rateLimit: RateLimit | undefined; elapsed: (() => number) | undefined },
): Promise<{ app: FastifyInstance; call: Call; inject: Inject }> {
  // Each call has its own caller, since a test may make several calls at once.
  const callers = new AsyncLocalStorage<Caller>()
  const app = createHttpServer(silentLog)
  const options = {
    kernel,
    sql,
    guard: async () => callers.getStore() ?? problem('no-token'),
    log: silentLog,
    load: createLoad(),
    ...(rateLimit ? { rateLimit } : {}),
    ...(elapsed ? { elapsed } : {}),
  }
  await app.register(async (scope) => fhirApi(scope, options))
  await app.register(async (scope) => controlApi(scope, options))
  const call: Call = async (who, method, path, payload, headers = {}) => {
    const isAttested = who.kind === 'person' && headers.attestation === undefined
    const sent = isAttested ? await attested({ sql, clock: kernel.clock }, who, path, payload, headers) : headers
    const reply = await callers.run(
      who,
      async () => await app.inject({ method, url: path, headers: sent, ...(payload === undefined ? {} : { payload }) }),
    )
    return { status: reply.statusCode, headers: reply.headers, body: reply.body ? parseJson(reply.body) : undefined }
  }
  const inject: Inject = async (who, request) => {
    const { statusCode: status, headers } = await callers.run(who, async () => await app.inject(request))
    return { status, headers }
  }
  return { app, call, inject }
}

function callsOf(call: Call, who: Caller, service: string): Omit<ReturnType<TestApi['as']>, 'inject'> {
  const fhir = { 'content-type': 'application/fhir+json' }
  return {
    get: (path, headers) => call(who, 'GET', path, undefined, headers),
    post: (path, body, headers) =>
      call(who, 'POST', path, typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body), { ...fhir, ...headers }),
    put: (path, body, headers) => call(who, 'PUT', path, JSON.stringify(body), { ...fhir, ...headers }),
    patch: (path, operations, headers) =>
      call(who, 'PATCH', path, typeof operations === 'string' ? operations : JSON.stringify(operations), {
        'content-type': 'application/json-patch+json',
        ...headers,
      }),
    delete: (path, headers) => call(who, 'DELETE', path, undefined, headers),
    search: (type, form, headers) =>
      call(who, 'POST', `/fhir/${service}/${type}/_search`, new URLSearchParams(form).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      }),
  }
}

async function registered(sql: Sql, kernel: Kernel, series: number, birthDate = '1950-05-17'): ReturnType<TestApi['person']> {
  const number = makeIdentityNumber({ birthDate, series })
  const person = await registerPerson(sql, kernel.ids, { system: 'FNR', value: number }, { birthDate })
  if (isProblem(person)) throw new Error(person.problem)
  return { number, identifier: { system: identityNumberSystems.FNR, value: number }, key: person.key }
}

/** An agreement that both parties have signed. */
async function signed(
  sql: Sql,
  {
    controller,
    receiver,
    purposes = ['TREAT'],
    sensitiveCodes = [],
    from = new Date('2025-01-01'),
    until,
    service,
  }: Parameters<TestApi['agreement']>[0] & { service: string },
): Promise<void> {
  await sql`
    insert into sharing_agreement (id, controller, service, receiver, valid_from, valid_until, purposes, sensitive_codes, legal_basis,
      proposed, proposed_by, controller_signed, signed_by_controller, receiver_signed, signed_by_receiver)
    values (${`${controller}:${service}:${receiver}:${from.getTime()}`}, ${controller}, ${service}, ${receiver},
      ${from}, ${until ?? null}, ${purposes}, ${sensitiveCodes},
      'pasientjournalloven § 19', '2020-01-01', 'Kari', '2020-01-01', 'Kari', '2020-01-01', 'Ola')`
}

async function loggedRows(sql: Sql): ReturnType<TestApi['logged']> {
  return await sql<Awaited<ReturnType<TestApi['logged']>>>`
    select greatest(l.patient, 0) as patient, l.event, l.outcome, l.problem, disclosed_ids(l.disclosed) as disclosed, l.withheld,
      coalesce((select trim(concat_ws(' ', c.given_name, c.family_name)) from person c where c.patient = l.citizen), a.name) as name
    from access_log l left join log_actor a on a.id = l.actor order by l.segment, l.seq`
}

/**
 * The attestation of a nurse, where a test gives no other: planned care of the patient of the request. `purpose-of-use` names another
 * purpose.
 */
export function attestation(who: Caller, patient: string, purpose: string | undefined = 'TREAT', reason?: string, now = NOW): SentBody {
  const code = (value: string, system: string) => ({ code: value, system: `urn:oid:${system}` })
  const id = (value: string | undefined, system: string) => ({ id: value, system: `urn:oid:${system}` })
  return {
    toa: Math.floor(now.getTime() / 1000) - 60,
    practitioner: {
      identifier: id(who.pid, '2.16.578.1.12.4.1.4.1'),
      ...(who.hprNumber ? { hpr_nr: id(who.hprNumber, '2.16.578.1.12.4.1.4.4') } : {}),
      authorization: code('SP', '2.16.578.1.12.4.1.1.9060'),
      legal_entity: id(who.organization, '2.16.578.1.12.4.1.4.101'),
      point_of_care: id(who.organization, '2.16.578.1.12.4.1.4.101'),
    },
    care_relationship: {
      healthcare_service: code('KX17', '2.16.578.1.12.4.1.1.8663'),
      ...(purpose ? { purpose_of_use: code(purpose, '2.16.840.1.113883.1.11.20448') } : {}),
      decision_ref: { id: 'decision-1', user_selected: purpose === 'BTG', ...(reason ? { description: reason } : {}) },
    },
    patients: [{ identifier: id(patient, '2.16.578.1.12.4.1.4.1') }],
  }
}

/** An attestation as the header of a call. */
export function attestationHeader(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

async function attested(
  { sql, clock }: { sql: Sql; clock: () => Date },
  who: Caller,
  path: string,
  payload: string | Buffer | undefined,
  headers: Record<string, string>,
) {
  const { 'purpose-of-use': purpose, ...others } = headers
  const number = new URLSearchParams(String(payload ?? '')).get('patient.identifier')?.split('|').at(-1) ?? (await numberInPath(sql, path))
  if (number === undefined) return others
  return { ...others, attestation: attestationHeader(attestation(who, number, purpose, undefined, clock())) }
}

/** The identity number of the patient in a logical id, since a practitioner knows the patient of the record. */
async function numberInPath(sql: Sql, path: string): Promise<string | undefined> {
  const key = parseLogicalId(path.split('/_history')[0]?.split('/').at(-1) ?? '')
  if (!key) return undefined
  const [row] = await sql<{ value: string }[]>`select value from person_identifier where patient = ${key.patient} limit 1`
  return row?.value
}

async function organisations(sql: Sql, services: readonly InformationService[]): Promise<void> {
  await sql`insert into practitioner (hpr_number, given_name, family_name) values ('990000001', 'Nora', 'Nurse')`
  await sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', 'SP', '2005-01-01')`
  for (const [name, number] of Object.entries(organizations)) {
    await sql`
      insert into organization (number, name, type, helsenet_from, terms_accepted)
      values (${number}, ${name}, ${name === 'vendor' ? 'vendor' : 'municipality'}, '2020-01-01', '2020-01-01')`
    for (const service of services) {
      if (name === 'vendor') continue
      await sql`insert into service_participation (organization, service, produces, consumes) values (${number}, ${service.id}, true, true)`
    }
  }
}

/** A pulse of 72 for a person. */
export function pulse(patient: { identifier: { system: string; value: string } }, more: SentBody = {}): SentBody {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: patient.identifier },
    effectiveDateTime: '2026-01-10T08:00:00+01:00',
    valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    ...more,
  }
}
