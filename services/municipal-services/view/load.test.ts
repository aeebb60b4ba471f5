import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withheldIssue } from '@helsevev/kernel/fhir/outcome'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import type { Bundle, EpisodeOfCare } from '@medplum/fhirtypes'
import { statusOperation } from '../fhir/status-operation.ts'
import { ratioOf, WEEKLY_EXTENT_URL } from '../model/weekly-extent.ts'
import { context, type RecordsSeen, reportedBy, reportedService, testRecords } from '../testing/records.ts'
import { loader } from './load.ts'

const BERGEN = '100200309'
const now = new Date('2026-06-15T12:00:00+02:00')

/** The API of a portal over services in memory; remembers the requests. */
function apiOver(seen: RecordsSeen): PatientApi & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async operation(service, operation) {
      asked.push(`${service}/$${operation}`)
      const answer = await statusOperation.run(testRecords(seen), context(now))
      return 'resourceType' in answer && answer.resourceType === 'Parameters' ? answer : assert.fail()
    },
    async search(service, type, parameters): Promise<Bundle> {
      asked.push(`${service}/${type} ${JSON.stringify(parameters)}`)
      const issue = (seen.withheldByPatient ?? []).map(({ cause, count }) => withheldIssue({ cause, count }))
      return {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [
          ...seen.services.map((resource) => ({ resource, search: { mode: 'match' as const } })),
          ...(issue.length > 0 ? [{ resource: { resourceType: 'OperationOutcome' as const, issue } }] : []),
        ],
      }
    },
  }
}

const contributors = [{ organization: BERGEN, name: 'Bergen kommune', phone: '55 00 00 00' }]

function load(services: EpisodeOfCare[], withheld = false) {
  return loader.load(apiOver({ services, contributors: services.length > 0 ? contributors : [], withheld }), now)
}

/** What is shown about services, of which there must be at least one. */
const shown = async (services: EpisodeOfCare[]) => (await load(services)).data ?? assert.fail()

