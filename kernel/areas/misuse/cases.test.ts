import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../../audit/actors.ts'
import type { PatientKey } from '../../store/ids.ts'
import { at, BERGEN, HOSPITAL, keyOf, MONTH_LATER, openScene, type Scene } from '../../testing/misuse-scene.ts'
import { type CaseClosing, closeCase, misuseCase, misuseCases } from './cases.ts'
import { whyOf } from './why.ts'

let scene: Scene
let nurse: Actor
let officer: Actor
let patient: PatientKey
let id: string

before(async () => {
  scene = await openScene()
})
after(async () => await scene.close())
beforeEach(async () => {
  await scene.clear()
  nurse = await scene.staff({ givenName: 'Nora', familyName: 'Nurse' })
  officer = await scene.staff({ givenName: 'Ole', familyName: 'Officer' })
  patient = await scene.person()
  await scene.watch(patient)
  await scene.look(nurse, { patient, attestation: await scene.attested() })
  await scene.look(nurse, { patient, at: at('09:05:00'), disclosed: ['11', '12'] })
  await scene.found('celebrity')
  id = (await misuseCases(scene.database.sql, BERGEN, { open: true }))[0]?.id ?? ''
})

async function close(more: Partial<CaseClosing> = {}) {
  const closing = { id, finding: 'no-breach', note: 'She had the patient on her list that day', closedBy: officer } as const
  return await closeCase(scene.database.sql, { changes: scene.changes, clock: () => MONTH_LATER }, { ...closing, ...more })
}

const logged = async () =>
  await scene.database.sql<{ patient: string; name: string; reason: string }[]>`
    select l.patient, a.name, l.reason from access_log l join log_actor a on a.id = l.actor where l.event = 'misuse-case-closed'`

test('a case shows who looked and why it is asked about, and not the patient; its id has no digits', async () => {
  const [one] = await misuseCases(scene.database.sql, BERGEN, { open: true })
  assert.match(id, /^[a-p]{32}$/)
  assert.deepEqual(
    { name: one?.actorName, role: one?.role, unit: one?.unit, firstAt: one?.firstAt, lastAt: one?.lastAt, facts: one?.facts },
    {
      name: 'Nora Nurse',
      role: 'SP',
      unit: 'Bergen legevakt',
      firstAt: at('09:00:00'),
      lastAt: at('09:05:00'),
      facts: { 'look-ups': 2, requests: 2, services: ['news2'], resources: 2, reason: 'in the news' },
    },
  )
  assert.ok(!JSON.stringify(one).includes(patient))
  assert.deepEqual(await misuseCases(scene.database.sql, HOSPITAL, { open: true }), [])
})

test('a case shows its look-ups, oldest first, and the patients they are about', async () => {
  const shown = await misuseCase(scene.database.sql, id)
  assert.deepEqual(
    shown?.lookUps.map((one) => [one.at, one.patient, one.service, one.resources]),
    [
      [at('09:00:00'), patient, 'news2', 0],
      [at('09:05:00'), patient, 'news2', 2],
    ],
  )
})

test('a case counts openings as look-ups, their requests as such, and not what a screen asked by itself in them', async () => {
  await scene.clear()
  await scene.watch(patient)
  const opening = { patient, attestation: await scene.attested(), decisionRef: 'visit-17', toa: at('09:00:00') }
  for (const second of [1, 2, 3]) await scene.look(nurse, { ...opening, at: at(`09:00:0${second}`), disclosed: ['11'] })
  await scene.look(nurse, { ...opening, decisionRef: 'visit-18' })
  await scene.look(nurse, { ...opening, decisionRef: 'visit-18', automatic: true })
  await scene.found('celebrity')
  const [one] = await misuseCases(scene.database.sql, BERGEN, { open: true })
  assert.deepEqual([one?.facts['look-ups'], one?.facts.requests], [2, 4])
  const shown = await misuseCase(scene.database.sql, one?.id ?? '')
  assert.deepEqual(
    shown?.lookUps.map(({ opening: number }) => number),
    [1, 2, 2, 2],
  )
  await scene.clear()
  await scene.watch(patient)
  await scene.look(nurse, { ...opening, automatic: true })
  assert.equal((await scene.found('celebrity')).length, 1, 'what a screen asks by itself where nothing was opened is an opening')
})

for (const unknown of ['g-h', 'nonsense', ''])
  test(`there is no case "${unknown}"`, async () => {
    assert.equal(await misuseCase(scene.database.sql, unknown), undefined)
    assert.equal(await close({ id: unknown }), 'unknown')
  })

