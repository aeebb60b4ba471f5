/** What a laboratory writes, and what becomes of it: rows of one result each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { DiagnosticReport, Observation, PractitionerRole } from '@medplum/fhirtypes'
import { convertKithReport } from './convert.ts'

const patient = makeIdentityNumber({ birthDate: '1950-05-17', series: 1, gender: 'female' })

interface Converted {
  head: DiagnosticReport
  results: Observation[]
  flags: string[]
  roles: ReadonlyMap<string, PractitionerRole>
}

function converted(item: string, more: { report?: string; patient?: string; message?: string; status?: string } = {}): Converted {
  const xml = `<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><GenDate V="2026-01-10T10:00:00"/>${more.message ?? ''}
<ServReport>${more.status ?? '<ServType V="N"/>'}<Status V="F"/><MsgDescr V="CLIN"/><ServProvId>1</ServProvId>${more.report ?? ''}
<Patient><OffId>${patient}</OffId><TypeOffId V="FNR"/>${more.patient ?? ''}<ResultItem>${item}</ResultItem></Patient>
<ServProvider><HCP><Inst><Name>Lab</Name><Id>900000001</Id><TypeId V="ENH"/></Inst></HCP></ServProvider></ServReport></Message>`
  const set = convertKithReport(Buffer.from(xml), {})
  if (isProblem(set) || set.kind !== 'record-set') throw new Error(JSON.stringify(set))
  const resources = set.entries.map(({ resource }) => resource)
  return {
    head: resources[0] as DiagnosticReport,
    results: resources.filter((resource) => resource.resourceType === 'Observation'),
    flags: (set.issues ?? []).map(({ code }) => code),
    roles: new Map(set.entries.map(({ fullUrl, resource }) => [fullUrl, resource as PractitionerRole])),
  }
}

const number = (comparator: string, value = '5') =>
  `<NumResult><ArithmeticComp V="${comparator}"/><NumResultValue V="${value}" U="mg/L"/></NumResult>`

const comparators: [code: string, value: string, sign: string | undefined, words: string | undefined][] = [
  ['EQ', '5', undefined, undefined],
  ['LT', '5', '<', undefined],
  ['LE', '5', '<=', undefined],
  ['GT', '5', '>', undefined],
  ['GE', '5', '>=', undefined],
  ['ge', '5', '>=', undefined],
  ['GT', '&gt;5', '>', undefined],
  ['NE', '5', undefined, 'ikke lik 5 mg/L'],
  ['MG', '5', undefined, 'mye større enn 5 mg/L'],
  ['ML', '5', undefined, 'mye mindre enn 5 mg/L'],
  ['XX', '5', undefined, 'XX 5 mg/L'],
  ['GT', '&lt;5', undefined, 'GT <5 mg/L'],
  ['constructor', '5', undefined, 'constructor 5 mg/L'],
  ['__proto__', '5', undefined, '__proto__ 5 mg/L'],
]

test('a comparator of list 8239 is a sign or words, and is never dropped', () => {
  for (const [code, value, sign, words] of comparators) {
    const { results, flags } = converted(number(code, value))
    const [{ valueQuantity, valueCodeableConcept } = {} as Observation] = results
    assert.deepEqual([valueQuantity?.comparator, valueCodeableConcept?.text], [sign, words], `${code} ${value}`)
    assert.equal(flags.includes('comparator-kept-as-text'), words !== undefined, code)
    assert.equal(valueQuantity !== undefined, words === undefined, code)
  }
})

test('names that JavaScript objects inherit are codes like any other', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const { results, head } = converted(`<ServType V="${name}"/><StatusInvestigation V="${name}"/>`, { status: `<ServType V="${name}"/>` })
    assert.deepEqual([results[0]?.status, head.status], ['unknown', 'unknown'], name)
  }
})

test('all text of an XHTML result is kept, in its order', () => {
  const html = `<div xmlns="http://www.w3.org/1999/xhtml"><h1>RTG thorax</h1><p>Ingen <b>infiltrat</b>.<br/>Normalt hjerte.</p>
<table><tr><td>Høyre</td><td>5 mm</td></tr></table><ul><li>en</li><li>to</li></ul></div>`
  const { results } = converted(`<ServType V="N"/><TextResult><TextResultValue>${html}</TextResultValue></TextResult>`)
  assert.equal(results[0]?.valueCodeableConcept?.text, 'RTG thorax\nIngen infiltrat.\nNormalt hjerte.\nHøyre  5 mm\nen\nto')
})

test('a result without type has that of the report, and what is cancelled is cancelled with all that it holds', () => {
  const inner = '<ResultItem><ServType V="N"/></ResultItem>'
  const rows: [report: string, item: string, statuses: string[]][] = [
    ['<ServType V="N"/>', '', ['final']],
    ['<ServType V="M"/>', '', ['amended']],
    ['<ServType V="C"/>', '<ServType V="N"/>', ['cancelled']],
    ['<ServType V="N"/>', `<ServType V="C"/>${inner}`, ['cancelled', 'cancelled']],
  ]
  for (const [status, item, statuses] of rows)
    assert.deepEqual(
      converted(item, { status }).results.map((one) => one.status),
      statuses,
      item,
    )
})

test('an answer that is true or a text is not "not stated"', () => {
  const info = (content: string) => `<ServType V="N"/><StructuredInfo><Type V="1" DN="Røyker"/>${content}</StructuredInfo>`
  const component = (content: string) => converted(info(content)).results[0]?.component?.[0]
  assert.equal(component('<BooleanInfo><Flag V="true"/></BooleanInfo>')?.valueBoolean, true)
  assert.equal(component('<TextInfo><Text>Før 2010</Text></TextInfo>')?.valueString, 'Før 2010')
})

test('a message about another person than the number, and a test message, are flagged and say so to the reader', () => {
  const rows: [more: { patient?: string; message?: string }, flag: string | undefined][] = [
    [{ patient: '<Sex V="2"/><DateOfBirth V="1950-05-17"/>' }, undefined],
    [{ patient: '<Sex V="0"/><DateOfBirth V="19xx-xx-xx"/>' }, undefined],
    [{ patient: '<Sex V="1"/>' }, 'patient-differs'],
    [{ patient: '<DateOfBirth V="1950-05-18"/>' }, 'patient-differs'],
    [{ message: '<Status V="TEST"/>' }, 'test-message'],
  ]
  for (const [more, flag] of rows) {
    const { flags, head } = converted('<ServType V="N"/>', more)
    assert.deepEqual(
      flags.filter((code) => code === 'patient-differs' || code === 'test-message'),
      flag ? [flag] : [],
      JSON.stringify(more),
    )
    const comments = (head.extension ?? []).filter(({ url }) => url.endsWith('nilar-comment'))
    assert.equal(comments.length, flag ? 1 : 0)
  }
})

test('a test message is refused in production, and taken with a flag elsewhere', () => {
  const octets = (status: string) =>
    Buffer.from(`<Message xmlns="http://www.kith.no/xmlstds/labsvar/2012-02-15"><Status V="${status}"/><GenDate V="2026-01-10T10:00:00"/>
<ServReport><ServType V="N"/><Patient><OffId>${patient}</OffId></Patient></ServReport></Message>`)
  const rows: [status: string, production: boolean, refused: boolean][] = [
    ['TEST', true, true],
    [' test ', true, true],
    ['TEST', false, false],
    ['PROD', true, false],
  ]
  for (const [status, production, refused] of rows) {
    const read = convertKithReport(octets(status), { production })
    const codes = isProblem(read) ? read.issues.map(({ code }) => code) : []
    assert.deepEqual(codes, refused ? ['test-message-refused'] : [], `${status} ${production}`)
  }
})

test('the laboratory that issued a report is named first, also where the message names others who served', () => {
  const served = (content: string) => `<RelServProv><HCP>${content}</HCP></RelServProv>`
  const rows: [served: string, performers: number][] = [
    ['', 1],
    [served('<HCProf><Name>Lege Legesen</Name></HCProf>'), 2],
    [served('<Inst><Name>Annet lab</Name></Inst>'), 2],
    [served('<Inst><Id>900000009</Id><TypeId V="ENH"/></Inst>'), 2],
    // The same laboratory as issuer and as service provider is one.
    [served('<Inst><Name>Lab</Name><Id>900000001</Id><TypeId V="ENH"/></Inst>'), 1],
  ]
  for (const [report, performers] of rows) {
    const { head, roles } = converted('<ServType V="N"/>', { report })
    assert.equal(head.performer?.length, performers, report)
    assert.equal(roles.get(head.performer?.[0]?.reference ?? '')?.organization?.display, 'Lab', report)
  }
})
