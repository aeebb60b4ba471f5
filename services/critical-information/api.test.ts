/** Critical information through the API: ten categories, one entry for each fact, and who changed it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import {
  asResource,
  bundleOf,
  codeIn,
  extensionOf,
  idOf,
  matchesIn,
  resourceOf,
  sentenceOf,
  tagsOf,
  valuesOf,
} from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import { changed, type SentBody } from '@helsevev/kernel/testing/sent'
import type { Condition, Resource, ResourceType } from '@medplum/fhirtypes'
import criticalInformation from './service.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:critical-information/read', 'helsevev:critical-information/write']
const hospital = system(oslo, { scopes })
const municipality = system(bergen, { scopes })
const reader = nurse(bergen, { scopes })
const folder = new URL('./fhir/examples/', import.meta.url)
const BASE = '/fhir/critical-information'
let api: TestApi
before(async () => {
  api = await testApi([criticalInformation])
  await api.agreement({ controller: oslo, receiver: bergen })
  await api.agreement({ controller: bergen, receiver: oslo })
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 100
const somebody = async (): Promise<Person> => {
  series += 1
  return await api.person(series)
}
const example = (name: string, { number }: Person): SentBody =>
  JSON.parse(readFileSync(new URL(`${name}.request.json`, folder), 'utf8').replaceAll('17855042487', number))
/** A person who writes attests like one who reads; a system attests nothing. */
const post = async (resource: SentBody, who = hospital, patient?: Person): Promise<Reply> =>
  await api
    .as(who)
    .post(`${BASE}/${resource.resourceType}`, resource, patient ? { attestation: attestationHeader(attestation(who, patient.number)) } : {})
const put = async (resource: Resource, version: number, who = hospital): Promise<Reply> => {
  const { meta, ...rest } = resource
  const sent = { ...rest, ...(meta?.profile ? { meta: { profile: meta.profile } } : {}) }
  return await api.as(who).put(`${BASE}/${resource.resourceType}/${resource.id}`, sent, { 'if-match': `W/"${version}"` })
}
const find = async <Type extends ResourceType>(type: Type, person: Person, form: Record<string, string> = {}) =>
  matchesIn(await api.as(reader).search(type, { 'patient.identifier': person.number, ...form }), type)
const volven = (list: number) => `urn:oid:2.16.578.1.12.4.1.1.${list}`
const KJ = 'http://nhn.no/kj/fhir/StructureDefinition/'
const updaterOf = (condition: Condition): string => extensionOf(condition, `${KJ}KjUpdater`)?.valueReference?.display ?? ''

/** The table of docs/services/critical-information.md, and a code of each list: one that is in it, and the first that is not. */
const rows: [example: string, type: ResourceType, criticalInfoType: string, profile: string, category: string][] = [
  ['1-drug-reaction', 'AllergyIntolerance', 'DrugReaction', 'KjAllergyIntolerance', '1'],
  ['2-other-allergy', 'AllergyIntolerance', 'OtherAllergen', 'KjAllergyIntolerance', '2'],
  ['3-intubation-problem', 'Condition', 'IntubationProblem', 'KjConditionIntubationProblem', '3'],
  ['4-problem-with-anaesthesia', 'Condition', 'OtherProblemWithAnesthesia', 'KjConditionOtherProblemWithAnesthesia', '4'],
  ['5-critical-condition', 'Condition', 'CriticalMedicalCondition', 'KjConditionCriticalMedicalCondition', '5'],
  ['6-treatment', 'Procedure', 'Treatment', 'KjProcedure', '6'],
  ['7-implant', 'DeviceUseStatement', 'Implant', 'KjDeviceUseStatement', '7'],
  ['7-transplant', 'Condition', 'TransplantsAndOtherForeignBodies', 'KjConditionTransplantsAndOtherForeignBodies', '7'],
  ['8-limitation-of-treatment', 'Flag', 'LimitationOfLifeProlongingTreatment', 'KjFlag', '8'],
  ['9-changed-routine', 'Flag', 'OtherProcedureChange', 'KjFlag', '9'],
  ['10-infection', 'Condition', 'Infection', 'KjConditionInfection', '10'],
]

