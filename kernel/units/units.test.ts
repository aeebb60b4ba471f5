import assert from 'node:assert/strict'
import { test } from 'node:test'
import ucumLhc from '@lhncbc/ucum-lhc'
import { comparable, inUnit, ucum } from './units.ts'

const library = ucumLhc.UcumLhcUtils.getInstance()

/** A unit as written, its UCUM code, and 8.1 of it in the canonical unit. */
const rows: [written: string, code: string | undefined, value: number, unit: string][] = [
  ['10^9 /L', '10*9/L', 8.1, '10*9/L'],
  ['10#9/L', '10*9/L', 8.1, '10*9/L'],
  ['10E9/L', '10*9/L', 8.1, '10*9/L'],
  ['x10^9/l', '10*9/L', 8.1, '10*9/L'],
  ['10⁹/L', '10*9/L', 8.1, '10*9/L'],
  ['x10*12/L', '10*12/L', 8100, '10*9/L'],
  ['10*3/uL', '10*3/uL', 8.1, '10*9/L'],
  ['10E-3/L', '10*-3/L', 8.1e-12, '10*9/L'],
  ['celler/µL', '/uL', 0.0081, '10*9/L'],
  ['µmol/L', 'umol/L', 0.0081, 'mmol/L'],
  ['μmol/L', 'umol/L', 0.0081, 'mmol/L'],
  ['umol/L', 'umol/L', 0.0081, 'mmol/L'],
  ['mmol/l', 'mmol/L', 8.1, 'mmol/L'],
  [' mmol/L ', 'mmol/L', 8.1, 'mmol/L'],
  ['nmol/L', 'nmol/L', 8.1e-6, 'mmol/L'],
  ['pmol/L', 'pmol/L', 8.1e-9, 'mmol/L'],
  ['g/dl', 'g/dL', 81, 'g/L'],
  ['mg/l', 'mg/L', 0.0081, 'g/L'],
  ['mg%', 'mg/dL', 0.081, 'g/L'],
  ['ng/mL', 'ng/mL', 8.1e-6, 'g/L'],
  ['ug/L', 'ug/L', 8.1e-6, 'g/L'],
  ['mL/min/1,73m2', 'mL/min/{1.73_m2}', 8.1, 'mL/min/{1.73_m2}'],
  ['ml/min/1.73 m²', 'mL/min/{1.73_m2}', 8.1, 'mL/min/{1.73_m2}'],
  ['mL/min', 'mL/min', 8.1, 'mL/min'],
  ['L/min', 'L/min', 8100, 'mL/min'],
  ['/min', '/min', 8.1, '/min'],
  ['slag/min', '/min', 8.1, '/min'],
  ['pr min', '/min', 8.1, '/min'],
  ['{beats}/min', '{beats}/min', 8.1, '/min'],
  ['kg', 'kg', 8.1, 'kg'],
  ['g', 'g', 0.0081, 'kg'],
  ['pg', 'pg', 8.1e-15, 'kg'],
  ['fl', 'fL', 8.1e-15, 'L'],
  ['cm', 'cm', 8.1, 'cm'],
  ['kg/m²', 'kg/m2', 8.1, 'kg/m2'],
  ['°C', 'Cel', 8.1, 'Cel'],
  ['grader', 'Cel', 8.1, 'Cel'],
  ['[degF]', '[degF]', -13.2777777778, 'Cel'],
  ['mmHg', 'mm[Hg]', 8.1, 'mm[Hg]'],
  ['mm Hg', 'mm[Hg]', 8.1, 'mm[Hg]'],
  ['kPa', 'kPa', 60.755164189, 'mm[Hg]'],
  ['kIE/L', 'k[IU]/L', 8100, '[IU]/L'],
  ['mIU/L', 'm[IU]/L', 0.0081, '[IU]/L'],
  ['IE/mL', '[IU]/mL', 8100, '[IU]/L'],
  ['U/l', 'U/L', 8.1, 'U/L'],
  ['E/L', 'U/L', 8.1, 'U/L'],
  ['ukat/L', 'ukat/L', 486, 'U/L'],
  ['mOsm/kg', 'mosm/kg', 8.1, 'mmol/kg'],
  ['mEq/L', 'meq/L', 8.1, 'meq/L'],
  ['g/mol', 'g/mol', 8.1, 'mg/mmol'],
  ['mmol/døgn', 'mmol/d', 8.1, 'mmol/d'],
  ['mg/24h', 'mg/d', 0.0081, 'g/d'],
  ['sek', 's', 8.1, 's'],
  ['mm/t', 'mm/h', 8.1, 'mm/h'],
  ['deg', 'deg', 0.141371669412, 'rad'],
  // Ratios are not converted into each other.
  ['%', '%', 8.1, '%'],
  ['mmol/mol', 'mmol/mol', 8.1, 'mmol/mol'],
  ['mg/g', 'mg/g', 8.1, 'mg/g'],
  ['1', '1', 8.1, '1'],
  ['INR', '{INR}', 8.1, '1'],
  ['poeng', '{score}', 8.1, '1'],
  ['', undefined, 8.1, '1'],
  ['pH', '[pH]', 8.1, '[pH]'],
  ['kopier/mL', '{copies}/mL', 8.1e-6, '10*9/L'],
  // Annotations have no meaning for the unit; the body surface above is the exception.
  ['{slag}/min', '{slag}/min', 8.1, '/min'],
  ['{a/b}/min', '{a/b}/min', 8.1, '/min'],
  ['{åndedrag}/min', '/min', 8.1, '/min'],
  ['%{HbA1c}', '%{HbA1c}', 8.1, '%'],
  ['mg{creat}/L', 'mg{creat}/L', 0.0081, 'g/L'],
  ['10*9{WBC}/L', '10*9{WBC}/L', 8.1, '10*9/L'],
  ['10*9/L{WBC}', '10*9/L{WBC}', 8.1, '10*9/L'],
  ['mmol/mol{Hb}', 'mmol/mol{Hb}', 8.1, 'mmol/mol'],
  ['mg/{total}', 'mg/{total}', 8.1e-6, 'kg'],
  ['{titer}', '{titer}', 8.1, '1'],
  ['mL/min/1.73{m2}', 'mL/min/{1.73_m2}', 8.1, 'mL/min/{1.73_m2}'],
  // An unknown unit is its own dimension.
  [' KUA/L', undefined, 8.1, 'KUA/L'],
  ['TAB', undefined, 8.1, 'TAB'],
  ['258', undefined, 8.1, '258'],
  ['constructor', undefined, 8.1, 'constructor'],
  ['toString', undefined, 8.1, 'toString'],
  // A million grams, a coulomb and a million moles are spelling mistakes, and are not taken literally.
  ['MG/L', undefined, 8.1, 'MG/L'],
  ['Mmol/L', undefined, 8.1, 'Mmol/L'],
  ['C', undefined, 8.1, 'C'],
]

