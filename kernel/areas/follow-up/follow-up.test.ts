import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type AccessLog, openAccessLog } from '../../audit/access-log.ts'
import { type Actor, createActors } from '../../audit/actors.ts'
import { type ChangeLog, createChangeLog } from '../../audit/change-log.ts'
import { logKey, newLogKeyText } from '../../audit/log-key.ts'
import { addNumber, registerPerson } from '../../identity/persons.ts'
import { createIds, type PatientKey } from '../../store/ids.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import { closeFollowUp, type FollowUpClosing, followUpPatients, followUps, openFollowUps } from './follow-up.ts'

const [BERGEN, HOSPITAL] = ['900000001', '900000002']
const NURSE = { system: 'FNR', value: makeIdentityNumber({ birthDate: '1985-02-11', series: 312 }) } as const
const clock = () => new Date('2026-01-15T10:00:00Z')
const ids = createIds(clock)

let database: TestDatabase
let log: AccessLog
let changes: ChangeLog
let nurse: Actor
let officer: Actor
let nurseActor: string
let patient: PatientKey
let eventId: string

before(async () => {
  database = await testDatabase()
  log = await openAccessLog(database.sql, { ids, clock, key: logKey(newLogKeyText()) })
  const actorId = createActors(database.sql)
  changes = createChangeLog({ log, actorId, ids, clock })
  nurse = actor('Nora Nurse', await person('1985-02-11', 312), BERGEN, '990000001')
  officer = actor('Ole Officer', await person('1979-09-01', 314), BERGEN)
  nurseActor = await actorId(nurse)
  patient = await person('1941-03-08', 311)
})
after(async () => {
  await log.close()
  await database.close()
})
beforeEach(async () => {
  await database.owner`delete from emergency_follow_up`
  eventId = ids.uuid()
})

async function person(birthDate: string, series: number): Promise<PatientKey> {
  const registered = await registerPerson(
    database.sql,
    ids,
    { system: 'FNR', value: makeIdentityNumber({ birthDate, series }) },
    { birthDate },
  )
  assert.ok('key' in registered)
  return registered.key
}

function actor(name: string, key: PatientKey | undefined, organization: string, hprNumber?: string): Actor {
  const plain = { role: undefined, organizationName: undefined, organizationChild: undefined, supplier: undefined, client: 'test' }
  return { ...plain, person: key, name, hprNumber, organization }
}

async function emergency(controllers: string[], reason = 'Found unconscious at home', by = nurseActor): Promise<void> {
  await openFollowUps(database.sql, { patient, eventId, at: clock(), actor: by, service: 'news2', reason, episode: null, controllers })
}

const another = { service: 'news2', reason: 'Found on the floor', episode: null, controllers: [BERGEN] }

async function close(more: Partial<FollowUpClosing> = {}) {
  const closing = {
    controller: BERGEN,
    eventId,
    finding: 'justified',
    note: 'The ambulance was called at 09:50',
    closedBy: officer,
  } as const
  return await closeFollowUp(database.sql, { changes, clock }, { ...closing, ...more })
}

const logged = async () =>
  await database.sql<{ patient: string; name: string; service: string; reason: string }[]>`
    select l.patient, a.name, l.service, l.reason from access_log l join log_actor a on a.id = l.actor
    where l.event = 'follow-up-closed' and l.reason like ${`${eventId}%`}`

test('an emergency access is on the list of every controller whose records were opened, once however often it is reported', async () => {
  await emergency([BERGEN, HOSPITAL, BERGEN])
  await emergency([BERGEN, HOSPITAL])
  for (const controller of [BERGEN, HOSPITAL])
    assert.deepEqual(
      (await followUps(database.sql, controller, { open: true })).map(({ eventId: event, name, reason }) => ({ event, name, reason })),
      [{ event: eventId, name: 'Nora Nurse', reason: 'Found unconscious at home' }],
    )
  assert.deepEqual(await followUps(database.sql, '900000003', { open: true }), [])
})

test('the list shows who, where and why, and not the patient', async () => {
  await emergency([BERGEN], `Unconscious, ${NURSE.value}`)
  const [row] = await followUps(database.sql, BERGEN, { open: true })
  assert.equal(row?.hprNumber, '990000001')
  assert.equal(row?.reason, 'Unconscious, [identity number]')
  assert.ok(!JSON.stringify(row).includes(patient))
})

test('the patient is shown to the controller of the event alone', async () => {
  await emergency([BERGEN])
  assert.equal((await followUpPatients(database.sql, BERGEN, [eventId])).get(eventId), patient)
  assert.equal((await followUpPatients(database.sql, HOSPITAL, [eventId])).size, 0)
  assert.equal((await followUpPatients(database.sql, BERGEN, [ids.uuid()])).size, 0)
})

