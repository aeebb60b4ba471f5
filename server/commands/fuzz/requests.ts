/**
 * Valid requests of every service, area and route, from the examples of the services and from what they declare: what is changed to find
 * a request that makes the server fail.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { areaRoutes } from '@helsevev/kernel/areas/routes'
import { contract } from '@helsevev/kernel/control/contract'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { kithMessage, sampleReport } from '@helsevev/service-test-results/made-up/kith-message'

export type Body = { kind: 'json'; value: unknown } | { kind: 'form'; fields: [string, string][] } | { kind: 'text'; text: string }

export interface FuzzRequest {
  /** What it would do unchanged, for the table: `news2 create`. */
  interaction: string
  method: string
  /** `{id}` stands for the id of a record that was stored before. */
  path: string
  headers: Record<string, string>
  body: Body | undefined
}

export interface Person {
  system: string
  number: string
}

const JSON_TYPE = { 'content-type': 'application/fhir+json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
const XML_TYPE = { 'content-type': 'application/xml' }

const get = (interaction: string, path: string): FuzzRequest => ({ interaction, method: 'GET', path, headers: {}, body: undefined })
const json = (interaction: string, path: string, value: unknown, more: Partial<FuzzRequest> = {}): FuzzRequest => ({
  interaction,
  method: 'POST',
  path,
  headers: JSON_TYPE,
  body: { kind: 'json', value },
  ...more,
})
const form = (interaction: string, path: string, fields: [string, string][]): FuzzRequest => ({
  interaction,
  method: 'POST',
  path,
  headers: FORM_TYPE,
  body: { kind: 'form', fields },
})

export function validRequests(services: readonly InformationService[], person: Person): FuzzRequest[] {
  return [...services.flatMap((service) => ofService(service, person)), ...ofAreas(person), ...ofControl(), ...ofLog()]
}

interface Example {
  path: string
  value: unknown
}

const examplesIn = join(import.meta.dirname, '../../../services')

/** The resources and messages of a service's examples, about the person. */
function examplesOf(service: InformationService, { number }: Person): Example[] {
  const folder = join(examplesIn, service.id, 'fhir/examples')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.includes('.answer.'))
    .flatMap((name) => callsIn(JSON.parse(readFileSync(join(folder, name), 'utf8').replaceAll('{number}', number))))
}

function callsIn(value: unknown): Example[] {
  if (typeof value !== 'object' || value === null) return []
  const { path, body, resourceType } = value as Record<string, unknown>
  if (typeof path === 'string' && typeof body === 'object' && body !== null) return [{ path, value: body }]
  if (typeof resourceType === 'string') return resourceType === 'OperationOutcome' ? [] : [{ path: `/${resourceType}`, value }]
  return Object.values(value).flatMap(callsIn)
}

function ofService(service: InformationService, person: Person): FuzzRequest[] {
  const { id, resources, operations = [] } = service
  const base = `/fhir/${id}`
  const named: [string, string] = ['patient.identifier', `${person.system}|${person.number}`]
  const calls = examplesOf(service, person)
  const sent = calls.flatMap(({ path, value }) => writesOf(service, path, value, person))
  const entry = sent.flatMap(({ method, path, body }) =>
    method === 'POST' && body?.kind === 'json' && /^\/fhir\/[^/]+\/[A-Z]/.test(path)
      ? [
          {
            fullUrl: 'urn:uuid:4a4f0c5e-7a52-4f0e-9d6f-1a2b3c4d5e11',
            resource: body.value,
            request: { method, url: path.split('/').at(-1) },
          },
        ]
      : [],
  )
  const bundles = entry.flatMap((one) =>
    ['batch', 'transaction'].map((type) => json(`${id} ${type}`, base, { resourceType: 'Bundle', type, entry: [one] })),
  )
  const types = Object.entries(resources).flatMap(([type, { searchParameters }]) => [
    get(`${id} read`, `${base}/${type}/{id}`),
    get(`${id} history`, `${base}/${type}/{id}/_history`),
    get(`${id} vread`, `${base}/${type}/{id}/_history/1`),
    { ...get(`${id} delete`, `${base}/${type}/{id}`), method: 'DELETE', headers: { 'if-match': 'W/"1"' } },
    ...searchParameters.map(({ name, type: kind }) =>
      form(`${id} search`, `${base}/${type}/_search`, [named, [name, searched[kind] ?? 'a'], ['_count', '2'], ['_sort', '-date']]),
    ),
  ])
  const operated = operations.map(({ name, parameters = [] }) =>
    form(`${id} $${name}`, `${base}/$${name}`, [named, ...parameters.map((one): [string, string] => [one.name, '2026-01-01'])]),
  )
  const described = ['metadata', 'StructureDefinition', 'SearchParameter'].map((type) => get(`${id} ${type}`, `${base}/${type}?_count=1`))
  return [...sent, ...bundles, ...types, ...operated, ...described, ...(id === 'test-results' ? [report(person)] : [])]
}

const searched: Readonly<Record<string, string>> = {
  token: 'http://loinc.org|8867-4',
  date: 'ge2026-01-01',
  quantity: 'gt5||kg',
  reference: 'Patient/a',
  string: 'a',
}