test('each of the ten categories is written in one call and found by its type of critical information', async () => {
  const kari = await somebody()
  const ids = new Map<string, string>()
  for (const [name, type, , profile, category] of rows) {
    const named = { ...example(name, kari), meta: { profile: [`${KJ}${profile}`] } }
    const reply = await post(named)
    assert.equal(reply.status, 201, `${name}: ${JSON.stringify(reply.body)}`)
    assert.deepEqual(resourceOf(reply, type).meta?.profile, [`${KJ}${profile}`])
    if (type === 'Condition' || type === 'Flag') {
      const codings = resourceOf(reply, type).category?.map(({ coding }) => coding?.[0])
      assert.ok(codings?.some((coding) => coding?.system === volven(7651) && coding.code === category))
    }
    ids.set(name, idOf(reply))
  }
  assert.equal(new Set(ids.values()).size, 11)
  for (const [name, type, criticalInfoType] of rows) {
    const found = await find(type, kari, { criticalInfoType })
    assert.deepEqual(
      found.map(({ id }) => id),
      [ids.get(name)],
      name,
    )
    assert.equal((await find(type, kari)).length, rows.filter((row) => row[1] === type).length)
  }
})

test('a condition says its category by profile or by code, and the two need not both be there', async () => {
  const kari = await somebody()
  for (const [name, , criticalInfoType, profile, code] of rows.filter(([, type]) => type === 'Condition')) {
    const { meta: _meta, ...entry } = example(name, kari)
    const byCode = await post({ ...entry, category: [{ coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-7651', code }] }] })
    // Category 7 as a Condition can only be a transplant; the others have one form each.
    assert.equal(byCode.status, 201, JSON.stringify(byCode.body))
    assert.equal((await find('Condition', kari, { criticalInfoType }))[0]?.id, idOf(byCode))
    const byProfile = await post({ ...entry, meta: { profile: [`${KJ}${profile}`] }, note: [{ text: 'igjen' }] })
    assert.equal(byProfile.status, 409, name)
  }
})

test('a profile that is not that of the type is no category', async () => {
  const kari = await somebody()
  for (const profile of ['KjProcedure', 'KjConditionNothing']) {
    const reply = await post({ ...example('5-critical-condition', kari), meta: { profile: [`${KJ}${profile}`] } })
    assert.match(JSON.stringify([reply.status, reply.body]), /422.*category-missing/s)
  }
})

test('every code of every list is taken as it is, and the first that is not in it is flagged and kept', async () => {
  const coding = (list: number, code: string) => ({ coding: [{ system: volven(list), code }] })
  const main = (list: number, code: string) => ({ code: coding(list, code) })
  const lists: [list: number, size: number, example: string, change: (list: number, code: string) => SentBody][] = [
    [7497, 20, '1-drug-reaction', (list, code) => ({ reaction: [{ manifestation: [coding(list, code)] }] })],
    [7498, 7, '1-drug-reaction', (list, code) => ({ 'extension.0.valueCoding': { system: volven(list), code } })],
    [7513, 8, '5-critical-condition', (list, code) => ({ evidence: [{ code: [coding(list, code)] }] })],
    [7514, 15, '2-other-allergy', main],
    [7515, 4, '3-intubation-problem', main],
    [7516, 4, '3-intubation-problem', main],
    [7517, 14, '6-treatment', main],
    [7518, 29, '7-implant', (list, code) => ({ 'contained.0.type': coding(list, code) })],
    [7518, 29, '7-transplant', main],
    [7519, 5, '10-infection', main],
    [7522, 5, '9-changed-routine', main],
  ]
  for (const [list, size, name, change] of lists) {
    for (const [code, unknown] of [
      ['0', true],
      ['1', false],
      [`${size}`, false],
      [`${size + 1}`, true],
    ] as const) {
      const kari = await somebody()
      const reply = await post(changed(example(name, kari), change(list, code)))
      const isFlagged = tagsOf(resourceOf(reply)).includes('code-unknown')
      assert.deepEqual([list, code, reply.status, isFlagged], [list, code, 201, unknown], JSON.stringify(reply.body))
      assert.ok(JSON.stringify(reply.body).includes(`"code":"${code}"`))
    }
  }
})

test('a main code from a list of another category is kept and flagged', async () => {
  const kari = await somebody()
  const reply = await post({ ...example('10-infection', kari), code: { coding: [{ system: volven(7522), code: '1' }] } })
  assert.deepEqual([reply.status, tagsOf(resourceOf(reply))], [201, ['main-code-unusual', 'recorder-added']])
})

test('a condition or flag without category is refused with how to say it', async () => {
  const kari = await somebody()
  for (const [name, change] of [
    ['5-critical-condition', { meta: undefined }],
    ['9-changed-routine', { category: undefined }],
  ] as const) {
    const reply = await post({ ...example(name, kari), ...change })
    assert.equal(reply.status, 422)
    assert.match(JSON.stringify(reply.body), /category-missing.*7651/s)
  }
})

test('the same fact again is not created, and the writer is told which to update; who may not read it stores its own', async () => {
  const kari = await somebody()
  const first = await post(example('1-drug-reaction', kari))
  const second = await post({ ...example('1-drug-reaction', kari), criticality: 'low' })
  assert.equal(second.status, 409)
  assert.match(sentenceOf(second), new RegExp(`AllergyIntolerance/${idOf(first)}`))
  assert.equal((await find('AllergyIntolerance', kari)).length, 1)
  const own = await post({ ...example('1-drug-reaction', kari), criticality: 'low' }, municipality)
  assert.equal(own.status, 201)
  assert.ok(!JSON.stringify(own.body).includes(idOf(first)))
  assert.equal((await find('AllergyIntolerance', kari)).length, 2)
  const other = { 'code.coding.0.code': 'M01AE01', 'code.coding.0.display': 'Ibuprofen' }
  assert.equal((await post(changed(example('1-drug-reaction', kari), other), municipality)).status, 201)
})

test('systems of two organisations that write one fact at once make one entry each, and are told their own', async () => {
  const kari = await somebody()
  const replies = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(
      async (n) => await post({ ...example('2-other-allergy', kari), note: [{ text: `nr. ${n}` }] }, n % 2 ? hospital : municipality),
    ),
  )
  assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 201, 409, 409, 409, 409])
  const made = replies.map((reply) => (reply.status === 201 ? idOf(reply) : undefined))
  for (const [place, reply] of replies.entries()) {
    const own = made.find((id, at) => id !== undefined && at % 2 === place % 2)
    if (reply.status === 409) assert.ok(sentenceOf(reply).includes(`AllergyIntolerance/${own}`))
  }
  const writers = await api.sql<{ organization: string }[]>`
    select distinct a.organization from access_log l join log_actor a on a.id = l.actor
    where l.patient = ${kari.key} and l.event = 'create'`
  assert.deepEqual(writers.map(({ organization }) => organization).sort(), [bergen, oslo].sort())
})

test('one fact is one entry however its code list is spelt', async () => {
  const rows: [name: string, codes: readonly (readonly [system: string, code: string])[]][] = [
    [
      '1-drug-reaction',
      [
        [volven(7180), 'J01CA04'],
        ['http://www.whocc.no/atc', 'J01CA04'],
        ['http://ehelse.no/fhir/CodeSystem/no-kodeverk-7180', 'J01CA04'],
      ],
    ],
    [
      '5-critical-condition',
      [
        [volven(7110), 'E271'],
        ['http://hl7.org/fhir/sid/icd-10-no', 'E27.1'],
        ['2.16.578.1.12.4.1.1.7110', 'e271'],
      ],
    ],
  ]
  for (const [name, codes] of rows) {
    const kari = await somebody()
    const replies: Reply[] = []
    for (const [system, code] of codes)
      replies.push(await post(changed(example(name, kari), { 'code.coding': [{ system, code }] }), municipality))
    assert.deepEqual(
      replies.map(({ status }) => status),
      [201, 409, 409],
      name,
    )
  }
})

test('the recorder never changes, and the updater does', async () => {
  const kari = await somebody()
  const created = await post(example('10-infection', kari), nurse(oslo, { scopes, name: 'Rita Recorder' }), kari)
  assert.equal(created.status, 201, JSON.stringify(created.body))
  const first = resourceOf(created, 'Condition')
  const recorder = asResource(
    first.contained?.find(({ id }) => id === 'recorder'),
    'PractitionerRole',
  )
  assert.equal(recorder.practitioner?.display, 'Rita Recorder')
  const { contained: _contained, ...rest } = first
  const later: Condition = {
    ...rest,
    note: [{ text: 'Ny prøve tatt.' }],
    recorder: { display: 'En annen' },
    recordedDate: '2020-01-01',
  }
  const updated = await put(later, 1, nurse(bergen, { scopes, name: 'Ulf Updater' }))
  assert.equal(updated.status, 200, JSON.stringify(updated.body))
  const second = resourceOf(updated, 'Condition')
  assert.deepEqual(second.contained, first.contained)
  assert.deepEqual([second.recorder, second.recordedDate], [first.recorder, first.recordedDate])
  assert.match(updaterOf(second), /Ulf Updater/)
  assert.match(updaterOf(first), /Rita Recorder/)
  assert.ok(tagsOf(second).includes('recorder-kept'))
})

test('whoever may read may correct, others not; the entry stays its first controller’s', async () => {
  const kari = await somebody()
  const created = resourceOf(await post(example('9-changed-routine', kari)), 'Flag')
  const corrected = { ...created, code: { ...created.code, text: 'Etter samtale' } }
  assert.equal((await put(corrected, 1, nurse(bodo, { scopes }))).status, 404)
  const updated = await put(corrected, 1, reader)
  assert.equal(updated.status, 200, JSON.stringify(updated.body))
  const controller = resourceOf(updated, 'Flag').extension?.find(({ url }) => url.endsWith('data-controller'))
  assert.equal(controller?.valueIdentifier?.value, oslo)
})

test('refuted is not deleted, deletion is entered in error, and both stay in the history', async () => {
  const kari = await somebody()
  const created = resourceOf(await post(example('5-critical-condition', kari)), 'Condition')
  const refuted = {
    ...created,
    verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'refuted' }] },
  }
  const updated = await put(refuted, 1)
  assert.equal(updated.status, 200, JSON.stringify(updated.body))
  assert.equal(codeIn(resourceOf(updated, 'Condition').clinicalStatus), 'inactive')
  assert.equal((await find('Condition', kari, { standing: 'refuted' })).length, 1)
  assert.equal((await post(example('5-critical-condition', kari))).status, 409)
  const removed = await api.as(hospital).delete(`${BASE}/Condition/${created.id}`, { 'if-match': 'W/"2"' })
  assert.equal(removed.status, 200, JSON.stringify(removed.body))
  const [found] = await find('Condition', kari)
  assert.equal(codeIn(found?.verificationStatus), 'entered-in-error')
  const history = await api.as(reader).get(`${BASE}/Condition/${created.id}/_history`)
  assert.equal(bundleOf(history).total, 3)
  // The fact is free again: the next one to see it can register it again.
  assert.equal((await post(example('5-critical-condition', kari), municipality)).status, 201)
})