test('a service carries everything a reader needs to act', async () => {
  const service = reportedService(BERGEN, {
    meta: {
      lastUpdated: '2026-06-01T08:00:00.000Z',
      tag: [{ system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'weekly-extent-unit-assumed' }],
    },
    contained: [
      { resourceType: 'Organization', id: 'unit', name: 'Hjemmetjenesten sone nord', telecom: [{ system: 'phone', value: '55 00 01 00' }] },
    ],
    extension: [
      { url: WEEKLY_EXTENT_URL, valueRatio: ratioOf(7.5) },
      { url: 'http://hl7.no/fhir/ig/okt/StructureDefinition/ServiceDescriptionMarkdown', valueMarkdown: 'Sårstell' },
      { url: 'http://helsevev.no/fhir/StructureDefinition/service-level', valueString: 'Nivå 2' },
      { url: 'http://helsevev.no/fhir/StructureDefinition/needs-caption', valueBoolean: true },
      reportedBy(BERGEN),
    ],
    type: [
      { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.9151', code: '15', display: 'Helsetjenester i hjemmet' }] },
      { coding: [{ system: 'http://hl7.no/fhir/ig/okt/CodeSystem/OktStayTypeCs', code: 'dagopphold' }] },
    ],
    managingOrganization: { reference: '#unit' },
    period: { start: '2026-01-15', end: '2026-12-31' },
  })
  assert.deepEqual(await load([service]), {
    status: 'some',
    data: {
      active: [
        {
          id: 'one',
          code: '15',
          display: 'Helsetjenester i hjemmet',
          stayType: 'dagopphold',
          hoursPerWeek: '7.5',
          description: 'Sårstell',
          serviceLevel: 'Nivå 2',
          needsCaption: true,
          start: '2026-01-15',
          end: '2026-12-31',
          reported: '2026-06-01T08:00:00.000Z',
          controller: { organization: BERGEN, name: 'Bergen kommune', phone: '55 00 00 00' },
          unit: { name: 'Hjemmetjenesten sone nord', phone: '55 00 01 00' },
          flags: ['weekly-extent-unit-assumed'],
          possibleDuplicate: false,
        },
      ],
      onHold: [],
      upcoming: [],
      endedLately: [],
      endedBefore: [],
      olderUnclosed: 0,
      controllers: [{ organization: BERGEN, name: 'Bergen kommune', phone: '55 00 00 00' }],
      more: false,
    },
    partial: false,
    withheld: [],
  })
})

test('two look-ups are made: the status and the services', async () => {
  const api = apiOver({ services: [], contributors: [] })
  await loader.load(api, now)
  assert.deepEqual(api.asked, [
    'municipal-services/$status',
    'municipal-services/EpisodeOfCare {"status":"active,onhold,finished","_count":"200"}',
  ])
})

const from = (status: EpisodeOfCare['status'], start: string, end?: string) =>
  reportedService(BERGEN, { id: `${status} ${start} ${end}`, status, period: { start, ...(end ? { end } : {}) } })

test('services are grouped by where they stand today', async () => {
  const data = await shown([
    from('active', '2026-01-01'),
    from('onhold', '2026-01-01'),
    from('active', '2026-07-01'),
    from('finished', '2026-01-01', '2026-06-01'),
    from('active', '2026-01-01', '2026-06-14'),
  ])
  const ids = (services: { id: string }[]) => services.map(({ id }) => id)
  assert.deepEqual(
    { active: ids(data.active), onHold: ids(data.onHold), upcoming: ids(data.upcoming), endedLately: ids(data.endedLately) },
    {
      active: ['active 2026-01-01 undefined'],
      onHold: ['onhold 2026-01-01 undefined'],
      upcoming: ['active 2026-07-01 undefined'],
      endedLately: ['finished 2026-01-01 2026-06-01', 'active 2026-01-01 2026-06-14'],
    },
  )
  assert.deepEqual(data.endedLately[1]?.flags, ['active-after-end'])
})

test('a service is shown for 90 days after its last day', async () => {
  const data = await shown([from('finished', '2026-01-01', '2026-03-17'), from('finished', '2026-01-01', '2026-03-16')])
  assert.deepEqual(
    data.endedLately.map(({ end }) => end),
    ['2026-03-17'],
  )
})

test('a finished service without end date is shown for 90 days after it was reported', async () => {
  const reported = (lastUpdated: string) => reportedService(BERGEN, { status: 'finished', meta: { lastUpdated } })
  const data = await shown([reported('2026-06-01T08:00:00Z'), reported('2026-01-01T08:00:00Z')])
  assert.equal(data.endedLately.length, 1)
})

test('old services that nobody closed are counted, not listed', async () => {
  const data = await shown([from('active', '2025-01-01', '2025-12-31')])
  assert.deepEqual([data.active, data.endedLately, data.olderUnclosed], [[], [], 1])
})

test('a flag of a day that has passed is not shown', async () => {
  const tag = [{ system: 'http://helsevev.no/fhir/CodeSystem/flag', code: 'start-in-future' }]
  const data = await shown([reportedService(BERGEN, { meta: { lastUpdated: '2026-01-01T08:00:00Z', tag } })])
  assert.deepEqual(data.active[0]?.flags, [])
})

test('the same code twice from one municipality is pointed out', async () => {
  const data = await shown([from('active', '2026-01-01'), from('onhold', '2026-02-01')])
  assert.deepEqual([data.active[0]?.possibleDuplicate, data.onHold[0]?.possibleDuplicate], [true, true])
})

for (const [name, services, withheld, status, partial] of [
  ['nothing is known', [], false, 'unknown', false],
  ['nothing runs and something has ended', [from('finished', '2026-01-01', '2026-06-01')], false, 'none', false],
  ['nothing may be seen', [], true, 'withheld', true],
  ['something may be seen and something not', [from('active', '2026-01-01')], true, 'some', true],
] as const) {
  test(`${name}: ${status}`, async () => {
    const answer = await load([...services], withheld)
    assert.deepEqual([answer.status, answer.partial], [status, partial])
  })
}

test('what the patient withholds is told apart from what no agreement opens', async () => {
  const withheldByPatient = [{ cause: 'GeneralBlock' as const, count: 3 }]
  const hidden = await loader.load(apiOver({ services: [], contributors: [], withheldByPatient }), now)
  assert.deepEqual([hidden.status, hidden.partial, hidden.withheld], ['withheld-by-patient', false, withheldByPatient])
  const both = await loader.load(apiOver({ services: [], contributors: [], withheld: true, withheldByPatient }), now)
  assert.deepEqual([both.status, both.partial, both.withheld], ['withheld', true, withheldByPatient])
})

const failing = (error: Error): PatientApi => ({ operation: () => Promise.reject(error), search: () => Promise.reject(error) })

test('a source that cannot answer is unavailable, which is no answer about the person', async () => {
  const { status } = await loader.load(failing(Object.assign(new Error('away'), { kind: 'unavailable' })), now)
  assert.equal(status, 'unavailable')
})

test('a refusal is left to the portal to word', async () => {
  const refused = Object.assign(new Error('refused'), { kind: 'refused' })
  await assert.rejects(loader.load(failing(refused), now), refused)
})

test('an answer without status is unknown, never none', async () => {
  const api = apiOver({ services: [], contributors: [] })
  const { status } = await loader.load({ ...api, operation: async () => ({ resourceType: 'Parameters' }) }, now)
  assert.equal(status, 'unknown')
})

test('of an earlier day a service is as it was reported then, and one reported when all was over ran until its end', async () => {
  const day = '2026-02-15T12:00:00Z'
  const paused = reportedService(BERGEN, { id: 'paused', status: 'onhold', meta: { versionId: '2', lastUpdated: '2026-05-01T08:00:00Z' } })
  const before = { ...paused, status: 'active' as const, meta: { versionId: '1', lastUpdated: '2026-01-01T08:00:00Z' } }
  const over = reportedService(BERGEN, {
    id: 'over',
    status: 'finished',
    period: { start: '2026-01-01', end: '2026-03-01' },
    meta: { versionId: '1', lastUpdated: '2026-06-01T08:00:00Z' },
  })
  const asked: string[] = []
  const api = {
    ...apiOver({ services: [paused, over], contributors }),
    async history(service: string, type: string, id: string): Promise<Bundle> {
      asked.push(`${service}/${type}/${id}`)
      return { resourceType: 'Bundle', type: 'history', entry: [{ resource: paused }, { resource: before }] }
    },
  }
  const { data = assert.fail() } = (await loader.loadAt?.(api, new Date(day))) ?? assert.fail()
  assert.deepEqual([data.active.map(({ id }) => id).sort(), data.onHold, data.endedLately], [['over', 'paused'], [], []])
  assert.deepEqual(asked, ['municipal-services/EpisodeOfCare/paused'])
})