/** Create, update, or the message that an adapter takes. */
function writesOf(
  { id, resources, adapters = [] }: InformationService,
  path: string,
  value: unknown,
  { system, number }: Person,
): FuzzRequest[] {
  const base = `/fhir/${id}`
  if (path.startsWith('/$'))
    return [json(`${id} ${path.slice(1)}`, `${base}${path}`, value, { headers: { 'content-type': 'application/json' } })]
  const { resourceType = '' } = value as { resourceType?: string }
  const declaration = Object.hasOwn(resources, resourceType) ? resources[resourceType] : undefined
  if (!declaration && resourceType === 'Bundle') {
    const adapter = adapters.find(({ accepts, recognises }) => accepts !== 'xml' && recognises?.(value))
    const [name, at] = adapter ? [`$${adapter.name}`, `${base}/$${adapter.name}`] : ['bundle', base]
    return [json(`${id} ${name}`, at, value)]
  }
  if (!declaration) return []
  const about = { ...(value as object), [declaration.patientElement]: { identifier: { system, value: number } } }
  const create = json(`${id} create`, `${base}/${resourceType}`, about)
  const put = { method: 'PUT', headers: { ...JSON_TYPE, 'if-match': 'W/"1"' } }
  const patch = { method: 'PATCH', headers: { 'content-type': 'application/json-patch+json', 'if-match': 'W/"1"' } }
  return [
    create,
    create,
    json(`${id} update`, `${base}/${resourceType}/{id}`, { ...about, id: '{id}' }, put),
    json(`${id} conditional update`, `${base}/${resourceType}?identifier=urn:a|b`, about, { method: 'PUT', headers: JSON_TYPE }),
    json(
      `${id} patch`,
      `${base}/${resourceType}/{id}`,
      [
        { op: 'test', path: '/status', value: 'final' },
        { op: 'copy', from: '/status', path: '/language' },
      ],
      patch,
    ),
    json(`${id} $validate`, `${base}/${resourceType}/$validate`, about),
  ]
}

function report({ number }: Person): FuzzRequest {
  const text = kithMessage(sampleReport(number))
  return {
    interaction: 'test-results $kith-report',
    method: 'POST',
    path: '/fhir/test-results/$kith-report',
    headers: XML_TYPE,
    body: { kind: 'text', text },
  }
}

/** The routes of the areas, each with what one of its kind takes. */
function ofAreas({ system, number }: Person): FuzzRequest[] {
  const identifier = { system, value: number }
  const named: [string, string] = ['patient.identifier', `${system}|${number}`]
  const bodies: Readonly<Record<string, unknown>> = {
    Consent: {
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      patient: { identifier },
      policyRule: { coding: [{ code: 'PBRL5-3' }] },
      provision: { type: 'deny', period: { start: '2026-01-01' }, actor: [], class: [{ code: 'news2' }] },
    },
    Communication: {
      resourceType: 'Communication',
      status: 'in-progress',
      subject: { identifier },
      payload: [{ contentString: 'Hvorfor ble jeg slått opp' }],
    },
    RelatedPerson: {
      resourceType: 'RelatedPerson',
      active: true,
      patient: { identifier },
      identifier: [identifier],
      relationship: [{ coding: [{ code: 'MTH' }] }],
      period: { start: '2026-01-01' },
    },
    List: {
      resourceType: 'List',
      status: 'current',
      mode: 'working',
      date: '2026-01-15T08:00:00Z',
      entry: [{ item: { identifier }, date: '2026-01-15T08:00:00Z' }],
    },
    $has: { resourceType: 'Parameters', parameter: [{ name: 'patient', valueIdentifier: identifier }] },
  }
  return areaRoutes.flatMap(({ method, path, takes = [] }) => {
    const name = `area ${method} ${path}`
    const address = `/fhir/${path.replace(/:[a-z]+/g, '{id}')}`
    if (method === 'GET') return [get(name, `${address}?date=ge2026-01-01&_count=2`)]
    const own = takes.map(({ name: taken }): [string, string] => (taken === named[0] ? named : [taken, 'a']))
    if (path.includes('$') && !path.startsWith('$')) return [form(name, address, own)]
    if (path.includes('_search')) return [form(name, address, [named, ['date', 'ge2026-01-01'], ['_count', '2']])]
    const [type = ''] = path.split(/[/-]/)
    return [json(name, address, bodies[type] ?? { resourceType: type }, { method })]
  })
}

/** The routes of the control API, with the members that most of them take. */
function ofControl(): FuzzRequest[] {
  const value = {
    reason: 'Fordi dette er en prøve av serveren',
    version: 1,
    controller: '900000001',
    receiver: '900000002',
    service: 'news2',
    validFrom: '2026-01-01',
    purposes: ['TREAT'],
    note: 'Dette er et notat av noen ord',
  }
  return Object.values(contract).map(({ method, path }) => {
    const address = `/control${path.replace(/:[A-Za-z]+/g, '{id}')}`
    const name = `control ${method}`
    if (method === 'GET') return get(name, `${address}?from=2026-01-01&until=2026-01-31&count=2`)
    return json(name, address, value, { method, headers: { 'content-type': 'application/json' } })
  })
}

function ofLog(): FuzzRequest[] {
  const paths = [
    'checkpoints',
    'segments',
    'segments/checkpoint?size=1',
    'segments/keys',
    'a/inclusion?index=0&size=1',
    'a/consistency?from=1&to=2',
  ]
  const check = json('log check', '/log/check', { lines: ['{id}'] }, { headers: { 'content-type': 'application/json' } })
  return [...paths.map((path) => get('log', `/log/${path}`)), check, get('health', '/health/ready'), get('metadata', '/fhir/metadata')]
}
