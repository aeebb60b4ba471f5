import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openFollowUps } from '@helsevev/kernel/areas/follow-up/follow-up'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { at, BERGEN, HOSPITAL, keyOf, openScene, type Scene } from '@helsevev/kernel/testing/misuse-scene'
import { observe } from '../testing.ts'

const EVENT = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11'
const key = newLogKeyText()
const folder = mkdtempSync(join(tmpdir(), 'helsevev-misuse-'))
let scene: Scene
let patient: PatientKey
let readerNumber: string
let officerNumber: string

before(async () => {
  scene = await openScene()
  const { sql } = scene.database
  const nurse = await scene.staff({ givenName: 'Nora', familyName: 'Nurse' })
  const officer = await scene.staff({ givenName: 'Ole', familyName: 'Officer' })
  patient = await scene.person({ givenName: 'Per', familyName: 'Pedersen', birthDate: '1941-03-08' })
  await scene.watch(patient)
  await scene.look(nurse, { patient, disclosed: ['11'] })
  await scene.look(nurse, { patient, purpose: 'BTG', eventId: EVENT, disclosed: ['11'] })
  const [actor] = await sql<{ id: string }[]>`select id from log_actor where name = 'Nora Nurse'`
  await openFollowUps(sql, {
    patient,
    eventId: EVENT,
    episode: null,
    at: at('09:00:00'),
    actor: actor?.id ?? '',
    service: 'news2',
    reason: 'Found unconscious at home',
    controllers: [BERGEN],
  })
  const numberOf = async (of: PatientKey) =>
    (await sql<{ value: string }[]>`select value from person_identifier where patient = ${of}`)[0]?.value ?? ''
  readerNumber = await numberOf(keyOf(nurse))
  officerNumber = await numberOf(keyOf(officer))
})
after(async () => {
  await scene.close()
  rmSync(folder, { recursive: true })
})

async function command(subject: 'misuse' | 'follow-up', words: string, input: string[] = []): Promise<{ code: number; printed: string }> {
  const source = {
    DATABASE_URL: scene.database.url,
    DATABASE_MIGRATION_URL: scene.database.ownerUrl,
    HELSEVEV_DATA: folder,
    HELSEVEV_LOG_KEY: key,
  }
  const why = words.startsWith('show') ? '--by "Kari Nordmann" --reason "The control of October"' : ''
  const { code, printed } = await observe(`${subject} ${words} ${why}`, { source, input })
  assert.ok(!printed.includes(readerNumber) && !printed.includes(officerNumber) && !printed.includes(patient))
  return { code, printed }
}

const RUN = `run --organization ${BERGEN} --from 2026-01-15 --until 2026-01-16`

test('the rules are told with what they ask', async () => {
  const { code, printed } = await command('misuse', 'rules')
  assert.equal(code, 0)
  assert.match(printed, /^own-record +Own record +Did a member of staff look at their own record\?/m)
})

test('a run opens cases, lists them with why, and shows whom one is about', async () => {
  assert.match((await command('misuse', RUN)).printed, /^celebrity +1 +0$/m)
  assert.match((await command('misuse', RUN)).printed, /^celebrity +0 +0$/m)
  const { printed } = await command('misuse', `list --organization ${BERGEN}`)
  assert.match(printed, /Nora Nurse .* celebrity +The patient is on the list of people who draw curiosity: in the news\.$/m)
  assert.match(printed, /A case is a question and no accusation/)
  assert.ok(!printed.includes('Pedersen'))
  const id = /^(\S+) .* celebrity /m.exec(printed)?.[1] ?? ''
  const shown = await command('misuse', `show ${id}`)
  assert.equal(shown.code, 0)
  assert.match(shown.printed, /^2026-01-15 10:00:00 +Per Pedersen, born 1941-03-08 +Bergen kommune/m)
})

