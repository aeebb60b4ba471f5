import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createChangeLog } from '../../audit/change-log.ts'
import { addNumber } from '../../identity/persons.ts'
import { isProblem } from '../../problem/problem.ts'
import { createIds, logicalId, type PatientKey, parseLogicalId, type RecordId } from '../../store/ids.ts'
import { idOf, matchesIn } from '../../testing/answers.ts'
import { NOW, organizations, pulse, system, type TestApi, testApi } from '../../testing/api.ts'
import { makeIdentityNumber } from '../../values/identity-number.ts'
import type { ChoiceKind, MadeAs, NewChoice, StoredChoice } from './choice.ts'
import { endChoice } from './end.ts'
import { listChoices } from './list.ts'
import { makeChoice } from './make.ts'
import type { ChoiceParts, NamedChooser } from './parts.ts'

const { bergen, oslo } = organizations
const unit = '900000011'

let api: TestApi
let parts: ChoiceParts
let now = NOW
before(async () => {
  api = await testApi()
  const { sql, kernel } = api
  parts = { sql, ids: createIds(() => now), clock: () => now, services: kernel.services, changes: createChangeLog(kernel) }
  await sql`insert into organization (number, name, type, part_of) values (${unit}, 'ward', 'municipality', ${bergen})`
})
after(async () => await api.close())

let series = 0
async function patient(): Promise<{ key: PatientKey; number: string; identifier: { system: string; value: string } }> {
  return await api.person(series++)
}

function by(as: MadeAs, person: PatientKey, organization = bergen): NamedChooser {
  const unnamed = { hprNumber: undefined, role: undefined, organizationName: undefined, organizationChild: undefined, supplier: undefined }
  return { as, person, organization, actor: { ...unnamed, person, name: as, organization, client: 'portal' } }
}

async function made(key: PatientKey, choice: NewChoice, as: MadeAs = 'self', note?: string): Promise<StoredChoice> {
  const result = await makeChoice(
    parts,
    [key],
    as === 'staff' ? { note: note ?? 'asked on the telephone', ...choice } : choice,
    by(as, key),
  )
  if (isProblem(result)) throw new Error(JSON.stringify(result))
  return result.choice
}

async function rulesBroken(key: PatientKey, choice: NewChoice, as: MadeAs = 'self'): Promise<string[]> {
  const result = await makeChoice(parts, [key], choice, by(as, key))
  return isProblem(result) ? result.issues.map(({ code }) => code) : ['made']
}

test('the row of a choice names its kind, what it covers and its id, and not who is blocked', async () => {
  const { key } = await patient()
  const restriction = await made(key, { kind: 'restriction', service: 'measurements', controller: bergen, receiver: oslo })
  const block = await made(key, { kind: 'block', practitioner: '990000001' })
  const rows = await api.sql<{ reason: string }[]>`select reason from access_log where patient = ${key} order by segment, seq`
  assert.deepEqual(
    rows.map(({ reason }) => reason),
    [
      `restriction, service measurements, controller ${bergen}, receiver ${oslo}, ${logicalId(key, restriction.id)}`,
      `block, ${logicalId(key, block.id)}`,
    ],
  )
  const self = system(bergen, { kind: 'citizen', pid: (await numberOf(key)) ?? '', scopes: ['helsevev:access-log/citizen'] })
  const lines = matchesIn(await api.as(self).get('/fhir/AuditEvent'), 'AuditEvent')
  const entities = lines.flatMap(({ entity = [] }) => entity.slice(1))
  assert.deepEqual(
    entities.map(({ what }) => what?.reference).sort(),
    [restriction, block].map(({ id }) => `Consent/${logicalId(key, id)}`).sort(),
  )
  assert.doesNotMatch(JSON.stringify(entities), /990000001/)
})

async function numberOf(key: PatientKey): Promise<string | undefined> {
  const [row] = await api.sql<{ value: string }[]>`select value from person_identifier where patient = ${key}`
  return row?.value
}

const yesterday = new Date(NOW.getTime() - 86_400_000)
const tomorrow = new Date(NOW.getTime() + 86_400_000)

