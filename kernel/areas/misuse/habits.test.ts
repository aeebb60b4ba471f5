import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { LogEntry } from '../../audit/access-log.ts'
import type { Actor } from '../../audit/actors.ts'
import type { PatientKey } from '../../store/ids.ts'
import { at, openScene, type Scene } from '../../testing/misuse-scene.ts'

let scene: Scene
let nurse: Actor
let patient: PatientKey

before(async () => {
  scene = await openScene()
})
after(async () => await scene.close())
beforeEach(async () => {
  await scene.clear()
  nurse = await scene.staff({ givenName: 'Nora', familyName: 'Nurse' })
  patient = await scene.person({ familyName: 'Pedersen' })
})

const look = async (by: Actor, what: Partial<LogEntry> = {}) => await scene.look(by, { patient, ...what })

/** Makes the same number of look-ups on each of the days before, at one hour. */
async function habit(
  by: Actor,
  days: number,
  perDay: number,
  time = '09:00:00',
  patients: readonly PatientKey[] = [patient],
): Promise<void> {
  const all: Promise<string>[] = []
  for (let day = 1; day <= days; day++)
    for (let index = 0; index < perDay; index++)
      all.push(look(by, { at: new Date(at(time).getTime() - day * 86_400_000), patient: patients[index % patients.length] ?? patient }))
  await Promise.all(all)
}

test('unusual hour: one case for the night, with the counts it rests on', async () => {
  await habit(nurse, 10, 10)
  await look(nurse, { at: at('02:10:00') })
  await look(nurse, { at: at('02:20:00'), patient: await scene.person() })
  await look(nurse, { at: at('10:00:00') })
  assert.deepEqual(await scene.found('unusual-hour'), [
    'Nora Nurse made 2 look-ups in the hours 3. In the 90 days before there were 100 look-ups, 0 of them near that time of day.',
  ])
})

test('unusual hour: what a screen asks in one opening is one look-up, and what it asks by itself is none', async () => {
  const visit = { attestation: await scene.attested(), decisionRef: 'visit-17' }
  await habit(nurse, 10, 9)
  // Ten requests of one opening on one day make the hundred neither full nor fuller.
  for (let request = 0; request < 10; request++)
    await look(nurse, { ...visit, at: at(`09:00:0${request}`, '2026-01-10'), toa: at('09:00:00', '2026-01-10') })
  for (let request = 0; request < 3; request++) await look(nurse, { ...visit, at: at(`02:10:0${request}`), toa: at('02:10:00') })
  assert.deepEqual(await scene.found('unusual-hour'), [])
  await Promise.all(Array.from({ length: 9 }, async () => await look(nurse, { at: at('09:00:00', '2026-01-10') })))
  assert.deepEqual(await scene.found('unusual-hour'), [
    'Nora Nurse made 1 look-up in the hours 3. In the 90 days before there were 100 look-ups, 0 of them near that time of day.',
  ])
  await scene.clear()
  await habit(nurse, 10, 10)
  await look(nurse, { at: at('02:10:00'), automatic: true })
  assert.deepEqual(await scene.found('unusual-hour'), [])
})

// biome-ignore format: a table, one row to a line
const nights: { hits: number; when: string; habit: number; before?: string; time?: string; nights?: number }[] = [
  { hits: 1, when: 'there are 100 earlier look-ups',         habit: 10 },
  { hits: 0, when: 'there are 90 earlier look-ups',          habit: 9 },
  { hits: 0, when: 'it is an hour before the usual one',     habit: 10, time: '08:59:59' },
  { hits: 1, when: 'it is two hours before the usual one',   habit: 10, time: '07:59:59' },
  { hits: 0, when: 'the usual hour is just past midnight',   habit: 10, before: '23:10:00', time: '22:50:00' },
  { hits: 0, when: 'every hundredth was at night before',    habit: 10, nights: 2 },
]
for (const row of nights)
  test(`unusual hour: ${row.hits} when ${row.when}`, async () => {
    await habit(nurse, 10, row.habit, row.before)
    if (row.nights) await habit(nurse, row.nights, 1, '02:00:00')
    await look(nurse, { at: at(row.time ?? '02:10:00') })
    assert.equal((await scene.found('unusual-hour')).length, row.hits)
  })

const MANY = [
  { hits: 1, today: 20, usual: 6, colleague: 6, days: 5 },
  { hits: 0, today: 19, usual: 6, colleague: 6, days: 5 },
  { hits: 0, today: 20, usual: 7, colleague: 6, days: 5 },
  { hits: 0, today: 20, usual: 6, colleague: 6, days: 4 },
  { hits: 0, today: 20, usual: 6, colleague: 30, days: 5 },
]
for (const { hits, today, usual, colleague, days } of MANY)
  test(`unusually many: ${hits} for ${today} patients after ${days} days of ${usual}, with a colleague who has ${colleague}`, async () => {
    const patients = await Promise.all(Array.from({ length: 30 }, (_, n) => `5000${n}` as PatientKey))
    await habit(nurse, days, usual, '09:00:00', patients)
    await habit(await scene.staff(), days * 2, colleague, '09:00:00', patients)
    await Promise.all(patients.slice(0, today).map((one) => look(nurse, { patient: one })))
    const why = await scene.found('unusual-volume')
    assert.equal(why.length, hits)
    if (hits)
      assert.equal(why[0], 'Nora Nurse looked at 20 patients in one day. Their own median is 6 (of 5 days), and that of the role is 6.')
  })

test('lists that open nothing make neither an unusual hour nor an unusual volume', async () => {
  const patients = await Promise.all(Array.from({ length: 30 }, (_, n) => `5000${n}` as PatientKey))
  await habit(nurse, 17, 6, '09:00:00', patients)
  const list = { event: '$has-data', service: 'has-data', type: null }
  await Promise.all(patients.map((one) => look(nurse, { ...list, patient: one, at: at('02:10:00') })))
  assert.deepEqual(await scene.found('unusual-volume'), [])
  assert.deepEqual(await scene.found('unusual-hour'), [])
  await Promise.all(patients.map((one) => look(nurse, { patient: one, at: at('02:10:00') })))
  assert.equal((await scene.found('unusual-volume')).length, 1)
})
