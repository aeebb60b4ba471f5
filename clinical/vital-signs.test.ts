import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOINC, NLK, SNOMED_CT } from './systems.ts'
import { bloodPressurePanel, consciousness, type VitalSignName, vitalSigns } from './vital-signs.ts'

// biome-ignore format: a table, one row to a line
const rows: [name: VitalSignName, loinc: string[], snomed: string[], unit: string][] = [
  ['heart-rate',             ['8867-4'],               ['364075005', '78564009'],                 '/min'],
  ['systolic',               ['8480-6'],               ['271649006', '4471000202106'],            'mm[Hg]'],
  ['diastolic',              ['8462-4'],               ['271650006', '4481000202108'],            'mm[Hg]'],
  ['mean-arterial-pressure', ['8478-0'],               ['4501000202102'],                         'mm[Hg]'],
  ['oxygen-saturation',      ['2708-6', '59408-5'],    ['431314004'],                             '%'],
  ['glucose',                ['15074-8'],              ['434912009'],                             'mmol/L'],
  ['temperature',            ['8310-5'],               ['276885007', '386725007'],                'Cel'],
  ['weight',                 ['29463-7', '29563-7'],   ['27113001'],                              'kg'],
  ['height',                 ['8302-2'],               ['1153637007'],                            'cm'],
  ['respiratory-rate',       ['9279-1'],               ['86290005', '271625008'],                 '/min'],
  ['bmi',                    ['39156-5'],              [],                                        'kg/m2'],
  ['questionnaire-score',    ['74465-6'],              [],                                        '1'],
  ['frailty',                [],                       ['763264000'],                             '1'],
]

for (const [name, loinc, snomed, unit] of rows) {
  test(`${name} comes under ${[...loinc, ...snomed].join(', ')} and is compared in ${unit}`, () => {
    const { codes, unit: compared } = vitalSigns[name]
    const of = (wanted: string) => codes.filter(({ system }) => system === wanted).map(({ code }) => code)
    assert.deepEqual([of(LOINC), of(SNOMED_CT), compared], [loinc, snomed, unit])
  })
}

test('every vital sign has a row here, and no code names two of them', () => {
  assert.deepEqual(Object.keys(vitalSigns).sort(), rows.map(([name]) => name).sort())
  const codes = [...Object.values(vitalSigns).flatMap((sign) => [...sign.codes]), ...bloodPressurePanel, ...consciousness]
  assert.equal(new Set(codes.map(({ system, code }) => `${system}|${code}`)).size, codes.length)
})

test('glucose comes under a code of the Norwegian laboratory list too', () => {
  assert.ok(vitalSigns.glucose.codes.some(({ system, code }) => system === NLK && code === 'NPU02187'))
})
