/** Searches as consumers of test results make them, through the API. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codesOf } from '@helsevev/kernel/codes/tables'
import { asResource, bundleOf, codeIn, includedIn, matchesIn, noticesIn, parametersOf, partOf } from '@helsevev/kernel/testing/answers'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { ParametersParameter } from '@medplum/fhirtypes'
import { kithMessage, type MadeReport, type MadeResult } from './made-up/kith-message.ts'
import testResults from './service.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:test-results/read', 'helsevev:test-results/write']
const reader = nurse(bergen, { scopes })
const NLK = 'urn:oid:2.16.578.1.12.4.1.1.7280'
const OWN = 'http://helsevev.no/fhir/NamingSystem/laboratory-code/'
let api: TestApi
let person: Awaited<ReturnType<TestApi['person']>>

const hb = (number: string, more: Partial<MadeResult> = {}): MadeResult => ({
  id: 'hb',
  codes: [[7280, 'NOR05172', 'B-Hemoglobin']],
  number,
  unit: 'g/dL',
  interval: '11,7 - 15,3',
  ...more,
})
const culture: MadeResult = {
  id: 'dyrkning',
  codes: [[7230, 'AERD', 'Aerob dyrkning']],
  text: 'Vekst',
  results: [
    {
      id: 'funn',
      name: 'Identifikasjon',
      heading: 'LR',
      text: 'Escherichia coli',
      textCodes: [[8271, 'ESCCOL', 'Escherichia coli']],
      results: [
        { id: 'amp', codes: [[7230, 'AMP', 'Ampicillin']], heading: 'RSB', textCodes: [[8271, 'R', 'Resistent']] },
        { id: 'mec', codes: [[7230, 'MEC', 'Mecillinam']], heading: 'RSB', textCodes: [[8271, 'S', 'Følsom']] },
      ],
    },
  ],
}
const send = async (controller: string, report: Partial<MadeReport>): Promise<void> => {
  const message = kithMessage({
    patient: person.number,
    reportId: 'R',
    generated: '2026-01-10T12:00:00',
    laboratory: { name: 'Sykehuslaboratoriet', organization: '999888777', department: 'Biokjemi' },
    requester: { name: 'Lege, Lise', practice: 'Legene', hpr: '9990002' },
    results: [],
    ...report,
  })
  const reply = await api
    .as(system(controller, { scopes }))
    .post('/fhir/test-results/$kith-report', message, { 'content-type': 'application/xml' })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
}

before(async () => {
  api = await testApi([testResults])
  await api.agreement({ controller: oslo, receiver: bergen })
  // What an operator imports for a laboratory's own codes: its HB is hemoglobin.
  const { codes } = api.kernel
  const known = codes.equivalents
  const own = codesOf({
    aliases: [],
    codes: [],
    equivalences: [
      { concept: 'hb', system: NLK, code: 'NOR05172' },
      { concept: 'hb', system: 'http://loinc.org', code: '718-7' },
      { concept: 'hb', system: `${OWN}999888555`, code: 'HB' },
    ],
  })
  codes.equivalents = (list, code) => [...known(list, code), ...own.equivalents(codes.canonical(list), code).slice(1)]
  person = await api.person(77)
  await send(oslo, { reportId: 'A', generated: '2026-01-02T12:00:00', collected: '2026-01-02T08:00:00', results: [hb('11.0')] })
  await send(oslo, {
    reportId: 'B',
    generated: '2026-01-05T12:00:00',
    collected: '2026-01-05T08:00:00',
    laboratory: { name: 'Privatlaboratoriet', organization: '999888555' },
    results: [
      { id: 'hb', codes: [[8212, 'HB', 'Hemoglobin (blod)']], number: '112', unit: 'g/L', specimen: '1' },
      { id: 'x', codes: [[8212, 'XYZ', 'P-Kalium']], number: '4,2', unit: 'mmol/l' },
    ],
  })
  await send(oslo, {
    reportId: 'C',
    generated: '2026-01-08T12:00:00',
    collected: '2026-01-08T08:00:00',
    discipline: 'MBIO',
    results: [culture],
  })
  await send(oslo, {
    reportId: 'D',
    generated: '2026-01-09T12:00:00',
    collected: '2026-01-09T08:00:00',
    laboratory: { name: 'Et tredje', organization: '999888444' },
    results: [
      { id: 'hb', codes: [[8212, 'HB', 'Noe annet']], number: '1', unit: 'mmol/L' },
      { id: 'k', codes: [[7280, 'NPU03230', 'P-Kalium']], number: '4.4', unit: 'mmol/L' },
      { id: 'crp', codes: [[7280, 'NPU19748', 'P-CRP']], number: '5', comparator: 'LT', unit: 'mg/L' },
    ],
  })
  await send(bodo, { reportId: 'E', results: [hb('9.0')] })
})
after(async () => await api.close())

const find = async (type: string, form: Record<string, string> = {}): Promise<Reply> => {
  const reply = await api.as(reader).search(type, { 'patient.identifier': person.number, ...form })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply
}
const numbers = (reply: Reply): string =>
  matchesIn(reply, 'DiagnosticReport')
    .map(({ identifier }) => identifier?.find(({ system: source }) => source === 'ServReportId')?.value)
    .join('')
const values = (reply: Reply): string =>
  matchesIn(reply, 'Observation')
    .map(({ valueQuantity }) => `${valueQuantity?.comparator ?? ''}${valueQuantity?.value} ${valueQuantity?.unit}`)
    .join(', ')

const reports: [about: string, form: Record<string, string>, expected: string][] = [
  ['newest first', {}, 'DCBA'],
  ['on a day', { date: '2026-01-05' }, 'B'],
  ['from a day', { date: 'ge2026-01-05' }, 'DCB'],
  ['before a moment', { date: 'lt2026-01-05T08:00:00+01:00' }, 'A'],
  ['at the moment', { date: 'le2026-01-05T08:00:00+01:00' }, 'BA'],
  ['by the number of the report', { identifier: 'ServReportId|B' }, 'B'],
  ['by a number that another controller has', { identifier: 'ServReportId|E' }, ''],
  ['by discipline', { code: 'urn:oid:2.16.578.1.12.4.1.1.8202|MBIO' }, 'C'],
  ['by discipline in the spelling of another guide', { code: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-8202|MBIO' }, 'C'],
  ['by main discipline', { category: 'LAB' }, 'DCBA'],
  ['by status', { status: 'amended' }, ''],
  ['a page', { _count: '2' }, 'DC'],
  ['the next page', { _count: '2', _skip: '2' }, 'BA'],
  ['behind the last page', { _skip: '4' }, ''],
]
for (const [about, form, expected] of reports)
  test(`reports: ${about}`, async () => {
    assert.equal(numbers(await find('DiagnosticReport', form)), expected)
  })

const results: [about: string, form: Record<string, string>, expected: string][] = [
  ['a national code finds what means the same', { code: `${NLK}|NOR05172` }, '112 g/L, 11 g/dL'],
  ['and so does LOINC', { code: 'http://loinc.org|718-7' }, '112 g/L, 11 g/dL'],
  ['and a code of a laboratory', { code: `${OWN}999888555|HB` }, '112 g/L, 11 g/dL'],
  ['the same local code of another laboratory is another', { code: `${OWN}999888444|HB` }, '1 mmol/L'],
  ['a local list by itself tells no laboratory', { code: 'urn:oid:2.16.578.1.12.4.1.1.8212|HB' }, '1 mmol/L, 112 g/L'],
  ['a code without a list', { code: 'NPU03230' }, '4.4 mmol/L'],
  ['LOINC of what no equivalence is stored for', { code: 'http://loinc.org|99999-9' }, ''],
  ['_tag knows equivalent codes too', { _tag: 'http://loinc.org|718-7' }, '112 g/L, 11 g/dL'],
  ['a quantity across units', { code: `${NLK}|NOR05172`, 'value-quantity': 'gt11.1||g/dL' }, '112 g/L'],
  ['below a bound is not above a lower one', { code: `${NLK}|NPU19748`, 'value-quantity': 'gt3||mg/L' }, ''],
  ['below a bound', { 'value-quantity': 'lt10||mg/L' }, '<5 mg/L'],
]
for (const [about, form, expected] of results)
  test(`results: ${about}`, async () => {
    assert.equal(values(await find('Observation', form)), expected)
  })

test('_tag finds a tree by a code at any depth of it, and by codes of the answer', async () => {
  for (const tag of [
    'AERD',
    'ESCCOL',
    'AMP',
    'urn:oid:2.16.578.1.12.4.1.1.8271|R',
    'http://ehelse.no/fhir/CodeSystem/no-kodeverk-7230|MEC',
  ]) {
    const reply = await find('Observation', { _tag: tag, '_include:iterate': 'Observation:has-member' })
    assert.deepEqual(
      matchesIn(reply, 'Observation').map(({ code }) => code.text),
      ['Aerob dyrkning'],
      tag,
    )
    assert.equal(includedIn(reply).length, 3, tag)
  }
  assert.deepEqual(matchesIn(await find('Observation', { _tag: 'NIT' }), 'Observation'), [])
})

test('a report brings requisition, specimens, who ordered, and every result on the specimens', async () => {
  const reply = await find('DiagnosticReport', {
    identifier: 'ServReportId|C',
    _include: 'DiagnosticReport:based-on,DiagnosticReport:specimen',
    '_include:iterate': 'ServiceRequest:requester',
    '_revinclude:iterate': 'Observation:specimen',
  })
  const types = Object.groupBy(includedIn(reply), ({ resourceType }) => resourceType)
  assert.deepEqual(Object.fromEntries(Object.entries(types).map(([type, all]) => [type, all?.length])), {
    ServiceRequest: 1,
    Specimen: 1,
    PractitionerRole: 1,
    Observation: 4,
  })
  assert.equal(asResource(types['PractitionerRole']?.[0], 'PractitionerRole').practitioner?.display, 'Lege, Lise')
  // Each resource once, and no more than what hangs together.
  const ids = [...matchesIn(reply, 'DiagnosticReport'), ...includedIn(reply)].map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('pages by the link next skip and repeat nothing when a report comes in between', async () => {
  const first = await find('DiagnosticReport', { _count: '3' })
  const next = bundleOf(first).link?.find(({ relation }) => relation === 'next')?.url ?? ''
  await send(oslo, { reportId: 'F', generated: '2026-01-11T12:00:00', collected: '2026-01-11T08:00:00', results: [] })
  const cursor = new URL(next, 'http://test').searchParams.get('_cursor') ?? ''
  assert.equal(numbers(first) + numbers(await find('DiagnosticReport', { _count: '3', _cursor: cursor })), 'DCBA')
})

test('what no agreement opens is told by an outcome entry, without number or name', async () => {
  const reply = await find('DiagnosticReport')
  assert.equal(codeIn(noticesIn(reply)[0]?.details), 'withheld')
  assert.ok(!JSON.stringify(reply.body).includes(bodo))
})

const analyses = async (form: Record<string, string> = {}) => {
  const reply = await api
    .as(reader)
    .post('/fhir/test-results/$analyses', new URLSearchParams({ 'patient.identifier': person.number, ...form }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    })
  const results = (analysis: ParametersParameter) => (analysis.part ?? []).filter(({ name }) => name === 'result')
  return parametersOf(reply)
    .filter(({ name }) => name === 'analysis')
    .map((analysis) => ({
      name: partOf(analysis, 'name')?.valueString,
      unit: partOf(analysis, 'unit')?.valueString,
      guessed: partOf(analysis, 'guessed')?.valueBoolean,
      values: results(analysis).map((one) => partOf(one, 'value')?.valueDecimal),
      laboratories: results(analysis).map((one) => partOf(one, 'laboratory')?.valueString),
    }))
}

test('an analysis runs across laboratories in one unit: by known codes surely, by name as a guess that says so', async () => {
  const all = await analyses()
  assert.deepEqual(
    all.find(({ name }) => name === 'Hemoglobin (blod)'),
    {
      name: 'Hemoglobin (blod)',
      unit: 'g/L',
      guessed: false,
      values: [110, 112],
      laboratories: ['Sykehuslaboratoriet, Biokjemi', 'Privatlaboratoriet'],
    },
  )
  assert.deepEqual(
    all.find(({ name }) => name === 'P-Kalium'),
    { name: 'P-Kalium', unit: 'mmol/L', guessed: true, values: [4.2, 4.4], laboratories: ['Privatlaboratoriet', 'Et tredje'] },
  )
  assert.deepEqual(
    all.find(({ name }) => name === 'Noe annet'),
    { name: 'Noe annet', unit: 'mmol/L', guessed: false, values: [1], laboratories: ['Et tredje'] },
  )
})

test('one analysis is asked for by any of its codes', async () => {
  for (const code of [`${NLK}|NOR05172`, 'http://loinc.org|718-7', 'NOR05172'])
    assert.deepEqual(
      (await analyses({ code })).map(({ values: all }) => all),
      [[110, 112]],
      code,
    )
  assert.deepEqual(await analyses({ code: 'http://loinc.org|99999-9' }), [])
})
