/**
 * No search answers "none" about what is there: every parameter of every service is asked for each value of each example, in every spelling
 * that R4 allows (http://hl7.org/fhir/R4/search.html). The values are read from the resource by the expression that the parameter states.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { membersAt } from '@helsevev/kernel/fhir/search/expression'
import { indexTokens, metaTokens } from '@helsevev/kernel/fhir/search/index-tokens'
import { modifiersOf } from '@helsevev/kernel/fhir/search/search-parameters'
import type { InformationService, ResourceDeclaration, SearchParameter } from '@helsevev/kernel/fhir/service'
import { logicalId, type PatientKey, type RecordId } from '@helsevev/kernel/store/ids'
import { createRecords } from '@helsevev/kernel/store/write-records'
import { matchesIn } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { instant } from '@helsevev/kernel/values/dates'
import type { Resource } from '@medplum/fhirtypes'
import { services } from './services.ts'

const codes = codesFromData()
const { bergen } = organizations
let api: TestApi
before(async () => {
  api = await testApi(services)
})
after(async () => await api.close())

/** The resources of the types of a service that stand in its examples, those that came of messages too. */
function examplesOf(service: InformationService): Resource[] {
  const folder = join(import.meta.dirname, '../services', service.id, 'fhir/examples')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('refused'))
  const found = files.flatMap((name) => resourcesIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  return found.filter((one) => timeOf(service.resources[one.resourceType], one) !== undefined).slice(0, 60)
}

function resourcesIn(value: unknown): Resource[] {
  if (typeof value !== 'object' || value === null) return []
  const { resourceType } = value as { resourceType?: string }
  const inner = Object.entries(value).flatMap(([key, member]) => (key === 'contained' ? [] : resourcesIn(member)))
  return resourceType && !['Bundle', 'OperationOutcome', 'Parameters'].includes(resourceType) ? [value as Resource] : inner
}

function timeOf(declaration: ResourceDeclaration | undefined, resource: Resource): Date | undefined {
  return instant(declaration?.time(resource) ?? '')
}

/** What stands at a path such as `Observation.code`, a choice such as `Observation.effective` too. */
function at(resource: Resource, path: string): unknown[] {
  const step = (value: unknown, name: string): unknown[] => {
    if (typeof value !== 'object' || value === null) return []
    const members = Object.entries(value).filter(([key]) => key === name || (key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))))
    const exact = members.filter(([key]) => key === name)
    return (exact.length > 0 ? exact : members).flatMap(([, member]) => (Array.isArray(member) ? member : [member]))
  }
  return path
    .split('.')
    .slice(1)
    .reduce<unknown[]>((values, name) => values.flatMap((value) => step(value, name)), [resource])
}

interface Coded {
  system?: string
  code?: string
  value?: string | number
  coding?: Coded[]
  start?: string
  end?: string
  reference?: string
  comparator?: string
}
const escaped = (text: string) => text.replace(/[\\,|$]/g, '\\$&')

/** Every spelling in which R4 lets a value be asked for. */
function spellings(value: unknown, parameter: SearchParameter): string[] {
  const { type, system: implicit } = parameter
  if (type === 'date') {
    const texts = typeof value === 'string' ? [value, `ge${value}`, `le${value}`, `eq${value.slice(0, 4)}`, `ap${value}`] : []
    const { start, end } = value as Coded
    return typeof value === 'string' ? texts : [...(start ? [`ge${start}`, `gt1900`] : []), ...(end ? [`le${end}`, `lt2100`] : ['ge2099'])]
  }
  if (typeof value === 'string') return [value, ...(implicit ? [`${implicit}|${value}`, `|${value}`] : [])]
  if (typeof value === 'boolean') return [String(value)]
  const { system, code, value: number, coding, reference, comparator } = value as Coded
  if (type === 'reference') return reference && !reference.startsWith('urn:') ? [reference, `http://test/fhir/x/${reference}`] : []
  if (type === 'quantity') {
    if (typeof number !== 'number' || !code || comparator) return []
    return [`${number}|${system ?? ''}|${code}`, `ge${number}||${code}`, `ne${number + 1e6}||${code}`]
  }
  if (coding) return coding.flatMap((one) => spellings(one, parameter))
  const text = code ?? number
  if (text === undefined) return []
  const plain = escaped(String(text))
  return system
    ? [plain, `${escaped(system)}|${plain}`, `${escaped(codes.canonical(system))}|${plain}`, `${escaped(system)}|`]
    : [plain, `|${plain}`]
}