// biome-ignore format: a table, one row to a line
const rules: [what: string, choice: NewChoice, broken: string[], as?: MadeAs][] = [
  ['an opt-out of a service',                        { kind: 'opt-out', service: 'measurements' },                              ['made']],
  ['an opt-out of nothing',                          { kind: 'opt-out' },                                                       ['service-required']],
  ['an opt-out from one organisation',               { kind: 'opt-out', service: 'measurements', receiver: oslo },              ['opt-out-is-whole']],
  ['an opt-out from one practitioner',               { kind: 'opt-out', service: 'measurements', practitioner: '990000001' },   ['opt-out-is-whole']],
  ['a restriction of all',                           { kind: 'restriction' },                                                   ['made']],
  ['a restriction of one controller to one receiver', { kind: 'restriction', controller: bergen, receiver: oslo },              ['made']],
  ['a restriction of one practitioner',              { kind: 'restriction', practitioner: '990000001' },                        ['restriction-is-of-all']],
  ['a restriction of an unknown service',            { kind: 'restriction', service: 'no-such' },                               ['service-unknown']],
  ['a restriction of SQL',                           { kind: 'restriction', service: "x'; drop table patient_choice; --" },     ['service-unknown']],
  ['a restriction of an unknown controller',         { kind: 'restriction', controller: '999999999' },                          ['controller-unknown']],
  ['a restriction of a unit\'s records',             { kind: 'restriction', controller: unit },                                 ['controller-unknown']],
  ['a restriction to an unknown receiver',           { kind: 'restriction', receiver: 'Oslo\0' },                               ['receiver-unknown']],
  ['a restriction to a unit',                        { kind: 'restriction', receiver: unit },                                   ['receiver-unknown']],
  ['a block of a practitioner',                      { kind: 'block', practitioner: '990000001' },                              ['made']],
  ['a block of nobody',                              { kind: 'block' },                                                         ['practitioner-required']],
  ['a block of an unknown practitioner',             { kind: 'block', practitioner: '123456789' },                              ['practitioner-unknown']],
  ['a block of something that is no number',         { kind: 'block', practitioner: 'Nora\0' },                                 ['practitioner-unknown']],
  ['a consent to all',                               { kind: 'consent' },                                                       ['made']],
  ['a consent to one practitioner for a day',        { kind: 'consent', practitioner: '990000001', until: tomorrow },           ['made']],
  ['a consent that ends before it begins',           { kind: 'consent', from: tomorrow, until: yesterday },                     ['period-invalid']],
  ['a consent that ends when it begins',             { kind: 'consent', from: tomorrow, until: tomorrow },                      ['period-invalid']],
  ['a consent that ended a moment ago',              { kind: 'consent', until: NOW },                                           ['period-over']],
  ['a consent that ends in a moment',                { kind: 'consent', until: new Date(NOW.getTime() + 1) },                   ['made']],
  ['staff without a note',                           { kind: 'restriction' },                                                   ['note-required'], 'staff'],
  ['staff with an empty note',                       { kind: 'restriction', note: '  ' },                                       ['note-required'], 'staff'],
  ['staff with a note',                              { kind: 'restriction', note: 'asked at the desk' },                        ['made'], 'staff'],
  ['a note with a control character',                { kind: 'restriction', note: 'a\0b' },                                     ['note-invalid']],
  ['a note with half a character',                   { kind: 'restriction', note: 'a\ud800b' },                                 ['note-invalid']],
  ['a note of 1001 characters',                      { kind: 'restriction', note: 'x'.repeat(1001) },                           ['note-invalid']],
  ['a note with an identity number',                 { kind: 'restriction', note: `asked by ${makeIdentityNumber({ birthDate: '1950-05-17', series: 0 })}` }, ['note-holds-number']],
  ['everything wrong at once',                       { kind: 'block', service: 'no-such', controller: '1', until: yesterday },  ['practitioner-required', 'period-over', 'service-unknown', 'controller-unknown']],
]
for (const [what, choice, broken, as] of rules) {
  test(`${what}: ${broken.join(', ')}`, async () => assert.deepEqual(await rulesBroken((await patient()).key, choice, as), broken))
}

const written = async (of: { identifier: { system: string; value: string } }) =>
  parseLogicalId(idOf(await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(of))))!

test('a single record is restricted when it is the patient’s, of that service and of that organisation', async () => {
  const [mine, theirs] = [await patient(), await patient()]
  const [record, other] = [await written(mine), await written(theirs)]
  assert.deepEqual(await rulesBroken(mine.key, { kind: 'restriction', record: other }), ['record-unknown'])
  assert.deepEqual(await rulesBroken(mine.key, { kind: 'restriction', record: { ...record, id: '1' as RecordId } }), ['record-unknown'])
  assert.deepEqual(await rulesBroken(mine.key, { kind: 'restriction', record, controller: oslo }), ['record-unknown'])
  const choice = await made(mine.key, { kind: 'restriction', record, controller: bergen, service: 'measurements' })
  assert.deepEqual([choice.record, choice.recordPath], [record.id, 'measurements/Observation'])
})

