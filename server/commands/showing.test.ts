import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openFollowUps } from '@helsevev/kernel/areas/follow-up/follow-up'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import type { PatientKey } from '@helsevev/kernel/store/ids'
import { at, BERGEN, DAYS, openScene, type Scene } from '@helsevev/kernel/testing/misuse-scene'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { subjects } from './index.ts'
import { type Observed, observe } from './testing.ts'

const EVENT = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11'
const MESSAGE = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e12'
const REASON = 'The patient asks at the desk'
const key = newLogKeyText()
let scene: Scene
let patient: PatientKey
let other: PatientKey
let officer = ''
/** The case of misuse control. */
let found = ''
const numbers = new Map<PatientKey, string>()

before(async () => {
  scene = await openScene()
  const { sql } = scene.database
  const nurse = await scene.staff({ givenName: 'Nora', familyName: 'Nurse' })
  const staff = await scene.staff({ givenName: 'Ole', familyName: 'Officer' })
  patient = await scene.person({ givenName: 'Per', familyName: 'Pedersen', birthDate: '1941-03-08' })
  other = await scene.person({ givenName: 'Kari', familyName: 'Larsen', birthDate: '1970-03-08' })
  for (const row of await sql<{ patient: PatientKey; value: string }[]>`select patient, value from person_identifier`)
    numbers.set(row.patient, row.value)
  officer = numbers.get(staff.person ?? patient) ?? ''
  await scene.watch(patient)
  await scene.look(nurse, { patient, disclosed: ['11'] })
  const [actor] = await sql<{ id: string }[]>`select id from log_actor where name = 'Nora Nurse'`
  const when = { at: at('09:00:00'), actor: actor?.id ?? '', service: 'news2', reason: 'Found unconscious at home' }
  await openFollowUps(sql, { patient, eventId: EVENT, episode: null, controllers: [BERGEN], ...when })
  await sql`
    insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
    values (gen_random_uuid(), ${BERGEN}, ${patient}, 'reader', ${at('08:00:00')}, 'Olga Owner', 'Works with control of the log')`
  await observe(`misuse run --organization ${BERGEN} --from ${DAYS.from} --until ${DAYS.until}`, { source: source() })
  found = /^(\S+) .* celebrity /m.exec((await observe(`misuse list --organization ${BERGEN}`, { source: source() })).out)?.[1] ?? ''
  await sql`
    insert into unattached_message (id, service, adapter, controller, received, reason, detail, label, media_type, digest, content)
    values (${MESSAGE}, 'news2', 'kith-report', ${BERGEN}, ${at('09:00:00')}, 'person-unknown', '', 'a report', 'text/plain', '\\x01',
      ${Buffer.from(`About ${numbers.get(patient)} and again ${numbers.get(patient)}, sent by Per Pedersen`)})`
})
after(async () => await scene.close())

const source = () => ({
  DATABASE_URL: scene.database.url,
  DATABASE_MIGRATION_URL: scene.database.ownerUrl,
  HELSEVEV_LOG_KEY: key,
})

interface Case {
  words: () => string
  input?: () => string[]
  /** How the name of the organisation is given; undefined where the command has it already. */
  for?: string
  event: string
  /** Printed when it is shown. */
  shows: RegExp
}

const number = () => numbers.get(patient) ?? ''
const lookedUp = () => JSON.stringify({ service: 'news2', caller: { kind: 'system', organization: BERGEN } })

/** Every command that shows a person by name, or what is stored of a person. */
// biome-ignore format: a table, one row to a line
const showing: Record<string, Case> = {
  'audit patient':       { words: () => '', for: `--for ${BERGEN}`, input: () => [number()], event: 'log-read', shows: /Nora Nurse/ },
  'people show':         { words: () => '', for: `--for ${BERGEN}`, input: () => [number()], event: 'person-read', shows: /Per Pedersen/ },
  'choices list':        { words: () => `--for ${BERGEN}`, input: () => [number()], event: 'choices-read', shows: /There is nothing that staff/ },
  'representation list': { words: () => '', for: `--for ${BERGEN}`, input: () => [number()], event: 'representation-read', shows: /Nobody acts/ },
  'follow-up show':      { words: () => `${EVENT} --organization ${BERGEN}`, event: 'follow-up-read', shows: /Per Pedersen/ },
  'misuse show':         { words: () => found, event: 'misuse-case-read', shows: /Per Pedersen/ },
  'roles list':          { words: () => `--organization ${BERGEN}`, event: 'roles-read', shows: /Per Pedersen +reader/ },
  'access explain':      { words: () => '-', for: `--for ${BERGEN}`, input: () => [lookedUp(), number()], event: 'access-explained', shows: /verdict/ },
}

