import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openFollowUps } from '@helsevev/kernel/areas/follow-up/follow-up'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { at, BERGEN, HOSPITAL, keyOf, openScene, type Scene } from '@helsevev/kernel/testing/misuse-scene'
import { run as followUp } from './follow-up.ts'
import { run as misuse } from './misuse.ts'

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
  const [actor] = await sql<{ id: string }[]>`select id from log_actor where name = 'Nora Nurse'`
  await openFollowUps(sql, {
    patient,
    eventId: EVENT,
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

async function command(run: typeof misuse, words: string, answers: string[] = []): Promise<{ code: number; printed: string }> {
  let printed = ''
  const source = {
    DATABASE_URL: scene.database.url,
    DATABASE_MIGRATION_URL: scene.database.ownerUrl,
    HELSEVEV_DATA: folder,
    HELSEVEV_LOG_KEY: key,
  }
  const terminal = { print: (text: string) => void (printed += text), ask: async () => answers.shift() ?? '' }
  // Words in quotation marks are one.
  const parts = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  const code = await run(parts, source, terminal)
  assert.ok(!printed.includes(readerNumber) && !printed.includes(officerNumber) && !printed.includes(patient))
  return { code, printed }
}

const RUN = `run --organization ${BERGEN} --from 2026-01-15 --until 2026-01-16`

test('the rules are told with what they ask', async () => {
  const { code, printed } = await command(misuse, 'rules')
  assert.equal(code, 0)
  assert.match(printed, /^own-record +Own record +Did somebody look at their own record as staff\?/m)
})

test('a run opens cases, lists them with why, and shows whom one is about', async () => {
  assert.match((await command(misuse, RUN)).printed, /^celebrity +1 +0$/m)
  assert.match((await command(misuse, RUN)).printed, /^celebrity +0 +0$/m)
  const { printed } = await command(misuse, `list --organization ${BERGEN}`)
  assert.match(printed, /Nora Nurse .* celebrity +The patient is on the list of people who draw curiosity \(in the news\)\.$/m)
  assert.match(printed, /A case is a question and no accusation/)
  assert.ok(!printed.includes('Pedersen'))
  const id = /^(\S+) .* celebrity /m.exec(printed)?.[1] ?? ''
  const shown = await command(misuse, `show ${id}`)
  assert.equal(shown.code, 0)
  assert.match(shown.printed, /^2026-01-15 10:00:00 +Per Pedersen, born 1941-03-08 +Bergen kommune/m)
})

test('a case is closed by another person than the reader, once, with a note', async () => {
  await command(misuse, RUN)
  const id = /^(\S+) .* celebrity /m.exec((await command(misuse, `list --organization ${BERGEN}`)).printed)?.[1] ?? ''
  const close = `close ${id} --finding no-breach --note`
  const refused = await command(misuse, `${close} "She had the patient on her list"`, [readerNumber])
  assert.equal(refused.code, 1)
  assert.match(refused.printed, /^Whoever made the look-up does not close it\..* Nothing was changed\.$/m)
  assert.match((await command(misuse, `${close} short`, [officerNumber])).printed, /^Say in a note/)
  assert.match(
    (await command(misuse, `${close} "She had the patient on her list"`, ['1'])).printed,
    /^Whoever closes is a person in the person register/,
  )
  assert.deepEqual(await command(misuse, `${close} "She had the patient on her list"`, [officerNumber]), { code: 0, printed: 'Closed.\n' })
  assert.match((await command(misuse, `${close} "She had the patient on her list"`, [officerNumber])).printed, /^It is closed already/)
  const closed = await command(misuse, `list --organization ${BERGEN} --closed`)
  assert.match(closed.printed, /no-breach, Ole Officer: She had the patient on her list$/m)
  assert.match((await command(misuse, `show ${id}`)).printed, /^finding +no-breach$/m)
})

test('an emergency access is listed without its patient, who is shown to the controller alone', async () => {
  const { code, printed } = await command(followUp, `list --organization ${BERGEN}`)
  assert.equal(code, 0)
  assert.match(
    printed,
    new RegExp(`^2026-01-15 10:00:00 +${EVENT} +Nora Nurse +SP +Bergen kommune +news2 +Found unconscious at home$`, 'm'),
  )
  assert.ok(!printed.includes('Pedersen'))
  assert.equal((await command(followUp, `list --organization ${HOSPITAL}`)).printed, 'No emergency access is open.\n')
  assert.equal((await command(followUp, `show ${EVENT} --organization ${BERGEN}`)).printed, 'Per Pedersen, born 1941-03-08\n')
  assert.equal((await command(followUp, `show ${EVENT} --organization ${HOSPITAL}`)).code, 1)
})

test('an emergency access is closed by another person than the reader', async () => {
  const close = `close ${EVENT} --organization ${BERGEN} --finding justified --note "The ambulance confirms it"`
  assert.equal((await command(followUp, close, [readerNumber])).code, 1)
  assert.deepEqual(await command(followUp, close, [officerNumber]), { code: 0, printed: 'Closed.\n' })
  assert.equal((await command(followUp, `list --organization ${BERGEN}`)).printed, 'No emergency access is open.\n')
  assert.match(
    (await command(followUp, `list --organization ${BERGEN} --closed`)).printed,
    /justified, Ole Officer: The ambulance confirms it$/m,
  )
})

// biome-ignore format: a table, one row to a line
const wrong = [
  { run: misuse,   words: '' },
  { run: misuse,   words: 'run --organization 900000001' },
  { run: misuse,   words: 'run --organization 900000001 --from 2026-02-30 --until 2026-03-02' },
  { run: misuse,   words: 'run --organization 900000001 --from 2026-01-15 --until 2026-01-15' },
  { run: misuse,   words: 'list' },
  { run: misuse,   words: 'show' },
  { run: misuse,   words: 'close g-h --finding guilty --note "Because I say so"' },
  { run: misuse,   words: 'close g-h --finding breach' },
  { run: followUp, words: '' },
  { run: followUp, words: 'list' },
  { run: followUp, words: 'show nonsense --organization 900000001' },
  { run: followUp, words: `close ${EVENT} --organization 900000001 --finding justified` },
]
for (const { run, words } of wrong)
  test(`${run === misuse ? 'misuse' : 'follow-up'} answers "${words}" with how to use the command`, async () => {
    const { code, printed } = await command(run, words)
    assert.equal(code, 2)
    assert.match(printed, /^Usage: npm run /)
  })

test('an identity number as argument is refused and not repeated', async () => {
  for (const run of [misuse, followUp]) assert.equal((await command(run, `show ${readerNumber}`)).code, 2)
})

test('a case that is not there is said so', async () => {
  assert.deepEqual(await command(misuse, 'show g-h'), { code: 1, printed: 'There is no case of that id.\n' })
})
