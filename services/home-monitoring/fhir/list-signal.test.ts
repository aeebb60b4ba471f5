/** What a list shows of home measurements: the level of a whole session on both scales, and whether an own limit is exceeded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOINC, SNOMED_CT, UCUM } from '@helsevev/clinical/systems'
import type { CodeableConcept, Goal, Observation } from '@medplum/fhirtypes'
import { readSignal } from '../model/list-signal.ts'
import { listSignal } from './list-signal.ts'

const now = new Date('2026-03-10T18:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
const concept = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] })
const quantity = (value: number, unit: string) => ({ value, unit, system: UCUM, code: unit })
const observation = (hours: number, code: CodeableConcept, more: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code,
  effectiveDateTime: ago(hours),
  ...more,
})
const saturation = (hours: number, value: number) => observation(hours, concept(LOINC, '59408-5'), { valueQuantity: quantity(value, '%') })

const session = (hours: number, spo2: number, breathing = '722742002'): Observation[] => [
  saturation(hours, spo2),
  observation(hours, concept(LOINC, '9279-1'), { valueQuantity: quantity(16, '/min') }),
  observation(hours, concept(LOINC, '8480-6'), { valueQuantity: quantity(125, 'mm[Hg]') }),
  observation(hours, concept(LOINC, '8867-4'), { valueQuantity: quantity(72, '/min') }),
  observation(hours, concept(LOINC, '8310-5'), { valueQuantity: quantity(37, 'Cel') }),
  observation(hours, concept(SNOMED_CT, breathing), { valueBoolean: true }),
  observation(hours, concept(SNOMED_CT, '1104441000000107'), { valueCodeableConcept: concept(SNOMED_CT, '248234008') }),
]
const limit: Goal = {
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: { text: 'Oksygenmetning' },
  subject: {},
  target: [{ measure: concept(LOINC, '59408-5'), detailRange: { low: quantity(88, '%') } }],
}

type Row = [what: string, observations: Observation[], goals: Goal[], code: string | undefined, hours?: number]
const rows: Row[] = [
  ['nothing', [], [], undefined],
  ['a measurement alone, and no limit', [saturation(1, 86)], [], undefined],
  ['a whole session', session(2, 97), [], 'band-0.total-0', 2],
  ['a session that differs between the scales', session(2, 90), [], 'single-3.total-3.scale-2-band-0.scale-2-total-0', 2],
  ['on oxygen, where scale 2 is the graver', session(2, 97, '371825009'), [], 'band-1-4.total-2.scale-2-band-5-6.scale-2-total-5', 2],
  ['six of seven', session(2, 97).slice(1), [], undefined],
  ['under a limit', [saturation(1, 87)], [limit], 'outside-limit.outside-oxygen-saturation', 1],
  ['on the limit', [saturation(1, 88)], [limit], undefined],
  ['under a limit before, and not now', [saturation(1, 90), saturation(2, 80)], [limit], undefined],
  ['under a limit 24 hours ago', [saturation(24, 80)], [limit], 'outside-limit.outside-oxygen-saturation', 24],
  ['under a limit more than 24 hours ago', [saturation(24.1, 80)], [limit], undefined],
  ['a limit that is no longer in force', [saturation(1, 80)], [{ ...limit, lifecycleStatus: 'cancelled' }], undefined],
  ['both', session(2, 86), [limit], 'single-3.total-3.scale-2-band-1-4.scale-2-total-1.outside-limit.outside-oxygen-saturation', 2],
  [
    'a session of two days ago, and a limit now',
    [saturation(1, 86), ...session(48, 97)],
    [limit],
    'outside-limit.outside-oxygen-saturation',
    1,
  ],
]

for (const [what, observations, goals, code, hours] of rows)
  test(`${what}: ${code ?? 'nothing'}`, () => {
    const said = listSignal.say(observations, { also: goals, birthDate: '1950-01-01', settingOf: () => undefined, now })
    assert.deepEqual([said?.code, said?.time], [code, hours === undefined ? undefined : ago(hours)])
  })

test('no level for a child; on the day of sixteen there is one', () => {
  const codeFor = (birthDate: string) => listSignal.say(session(2, 97), { also: [], birthDate, settingOf: () => undefined, now })?.code
  assert.deepEqual([codeFor('2010-03-11'), codeFor('2010-03-10')], [undefined, 'band-0.total-0'])
})

test('the records named are those of the session and of the limit', () => {
  const all = [...session(2, 86), saturation(30, 91)]
  assert.deepEqual(listSignal.say(all, { also: [limit], birthDate: undefined, settingOf: () => undefined, now })?.from?.length, 7 + 2)
})

test('a code is read again as it was written', () => {
  assert.deepEqual(readSignal('single-3.total-3.scale-2-band-0.scale-2-total-0'), {
    band: 'single-3',
    total: 3,
    onScale2: { band: 'band-0', total: 0 },
    isOutside: false,
    outside: [],
  })
  assert.deepEqual(readSignal('outside-limit.outside-oxygen-saturation'), { isOutside: true, outside: ['oxygen-saturation'] })
  assert.deepEqual(readSignal('outside-limit.outside-a-kind-of-later'), { isOutside: true, outside: [] })
  assert.deepEqual(readSignal('band-7.a-word-of-later'), { band: 'band-7', isOutside: false, outside: [] })
})
