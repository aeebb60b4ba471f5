import assert from 'node:assert/strict'
import { test } from 'node:test'
import { news2Total } from '@helsevev/clinical/news2/codes'
import type { WriteContext } from '@helsevev/kernel/fhir/service'
import { keepDecimal, parseJson, writeJson } from '@helsevev/kernel/values/json'
import type { Extension, Observation, ObservationComponent, Reference, Resource } from '@medplum/fhirtypes'
import { news2 } from '../service.ts'
import { codes, context, readExample } from '../testing/context.ts'
import { type Assessment, assessmentExtension, assessmentUrl, readAssessment } from './assessment.ts'
import { prepare } from './prepare.ts'
import { summaryShown } from './summary-line.ts'

const sct = 'http://snomed.info/sct'
const ucum = 'http://unitsofmeasure.org'

const full = () => readExample<Observation>('full-score.request')
const vital = (index: number) =>
  readExample<{ resourceType: 'Bundle'; entry: { resource: Observation }[] } & Resource>('derived-score.request').entry[index]!.resource

async function run(observation: Observation, changes: Partial<WriteContext> = {}) {
  const { resource, issues } = await prepare(observation, context(changes))
  const of = (severity: string) => issues.filter((issue) => issue.severity === severity).map(({ code }) => code)
  return {
    resource,
    issues,
    flags: of('warning'),
    told: of('information'),
    errors: of('error'),
    assessment: readAssessment(resource) as Assessment,
  }
}

/** The score with components replaced by index, or added at the end. */
function withComponents(
  changes: Record<number, Partial<ObservationComponent> | undefined>,
  added: ObservationComponent[] = [],
): Observation {
  const observation = full()
  const component = (observation.component ?? []).flatMap((part, index) => {
    if (!(index in changes)) return [part]
    return changes[index] ? [{ ...part, ...changes[index] }] : []
  })
  return { ...observation, component: [...component, ...added] }
}

/** In the example the sub-scores come first, then the measured values, both in this order. */
const at = { respiration: 0, saturation: 1, oxygen: 2, systolic: 3, pulse: 4, consciousness: 5, temperature: 6 }
const measured = { respiration: 7, saturation: 8, oxygen: 9, systolic: 10, pulse: 11, consciousness: 12, temperature: 13 }
const onlySubScores = Object.fromEntries(Object.values(measured).map((index) => [index, undefined]))
const onlyMeasured = Object.fromEntries(Object.values(at).map((index) => [index, undefined]))

test('a score whose parts agree has no flags, and nothing of it is changed', async () => {
  const sent = full()
  const { resource, issues, assessment } = await run(sent)
  assert.deepEqual(issues, [])
  assert.deepEqual(sent, full())
  const { extension, ...rest } = resource
  assert.deepEqual(rest, full())
  assert.deepEqual(
    extension?.map(({ url }) => url),
    [assessmentUrl],
  )
  assert.deepEqual([assessment.total, assessment.band, assessment.worstScore], [7, 'band-7', 2])
})

test('an assessment reads as it was written', async () => {
  for (const name of ['full-score', 'total-disagrees', 'partial-score', 'derived-score']) {
    const { extension = [] } = readExample<Observation>(`${name}.answer`)
    const written = extension.find(({ url }) => url === assessmentUrl)
    const read = readAssessment(readExample<Observation>(`${name}.answer`))
    assert.ok(read)
    assert.deepEqual(assessmentExtension(read), written)
  }
})

test('a line of the summary has names where codes came alone, and the total that was computed', async () => {
  const bare = { system: 'http://loinc.org', code: '9279-1' }
  const { valueQuantity: _total, ...withoutTotal } = withComponents(onlyMeasured)
  const { resource } = await run(withoutTotal)
  const codeAlone = (one: Observation): Observation => ({
    ...one,
    code: { coding: [news2Total] },
    component: [{ code: { coding: [bare] }, valueQuantity: { value: 18, unit: '/min' } }],
  })
  const shown = summaryShown(codeAlone(resource), codes)
  assert.equal(shown.code.text, 'NEWS2 total score 7 (computed)')
  assert.equal(shown.component?.[0]?.code.text, 'Respiratory rate')
  const whole = await run(full())
  assert.equal(summaryShown(codeAlone(whole.resource), codes).code.text, 'NEWS2 total score')
  const words = { ...codeAlone(whole.resource), code: { coding: [{ ...news2Total, display: 'Poeng' }] } }
  assert.deepEqual(summaryShown(words, codes).code, words.code)
})

