import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MedicineAction, mayDo, type PolicySettings, type Professional, policies } from './who-may.ts'

const people: Readonly<Record<string, Professional>> = {
  doctor: { profession: 'LE', hasPrescribingRight: true },
  'doctor without the right': { profession: 'LE', hasPrescribingRight: false },
  dentist: { profession: 'TL', hasPrescribingRight: true },
  midwife: { profession: 'JO', hasPrescribingRight: true },
  'midwife without the right': { profession: 'JO', hasPrescribingRight: false },
  nurse: { profession: 'SP', hasPrescribingRight: false },
  pharmacist: { profession: 'FA1', hasPrescribingRight: false },
  dispenser: { profession: 'FA2', hasPrescribingRight: false },
  technician: { profession: 'AT', hasPrescribingRight: false },
  unknown: { profession: 'XX', hasPrescribingRight: false },
}

const prescribers = 'doctor, dentist, midwife'
const doctors = 'doctor, doctor without the right'
// biome-ignore format: a table, one row to a line
const rows: readonly (readonly [MedicineAction, PolicySettings, string])[] = [
  ['send-list', {}, doctors],
  ['send-list', { 'send-list': 'prescribers' }, prescribers],
  ['send-list', { 'send-list': 'health-personnel' } as object, doctors],
  ['propose-changes', {}, 'pharmacist, dispenser'],
  ['send-lines', {}, `${prescribers}, pharmacist, dispenser`],
  ['mark-intended', {}, prescribers],
  ['prescribe', {}, prescribers],
  ['recall', {}, prescribers],
  ['dispense', {}, 'pharmacist, dispenser'],
  ['register-multidose', {}, doctors],
  ['register-multidose-pharmacy', {}, 'pharmacist, dispenser'],
]
for (const [action, settings, expected] of rows) {
  test(`who may ${action}, ${JSON.stringify(settings)}`, () => {
    const may = Object.entries(people).flatMap(([name, person]) => (mayDo(action, person, settings) ? [name] : []))
    assert.equal(may.join(', '), expected)
  })
}

test('every row of the policy is tested', () => {
  assert.deepEqual(new Set(rows.map(([action]) => action)), new Set(Object.keys(policies)))
})