test('sending the same again changes nothing', async () => {
  const kari = await somebody()
  const { meta } = resourceOf(await post(example('6-treatment', kari)), 'Procedure')
  assert.equal((await post(example('6-treatment', kari))).status, 200)
  assert.equal(meta?.versionId, '1')
  assert.equal((await find('Procedure', kari))[0]?.meta?.versionId, '1')
})

test('what is wrong or unusual is told with its place', async () => {
  const kari = await somebody()
  const rows: [name: string, change: SentBody, status: number, code: string][] = [
    ['6-treatment', { status: 'preparation' }, 422, 'status-not-used'],
    ['8-limitation-of-treatment', { code: { coding: [{ display: 'Avgrenset' }] } }, 422, 'code-or-text-missing'],
    ['10-infection', { 'extension.0': { url: `${KJ}KjValidUntil`, valueString: 'snart' } }, 422, 'valid-until-no-date'],
    ['1-drug-reaction', { criticality: undefined }, 422, 'criticality'],
    ['8-limitation-of-treatment', {}, 201, 'main-code-missing'],
    ['6-treatment', { 'code.coding.0.code': '15' }, 201, 'code-unknown'],
    ['10-infection', { 'extension.0.valueDateTime': '2025-06-30' }, 201, 'valid-until-before-recorded'],
    ['2-other-allergy', { reaction: undefined }, 201, 'manifestation-missing'],
  ]
  for (const [name, change, status, code] of rows) {
    const reply = await post(changed(example(name, kari), change))
    assert.equal(reply.status, status, `${code}: ${JSON.stringify(reply.body)}`)
    assert.ok(JSON.stringify(reply.body).includes(code), `${code}: ${JSON.stringify(reply.body)}`)
  }
})

const status = async (person: Person): Promise<Record<string, unknown>> =>
  valuesOf(
    await api
      .as(reader)
      .post(`${BASE}/$status`, `patient.identifier=${person.number}`, { 'content-type': 'application/x-www-form-urlencoded' }),
  )

test('the status says whether there is anything, opens no entry, and is logged', async () => {
  const kari = await somebody()
  assert.equal((await status(kari)).status, 'unknown')
  const created = await post(example('7-implant', kari))
  const answer = await status(kari)
  assert.deepEqual([answer.status, answer.entries], ['some', 1])
  const row = (await api.logged()).at(-1)
  assert.deepEqual([row?.event, row?.patient, row?.disclosed], ['$status', kari.key, null])
  assert.deepEqual(JSON.stringify(answer).includes('Pacemaker'), false)
  await api.as(hospital).delete(`${BASE}/DeviceUseStatement/${idOf(created)}`, { 'if-match': 'W/"1"' })
  assert.equal((await status(kari)).status, 'none')
})