/** Every spelling in which the words of a parameter can be asked for, each with its modifier. */
function wordings(resource: Resource, parameter: SearchParameter): [name: string, value: string][] {
  const { name, texts: paths = [], expression } = parameter
  const isText = modifiersOf(parameter).includes('text')
  const concepts = isText ? expression.split(' | ').flatMap((path) => at(resource, path)) : []
  const words = [
    ...paths.flatMap((path) => membersAt(resource, path.split('.'))),
    ...concepts.flatMap((one) => [...membersAt(one, ['text']), ...membersAt(one, ['coding', 'display']), ...membersAt(one, ['display'])]),
  ].filter((word): word is string => typeof word === 'string' && /\p{L}/u.test(word))
  return words.flatMap((word): [string, string][] => {
    const plain = escaped(word)
    if (isText)
      return [
        [`${name}:text`, plain],
        [`${name}:text`, plain.toUpperCase()],
      ]
    return [
      [name, plain],
      [name, plain.toLowerCase()],
      [`${name}:exact`, plain],
      [`${name}:contains`, escaped(word.slice(1)) || plain],
    ]
  })
}

for (const service of services as readonly InformationService[]) {
  test(`${service.id}: every parameter finds every value that is there, in every spelling`, { timeout: 240_000 }, async () => {
    const person = await api.person(100 + services.findIndex(({ id }) => id === service.id))
    const asking = api.as(system(bergen, { scopes: [`helsevev:${service.id}/read`, `helsevev:${service.id}/write`] }))
    const stored = await store(service, person.key, examplesOf(service))
    const missed = new Set<string>()
    const answers = new Map<string, ReadonlySet<string | undefined>>()
    let asked = 0
    for (const { resource, id } of stored) {
      const { resourceType: type } = resource
      for (const parameter of service.resources[type]?.searchParameters ?? []) {
        const isPath = /^[A-Z]\w+(\.\w+)+$/.test(parameter.expression)
        const values = parameter.type === 'string' ? [] : isPath ? at(resource, parameter.expression) : (parameter.values?.(resource) ?? [])
        const spelt = values.flatMap((value) => spellings(value, parameter)).map((spelling) => [parameter.name, spelling] as const)
        for (const [name, spelling] of [...spelt, ...wordings(resource, parameter)]) {
          asked += 1
          const key = `${type}?${name}=${spelling}`
          const known = answers.get(key) ?? (await idsFound(key))
          answers.set(key, known)
          if (!known.has(id)) missed.add(key)
        }
      }
    }
    assert.deepEqual([...missed], [])
    assert.ok(asked > 20, `${asked} searches`)

    async function idsFound(key: string): Promise<ReadonlySet<string | undefined>> {
      const [, type = '', name = '', value = ''] = /^(\w+)\?([^=]+)=(.*)$/s.exec(key) ?? []
      const form = new URLSearchParams({ 'patient.identifier': person.number, _count: '1000', _elements: 'id', [name]: value })
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const reply = await asking.post(`/fhir/${service.id}/${type}/_search`, form.toString(), headers)
      assert.equal(reply.status, 200, `${key}: ${JSON.stringify(reply.body)}`)
      return new Set(matchesIn(reply, type as Resource['resourceType']).map((one) => one.id))
    }
  })
}

async function store(service: InformationService, patient: PatientKey, list: Resource[]) {
  const { sql, kernel } = api
  const stored: { resource: Resource; id: string }[] = []
  for (const resource of list) {
    const declaration = service.resources[resource.resourceType] as ResourceDeclaration
    const record: RecordId = kernel.ids.recordId()
    const { subject: _s, patient: _p, ...content } = resource as Resource & { subject?: unknown; patient?: unknown }
    await createRecords(sql, [
      {
        patient,
        id: record,
        version: 1,
        service: service.id,
        type: resource.resourceType,
        controller: bergen,
        effective: timeOf(declaration, resource) as Date,
        recorded: kernel.clock(),
        businessKey: undefined,
        setKey: undefined,
        sensitiveCodes: undefined,
        releaseAt: undefined,
        releaseCodes: undefined,
        tokens: [...indexTokens(declaration, resource, codes), ...metaTokens(content as never, codes)],
        writer: await kernel.actorId(await kernel.actorOf(system(bergen))),
        content: JSON.stringify({ ...content, id: logicalId(patient, record) }),
      },
    ])
    stored.push({ resource, id: logicalId(patient, record) })
  }
  return stored
}
