import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differencesOf } from './described-patient.ts'

const kari = { given: 'Kari Anne', family: 'Søgård-Hansen', gender: 'female' }
const names: [name: string, differs: boolean][] = [
  ['Søgård-Hansen, Kari Anne', false],
  ['Kari Hansen', false],
  ['SOGARD KARI', false],
  ['Sögaard, K', false],
  ['Hans, Anne', false],
  ['  ', false],
  ['Hansen, Kristine', true],
  ['Hansen', true],
  ['Kari Olsen', true],
  ['Ola Nordmann', true],
]

test('a message about another name than that of the register', () => {
  for (const [name, differs] of names) assert.deepEqual(differencesOf(kari, undefined, { name }), differs ? ['name'] : [], name)
})

test('what either does not state is not compared', () => {
  const rows: [Parameters<typeof differencesOf>, string[]][] = [
    [[kari, '1950-05-17', { birthDate: '1950-05-17', gender: 'female' }], []],
    [
      [kari, '1950-05-17', { birthDate: '1950-05-18', gender: 'male' }],
      ['birth date', 'sex'],
    ],
    [[kari, undefined, { birthDate: '1950-05-18' }], []],
    [[{ ...kari, gender: 'unknown' }, undefined, { gender: 'male' }], []],
    [[{ given: null, family: null, gender: null }, undefined, { name: 'Ola' }], []],
    [[undefined, undefined, { name: 'Ola', gender: 'male' }], []],
  ]
  for (const [given, differences] of rows) assert.deepEqual(differencesOf(...given), differences, JSON.stringify(given))
})
