/**
 * Values through all services: what a sender writes is what a reader gets.
 *
 * A decimal keeps the digits that were sent wherever it is read: FHIR answers, operations, the summary and what the panels show. FHIR R4,
 * datatypes.html#decimal: "implementations SHALL handle decimal values in ways that preserve and respect the precision of the value".
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readableBundle } from '@helsevev/kernel/fhir/validation/readable'
import { valuesOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { writeJson } from '@helsevev/kernel/values/json'
import { loaders, services } from '@helsevev/server/services'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import { formatDecimal } from '@helsevev/ui/format.ts'
import type { Bundle, Parameters } from '@medplum/fhirtypes'

const now = new Date('2026-01-20T12:00:00Z')
const scopes = [...services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`]), 'helsevev:persons/read']
const writer = system(organizations.bergen, { scopes })
const reader = nurse(organizations.bergen, { scopes })
let api: TestApi
before(async () => {
  api = await testApi(services, () => now)
})
after(async () => await api.close())

/** As sent, as people read it in Norwegian, and where: Svarrapport has no exponents, and nobody weighs a gram. */
const rows: [sent: string, shown: string, read: 'both' | 'as result' | 'as weight'][] = [
  ['11.0', '11,0', 'both'],
  ['0.10', '0,10', 'as result'],
  ['140.0', '140,0', 'both'],
  ['1.50', '1,50', 'as result'],
  ['100.00', '100,00', 'both'],
  ['70', '70', 'both'],
  ['0.0000010', '0,0000010', 'as result'],
  ['82.345678901', '82,345678901', 'both'],
  ['1.50e2', '150', 'as weight'],
  ['1.50E1', '15,0', 'as weight'],
]

test('in FHIR answers, $analyses, $trend, $summary and the panels', async () => {
  for (const [index, [sent, shown, read]] of rows.entries()) {
    const who = await api.person(index + 1)
    const form = async (path: string, more: Record<string, string> = {}): Promise<Reply> => {
      const reply = await api.as(reader).post(path, new URLSearchParams({ 'patient.identifier': who.number, ...more }).toString(), {
        'content-type': 'application/x-www-form-urlencoded',
      })
      assert.equal(reply.status, 200, JSON.stringify(reply.body))
      return reply
    }
    const panel = async (service: string) => {
      const loaded = await loaders
        .find((one) => one.service === service)
        ?.load(
          {
            search: async (of, type, more) => readableBundle((await form(`/fhir/${of}/${type}/_search`, more)).body as Bundle),
            operation: async (of, name, more) => (await form(`/fhir/${of}/$${name}`, more)).body as Parameters,
          },
          now,
        )
      return JSON.stringify(loaded)
    }
    const home = `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},
      "identifier":[{"system":"urn:x","value":"w${index}"}],"subject":{"identifier":${JSON.stringify(who.identifier)}},
      "effectiveDateTime":"2026-01-12T08:00:00+01:00",
      "valueQuantity":{"value":${sent},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}`
    const created = await api.as(writer).post('/fhir/home-monitoring/Observation', home)
    assert.equal(created.status, 201, JSON.stringify(created.body))
    const value = `"value":${sent},`
    for (const reply of [created, await form('/fhir/home-monitoring/Observation/_search'), await form('/fhir/Patient/$summary')])
      assert.ok(writeJson(reply.body).includes(value), `${value} is not in ${writeJson(reply.body)}`)
    if (read !== 'as weight') {
      const message = kithMessage({
        patient: who.number,
        reportId: `R-${index}`,
        generated: '2026-01-12T09:00:00',
        collected: '2026-01-11T08:30:00',
        laboratory: { name: 'Laboratoriet', organization: '999888777' },
        results: [{ id: 'hb', codes: [[7280, 'NOR05172', 'B-Hemoglobin']], number: sent, unit: 'g/dL', interval: '0,10 - 15,30' }],
      })
      const taken = await api.as(writer).post('/fhir/test-results/$kith-report', message, { 'content-type': 'application/xml' })
      assert.equal(taken.status, 201, JSON.stringify(taken.body))
      const analyses = writeJson((await form('/fhir/test-results/$analyses')).body)
      for (const decimal of [sent, '0.10', '15.30']) assert.ok(analyses.includes(`"valueDecimal":${decimal}}`), `${decimal}: ${analyses}`)
      assert.ok(analyses.includes(value), analyses)
      // The view puts the decimal sign of the language in.
      assert.ok((await panel('test-results')).includes(`"${shown.replace(',', '.')} g/dL"`), `the panel of test results, ${sent}`)
      assert.ok(writeJson((await form('/fhir/Patient/$summary')).body).includes(`B-Hemoglobin: ${sent} g/dL`), sent)
    }
    if (read !== 'as result') {
      const trend = writeJson((await form('/fhir/home-monitoring/$trend')).body)
      const day = shown.replace(',', '.')
      // A trend has six digits at most.
      if (day.length < 8) assert.ok(trend.includes(`"data":"${day} ${day} `), `${day}: ${trend}`)
      const { data } = JSON.parse(await panel('home-monitoring')) as { data?: { kinds: { newest: { written: string } }[] } }
      assert.equal(formatDecimal(data?.kinds[0]?.newest.written ?? '', 'nb'), shown)
    }
  }
})