test('a choice about a record under a linked number is kept with the record', async () => {
  const [mine, before] = [await patient(), await patient()]
  await addNumber(api.sql, { system: 'FNR', value: mine.number }, { system: 'FNR', value: before.number })
  const record = await written(before)
  const result = await makeChoice(parts, [mine.key, before.key], { kind: 'restriction', record }, by('self', mine.key))
  assert.ok(!isProblem(result))
  assert.equal(result.choice.patient, before.key)
  const { choices } = await listChoices(api.sql, [mine.key, before.key], { as: 'self' }, { which: 'standing', now })
  assert.deepEqual(
    choices.map(({ id }) => id),
    [result.choice.id],
  )
})

test('a choice that says the same as one that stands returns that one, and none is added', async () => {
  const { key } = await patient()
  const choice: NewChoice = { kind: 'restriction', controller: bergen }
  const first = await makeChoice(parts, [key], choice, by('self', key))
  const again = await makeChoice(parts, [key], { ...choice, until: tomorrow }, by('self', key))
  const wider = await makeChoice(parts, [key], { kind: 'restriction' }, by('self', key))
  assert.ok(!isProblem(first) && !isProblem(again) && !isProblem(wider))
  assert.deepEqual([first.created, again.created, wider.created], [true, false, true])
  assert.equal(again.choice.id, first.choice.id)
})

test('a longer period, and one that begins before that of the one that stands, are choices of their own', async () => {
  const { key } = await patient()
  const until = (days: number) => new Date(NOW.getTime() + days * 86_400_000)
  await made(key, { kind: 'consent', from: until(2), until: until(4) })
  for (const choice of [{ until: until(5), from: until(2) }, { until: until(4) }]) {
    const result = await makeChoice(parts, [key], { kind: 'consent', ...choice }, by('self', key))
    assert.ok(!isProblem(result) && result.created)
  }
})

test('ten requests at once for the same choice make one', async () => {
  const { key } = await patient()
  const results = await Promise.all(Array.from({ length: 10 }, () => makeChoice(parts, [key], { kind: 'restriction' }, by('self', key))))
  assert.deepEqual(results.filter((result) => !isProblem(result) && result.created).length, 1)
  const { choices } = await listChoices(api.sql, [key], { as: 'self' }, { which: 'all', now })
  assert.equal(choices.length, 1)
})

test('a choice holds at once on a server whose clock is half a minute behind', async () => {
  const { key } = await patient()
  const choice = await made(key, { kind: 'block', practitioner: '990000001', from: yesterday })
  assert.ok(choice.from.getTime() <= NOW.getTime() - 30_000)
  assert.deepEqual(choice.made, NOW)
})

// biome-ignore format: a table, one row to a line
const ends: [kind: ChoiceKind, madeAs: MadeAs, outcome: Record<MadeAs, string>][] = [
  ['opt-out',     'self',           { self: 'ended', representative: 'not-found', staff: 'ended' }],
  ['opt-out',     'representative', { self: 'ended', representative: 'ended',     staff: 'ended' }],
  ['opt-out',     'staff',          { self: 'ended', representative: 'not-found', staff: 'ended' }],
  ['restriction', 'self',           { self: 'ended', representative: 'not-found', staff: 'ended' }],
  ['restriction', 'representative', { self: 'ended', representative: 'ended',     staff: 'ended' }],
  ['restriction', 'staff',          { self: 'ended', representative: 'not-found', staff: 'ended' }],
  ['block',       'self',           { self: 'ended', representative: 'not-found', staff: 'choice-not-yours' }],
  ['block',       'representative', { self: 'ended', representative: 'ended',     staff: 'choice-not-yours' }],
  ['block',       'staff',          { self: 'ended', representative: 'not-found', staff: 'choice-not-yours' }],
  ['consent',     'self',           { self: 'ended', representative: 'not-found', staff: 'ended' }],
  ['consent',     'representative', { self: 'ended', representative: 'ended',     staff: 'ended' }],
  ['consent',     'staff',          { self: 'ended', representative: 'not-found', staff: 'ended' }],
]
const details: Record<ChoiceKind, Omit<NewChoice, 'kind'>> = {
  'opt-out': { service: 'measurements' },
  restriction: {},
  block: { practitioner: '990000001' },
  consent: { receiver: bergen },
}
for (const [kind, madeAs, outcomes] of ends) {
  for (const as of ['self', 'representative', 'staff'] as const) {
    test(`${kind} made by ${madeAs}, ended by ${as}: ${outcomes[as]}`, async () => {
      const { key } = await patient()
      const { id } = await made(key, { kind, ...details[kind] }, madeAs)
      const result = await endChoice(parts, [key], id, by(as, key))
      assert.equal(isProblem(result) ? result.problem : 'ended', outcomes[as])
      const { choices } = await listChoices(api.sql, [key], { as: 'self' }, { which: 'standing', now })
      assert.equal(choices.length, outcomes[as] === 'ended' ? 0 : 1)
    })
  }
}