/** Commands that ask for a person and show none by name: what they do leaves a row of its own, or shows nothing of anybody. */
// biome-ignore format: a table, one row to a line
const others: Record<string, string> = {
  'agreements deliver begin':  'a change: delivery-begun',
  'agreements deliver end':    'a change: delivery-ended',
  'choices make':              'a change: choice-made, or choice-confirmed where the same stands',
  'choices end':               'a change: choice-ended',
  'choices lift-block':        'a change: block-lift-asked',
  'choices confirm-lift':      'a change: block-lifted',
  'follow-up close':           'asks for the one who closes',
  'messages show':             'a row of its own, below',
  'messages attach':           'a row of its own, below, and the row of the write',
  'messages discard':          'asks for the one who discards',
  'misuse close':              'asks for the one who closes',
  'people add':                'adds, and shows nothing of who is there',
  'people link':               'a change: person-linked',
  'representation register':   'a change: representation-registered, or representation-confirmed where the same is registered',
  'representation end':        'a change: representation-ended',
  'roles grant':               'a change: role-granted; a member of staff',
}

test('every command that asks for a person, lists persons, or shows one thing by its id, is in one of the two tables', async () => {
  const commands = (await Promise.all(subjects.map(async (subject) => (await subject.load()).commands))).flat()
  const named = commands
    .filter(({ name, asks }) => Object.keys(asks).length > 0 || name.endsWith(' show') || name === 'roles list')
    .map(({ name }) => name)
  const tables = [...Object.keys(showing), ...Object.keys(others)]
  assert.deepEqual(
    named.filter((name) => !tables.includes(name)).sort(),
    ['agreements show'].filter((name) => named.includes(name)),
  )
  assert.deepEqual(
    tables.filter((name) => !named.includes(name)),
    [],
  )
})

const count = async () => {
  const [row] = await scene.database.sql<{ rows: string; segments: string }[]>`
    select (select count(*) from access_log) as rows, (select count(*) from log_segment) as segments`
  return { rows: Number(row?.rows), segments: Number(row?.segments) }
}

/** Rows about a person that came after so many. */
const rowsOf = async (event: string) =>
  (
    await scene.database.sql`
      select l.patient, l.outcome, l.reason, a.name, a.organization from access_log l join log_actor a on a.id = l.actor
      where l.event = ${event} order by l.at, l.segment, l.seq`
  ).map((row) => ({ ...row }))

for (const [name, { words, input = () => [], for: organization = '', event, shows }] of Object.entries(showing)) {
  const run = async (options: string): Promise<Observed> =>
    await observe(`${name} ${words()} ${options}`, { source: source(), input: input() })
  const who = `--by "Kari Nordmann" ${organization}`

  test(`${name} shows nothing and leaves nothing to one who does not say who and why`, async () => {
    const before = await count()
    for (const options of [who, `${who} --reason ja`, `${who} --reason aaaaaaaaaaaaaa`, `--reason "${REASON}" ${organization}`]) {
      const { code, printed } = await run(options)
      assert.notEqual(code, 0, options)
      assert.match(printed, /reason|--by/, options)
      assert.doesNotMatch(printed, shows)
    }
    assert.deepEqual(await count(), before)
  })

  test(`${name} is a row on the patient with who, for which organisation and why, in one segment of its own`, async () => {
    const before = await count()
    const { code, printed } = await run(`${who} --reason "${REASON}"`)
    assert.equal(code, 0, printed)
    assert.match(printed, shows)
    const expected = { patient, outcome: 'ok', reason: REASON, name: 'Kari Nordmann', organization: BERGEN }
    assert.deepEqual((await rowsOf(event)).at(-1), expected)
    assert.deepEqual(await count(), { rows: before.rows + 1, segments: before.segments + 1 })
  })
}