for (const [written, code, value, unit] of rows) {
  test(`${JSON.stringify(written)} is ${code ?? 'not a unit of UCUM'}, and 8.1 of it ${value} ${unit}`, () => {
    assert.equal(ucum(written), code)
    assert.deepEqual(comparable({ value: 8.1, unit: written }), { value, unit })
    if (code !== undefined) assert.equal(library.validateUnitString(code).status, 'valid')
  })
}

test('numbers are those of the library, for every unit that it converts', () => {
  let compared = 0
  for (const [, code, value, unit] of rows) {
    if (code === undefined || code === unit) continue
    const { toVal } = library.convertUnitTo(code, 8.1, unit)
    if (toVal === null) continue
    assert.ok(Math.abs(toVal - value) <= Math.abs(value) * 1e-11, `${code} ${toVal} ${value}`)
    compared += 1
  }
  assert.ok(compared > 20)
})

test('the code of UCUM goes before the text, and the text before a code of another system', () => {
  const system = 'http://unitsofmeasure.org'
  assert.deepEqual(comparable({ value: 81_000, unit: 'gram', code: 'g', system }), { value: 81, unit: 'kg' })
  assert.deepEqual(comparable({ value: 81, unit: 'kg', code: 'nonsense', system }), { value: 81, unit: 'kg' })
  assert.deepEqual(comparable({ value: 81, unit: 'kg', code: '258683005', system: 'http://snomed.info/sct' }), { value: 81, unit: 'kg' })
  assert.deepEqual(comparable({ value: 81, unit: 'stykk', code: 'piece' }), { value: 81, unit: 'piece' })
})

test('what has no number is not comparable', () => {
  assert.equal(comparable({ unit: 'kg' }), undefined)
  assert.equal(comparable({ value: Number.NaN, unit: 'kg' }), undefined)
})

const read: [quantity: Parameters<typeof comparable>[0], unit: string, value: number | undefined][] = [
  [{ value: 81, unit: 'g/L' }, 'g/dL', 8.1],
  [{ value: 30.1, unit: 'pg' }, 'pg', 30.1],
  [{ value: 98.6, unit: '[degF]' }, '°C', 37],
  [{ value: 2, unit: 'kIE/L' }, 'm[IU]/mL', 2000],
  [{ value: 60, unit: 'mL/min/1,73m2' }, 'L/h/{1.73_m2}', 3.6],
  [{ value: 2.5 }, 'INR', 2.5],
  [{ value: 72, unit: '{beats}/min' }, '{slag}/min', 72],
  [{ value: 81, unit: 'g{Hb}/L' }, 'g/dL', 8.1],
  [{ value: 3, unit: 'TAB' }, 'TAB', 3],
  [{ value: 60, unit: 'mL/min' }, 'mL/min/{1.73_m2}', undefined],
  [{ value: 5, unit: 'mmol/L' }, 'g/L', undefined],
  [{ value: 48, unit: 'mmol/mol' }, '%', undefined],
  [{ value: 5, unit: 'kIE/L' }, 'U/L', undefined],
  [{ unit: 'kg' }, 'kg', undefined],
]

for (const [quantity, unit, value] of read) {
  test(`${quantity.value} ${quantity.unit ?? 'without unit'} read in ${unit} is ${value ?? 'not to be had'}`, () => {
    assert.equal(inUnit(quantity, unit), value)
  })
}

test('a text as long as somebody likes takes no time', () => {
  const started = performance.now()
  assert.equal(ucum('('.repeat(100_000)), undefined)
  assert.equal(ucum(`${'m/'.repeat(40_000)}s`), undefined)
  for (let at = 0; at < 3000; at += 1) ucum(`unit ${at}`)
  assert.ok(performance.now() - started < 2000)
})

test('what is no unit is never written to the console: it may hold anything', (t) => {
  const written = t.mock.method(console, 'log', () => undefined)
  for (const odd of [
    '<img src=x onerror=hit()>',
    'Ola Nordmann',
    'mg per kg',
    '((',
    '))',
    '/',
    '//',
    '*',
    '{',
    '}',
    '[',
    '1..2',
    "';--",
    '\u0000',
    'å',
    '%',
    'mg/',
    '10*',
    '^',
  ])
    ucum(odd)
  assert.deepEqual(
    written.mock.calls.map(({ arguments: words }) => words),
    [],
  )
})