test('closing takes it off the list of that controller, keeps the finding, and leaves one row in the log', async () => {
  await emergency([BERGEN, HOSPITAL])
  assert.equal(await close({ finding: 'not-justified' }), 'closed')
  assert.deepEqual(await followUps(database.sql, BERGEN, { open: true }), [])
  assert.equal((await followUps(database.sql, HOSPITAL, { open: true })).length, 1)
  await openFollowUps(database.sql, { ...another, eventId: ids.uuid(), at: clock(), actor: nurseActor, patient })
  const [closed, ...more] = await followUps(database.sql, BERGEN, { open: false })
  assert.deepEqual(more, [])
  assert.deepEqual(
    { closed: closed?.closed, by: closed?.closedBy, finding: closed?.finding, note: closed?.note },
    { closed: clock(), by: 'Ole Officer', finding: 'not-justified', note: 'The ambulance was called at 09:50' },
  )
  assert.deepEqual([...(await logged())], [{ patient, name: 'Ole Officer', service: 'news2', reason: `${eventId}: not-justified` }])
})

test('what is closed stays as it was closed', async () => {
  await emergency([BERGEN])
  await close()
  assert.equal(await close({ finding: 'not-justified' }), 'closed-already')
  await emergency([BERGEN])
  assert.deepEqual(await followUps(database.sql, BERGEN, { open: true }), [])
  assert.equal((await followUps(database.sql, BERGEN, { open: false }))[0]?.finding, 'justified')
})

test('of two who close at once, one does', async () => {
  await emergency([BERGEN])
  assert.deepEqual((await Promise.all([close(), close()])).sort(), ['closed', 'closed-already'])
  assert.equal((await logged()).length, 1)
})

// biome-ignore format: a table, one row to a line
const refused: { when: string; is: string; with: () => Partial<FollowUpClosing> }[] = [
  { when: 'the event is not on the list',              is: 'unknown',            with: () => ({ eventId: ids.uuid() }) },
  { when: 'the event is on the list of another',       is: 'unknown',            with: () => ({ controller: HOSPITAL, closedBy: { ...officer, organization: HOSPITAL } }) },
  { when: 'the closer acts for another organisation',  is: 'other-organization', with: () => ({ closedBy: { ...officer, organization: HOSPITAL } }) },
  { when: 'the closer made the look-up',               is: 'same-person',        with: () => ({ closedBy: nurse }) },
  { when: 'they did so in another role',               is: 'same-person',        with: () => ({ closedBy: { ...nurse, hprNumber: undefined, name: 'N. Nurse' } }) },
  { when: 'the closer has the same HPR number',        is: 'same-person',        with: () => ({ closedBy: { ...officer, hprNumber: '990000001' } }) },
  { when: 'the closer is not in the person register',  is: 'person-unknown',     with: () => ({ closedBy: { ...officer, person: undefined } }) },
  { when: 'there is no note',                          is: 'note-missing',       with: () => ({ note: '' }) },
  { when: 'the note is blank',                         is: 'note-missing',       with: () => ({ note: ' '.repeat(20) }) },
  { when: 'the note has nine letters',                 is: 'note-missing',       with: () => ({ note: 'abcdefghi' }) },
  { when: 'the note has ten letters',                  is: 'closed',             with: () => ({ note: 'abcdefghij' }) },
  { when: 'the note is one letter many times',         is: 'note-missing',       with: () => ({ note: 'a'.repeat(200) }) },
  { when: 'the note is of signs that nobody sees',     is: 'note-missing',       with: () => ({ note: '\u200b\u3164'.repeat(20) }) },
  { when: 'the note has 501 characters',               is: 'note-missing',       with: () => ({ note: 'abcde '.repeat(84).slice(0, 501).replace(/ $/, 'a') }) },
  { when: 'the note holds an identity number',         is: 'identity-number-in-text', with: () => ({ note: `It was a mistake, see ${NURSE.value}` }) },
]
for (const row of refused)
  test(`when ${row.when}, closing answers ${row.is}`, async () => {
    await emergency([BERGEN])
    assert.equal(await close(row.with()), row.is)
    assert.equal((await logged()).length, row.is === 'closed' ? 1 : 0)
    assert.equal((await followUps(database.sql, BERGEN, { open: true })).length, row.is === 'closed' ? 0 : 1)
  })

test('one who acted under an earlier number of their own does not close', async () => {
  const earlier = { system: 'DNR', value: makeIdentityNumber({ birthDate: '1985-02-11', series: 5, kind: 'DNR' }) } as const
  const registered = await registerPerson(database.sql, ids, earlier, {})
  assert.ok('key' in registered)
  await addNumber(database.sql, NURSE, earlier)
  await emergency([BERGEN])
  assert.equal(await close({ closedBy: actor('Nora Nurse', registered.key, BERGEN) }), 'same-person')
})

test('one known by HPR number alone is found in the register of practitioners', async () => {
  const unregistered = await createActors(database.sql)(actor('Petra Physician', undefined, BERGEN, '990000009'))
  await emergency([BERGEN], 'Found unconscious at home', unregistered)
  await database.sql`insert into practitioner (hpr_number, person) values ('990000009', ${officer.person ?? null})`
  assert.equal(await close(), 'same-person')
})
