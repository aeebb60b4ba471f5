import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, beforeEach, test } from 'node:test'
import type { LogEntry } from '../../audit/access-log.ts'
import type { Actor } from '../../audit/actors.ts'
import type { PatientKey } from '../../store/ids.ts'
import { at, BERGEN, DAYS, HOSPITAL, MONTH_LATER, openScene, type Scene } from '../../testing/misuse-scene.ts'
import { misuseCases } from './cases.ts'
import { parseRule, ruleIds, rules, rulesFolder } from './rules.ts'
import { runRules } from './run.ts'

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

test('every file of a rule is in the list, and states what it asks, why, and from which source', () => {
  assert.deepEqual(readdirSync(rulesFolder).sort(), ruleIds.map((id) => `${id}.sql`).sort())
  for (const rule of rules)
    assert.ok(rule.asks.length > 20 && rule.source && rule.title.nb && rule.title.en && rule.why.nb && rule.why.en, rule.id)
})

test('a rule whose head lacks a line, or is of another rule, is not read', () => {
  assert.throws(() => parseRule('neighbour', '-- id: neighbour\nselect 1'), /has no line "-- nb: "/)
  assert.throws(() => parseRule('neighbour', '-- id: colleague\nselect 1'), /says it is colleague/)
})

// biome-ignore format: a table, one row to a line
const outside: { when: string; with: Partial<LogEntry>; actor?: Partial<Actor> }[] = [
  { when: 'emergency access, which is followed up',  with: { purpose: 'BTG' } },
  { when: 'a citizen who looks at themselves',       with: { purpose: 'PATRQT' } },
  { when: 'a write',                                 with: { event: 'create', purpose: 'TREAT' } },
  { when: 'a refusal',                               with: { outcome: 'refused', problem: 'no-agreement' } },
  { when: 'a system',                                with: {}, actor: { person: undefined, hprNumber: undefined } },
  { when: 'a look-up of the day before',             with: { at: at('22:59:59', '2026-01-14') } },
  { when: 'a look-up of the day after',              with: { at: at('23:00:00') } },
]
for (const row of outside)
  test(`no rule finds ${row.when}`, async () => {
    await scene.watch(patient)
    await look({ ...nurse, ...row.actor }, row.with)
    await runRules(scene.database.sql, { organization: BERGEN, ...DAYS }, MONTH_LATER)
    assert.deepEqual(await misuseCases(scene.database.sql, BERGEN, { open: true }), [])
  })

test('the day begins and ends at midnight in Norway', async () => {
  await scene.watch(patient)
  await look(nurse, { at: at('23:00:00', '2026-01-14') })
  await look(nurse, { at: at('22:59:59') })
  assert.equal((await scene.found('celebrity')).length, 1)
})

test('a controller sees who of others was shown its records, and not what others show each other', async () => {
  const doctor = await scene.staff({}, HOSPITAL)
  await scene.watch(patient)
  await look(doctor, { disclosed: [await scene.record(patient, HOSPITAL, at('07:00:00'))], controllers: [HOSPITAL] })
  assert.deepEqual(await scene.found('celebrity'), [])
  await look(doctor, { disclosed: [await scene.record(patient, BERGEN, at('07:00:00'))], controllers: [HOSPITAL, BERGEN] })
  assert.equal((await scene.found('celebrity')).length, 1)
})

test('running again adds nothing, an open case takes up later look-ups, and a closed one stays', async () => {
  const run = async () =>
    (await runRules(scene.database.sql, { organization: BERGEN, ...DAYS }, MONTH_LATER, rules)).reduce(
      (sum, { opened, grown }) => [(sum[0] ?? 0) + opened, (sum[1] ?? 0) + grown],
      [0, 0],
    )
  await scene.watch(patient)
  await scene.record(patient, BERGEN, at('09:00:00'))
  await look(nurse)
  assert.deepEqual(await run(), [1, 0])
  assert.deepEqual(await run(), [0, 0])
  await look(nurse, { at: at('10:00:00') })
  assert.deepEqual(await run(), [0, 1])
  const [grown] = await misuseCases(scene.database.sql, BERGEN, { open: true })
  assert.deepEqual([grown?.facts['look-ups'], grown?.lastAt], [2, at('10:00:00')])
  await scene.database.sql`update misuse_case set closed = ${MONTH_LATER}, closed_by = 'Ole Officer', finding = 'no-breach'`
  await look(nurse, { at: at('11:00:00') })
  assert.deepEqual(await run(), [0, 0])
  assert.deepEqual(
    (await misuseCases(scene.database.sql, BERGEN, { open: false })).map(({ lastAt }) => lastAt),
    [at('10:00:00')],
  )
})
