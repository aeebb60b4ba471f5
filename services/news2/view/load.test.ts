import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PatientApi } from '@helsevev/panel/loader.ts'
import type { Bundle, Observation, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { rules } from '../fhir/rules.ts'
import { responseBand } from '../model/response-band.ts'
import { readExample } from '../testing/context.ts'
import { loader } from './load.ts'
import { news2Texts } from './texts.ts'

const stored = (name: string, id: string): Observation => ({ ...readExample<Observation>(`${name}.answer`), id })

function searchset(scores: Observation[], issue?: OperationOutcomeIssue): Bundle {
  const outcome = issue
    ? [{ resource: { resourceType: 'OperationOutcome' as const, issue: [issue] }, search: { mode: 'outcome' as const } }]
    : []
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: scores.length,
    entry: [...scores.map((resource) => ({ resource, search: { mode: 'match' as const } })), ...outcome],
  }
}

function api(bundle: Bundle, asked: Record<string, string>[] = []): PatientApi {
  return {
    search: async (service, type, parameters = {}) => {
      asked.push({ service, type, ...parameters })
      return bundle
    },
    operation: async () => {
      throw new Error('no texts')
    },
  }
}

const said = (code: string, issueType: OperationOutcomeIssue['code'] = 'informational'): OperationOutcomeIssue => ({
  severity: 'information',
  code: issueType,
  details: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/nothing', code }] },
})

const load = async (asked: PatientApi) => await loader.load(asked, new Date('2026-03-10T12:00:00Z'))
/** What is shown when there is something. */
const shown = async (asked: PatientApi) => (await load(asked)).data ?? assert.fail()

test('the fifty newest scores are asked for, and no measurements', async () => {
  const asked: Record<string, string>[] = []
  await load(api(searchset([]), asked))
  assert.deepEqual(asked, [{ service: 'news2', type: 'Observation', code: 'http://snomed.info/sct|1104051000000101', _count: '50' }])
})

for (const [status, issue] of [
  ['none', said('none')],
  ['unknown', said('unknown')],
  ['withheld', said('withheld', 'suppressed')],
  ['unknown', undefined],
  ['withheld-by-patient', said('withheld-by-patient', 'suppressed')],
] as const) {
  test(`an empty answer that says ${issue?.details?.coding?.[0]?.code ?? 'nothing'} is ${status}`, async () => {
    assert.equal((await load(api(searchset([], issue)))).status, status)
  })
}

test('scores with something withheld are some, and say that they are not all', async () => {
  const { status, partial } = await load(api(searchset([stored('full-score', '1')], said('withheld', 'suppressed'))))
  assert.deepEqual([status, partial], ['some', true])
})

test('what the patient withholds is told with cause and count, and is no lack of agreement', async () => {
  const byPatient: OperationOutcomeIssue = {
    ...said('withheld-by-patient', 'suppressed'),
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/withheld-count', valueInteger: 7 }],
  }
  byPatient.details?.coding?.push({ system: 'http://helsevev.no/fhir/CodeSystem/withheld', code: 'GeneralBlock' })
  const { status, partial, withheld } = await load(api(searchset([stored('full-score', '1')], byPatient)))
  assert.deepEqual([status, partial, withheld], ['some', false, [{ cause: 'GeneralBlock', count: 7 }]])
})

test('a failing search fails the panel; failing texts give the general ones and say so', async () => {
  const data = await shown(api(searchset([stored('full-score', '1')])))
  assert.deepEqual([data.textsUnavailable, data.defaultTexts['band-7'].nb.setBy], [true, 'default'])
  const broken: PatientApi = { ...api(searchset([])), search: () => Promise.reject(new Error('away')) }
  await assert.rejects(load(broken))
})

test('a score comes with our total, the sender’s, its parts, its source and its flags', async () => {
  const data = await shown(api(searchset([stored('total-disagrees', '2')])))
  assert.deepEqual(data.scores, [
    {
      id: '2',
      time: '2026-03-03T20:40:00+01:00',
      status: 'final',
      controller: '991000123',
      total: 5,
      band: 'band-5-6',
      missing: [],
      scale: 2,
      scaleChosenBy: 'Aksel Tindvik, lungelege',
      worstParameters: ['oxygen'],
      worstScore: 2,
      notApplicable: [],
      sentTotal: 6,
      subScores: [
        { parameter: 'respiration', score: 0, sent: 0 },
        { parameter: 'saturation', score: 1, sent: 2 },
        { parameter: 'oxygen', score: 2, sent: 2 },
        { parameter: 'systolic', score: 0, sent: 0 },
        { parameter: 'pulse', score: 1, sent: 1 },
        { parameter: 'consciousness', score: 0, sent: 0 },
        { parameter: 'temperature', score: 1, sent: 1 },
      ],
      flags: ['sub-score-disagrees', 'total-disagrees'],
      unit: 'Fjellbrisen hjemmetjeneste',
      author: 'Mona Skarvang, sykepleier',
    },
  ])
  assert.deepEqual(JSON.parse(JSON.stringify(data)), data)
})

test('a score without an assessment is shown as one that cannot be checked', async () => {
  const data = await shown(api(searchset([readExample<Observation>('full-score.request')])))
  assert.deepEqual([data.scores[0]?.total, data.scores[0]?.sentTotal, data.scores[0]?.missing.length], [undefined, 7, 7])
})

test('older scores than those fetched are told of', async () => {
  const many = Array.from({ length: 50 }, (_, index) => stored('full-score', String(index)))
  const { total: _total, ...page } = searchset(many)
  assert.equal((await shown(api(page))).more, true)
  assert.equal((await shown(api(searchset(many)))).more, false)
})

test('what to do follows the total; of a partial score the gravest that is known; and nothing where NEWS2 does not apply', async () => {
  const data = await shown(api(searchset([stored('full-score', 'f'), stored('partial-score', 'p')])))
  const [full, partial] = data.scores
  assert.ok(full && partial)
  assert.deepEqual(responseBand(full), { band: 'band-7', certain: true })
  assert.deepEqual(responseBand(partial), { band: 'band-5-6', certain: false })
  assert.deepEqual(responseBand({ ...partial, sentTotal: 9 }), { band: 'band-7', certain: false })
  const { band: _band, total: _total, ...unscored } = full
  assert.equal(responseBand({ ...unscored, notApplicable: ['age'] }), undefined)
  const { bandAtLeast: _bandAtLeast, ...nothing } = partial
  assert.equal(responseBand({ ...nothing, subScores: [] }), undefined)
})

test('every flag on a stored score has words', () => {
  const flags = Object.entries(rules).flatMap(([code, { severity }]) =>
    severity === 'error' || code === 'assessment-dropped' ? [] : [code],
  )
  const worded = Object.keys(news2Texts).filter((key) => key.startsWith('flag.'))
  assert.deepEqual(worded.sort(), flags.map((flag) => `flag.${flag}`).sort())
})