test('closing takes the case off the list, keeps the finding, and leaves one row in the log without the rule or the note', async () => {
  assert.equal(await close({ finding: 'unclear' }), 'closed')
  assert.deepEqual(await misuseCases(scene.database.sql, BERGEN, { open: true }), [])
  const other = await scene.person()
  await scene.watch(other)
  await scene.look(nurse, { patient: other })
  assert.equal((await scene.found('celebrity')).length, 1)
  const [closed, ...more] = await misuseCases(scene.database.sql, BERGEN, { open: false })
  assert.deepEqual(more, [])
  assert.deepEqual(
    { closed: closed?.closed, by: closed?.closedBy, finding: closed?.finding, note: closed?.note },
    { closed: MONTH_LATER, by: 'Ole Officer', finding: 'unclear', note: 'She had the patient on her list that day' },
  )
  assert.deepEqual([...(await logged())], [{ patient, name: 'Ole Officer', reason: `${id}: unclear` }])
})

test('of two who close at once, one does', async () => {
  assert.deepEqual((await Promise.all([close(), close()])).sort(), ['closed', 'closed-already'])
  assert.equal((await logged()).length, 1)
})

// biome-ignore format: a table, one row to a line
const refused: { when: string; is: string; with: () => Partial<CaseClosing> }[] = [
  { when: 'the closer acts for another organisation', is: 'other-organization', with: () => ({ closedBy: { ...officer, organization: HOSPITAL } }) },
  { when: 'the closer made the look-ups',             is: 'same-person',        with: () => ({ closedBy: nurse }) },
  { when: 'they close in another role',               is: 'same-person',        with: () => ({ closedBy: { ...nurse, hprNumber: undefined, role: undefined } }) },
  { when: 'the closer has the same HPR number',       is: 'same-person',        with: () => ({ closedBy: { ...officer, hprNumber: nurse.hprNumber } }) },
  { when: 'the closer is not in the person register', is: 'person-unknown',     with: () => ({ closedBy: { ...officer, person: undefined } }) },
  { when: 'the patient of the case closes it',        is: 'closed',             with: () => ({ closedBy: { ...officer, person: patient } }) },
  { when: 'there is no note',                         is: 'note-missing',       with: () => ({ note: '   ' }) },
]
for (const row of refused)
  test(`when ${row.when}, closing answers ${row.is}`, async () => {
    assert.equal(await close(row.with()), row.is)
    assert.equal((await logged()).length, row.is === 'closed' ? 1 : 0)
  })

test('a case against one who has no person key is not closed by the same HPR number', async () => {
  const unregistered = { ...(await scene.staff()), person: undefined }
  await scene.look(unregistered, { patient })
  await scene.found('celebrity')
  const one = (await misuseCases(scene.database.sql, BERGEN, { open: true })).find(({ hprNumber }) => hprNumber === unregistered.hprNumber)
  assert.ok(one)
  await scene.database.sql`insert into practitioner (hpr_number, person) values (${unregistered.hprNumber ?? ''}, ${keyOf(officer)})`
  assert.equal(await close({ id: one.id }), 'same-person')
})

test('the reason of a case is written in Norwegian too, with a missing fact as unknown', () => {
  assert.equal(
    whyOf('after-death', 'Nora Nurse', { died: '2025-12-31', days: 15 }, 'nb'),
    'Pasienten døde 31.12.2025, 15 dager før oppslaget.',
  )
  const stopped = { stopped: 'no-agreement', 'stopped-at': '09:48', minutes: 1, grounds: 'BTG, emergency' }
  assert.equal(
    whyOf('blocked-then-looked', 'Nora Nurse', stopped, 'nb'),
    'Nora Nurse ble stanset (ingen avtale åpnet) klokken 09:48 og fikk se opplysninger 1 minutt senere (med nødtilgang, som nødtilgang).',
  )
  assert.equal(
    whyOf('blocked-then-looked', 'Nora Nurse', stopped, 'nn'),
    'Nora Nurse blei stansa (ingen avtale opna) klokka 09:48 og fekk sjå opplysningar 1 minutt seinare (med naudtilgang, som naudtilgang).',
  )
  assert.equal(whyOf('after-death', 'Nora Nurse', { days: 15 }, 'en'), 'The patient died on unknown, 15 days before the look-up.')
})