test('the computed NEWS2 is on the scale of the last score that somebody made, and that score has a row of the log', async () => {
  const who = await api.person(50)
  const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
  const [LOINC, SNOMED] = ['http://loinc.org', 'http://snomed.info/sct']
  const write = async (service: string, body: object) => {
    const reply = await api.as(writer).post(`/fhir/${service}/Observation`, {
      resourceType: 'Observation',
      status: 'final',
      subject: { identifier: who.identifier },
      ...body,
    })
    assert.equal(reply.status, 201, JSON.stringify(reply.body))
  }
  const measured: [code: object, value: object][] = [
    [coding(LOINC, '9279-1'), quantity(16, '/min')],
    [coding(LOINC, '59408-5'), quantity(90, '%')],
    [coding(LOINC, '8480-6'), quantity(125, 'mm[Hg]')],
    [coding(LOINC, '8867-4'), quantity(72, '/min')],
    [coding(LOINC, '8310-5'), quantity(37, 'Cel')],
    [coding(SNOMED, '722742002'), { valueBoolean: true }],
    [coding(SNOMED, '1104441000000107'), { valueCodeableConcept: coding(SNOMED, '248234008') }],
  ]
  for (const [index, [code, value]] of measured.entries())
    await write('home-monitoring', {
      identifier: [{ system: 'urn:x', value: `m${index}` }],
      effectiveDateTime: '2026-01-14T08:30:00+01:00',
      code,
      ...value,
    })
  const answered = async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const { body } = await api.as(reader).post('/fhir/home-monitoring/$computed-news2', `patient.identifier=${who.number}`, form)
    return valuesOf({ body })
  }
  const first = await answered()
  assert.deepEqual([first['total'], first['scale'], first['scaleFrom']], [3, 1, undefined])
  const subScore = (code: string, value: number) => ({ code: coding(SNOMED, code), ...score(value) })
  await write('news2', {
    category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'survey')],
    identifier: [{ system: 'urn:oid:2.16.578.1.34.10.1', value: 's1' }],
    code: coding(SNOMED, '1104051000000101'),
    effectiveDateTime: '2026-01-13T08:15:00+01:00',
    performer: [{ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '009990001' } }],
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/news2-scale2-chosen-by', valueReference: { display: 'Lege' } }],
    ...score(0),
    component: [
      '1104301000000104',
      '1104321000000108',
      '1104331000000105',
      '1104341000000101',
      '1104351000000103',
      '1104361000000100',
      '1104371000000107',
    ].map((code) => subScore(code, 0)),
  })
  const second = await answered()
  assert.deepEqual([second['total'], second['scale'], second['scaleFrom']], [0, 2, 'last-score'])
  const rows = await api.sql`select service from access_log where patient = ${who.key} and event = '$computed-news2' order by segment, seq`
  assert.deepEqual(
    rows.map(({ service }) => service),
    ['home-monitoring', 'news2', 'home-monitoring', 'news2'],
  )
})

const quantity = (value: number, code: string) => ({ valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code } })
const score = (value: number) => ({ valueQuantity: { value, unit: 'score', system: 'http://unitsofmeasure.org', code: '{score}' } })
