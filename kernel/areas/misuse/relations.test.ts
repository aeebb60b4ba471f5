import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { LogEntry } from '../../audit/access-log.ts'
import type { Actor } from '../../audit/actors.ts'
import { addNumber, registerPerson } from '../../identity/persons.ts'
import type { PatientKey } from '../../store/ids.ts'
import { BERGEN, HOSPITAL, ids, keyOf, MONTH_LATER, openScene, type Scene } from '../../testing/misuse-scene.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'

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

async function set(key: PatientKey, column: 'residence' | 'died', value: string): Promise<void> {
  const { sql } = scene.database
  await sql`update person set ${sql(column)} = ${value} where patient = ${key}`
}

test('own record: staff who look at themselves, also under an earlier number, and nobody else', async () => {
  await look(nurse)
  assert.deepEqual(await scene.found('own-record'), [])
  await look(nurse, { patient: keyOf(nurse) })
  assert.deepEqual(await scene.found('own-record'), ['Nora Nurse looked at their own record as a member of staff.'])
  const earlier = {
    system: 'DNR',
    value: makeIdentityNumber({ birthDate: '1961-03-08', offset: 65, kind: 'DNR', series: 0 }),
  } as const
  const registered = await registerPerson(scene.database.sql, ids, earlier, {})
  assert.ok('key' in registered)
  const [own] = await scene.database.sql<{ value: string }[]>`select value from person_identifier where patient = ${nurse.person ?? null}`
  await addNumber(scene.database.sql, { system: 'FNR', value: own?.value ?? '' }, earlier)
  await look(nurse, { patient: registered.key })
  assert.equal((await scene.found('own-record')).length, 2)
})

test('one person under a linked key and another HPR number is one reader, in every rule', async () => {
  const { sql } = scene.database
  const [first, second] = [keyOf(nurse), await scene.person({ familyName: 'Pedersen' })]
  await sql`insert into person_link (patient, same_as) values (${first}, ${second}), (${second}, ${first})`
  await sql`insert into practitioner (hpr_number, person) values ('7700009', ${second})`
  // The register knows whose the number is; the token of this look-up named nobody else.
  const byNumber: Actor = { ...nurse, person: undefined, hprNumber: '7700009' }
  await look(byNumber, { patient: first })
  assert.deepEqual(await scene.found('own-record'), ['Nora Nurse looked at their own record as a member of staff.'])
  await set(second, 'residence', 'street 1')
  await set(patient, 'residence', 'street 1')
  await look(nurse)
  assert.equal((await scene.found('neighbour')).length > 0, true)
  await look({ ...nurse, person: second })
  await look(byNumber)
  const readers = await sql`select distinct actor_person from misuse_case where rule = 'neighbour'`
  assert.equal(
    (await scene.found('same-family-name')).some((why) => why.includes('Pedersen')),
    true,
  )
  assert.equal(readers.length, 1)
})

test('colleague: who acts for the same organisation, or is registered there that day', async () => {
  const colleague = await scene.staff()
  const elsewhere = await scene.staff({}, HOSPITAL)
  await look(colleague)
  await look(elsewhere)
  await look(nurse, { patient: keyOf(elsewhere) })
  assert.deepEqual(await scene.found('colleague'), [])
  await look(nurse, { patient: keyOf(colleague) })
  assert.deepEqual(await scene.found('colleague'), ['The patient is registered as staff of Bergen kommune, where Nora Nurse works too.'])
})

// biome-ignore format: a table, one row to a line
const employments = [
  { hits: 1, from: '2026-01-15T08:00:00Z', until: null,                   when: 'began before the look-up' },
  { hits: 0, from: '2026-01-15T09:00:01Z', until: null,                   when: 'begins after it' },
  { hits: 1, from: '2025-01-15T08:00:00Z', until: '2026-01-15T09:00:01Z', when: 'ends after it' },
  { hits: 0, from: '2025-01-15T08:00:00Z', until: '2026-01-15T09:00:00Z', when: 'ended as it came' },
]
for (const { hits, from, until, when } of employments)
  test(`colleague: an employment in the register that ${when} gives ${hits}`, async () => {
    await scene.database.sql`insert into practitioner (hpr_number, person) values ('990000001', ${patient})`
    await scene.database.sql`
      insert into practitioner_role (hpr_number, organization, role, valid_from, valid_until)
      values ('990000001', ${BERGEN}, 'SP', ${from}, ${until})`
    await look(nurse)
    assert.equal((await scene.found('colleague')).length, hits)
  })

test('neighbour: the same registered address, and not merely an unknown one', async () => {
  await look(nurse)
  assert.deepEqual(await scene.found('neighbour'), [])
  await set(patient, 'residence', 'mark-1')
  await set(keyOf(nurse), 'residence', 'mark-2')
  assert.deepEqual(await scene.found('neighbour'), [])
  await set(keyOf(nurse), 'residence', 'mark-1')
  assert.deepEqual(await scene.found('neighbour'), ['The patient and Nora Nurse are registered at the same address.'])
})

test('same family name: whatever the capitals, and not of one who looks at themselves', async () => {
  const relative = await scene.person({ familyName: 'NURSE' })
  await look(nurse)
  await look(nurse, { patient: keyOf(nurse) })
  assert.deepEqual(await scene.found('same-family-name'), [])
  await look(nurse, { patient: relative })
  const [why] = await scene.found('same-family-name')
  assert.match(why ?? '', /^The patient and Nora Nurse both have the family name NURSE, which \d+ in the person register have\.$/)
})

for (const [others, hits] of [
  [998, 1],
  [999, 0],
] as const)
  test(`same family name: one that ${others + 2} have gives ${hits}`, async () => {
    const name = `Hansen${others}`
    const reader = await scene.staff({ familyName: name })
    await scene.database.sql`
      insert into person (patient, family_name)
      select ${others}::bigint * 100000 + n, ${name} from generate_series(1, ${others}::integer) n`
    await look(reader, { patient: await scene.person({ familyName: name }) })
    assert.equal((await scene.found('same-family-name')).length, hits)
  })

test('celebrity: every person on the list, also for look-ups from before', async () => {
  await look(nurse)
  assert.deepEqual(await scene.found('celebrity'), [])
  await scene.watch(patient, MONTH_LATER)
  assert.deepEqual(await scene.found('celebrity'), ['The patient is on the list of people who draw curiosity: in the news.'])
})

test('after death: from the fifteenth day', async () => {
  await set(patient, 'died', '2026-01-01')
  await look(nurse)
  assert.deepEqual(await scene.found('after-death'), [])
  await set(patient, 'died', '2025-12-31')
  assert.deepEqual(await scene.found('after-death'), ['The patient died on 31.12.2025, 15 days before the look-up.'])
})
