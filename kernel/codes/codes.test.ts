import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codesFromData } from './data.ts'
import { readRows } from './read-rows.ts'
import { importOrder, referenceFiles, shippedFile } from './reference-files.ts'
import { oldSeries, seriesOf } from './systems.ts'

const codes = codesFromData()
const iplos = 'urn:oid:2.16.578.1.12.4.1.1.9151'

const spellings = [
  { spelling: iplos, canonical: iplos },
  { spelling: '2.16.578.1.12.4.1.1.9151', canonical: iplos },
  { spelling: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151', canonical: iplos },
  { spelling: 'http://helsedir.no/fhir/CodeSystem/no-kodeverk-9151', canonical: iplos },
  { spelling: 'VOLVEN_9151', canonical: iplos },
  { spelling: 'urn:uid:2.16.578.1.12.4.1.1.7497', canonical: 'urn:oid:2.16.578.1.12.4.1.1.7497' },
  { spelling: 'http://hl7.org/fhir/sid/icd-10-no', canonical: 'urn:oid:2.16.578.1.12.4.1.1.7110' },
  { spelling: 'http://www.whocc.no/atc', canonical: 'urn:oid:2.16.578.1.12.4.1.1.7180' },
  {
    spelling: 'https://register.geonorge.no/subregister/sosi-kodelister/kartverket/kommunenummer-alle',
    canonical: 'urn:oid:2.16.578.1.12.4.1.1.3402',
  },
  { spelling: 'urn:oid:2.16.840.1.113883.6.96', canonical: 'http://snomed.info/sct' },
  { spelling: '2.16.578.1.12.4.1.4.101', canonical: 'urn:oid:2.16.578.1.12.4.1.4.101' },
  { spelling: 'http://dips.no/fhir/code', canonical: 'http://dips.no/fhir/code' },
]

test('the old series of organisations are those numbers, for searches and for everything else', () => {
  assert.ok(Object.keys(oldSeries).length > 0)
  for (const [old, series] of Object.entries(oldSeries)) {
    const bare = old.replace('urn:oid:', '')
    for (const spelling of [old, bare]) assert.deepEqual([codes.canonical(spelling), seriesOf(spelling)], [series, series], spelling)
  }
  assert.equal(seriesOf('2.16.578.1.12.4.1.4.101'), 'urn:oid:2.16.578.1.12.4.1.4.101')
  assert.deepEqual([seriesOf(undefined), seriesOf('http://x.test'), seriesOf('constructor')], [undefined, 'http://x.test', 'constructor'])
})

for (const { spelling, canonical } of spellings) {
  test(`${spelling} is ${spelling === canonical ? 'left as it is' : canonical}`, () => {
    assert.equal(codes.canonical(spelling), canonical)
  })
}

test('a code has its name whatever the spelling of its list', () => {
  assert.equal(codes.display(iplos, '15'), 'Helsetjenester i hjemmet')
  assert.equal(codes.display('http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151', '15'), 'Helsetjenester i hjemmet')
  assert.equal(codes.display(iplos, '02'), undefined)
  assert.equal(codes.display('urn:oid:2.16.578.1.12.4.1.1.9060', 'SP'), 'Sykepleier')
})

test('a list is known when its codes are loaded, not when only its name is', () => {
  assert.equal(codes.known('2.16.578.1.12.4.1.1.9151'), true)
  assert.equal(codes.known('urn:oid:2.16.578.1.12.4.1.1.3402'), false)
  assert.equal(codes.known('http://snomed.info/sct'), false)
  assert.equal(codes.known('http://dips.no/fhir/code'), false)
})

const loinc = 'http://loinc.org'
const sct = 'http://snomed.info/sct'
const measurements = [
  { name: 'pulse and heart rate', codes: [`${loinc}|8867-4`, `${sct}|364075005`, `${sct}|78564009`] },
  { name: 'blood pressure', codes: [`${loinc}|85354-9`, `${sct}|75367002`] },
  { name: 'systolic blood pressure', codes: [`${loinc}|8480-6`, `${sct}|271649006`, `${sct}|4471000202106`] },
  { name: 'diastolic blood pressure', codes: [`${loinc}|8462-4`, `${sct}|271650006`, `${sct}|4481000202108`] },
  { name: 'mean arterial pressure', codes: [`${loinc}|8478-0`, `${sct}|4501000202102`] },
  { name: 'oxygen saturation', codes: [`${loinc}|2708-6`, `${loinc}|59408-5`, `${sct}|431314004`] },
  { name: 'glucose', codes: [`${loinc}|15074-8`, `${sct}|434912009`, 'urn:oid:2.16.578.1.12.4.1.1.7280|NPU02187'] },
  { name: 'body temperature', codes: [`${loinc}|8310-5`, `${sct}|276885007`, `${sct}|386725007`] },
  { name: 'body weight, with its misprint', codes: [`${loinc}|29463-7`, `${loinc}|29563-7`, `${sct}|27113001`] },
  { name: 'hemoglobin', codes: [`${loinc}|718-7`, 'urn:oid:2.16.578.1.12.4.1.1.7280|NOR05172'] },
  { name: 'body height', codes: [`${loinc}|8302-2`, `${sct}|1153637007`] },
  { name: 'respiratory rate', codes: [`${loinc}|9279-1`, `${sct}|86290005`, `${sct}|271625008`] },
]

for (const { name, codes: same } of measurements) {
  test(`${name}: each code finds the others, itself first`, () => {
    for (const wanted of same) {
      const [system = '', code = ''] = wanted.split('|')
      const found = codes.equivalents(system, code).map((coding) => `${coding.system}|${coding.code}`)
      assert.equal(found[0], wanted)
      assert.deepEqual(found.toSorted(), same.toSorted())
    }
  })
}

test('a code without equivalents has itself, with its list as it is written everywhere', () => {
  assert.deepEqual(codes.equivalents('VOLVEN_9151', '15'), [{ system: iplos, code: '15' }])
  assert.deepEqual(codes.equivalents('2.16.578.1.12.4.1.1.7280', 'NPU02187').length, 3)
})

test('every Volven list named has its three spellings and the bare OID', () => {
  const read = readRows(referenceFiles['code-systems'], shippedFile('code-systems'))
  assert.ok('rows' in read)
  for (const { values } of read.rows) {
    const list = /^urn:oid:2\.16\.578\.1\.12\.4\.1\.1\.([0-9]+)$/.exec(values.system)?.[1]
    if (!list) continue
    for (const spelling of [
      `2.16.578.1.12.4.1.1.${list}`,
      `http://ehelse.no/fhir/CodeSystem/no-kodeverk-${list}`,
      `http://helsedir.no/fhir/CodeSystem/no-kodeverk-${list}`,
    ]) {
      assert.equal(codes.canonical(spelling), values.system)
    }
  }
})

for (const kind of importOrder) {
  test(`the shipped ${referenceFiles[kind].name} are without faults, and say where they come from and when`, () => {
    const text = shippedFile(kind)
    assert.match(text.split('\n')[0] ?? '', /^# source: .+, \d{4}-\d{2}-\d{2}$/)
    const read = readRows(referenceFiles[kind], text)
    assert.ok('rows' in read, JSON.stringify(read))
    assert.ok(read.rows.length > 10)
  })
}

test('each organisation that ships was read in a public source, and no other', () => {
  const numbers = (text: string) => text.match(/^\d{9}/gm) ?? []
  const sources = readFileSync(new URL('./data/organization-sources.csv', import.meta.url), 'utf8')
  assert.match(sources.split('\n')[0] ?? '', /^# source: .+, \d{4}-\d{2}-\d{2}$/)
  assert.deepEqual(numbers(shippedFile('organizations')).sort(), numbers(sources).sort())
  for (const line of sources.trim().split('\n').slice(2)) assert.match(line, /^\d{9},(Volven 350[12]|[A-Za-z0-9-]+\/)/)
})