test('an assessment sent by a client is left out, flagged, and made anew', async () => {
  const forged = {
    ...full(),
    extension: [
      { url: 'http://example.org/other', valueCode: 'kept' },
      { url: assessmentUrl, extension: [{ url: 'total', valueInteger: 0 }] },
    ],
  }
  const { resource, flags, assessment } = await run(forged)
  assert.deepEqual(flags, ['assessment-dropped'])
  assert.deepEqual(
    resource.extension?.map(({ url }) => url),
    ['http://example.org/other', assessmentUrl],
  )
  assert.deepEqual([assessment.total, assessment.flags], [7, []])
})

test('a measured value decides over the sub-score sent with it', async () => {
  const { flags, assessment, issues } = await run(
    withComponents({ [measured.respiration]: { valueQuantity: { value: 25, system: ucum, code: '/min' } } }),
  )
  assert.deepEqual(flags, ['sub-score-disagrees', 'total-disagrees'])
  assert.deepEqual([assessment.total, assessment.sentTotal], [8, 7])
  assert.equal(issues[0]?.expression, 'Observation.component[0]')
})

test('a band named in words decides over the sub-score beside it', async () => {
  const { flags, assessment } = await run(
    withComponents({ ...onlySubScores, [at.respiration]: { valueQuantity: { value: 3 }, interpretation: [{ text: '21–24' }] } }),
  )
  assert.deepEqual(flags, ['sub-score-disagrees'])
  assert.deepEqual([assessment.total, assessment.subScores[0]], [7, { parameter: 'respiration', score: 2, basis: 'band-text', sent: 3 }])
})

test('sub-scores alone make the total when nothing else is sent', async () => {
  const { flags, assessment } = await run(withComponents(onlySubScores))
  assert.deepEqual([flags, assessment.total], [[], 7])
})

test('measured values alone make the total, on scale 1 unless it is said', async () => {
  const { flags, assessment } = await run(withComponents(onlyMeasured))
  assert.deepEqual([flags, assessment.total, assessment.scale], [['scale-assumed'], 7, 1])
})

for (const [parameter, score] of [
  ['oxygen', 1],
  ['oxygen', 3],
  ['consciousness', 1],
  ['consciousness', 2],
  ['temperature', 4],
  ['pulse', -1],
  ['systolic', 1.5],
] as const) {
  test(`a sub-score of ${score} for ${parameter} is illegal, and the parameter is missing`, async () => {
    const { flags, assessment } = await run(withComponents({ ...onlySubScores, [at[parameter]]: { valueQuantity: { value: score } } }))
    assert.deepEqual(
      flags.filter((flag) => flag !== 'total-disagrees'),
      ['sub-score-illegal', 'parameter-missing'],
    )
    assert.deepEqual([assessment.total, assessment.partial, assessment.missing], [undefined, true, [parameter]])
  })
}

test('a sub-score in words only is illegal', async () => {
  const { flags } = await run(
    withComponents({ ...onlySubScores, [at.pulse]: { valueQuantity: undefined, valueString: '2' } as unknown as ObservationComponent }),
  )
  assert.deepEqual(flags, ['sub-score-illegal', 'parameter-missing'])
})

test('a missing parameter gives a partial score without a total', async () => {
  const absent = { valueQuantity: undefined, dataAbsentReason: { text: 'not measured' } } as unknown as ObservationComponent
  const { flags, errors, assessment } = await run(withComponents({ [at.temperature]: absent, [measured.temperature]: absent }))
  assert.deepEqual([flags, errors], [['parameter-missing'], []])
  assert.deepEqual(
    [assessment.total, assessment.band, assessment.partialSum, assessment.bandAtLeast, assessment.missing],
    [undefined, undefined, 7, 'band-7', ['temperature']],
  )
})

test('the total of a partial score is flagged only when no value of what is missing could make it', async () => {
  const partial = (value: number) => run({ ...withComponents({ ...onlySubScores, [at.temperature]: undefined }), valueQuantity: { value } })
  for (const possible of [7, 8, 10]) assert.deepEqual((await partial(possible)).flags, ['parameter-missing'])
  for (const impossible of [6, 11, 7.5]) assert.deepEqual((await partial(impossible)).flags, ['parameter-missing', 'total-disagrees'])
})

