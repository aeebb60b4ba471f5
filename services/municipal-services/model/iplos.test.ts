import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cases } from '../testing/cases.ts'
import { testCodes } from '../testing/codes.ts'
import { extraSensitiveCodes, isExtraSensitive, isIplos, judgeCode } from './iplos.ts'

interface Row {
  name: string
  code: string
  display?: string
  stored: string
  zeroPadded?: boolean
  unknown?: boolean
  displayMismatch?: boolean
}

for (const row of cases<Row>(new URL('./iplos.cases.yaml', import.meta.url))) {
  test(`IPLOS code: ${row.name}`, () => {
    const { code, zeroPadded, unknown, displayMismatch } = judgeCode(row.code, row.display, testCodes())
    assert.deepEqual(
      { code, zeroPadded, unknown, displayMismatch },
      {
        code: row.stored,
        zeroPadded: row.zeroPadded ?? false,
        unknown: row.unknown ?? false,
        displayMismatch: row.displayMismatch ?? false,
      },
    )
  })
}

test('a missing display is filled from the list, and a sent one is kept', () => {
  assert.equal(judgeCode('15', undefined, testCodes()).display, 'Helsetjenester i hjemmet')
  assert.equal(judgeCode('15', 'Hjemmesykepleie', testCodes()).display, 'Hjemmesykepleie')
})

test('a list that is not loaded judges nothing', () => {
  const { unknown, displayMismatch, display } = judgeCode('99', 'Noe', testCodes(false))
  assert.deepEqual({ unknown, displayMismatch, display }, { unknown: false, displayMismatch: false, display: 'Noe' })
})

for (const [code, hidden] of Object.entries({
  '13': false,
  '14': true,
  '15': false,
  '22': false,
  '23': true,
  '24': true,
  '25': false,
  '014': true,
  '4': false,
})) {
  test(`code ${code} is ${hidden ? '' : 'not '}extra sensitive`, () => assert.equal(isExtraSensitive(code), hidden))
}

test('each extra-sensitive code says why, from where and when', () => {
  assert.deepEqual(
    extraSensitiveCodes.map(({ code }) => code),
    ['14', '23', '24'],
  )
  for (const { why, source, read } of extraSensitiveCodes) assert.ok(why && source && /^\d{4}-\d{2}-\d{2}$/.test(read))
})

test('every spelling of list 9151 is recognised, also one that only the alias table knows', () => {
  for (const prefix of [
    'urn:oid:2.16.578.1.12.4.1.1.',
    'http://ehelse.no/fhir/CodeSystem/no-kodeverk-',
    'http://helsedir.no/fhir/CodeSystem/no-kodeverk-',
  ]) {
    assert.ok(isIplos(`${prefix}9151`))
    assert.ok(!isIplos(`${prefix}9152`))
  }
  assert.ok(!isIplos('http://elsewhere.example/iplos'))
  assert.ok(isIplos('http://elsewhere.example/iplos', testCodes()))
})
