/** What a citizen sees of the real services: searches, operations, the summary and the download, by the rules of each. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { personsArea } from '@helsevev/kernel/areas/persons/area'
import { everything } from '@helsevev/kernel/areas/summary/everything'
import { summary } from '@helsevev/kernel/areas/summary/summary'
import type { ServiceExchange } from '@helsevev/kernel/fhir/exchange'
import { operate } from '@helsevev/kernel/fhir/interactions/operation'
import { searchType } from '@helsevev/kernel/fhir/interactions/search-type'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { logicalId, type PatientKey, type RecordId } from '@helsevev/kernel/store/ids'
import { criticalInformation } from '@helsevev/service-critical-information/service'
import { homeMonitoring } from '@helsevev/service-home-monitoring/service'
import { municipalServices } from '@helsevev/service-municipal-services/service'
import { testResults } from '@helsevev/service-test-results/service'
import type { Bundle, Composition, Parameters, Resource } from '@medplum/fhirtypes'
import { services } from '../services.ts'
import { citizens } from './people.ts'
import { type SeededStories, seededStories } from './testing.ts'

let stories: SeededStories
before(async () => {
  stories = await seededStories()
})
after(async () => await stories.close())

const parsed = (result: Awaited<ReturnType<typeof searchType>>['result']) => {
  assert.ok(!isProblem(result), JSON.stringify(result))
  return JSON.parse(result.body ?? '{}')
}
const as = (citizen: string, service: InformationService): ServiceExchange => stories.citizenExchange(citizen, service)
const run = async (
  citizen: string,
  service: InformationService,
  name: string,
  form: Record<string, string> = {},
): Promise<Parameters | Bundle> => {
  const operation = service.operations?.find((one) => one.name === name)
  assert.ok(operation, name)
  const [done] = await operate(as(citizen, service), operation, new URLSearchParams(form))
  assert.ok(done)
  return parsed(done.result)
}
const found = async (citizen: string, service: InformationService, type: string): Promise<Resource[]> => {
  const { entry = [] }: Bundle = parsed((await searchType(as(citizen, service), type, new URLSearchParams({ _count: '500' }))).result)
  return entry.flatMap(({ resource, search }) => (search?.mode === 'match' && resource ? [resource] : []))
}
/** Empty for a citizen who may not sign in. */
async function downloaded(citizen: string): Promise<Resource[]> {
  let text = ''
  const { lines } = await everything(stories.citizenIn(citizen, personsArea), new URLSearchParams())
  if (!lines) return []
  for await (const line of lines) text += line
  return (JSON.parse(text) as Bundle).entry?.flatMap(({ resource }) => resource ?? []) ?? []
}

test('every service answers a citizen about oneself: each type by search, and each operation', async () => {
  for (const service of services) {
    for (const [type, { interactions }] of Object.entries(service.resources))
      if (interactions.includes('search-type')) await found('liv', service, type)
  }
  for (const service of [criticalInformation, testResults, municipalServices]) {
    const { parameter = [] } = (await run('liv', service, 'status')) as Parameters
    const status = parameter.find(({ name }) => name === 'status')?.valueCode ?? parameter[0]?.name
    assert.ok(status, service.id)
  }
  assert.equal((await run('liv', homeMonitoring, 'trend')).resourceType, 'Parameters')
})

test('a download holds what the searches show, of every type of every service, and no more', async () => {
  for (const citizen of ['liv', 'ella', 'ragnhild', 'torbjorn']) {
    const shown: string[] = []
    for (const service of services)
      for (const type of Object.keys(service.resources)) {
        const { result } = await searchType(as(citizen, service), type, new URLSearchParams({ _count: '1000' }))
        if (isProblem(result)) continue
        const { entry = [] }: Bundle = JSON.parse(result.body ?? '{}')
        shown.push(...entry.flatMap(({ resource, search }) => (search?.mode === 'match' && resource?.id ? [resource.id] : [])))
      }
    const ids = (await downloaded(citizen)).flatMap(({ resourceType, id }) => (resourceType !== 'OperationOutcome' && id ? [id] : []))
    assert.ok(ids.length > 0)
    assert.deepEqual(ids.sort(), shown.sort(), citizen)
  }
})

test('what is not released yet is stored and is in no download', async () => {
  const waiting = await stories.database.sql<{ patient: PatientKey; id: RecordId }[]>`
    select patient, id from record where release_at > '2026-11-22T12:00:00Z' and superseded is null and not deleted`
  assert.ok(waiting.length > 0)
  const hidden = new Set(waiting.map(({ patient, id }) => logicalId(patient, id)))
  for (const citizen of Object.keys(citizens))
    assert.ok(
      (await downloaded(citizen)).every(({ id }) => !hidden.has(id ?? '')),
      citizen,
    )
})

test('the summary is a document with what the services of the person give, and every entry that a section names', async () => {
  const {
    done: [done],
  } = await summary(stories.citizenIn('liv', personsArea), new URLSearchParams())
  assert.ok(done)
  const bundle: Bundle = parsed(done.result)
  const composition = bundle.entry?.[0]?.resource as Composition
  const urls = new Set<string | undefined>(bundle.entry?.map(({ fullUrl }) => fullUrl))
  for (const section of composition.section ?? []) {
    assert.ok(section.entry ? !section.emptyReason : section.emptyReason, section.title ?? '')
    for (const { reference } of section.entry ?? []) assert.ok(urls.has(reference), reference ?? '')
  }
  const codes = composition.section?.map(({ code }) => code?.coding?.[0]?.code) ?? []
  for (const filled of ['11450-4', '30954-2', '8716-3', 'municipal-services'])
    assert.ok(composition.section?.find(({ code }) => code?.coding?.[0]?.code === filled)?.entry?.length, filled)
  for (const required of ['48765-2', '10160-0', '11450-4']) assert.ok(codes.includes(required), required)
})

test('whom to call is told with each municipal service: the unit by name and telephone, or the municipality', async () => {
  const { parameter = [] } = (await run('liv', municipalServices, 'status')) as Parameters
  const phones = parameter.flatMap(({ part = [] }) => part.filter(({ name }) => name === 'phone'))
  const episodes = await found('liv', municipalServices, 'EpisodeOfCare')
  assert.ok(episodes.length > 0)
  for (const episode of episodes) assert.ok(JSON.stringify(episode).includes('"phone"') || phones.length > 0)
})