test('a total alone is kept as sent, and everything behind it is missing', async () => {
  const { component: _component, ...total } = full()
  const { flags, assessment } = await run(total)
  assert.deepEqual([flags, assessment.missing.length, assessment.sentTotal, assessment.total], [['parameter-missing'], 7, 7, undefined])
})

test('a score with neither total nor parts is refused', async () => {
  const { component: _component, valueQuantity: _value, ...empty } = full()
  assert.deepEqual((await run(empty)).errors, ['score-empty'])
})

test('both saturation scales at once are refused', async () => {
  const scale2: ObservationComponent = { code: { coding: [{ system: sct, code: '1104321000000108' }] }, valueQuantity: { value: 0 } }
  const { errors, issues } = await run(withComponents({}, [scale2]))
  assert.deepEqual(errors, ['scale-both'])
  assert.equal(issues.find(({ code }) => code === 'scale-both')?.expression, 'Observation.component[14]')
})

test('the scale that was not used may be sent as absent', async () => {
  const scale2 = { code: { coding: [{ system: sct, code: '1104321000000108' }] }, dataAbsentReason: { text: 'not used' } }
  assert.deepEqual((await run(withComponents({}, [scale2]))).issues, [])
})

/** Saturation 95 on oxygen scores 2 on scale 2; on scale 1 it scored 1. */
function onScale2(more: { extension?: Extension[] } = {}): Observation {
  const scale2 = { code: { coding: [{ system: sct, code: '1104321000000108' }] }, valueQuantity: { value: 2 }, ...more }
  return { ...withComponents({ [at.saturation]: scale2 }), valueQuantity: { value: 8 } }
}

const chosenBy = (valueReference: Reference): Extension => ({
  url: 'http://helsevev.no/fhir/StructureDefinition/news2-scale2-chosen-by',
  valueReference,
})

test('scale 2 without the one who chose it is flagged; with, on the score or its sub-score, it is recorded', async () => {
  assert.deepEqual((await run(onScale2())).flags, ['scale2-chooser-missing'])
  const extension = [chosenBy({ display: 'Aksel Tindvik' })]
  for (const observation of [onScale2({ extension }), { ...onScale2(), extension }]) {
    const { flags, assessment } = await run(observation)
    assert.deepEqual([flags, assessment.scaleChosenBy, assessment.scale, assessment.total], [[], { display: 'Aksel Tindvik' }, 2, 8])
  }
})

test('a national identity number of the one who chose scale 2 is not taken over', async () => {
  const extension = [chosenBy({ identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: '02684710160' } })]
  const { flags, assessment } = await run({ ...onScale2(), extension })
  assert.deepEqual([flags, assessment.scaleChosenBy], [['scale2-chooser-missing'], undefined])
})

test('saturation on scale 2 takes the oxygen of the sub-score when it is not measured', async () => {
  const scale2 = { code: { coding: [{ system: sct, code: '1104321000000108' }] }, valueQuantity: { value: 2 } }
  const observation = withComponents({ [at.saturation]: scale2, [measured.oxygen]: undefined })
  assert.equal((await run(observation)).assessment.subScores[1]?.score, 2)
})

test('a parameter given twice is refused', async () => {
  const pulse = full().component?.[at.pulse] as ObservationComponent
  assert.deepEqual((await run(withComponents({}, [pulse]))).errors, ['parameter-twice'])
  const other = {
    ...(full().component?.[measured.pulse] as ObservationComponent),
    valueQuantity: { value: 80, system: ucum, code: '/min' },
  }
  assert.deepEqual((await run(withComponents({}, [other]))).errors, ['parameter-twice'])
})