test('ending what has ended, or run out, is refused and changes nothing', async () => {
  const { key } = await patient()
  const choice = await made(key, { kind: 'restriction' })
  const short = await made(key, { kind: 'consent', until: new Date(NOW.getTime() + 1000) })
  const [one, other] = await Promise.all([
    endChoice(parts, [key], choice.id, by('self', key)),
    endChoice(parts, [key], choice.id, by('staff', key)),
  ])
  assert.deepEqual([one, other].map((result) => (isProblem(result) ? result.problem : 'ended')).sort(), ['choice-ended', 'ended'])
  now = new Date(NOW.getTime() + 1000)
  const late = await endChoice(parts, [key], short.id, by('self', key))
  now = NOW
  assert.ok(isProblem(late) && late.problem === 'choice-ended')
})

test("somebody else's choice is not found", async () => {
  const [mine, theirs] = [await patient(), await patient()]
  const { id } = await made(theirs.key, { kind: 'restriction' })
  const result = await endChoice(parts, [mine.key], id, by('self', mine.key))
  assert.ok(isProblem(result) && result.problem === 'not-found')
})

test('the patient sees all; representatives what such people made; staff what concerns their organisation, and no blocks', async () => {
  const { key } = await patient()
  await made(key, { kind: 'restriction', controller: oslo })
  await made(key, { kind: 'restriction', service: 'measurements' })
  await made(key, { kind: 'block', practitioner: '990000001' })
  await made(key, { kind: 'consent', receiver: bergen }, 'representative')
  await made(key, { kind: 'block', practitioner: '990000001' }, 'staff')
  const seen = async (viewer: Parameters<typeof listChoices>[2]) =>
    (await listChoices(api.sql, [key], viewer, { which: 'all', now })).choices.map(({ kind, madeAs }) => `${kind} ${madeAs}`).sort()
  assert.equal((await seen({ as: 'self' })).length, 5)
  assert.deepEqual(await seen({ as: 'representative' }), ['consent representative'])
  assert.deepEqual(await seen({ as: 'staff', organization: bergen }), ['consent representative', 'restriction self'])
  assert.deepEqual(await seen({ as: 'staff', organization: oslo }), ['restriction self', 'restriction self'])
})

test('history holds what has ended and what has run out; what begins later stands', async () => {
  const { key } = await patient()
  const ended = await made(key, { kind: 'restriction' })
  await endChoice(parts, [key], ended.id, by('self', key))
  const later = await made(key, { kind: 'consent', from: tomorrow })
  const list = async (which: 'standing' | 'past') => (await listChoices(api.sql, [key], { as: 'self' }, { which, now })).choices
  assert.deepEqual(
    (await list('standing')).map(({ id }) => id),
    [later.id],
  )
  const [past] = await list('past')
  assert.deepEqual([past?.id, past?.endedAs, past?.ended], [ended.id, 'self', NOW])
})

test('each change is one row of the log, a refusal none', async () => {
  const { key } = await patient()
  const { id } = await made(key, { kind: 'block', practitioner: '990000001', service: 'measurements' })
  await made(key, { kind: 'block', practitioner: '990000001', service: 'measurements' })
  await rulesBroken(key, { kind: 'opt-out' })
  await endChoice(parts, [key], id, by('self', key))
  await endChoice(parts, [key], id, by('self', key))
  const rows = await api.sql`select event, outcome, type, service, reason from access_log where patient = ${key} order by seq`
  const row = {
    outcome: 'ok',
    type: 'patient-choice',
    service: 'measurements',
    reason: `block, service measurements, ${logicalId(key, id)}`,
  }
  assert.deepEqual(
    [...rows],
    ['choice-made', 'choice-confirmed', 'choice-ended'].map((event) => ({ event, ...row })),
  )
})

test('a choice whose row of the log could not be written is not acknowledged', async () => {
  const { key } = await patient()
  const full = { ...parts, changes: async () => Promise.reject(new Error('disk full')) }
  await assert.rejects(makeChoice(full, [key], { kind: 'restriction' }, by('self', key)), /disk full/)
})

test('markup and SQL in a note are stored as text and come back as text', async () => {
  const { key } = await patient()
  for (const note of ['<script>alert(1)</script>', "'); drop table patient_choice; --", '&lt;b&gt;\n"ø æ å 🩺" asked']) {
    const choice = await made(key, { kind: 'consent', until: new Date(tomorrow.getTime() + series++) }, 'staff', note)
    assert.equal(choice.note, note)
    const { choices } = await listChoices(api.sql, [key], { as: 'self' }, { which: 'all', now })
    assert.equal(choices.find(({ id }) => id === choice.id)?.note, note)
  }
})