test('a case is closed by another person than the reader, once, with a note', async () => {
  await command('misuse', RUN)
  const id = /^(\S+) .* celebrity /m.exec((await command('misuse', `list --organization ${BERGEN}`)).printed)?.[1] ?? ''
  const close = `close ${id} --finding no-breach --note`
  const refused = await command('misuse', `${close} "She had the patient on her list"`, [readerNumber])
  assert.equal(refused.code, 1)
  assert.match(refused.printed, /^The person who made the look-up does not close it\..* Nothing was changed\.$/m)
  assert.match((await command('misuse', `${close} short`, [officerNumber])).printed, /^Say in a note/)
  assert.match(
    (await command('misuse', `${close} "She had the patient on her list"`, ['1'])).printed,
    /^The one who closes is a person in the person register/,
  )
  assert.deepEqual(await command('misuse', `${close} "She had the patient on her list"`, [officerNumber]), {
    code: 0,
    printed: 'Closed.\n',
  })
  assert.match((await command('misuse', `${close} "She had the patient on her list"`, [officerNumber])).printed, /^It is closed already/)
  const closed = await command('misuse', `list --organization ${BERGEN} --closed`)
  assert.match(closed.printed, /no-breach, Ole Officer: She had the patient on her list$/m)
  assert.match((await command('misuse', `show ${id}`)).printed, /^finding +no-breach$/m)
})

test('an emergency access is listed without its patient, who is shown to the controller alone', async () => {
  const { code, printed } = await command('follow-up', `list --organization ${BERGEN}`)
  assert.equal(code, 0)
  assert.match(
    printed,
    new RegExp(`^2026-01-15 10:00:00 +${EVENT} +Nora Nurse +SP +Bergen kommune +news2 \\(1 request\\) +Found unconscious at home$`, 'm'),
  )
  assert.ok(!printed.includes('Pedersen'))
  assert.equal((await command('follow-up', `list --organization ${HOSPITAL}`)).printed, 'No emergency access is open.\n')
  const shown = (await command('follow-up', `show ${EVENT} --organization ${BERGEN}`)).printed
  assert.match(shown, /^Per Pedersen, born 1941-03-08\n/)
  assert.match(shown, /^news2 +1 +nothing +2026-01-15 10:00:00 +2026-01-15 10:00:00$/m)
  assert.equal((await command('follow-up', `show ${EVENT} --organization ${HOSPITAL}`)).code, 1)
})

test('an emergency access is closed by another person than the reader', async () => {
  const close = `close ${EVENT} --organization ${BERGEN} --finding justified --note "The ambulance confirms it"`
  assert.equal((await command('follow-up', close, [readerNumber])).code, 1)
  assert.deepEqual(await command('follow-up', close, [officerNumber]), { code: 0, printed: 'Closed.\n' })
  assert.equal((await command('follow-up', `list --organization ${BERGEN}`)).printed, 'No emergency access is open.\n')
  assert.match(
    (await command('follow-up', `list --organization ${BERGEN} --closed`)).printed,
    /justified, Ole Officer: The ambulance confirms it$/m,
  )
})

// biome-ignore format: a table, one row to a line
const wrong: [subject: 'misuse' | 'follow-up', words: string, says: RegExp][] = [
  ['misuse',    'run --organization 900000001', /^--from is missing: the first day\..*\n--until is missing/],
  ['misuse',    'run --organization 900000001 --from 2026-02-30 --until 2026-03-02', /^--from takes a day of the calendar, which "2026-02-30" is not\./],
  ['misuse',    'run --organization 900000001 --from 2026-01-15 --until 2026-01-15', /^--until is a day after --from\./],
  ['misuse',    'list', /^--organization is missing/],
  ['misuse',    'show', /^CASE is missing/],
  ['misuse',    'close g-h --finding guilty --note "Because I say so"', /^--finding takes one of .*, which "guilty" is not\./],
  ['misuse',    'close g-h --finding breach', /^--note is missing/],
  ['follow-up', 'show nonsense --organization 900000001', /^EVENT takes a UUID, which "nonsense" is not\./],
]
for (const [subject, words, says] of wrong)
  test(`${subject} ${words} is wrong use, with a sentence`, async () => {
    const { code, printed } = await command(subject, words)
    assert.equal(code, 2)
    assert.match(printed, says)
  })

test('as JSON, whom a case is about stands by name and never by key', async () => {
  await command('misuse', RUN)
  const { cases } = JSON.parse((await command('misuse', `list --organization ${BERGEN} --closed --json`)).printed)
  const shown = JSON.parse((await command('misuse', `show ${cases[0].id} --json`)).printed)
  assert.deepEqual([shown.rule, shown.lookUps[0].patient], ['celebrity', 'Per Pedersen, born 1941-03-08'])
})

test('an identity number as argument is refused and not repeated', async () => {
  for (const subject of ['misuse', 'follow-up'] as const) assert.equal((await command(subject, `show ${readerNumber}`)).code, 2)
})

test('a case that is not there is said so', async () => {
  assert.deepEqual(await command('misuse', 'show g-h'), { code: 1, printed: 'There is no case of that id.\n' })
})