for (const { name, quantity, flags = [], errors = [] } of [
  { name: 'UCUM', quantity: { value: 37.8, system: ucum, code: 'Cel' } },
  { name: 'UCUM code without its system', quantity: { value: 37.8, code: 'Cel' }, flags: ['unit-missing'] },
  { name: 'a written unit only', quantity: { value: 37.8, unit: '°C' }, flags: ['unit-missing'] },
  { name: 'no unit', quantity: { value: 37.8 }, flags: ['unit-missing'] },
  { name: 'Fahrenheit', quantity: { value: 100, system: ucum, code: '[degF]' }, errors: ['unit-wrong'] },
  { name: 'Fahrenheit as written', quantity: { value: 100, unit: '°F' }, errors: ['unit-wrong'] },
  {
    name: 'kelvin of another unit system',
    quantity: { value: 310.9, system: 'http://example.org/units', code: 'K' },
    errors: ['unit-wrong'],
  },
  { name: 'no unit and a number in Fahrenheit', quantity: { value: 98.6 }, flags: ['unit-missing'], errors: ['value-impossible'] },
  { name: 'a comparator', quantity: { value: 37.8, comparator: '>' as const, system: ucum, code: 'Cel' }, flags: ['comparator'] },
]) {
  const flagged = flags.length > 0 ? `flagged: ${flags}` : 'taken'
  test(`a temperature with ${name} is ${errors.length > 0 ? `refused: ${errors}` : flagged}`, async () => {
    const found = await run(withComponents({ [measured.temperature]: { valueQuantity: quantity } }))
    assert.deepEqual([found.flags, found.errors], [flags, errors])
  })
}

test('a measured decimal keeps the digits that were sent', async () => {
  const quantity = { value: 38, system: ucum, code: 'Cel' }
  keepDecimal(quantity, 'value', '38.0')
  const { resource, assessment } = await run(withComponents({ [measured.temperature]: { valueQuantity: quantity } }))
  const of = (assessed: Assessment) => assessed.subScores.find(({ parameter }) => parameter === 'temperature')
  assert.deepEqual([of(assessment)?.measured, of(assessment)?.written], [38, '38.0'])
  const stored = readAssessment(parseJson(writeJson(resource)) as Observation)
  assert.equal(stored && of(stored)?.written, '38.0')
})

for (const [parameter, value, code] of [
  ['saturation', 101, '%'],
  ['saturation', -1, '%'],
  ['saturation', 0.97, '%'],
  ['saturation', 1, '%'],
  ['saturation', 0, '%'],
  ['saturation', 9.9, '%'],
  ['respiration', 151, '/min'],
  ['systolic', 401, 'mm[Hg]'],
  ['pulse', 401, '/min'],
  ['temperature', 9.9, 'Cel'],
] as const) {
  test(`${parameter} ${value} is no measurement and is refused`, async () => {
    const { errors } = await run(withComponents({ [measured[parameter]]: { valueQuantity: { value, system: ucum, code } } }))
    assert.deepEqual(errors, ['value-impossible'])
  })
}

for (const { name, concept, letter, flags = [] } of [
  { name: 'SNOMED CT alert', concept: { coding: [{ system: sct, code: '248234008' }] }, letter: 'A' },
  {
    name: 'SNOMED CT by another spelling of the system',
    concept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.96', code: '300202002' }] },
    letter: 'V',
  },
  { name: 'LOINC unresponsive', concept: { coding: [{ system: 'http://loinc.org', code: 'LA9343-0' }] }, letter: 'U' },
  {
    name: 'a local code whose words are an answer',
    concept: { coding: [{ system: 'http://local.example/code', code: '5', display: 'Våken' }] },
    letter: 'A',
    flags: ['consciousness-by-display'],
  },
  {
    name: 'a local code whose words are none',
    concept: { coding: [{ system: 'http://local.example/code', code: '5', display: 'Trøtt' }] },
    flags: ['consciousness-code-unknown'],
  },
  {
    name: 'the number of a local code that is a letter of ACVPU elsewhere',
    concept: { coding: [{ system: 'http://local.example/code', code: 'A' }] },
    flags: ['consciousness-code-unknown'],
  },
  {
    name: 'two different answers',
    concept: {
      coding: [
        { system: sct, code: '248234008' },
        { system: sct, code: '422768004' },
      ],
    },
    flags: ['consciousness-code-unknown'],
  },
]) {
  test(`consciousness by ${name} is ${letter ?? 'not known'}`, async () => {
    const found = await run(withComponents({ [at.consciousness]: undefined, [measured.consciousness]: { valueCodeableConcept: concept } }))
    const seen = found.assessment.subScores.find(({ parameter }) => parameter === 'consciousness')?.measured
    assert.deepEqual([seen, found.flags.filter((flag) => flag.startsWith('consciousness'))], [letter, flags])
  })
}

