import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { LogEntry } from '../../audit/access-log.ts'
import type { Actor } from '../../audit/actors.ts'
import type { PatientKey } from '../../store/ids.ts'
import { at, BERGEN, GP, HOSPITAL, openScene, type Scene } from '../../testing/misuse-scene.ts'

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

// biome-ignore format: a table, one row to a line
const stopped: { hits: number; when: string; first: Partial<LogEntry>; later?: Partial<LogEntry> }[] = [
  { hits: 1, when: 'something was withheld and then was not',     first: { withheld: true },                             later: { basis: 'consent' } },
  { hits: 1, when: 'a role was refused and another was not',      first: { outcome: 'refused', problem: 'role-not-open' }, later: { purpose: 'COC' } },
  { hits: 1, when: 'an hour has passed',                          first: { withheld: true, at: at('08:00:00') } },
  { hits: 0, when: 'more than an hour has passed',                first: { withheld: true, at: new Date(at('08:00:00').getTime() - 1) } },
  { hits: 0, when: 'it is withheld still',                        first: { withheld: true },                             later: { withheld: true } },
  { hits: 0, when: 'nothing was shown',                           first: { withheld: true },                             later: { disclosed: null } },
  { hits: 0, when: 'another service was looked at',               first: { withheld: true, service: 'municipal-services' } },
  { hits: 0, when: 'an attestation had run out',                  first: { outcome: 'refused', problem: 'attestation-has-expired' } },
  { hits: 0, when: 'it then was emergency access',                first: { withheld: true },                             later: { purpose: 'BTG', basis: 'emergency' } },
]
for (const { hits, when, first, later } of stopped)
  test(`blocked then looked: ${hits} when ${when}`, async () => {
    await look(nurse, { at: at('08:48:00'), ...first })
    await look(nurse, { disclosed: ['11'], ...later })
    assert.equal((await scene.found('blocked-then-looked')).length, hits)
  })

// biome-ignore format: a table, one row to a line
const grounds: { hits: number; when: string; first?: Partial<LogEntry>; later?: Partial<LogEntry> }[] = [
  { hits: 0, when: 'one opening compares what it shows' },
  { hits: 0, when: 'the time of the decision is new in each request', later: { toa: at('09:00:00') } },
  { hits: 1, when: 'the patient is opened by another decision',       later: { decisionRef: 'visit-18' } },
  { hits: 1, when: 'the purpose is another',                          later: { purpose: 'COC' } },
  { hits: 1, when: 'consent is declared in the same opening',         later: { basis: 'consent' } },
  { hits: 0, when: 'consent was declared in both requests',           first: { basis: 'consent' }, later: { basis: 'consent' } },
  { hits: 0, when: 'a consent that the patient registered opened it', later: { basis: 'registered-consent' } },
  { hits: 0, when: 'the screen was stopped, and asked by itself',     first: { automatic: true }, later: { decisionRef: 'visit-18' } },
  { hits: 1, when: 'the screen asked by itself where nothing was opened', later: { automatic: true, decisionRef: 'visit-18' } },
  { hits: 0, when: 'the screen asked by itself afterwards',           later: { automatic: true, basis: 'consent' } },
]
for (const { hits, when, first, later } of grounds)
  test(`blocked then looked: ${hits} when ${when}`, async () => {
    const opening = { attestation: await scene.attested(), decisionRef: 'visit-17', toa: at('08:47:00') }
    await look(nurse, { ...opening, at: at('08:48:00'), withheld: true, disclosed: ['10'], ...first })
    await look(nurse, { ...opening, disclosed: ['11'], ...later })
    assert.equal((await scene.found('blocked-then-looked')).length, hits)
  })

test('blocked then looked: states what stopped the reader, when, and what opened', async () => {
  await look(nurse, { at: at('08:48:00'), withheld: true })
  await look(nurse, { disclosed: ['11'], basis: 'consent' })
  assert.deepEqual(await scene.found('blocked-then-looked'), [
    'Nora Nurse was stopped (something was withheld) at 09:48 and was shown records 12 minutes later ' +
      '(for treatment, by a declared consent).',
  ])
})

test('blocked then looked: another person being stopped is not the reader', async () => {
  await look(await scene.staff(), { at: at('08:48:00'), withheld: true })
  await look(nurse, { disclosed: ['11'] })
  assert.deepEqual(await scene.found('blocked-then-looked'), [])
})

test('blocked then looked: a comparison that the screen makes of what was opened is no second act, and by itself it is one', async () => {
  const [attested] = await scene.database.sql<{ id: string }[]>`
    insert into log_attestation (id, digest) overriding system value values (1, gen_random_uuid()) returning id`
  const opening = { attestation: attested?.id ?? null, toa: at('08:40:00') }
  await look(nurse, { ...opening, at: at('08:48:00'), withheld: true })
  await look(nurse, { ...opening, disclosed: ['11'], automatic: true })
  assert.deepEqual(await scene.found('blocked-then-looked'), [])
  await look(nurse, { ...opening, decisionRef: 'visit-18', disclosed: ['11'], automatic: true })
  assert.equal((await scene.found('blocked-then-looked')).length, 1)
})

const DAYS_14 = 14 * 86_400_000
// biome-ignore format: a table, one row to a line
const contacts: { hits: number; when: string; recorded?: Date; controller?: string; now?: Date }[] = [
  { hits: 1, when: 'nothing was recorded' },
  { hits: 1, when: 'the fourteen days are just over',            now: new Date(at('09:00:00').getTime() + DAYS_14) },
  { hits: 0, when: 'the fourteen days are not over',             now: new Date(at('09:00:00').getTime() + DAYS_14 - 1) },
  { hits: 0, when: 'something was recorded on the fourteenth day', recorded: new Date(at('09:00:00').getTime() + DAYS_14) },
  { hits: 1, when: 'something was recorded later',               recorded: new Date(at('09:00:00').getTime() + DAYS_14 + 1) },
  { hits: 0, when: 'something was recorded a day before',        recorded: at('09:00:00', '2026-01-14') },
  { hits: 1, when: 'something was recorded two days before',     recorded: at('09:00:00', '2026-01-13') },
  { hits: 1, when: 'another organisation recorded something',    recorded: at('10:00:00'), controller: HOSPITAL },
]
for (const { hits, when, recorded, controller, now } of contacts)
  test(`no contact afterwards: ${hits} when ${when}`, async () => {
    await look(nurse)
    if (recorded) await scene.record(patient, controller ?? BERGEN, recorded)
    assert.equal((await scene.found('no-contact-afterwards', BERGEN, now)).length, hits)
  })

test('no contact afterwards: a service that is delivered is contact, and one that ended is not', async () => {
  const deliver = async (until: string) =>
    await scene.database.sql`
      insert into service_delivery (patient, controller, provider, valid_from, valid_until, registered_by)
      values (${patient}, ${BERGEN}, '900000009', '2025-01-01', ${until}, 'Ole Officer')
      on conflict (patient, controller, provider, unit, valid_from) do update set valid_until = excluded.valid_until`
  await look(nurse)
  await deliver('2026-01-15')
  assert.deepEqual(await scene.found('no-contact-afterwards'), [])
  await deliver('2026-01-14')
  assert.equal((await scene.found('no-contact-afterwards')).length, 1)
})

test('no contact afterwards: is not asked of an organisation that sends no records', async () => {
  await look(await scene.staff({}, GP))
  assert.deepEqual(await scene.found('no-contact-afterwards', GP), [])
})