test('a command for an organisation that the register does not have shows nothing', async () => {
  const before = await count()
  const line = `people show --by "Kari Nordmann" --for 999999999 --reason "${REASON}"`
  const { code, printed } = await observe(line, { source: source(), input: [number()] })
  assert.equal(code, 1)
  assert.equal(printed, 'The register of organisations here has no 999999999. Nothing was shown.\n')
  assert.deepEqual(await count(), before)
})

test('people that the person acts for are shown by name, and each has a row', async () => {
  const { sql } = scene.database
  await sql`
    insert into representation (patient, representative, kind, areas, valid_from, source, registered, registered_by)
    values (${other}, ${patient}, 'power-of-attorney', '{3}', ${at('08:00:00')}, 'form', ${at('08:00:00')}, 'registrar: Ole')`
  const line = `representation list --by "Kari Nordmann" --for ${BERGEN} --reason "${REASON}"`
  assert.match((await observe(line, { source: source(), input: [number()] })).printed, /Kari Larsen/)
  const rows = (await rowsOf('representation-read')).slice(-2)
  assert.deepEqual(rows.map((row) => row['patient']).sort(), [patient, other].sort())
})

test('a message is a row on each person whose number it holds, and one is asked about by name only with a row', async () => {
  const show = `messages show ${MESSAGE} --organization ${BERGEN}`
  const content = async (more: string) => await observe(`${show} --content ${more}`, { source: source(), input: [officer] })
  for (const [more, code] of [
    ['', 2],
    ['--reason ja', 1],
  ] as const) {
    const { code: got, printed } = await content(more)
    assert.deepEqual([got, /Pedersen/.test(printed)], [code, false], printed)
  }
  assert.deepEqual(await rowsOf('message-read'), [])
  assert.match((await content(`--reason "${REASON}"`)).printed, /About \[identity number\] and again .* Per Pedersen/)
  const who = { patient, outcome: 'ok', name: 'Ole Officer', organization: BERGEN }
  assert.deepEqual(await rowsOf('message-read'), [{ ...who, reason: `${MESSAGE}: ${REASON}` }])

  const before = (await rowsOf('person-read')).length
  const attach = `messages attach ${MESSAGE} --organization ${BERGEN}`
  const declined = await observe(attach, { source: source(), input: [officer, numbers.get(other) ?? '', 'no'] })
  assert.deepEqual([declined.code, declined.printed], [1, 'Nothing was attached.\n'])
  const rows = (await rowsOf('person-read')).slice(before)
  assert.deepEqual(rows, [{ ...who, patient: other, reason: `asked whether the message ${MESSAGE} is about this person` }])
})

test('a link of two numbers is a row on the person, and what stands already is told with one', async () => {
  const { sql } = scene.database
  const added = makeIdentityNumber({ birthDate: '1970-03-08', offset: 65, kind: 'DNR', series: 40 })
  const line = 'people link --by "Kari Nordmann"'
  const refused = await observe(`${line} --for ${BERGEN} --reason ja`, { source: source(), input: [numbers.get(other) ?? '', added] })
  assert.equal(refused.code, 1)
  const linked = await observe(`${line} --for ${BERGEN} --reason "${REASON}"`, {
    source: source(),
    input: [numbers.get(other) ?? '', added],
  })
  assert.equal(linked.code, 0, linked.printed)
  assert.deepEqual(
    (await rowsOf('person-linked')).map((row) => row['patient']),
    [other],
  )

  const before = (await rowsOf('choice-confirmed')).length
  const make = `choices make --for ${BERGEN} --kind restriction --service news2 --note "asked by telephone"`
  for (const says of [/^Made: /, /^The same stands already: /])
    assert.match((await observe(make, { source: source(), input: [number(), officer] })).printed, says)
  assert.equal((await rowsOf('choice-confirmed')).length, before + 1)
  assert.equal((await sql`select from patient_choice`).length, 1)
})

test('a command that writes no row opens no segment', async () => {
  const before = await count()
  for (const line of [`follow-up list --organization ${BERGEN}`, `messages discard ${EVENT} --organization ${BERGEN} --reason "${REASON}"`])
    await observe(line, { source: source(), input: [officer] })
  assert.deepEqual(await count(), before)
})