const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
for (const { name, part, breathing } of [
  { name: 'the code of room air', part: { code: { coding: [{ system: sct, code: '722742002' }] } }, breathing: 'air' },
  { name: 'the code of oxygen', part: { code: { coding: [{ system: sct, code: '371825009' }] } }, breathing: 'oxygen' },
  { name: 'oxygen denied', part: { code: { coding: [{ system: sct, code: '371825009' }] }, valueBoolean: false }, breathing: 'air' },
  {
    name: 'oxygen answered no',
    part: {
      code: { coding: [{ system: sct, code: '371825009' }] },
      valueCodeableConcept: { coding: [{ system: sct, code: '373067005' }] },
    },
    breathing: 'air',
  },
  { name: 'room air denied', part: { code: { coding: [{ system: sct, code: '722742002' }] }, valueBoolean: false }, breathing: undefined },
  {
    name: 'two litres a minute',
    part: { code: loinc('3151-8'), valueQuantity: { value: 2, system: ucum, code: 'L/min' } },
    breathing: 'oxygen',
  },
  { name: 'no flow', part: { code: loinc('3151-8'), valueQuantity: { value: 0, system: ucum, code: 'L/min' } }, breathing: 'air' },
  { name: '21 %', part: { code: loinc('3150-6'), valueQuantity: { value: 21, system: ucum, code: '%' } }, breathing: 'air' },
  { name: '24 %', part: { code: loinc('3150-6'), valueQuantity: { value: 24, system: ucum, code: '%' } }, breathing: 'oxygen' },
  {
    name: 'a fraction of 0.28',
    part: { code: loinc('3150-6'), valueQuantity: { value: 0.28, system: ucum, code: '1' } },
    breathing: 'oxygen',
  },
  {
    name: 'less oxygen than there is in air',
    part: { code: loinc('3150-6'), valueQuantity: { value: 2, system: ucum, code: '%' } },
    breathing: undefined,
  },
]) {
  test(`what the patient breathes by ${name} is ${breathing ?? 'not known'}`, async () => {
    const { assessment, flags } = await run(
      withComponents({ [at.oxygen]: undefined, [measured.oxygen]: undefined }, [part as ObservationComponent]),
    )
    assert.equal(assessment.subScores.find(({ parameter }) => parameter === 'oxygen')?.measured, breathing)
    assert.equal(flags.includes('breathing-unknown'), breathing === undefined)
  })
}

for (const { birthDate, applies } of [
  { birthDate: '2010-03-02', applies: true },
  { birthDate: '2010-03-03', applies: false },
]) {
  test(`a score on 2 March 2026 of somebody born ${birthDate} is ${applies ? 'assessed' : 'not applicable'}`, async () => {
    const { flags, assessment } = await run(full(), { birthDate })
    assert.deepEqual(
      [flags, assessment.notApplicable, assessment.total],
      applies ? [[], [], 7] : [['not-applicable-age'], ['age'], undefined],
    )
    assert.equal(assessment.sentTotal, 7)
  })
}

test('without a birth date the writer is told that the age was not checked', async () => {
  const { told, assessment } = await run(full(), { birthDate: undefined })
  assert.deepEqual([told, assessment.total], [['age-unknown'], 7])
})

test('a score of somebody pregnant is not applicable', async () => {
  const pregnancy = {
    code: { coding: [{ system: 'http://loinc.org', code: '82810-3' }] },
    valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code: 'LA15173-0' }] },
  }
  const { flags, assessment, issues } = await run(withComponents({}, [pregnancy]))
  assert.deepEqual(
    [flags, assessment.notApplicable, assessment.total, assessment.band],
    [['not-applicable-pregnancy'], ['pregnancy'], undefined, undefined],
  )
  assert.equal(issues[0]?.expression, 'Observation.component[14]')
})

test('a score of somebody said not to be pregnant is assessed', async () => {
  const notPregnant = {
    code: { coding: [{ system: 'http://loinc.org', code: '82810-3' }] },
    valueCodeableConcept: { coding: [{ system: 'http://loinc.org', code: 'LA26683-5' }] },
  }
  assert.equal((await run(withComponents({}, [notPregnant]))).assessment.total, 7)
})

for (const { time, flags = [], errors = [] } of [
  { time: '2026-03-02T08:15:00+01:00' },
  { time: '2026-03-02', flags: ['date-without-time'] },
  { time: '2026-03-10', flags: ['date-without-time'] },
  { time: '2026-03-11', errors: ['effective-in-future'] },
  { time: '2026-03-10T12:09:00Z' },
  { time: '2026-03-10T12:11:00Z', errors: ['effective-in-future'] },
  { time: '2026-03', errors: ['date-without-day'] },
  { time: '2026', errors: ['date-without-day'] },
]) {
  test(`a score of ${time}, sent at noon on 10 March 2026, has ${[...flags, ...errors].join() || 'nothing to remark'}`, async () => {
    const found = await run({ ...full(), effectiveDateTime: time })
    assert.deepEqual([found.flags, found.errors], [flags, errors])
  })
}

test('a score without identifier is flagged', async () => {
  const { identifier: _identifier, ...anonymous } = full()
  assert.deepEqual((await run(anonymous)).flags, ['identifier-missing'])
})

test('a measurement that cannot be found, is withdrawn or is something else is flagged and not counted', async () => {
  const { component: _component, ...total } = full()
  const observation = {
    ...total,
    derivedFrom: [
      { reference: 'Observation/gone' },
      { reference: 'Observation/withdrawn' },
      { reference: 'Observation/other' },
      { reference: 'Observation/good' },
    ],
  }
  const other = { ...vital(0), code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } }
  const stored: Record<string, Observation> = {
    'Observation/withdrawn': { ...vital(0), status: 'entered-in-error' },
    'Observation/other': other,
    'Observation/good': vital(0),
  }
  const { issues, assessment } = await run(observation, { resolve: async (reference) => stored[reference] })
  const unusable = issues.filter(({ code }) => code === 'derived-from-unusable').map(({ expression }) => expression)
  assert.deepEqual(
    unusable,
    [0, 1, 2].map((index) => `Observation.derivedFrom[${index}]`),
  )
  assert.deepEqual(assessment.subScores, [{ parameter: 'respiration', score: 0, basis: 'measured', measured: 14 }])
})

test('the same value in a component and in a measurement referred to is one measurement, another value a contradiction', async () => {
  const referring = { ...full(), derivedFrom: [{ reference: 'Observation/1' }] }
  const withRate = (value: number) => ({ resolve: async () => ({ ...vital(0), valueQuantity: { value, system: ucum, code: '/min' } }) })
  assert.deepEqual((await run(referring, withRate(22))).issues, [])
  assert.deepEqual((await run(referring, withRate(23))).errors, ['parameter-twice'])
})

test('a measurement is stored as sent, with its own flags', async () => {
  for (const index of [0, 1, 2, 3, 4, 5, 6]) {
    const { resource, issues } = await run(vital(index))
    assert.deepEqual([resource, issues], [vital(index), []])
  }
  assert.deepEqual((await run({ ...vital(0), valueQuantity: { value: 14 }, effectiveDateTime: '2026-03-06' })).flags, [
    'date-without-time',
    'unit-missing',
  ])
})

test('a measurement without its value is refused unless it says why', async () => {
  const { valueQuantity: _value, ...empty } = vital(0)
  assert.deepEqual((await run(empty)).errors, ['value-required'])
  assert.deepEqual((await run({ ...empty, dataAbsentReason: { text: 'patient asleep' } })).errors, [])
  assert.deepEqual((await run({ ...vital(3), component: vital(3).component?.slice(1) ?? [] })).errors, ['value-required'])
})

test('an Observation of something else is refused, naming its code and where it belongs', () => {
  const weight = readExample<Observation>('refused-weight.request')
  const declaration = news2.resources['Observation']
  assert.equal(
    declaration?.profiles.some(({ when }) => when?.(weight)),
    false,
  )
  const issue = declaration?.otherwise?.(weight)
  assert.match(issue?.text ?? '', /29463-7 of http:\/\/loinc\.org.*GET \/fhir\/metadata/)
})

test('the sender’s identifier is the business key; without one, what was measured when, by whom, is', () => {
  const key = (score: Observation) => news2.resources['Observation']?.businessKey(score, codes)
  const { identifier: _identifier, ...anonymous } = full()
  assert.equal(key(full()), 'identifier:urn:oid:2.16.578.1.34.10.1|news2-1001')
  assert.equal(key(anonymous), key({ ...anonymous, note: [{ text: 'resent' }] }))
  assert.notEqual(key(anonymous), key({ ...anonymous, effectiveDateTime: '2026-03-02T09:15:00+01:00' }))
  assert.notEqual(key(anonymous), key({ ...anonymous, valueQuantity: { value: 8 } }))
})
