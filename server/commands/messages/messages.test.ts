import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds } from '@helsevev/kernel/store/ids'
import { matchesIn } from '@helsevev/kernel/testing/answers'
import { organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { kithMessage } from '@helsevev/service-test-results/made-up/kith-message'
import { testResults } from '@helsevev/service-test-results/service'
import { observe } from '../testing.ts'

const WHY = 'The laboratory asks whose it is'
const bergen = organizations.bergen
const clerk = makeIdentityNumber({ birthDate: '1975-03-02', series: 61 })
let api: TestApi
before(async () => {
  api = await testApi([testResults])
  await registerPerson(
    api.sql,
    createIds(() => new Date()),
    { system: 'FNR', value: clerk },
    { givenName: 'Kari', familyName: 'Kontor' },
  )
})
after(async () => await api.close())

async function command(words: string[], input: string[] = []): Promise<{ code: number; printed: string; asked: string[] }> {
  const { url, ownerUrl } = api.database
  const source = { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl, HELSEVEV_LOG_KEY: newLogKeyText() }
  const { code, printed, asked } = await observe(['messages', ...words], { source, input, services: [testResults] })
  assert.doesNotMatch([printed, ...asked].join(''), /(?<!\d)\d{11}(?!\d)/, 'an identity number was printed')
  return { code, printed, asked }
}

const scopes = ['helsevev:test-results/write', 'helsevev:test-results/read']

/** A report that names nobody; what the queue calls it. */
async function queued(reportId: string, patient?: string): Promise<string> {
  const text = kithMessage({
    patient,
    reportId,
    generated: '2026-01-10T08:00:00+01:00',
    laboratory: { name: 'Laboratoriet', organization: bergen },
    comment: 'Telefon til Anne\u009b31m, 17855099999',
    results: [{ id: '1', codes: [[7280, 'NPU03230', 'P-Kalium']], number: '4.1', unit: 'mmol/L' }],
  })
  const sent = await api
    .as(system(bergen, { scopes }))
    .post('/fhir/test-results/$kith-report', Buffer.from(text), { 'content-type': 'application/xml' })
  assert.equal(sent.status, 202, JSON.stringify(sent.body))
  const [row] = await api.sql<
    { id: string }[]
  >`select id from unattached_message where settled is null order by received desc, id desc limit 1`
  return row?.id ?? ''
}

const discardAll = async () => {
  for (const { id } of await api.sql<{ id: string }[]>`select id from unattached_message where settled is null`)
    assert.equal((await command(['discard', id, '--organization', bergen, '--reason', 'clears up the list'], [clerk])).code, 0)
}

/** Rows of the access log of an event, but for what clears up between tests: each command has a segment of its own, in no order. */
const rows = async (event: string, reason: string) =>
  (
    await api.sql<{ patient: string; outcome: string; name: string; shown: boolean }[]>`
      select greatest(l.patient, 0) as patient, l.outcome, a.name, l.disclosed is not null as shown
      from access_log l join log_actor a on a.id = l.actor
      where l.event = ${event} and l.reason like ${reason}`
  ).map((row) => ({ ...row }))

const results = async (number: string) =>
  matchesIn(await api.as(system(bergen, { scopes })).search('DiagnosticReport', { 'patient.identifier': number }), 'DiagnosticReport')

test('the list says what waits and why, and nothing of what is in it', async () => {
  assert.equal((await command(['list'])).printed, 'No message waits.\n')
  const id = await queued('RA-1')
  const { code, printed } = await command(['list', '--organization', bergen])
  assert.equal(code, 0)
  for (const part of [id, 'bergen', 'test-results', 'no-identity-number', '1 message, oldest first'])
    assert.ok(printed.includes(part), `${part}: ${printed}`)
  for (const part of ['Kalium', 'Anne']) assert.ok(!printed.includes(part), printed)
  assert.equal((await command(['list', '--organization', organizations.oslo])).printed, 'No message waits.\n')
  await discardAll()
})

test('one is shown to its own organisation: what is known of it, and its content without numbers once that is logged', async () => {
  const id = await queued('RA-2')
  const shown = await command(['show', id, '--organization', bergen])
  assert.equal(shown.code, 0)
  assert.match(shown.printed, /^reason {6}no-identity-number$/m)
  assert.ok(!shown.printed.includes('Kalium'))
  const read = await command(['show', id, '--organization', bergen, '--content', '--reason', WHY], [clerk])
  assert.match(read.printed, /Telefon til Anne31m, \[identity number\]/)
  assert.match(read.printed, /P-Kalium/)
  assert.deepEqual(await rows('message-read', `${id}: ${WHY}`), [{ patient: '0', outcome: 'ok', name: 'Kari Kontor', shown: false }])
  for (const words of [
    ['show', id, '--organization', organizations.oslo],
    ['show', id, '--organization', organizations.oslo, '--content', '--reason', WHY],
  ])
    assert.deepEqual((await command(words, [clerk])).printed, 'There is no unattached message with that id, or it is settled already.\n')
  await discardAll()
})

test('one is attached by typing the number: the record stands, the log says who, and the content is gone', async () => {
  const ola = await api.person(40)
  const id = await queued('RA-3')
  const { code, printed, asked } = await command(['attach', id, '--organization', bergen], [clerk, ola.number, 'yes'])
  assert.deepEqual([code, asked.length], [0, 3], printed)
  assert.match(printed, /^Attached to name not known, born 1950-05-17\.\nThe message is stored/)
  assert.equal((await results(ola.number)).length, 1)
  const [row] = await api.sql`select settled_by, settlement, content from unattached_message where id = ${id}`
  assert.deepEqual({ ...row }, { settled_by: 'Kari Kontor', settlement: 'attached', content: null })
  assert.deepEqual(await rows('$kith-report', 'attached by hand%'), [{ patient: ola.key, outcome: 'ok', name: 'Kari Kontor', shown: true }])
  const again = await command(['attach', id, '--organization', bergen], [clerk, ola.number, 'yes'])
  assert.deepEqual([again.code, again.printed], [1, 'There is no unattached message with that id, or it is settled already.\n'])
})

test('what is refused leaves the message open and stores nothing', async () => {
  const ola = await api.person(41)
  const id = await queued('RA-4')
  const attach = ['attach', id, '--organization', bergen]
  const stranger = makeIdentityNumber({ birthDate: '1950-05-17', series: 90 })
  const table: [string, string[], string[], RegExp][] = [
    ['whoever acts is not in the register', attach, [stranger], /^The one who reads, attaches or discards is a person/],
    ['the number is nobody’s', attach, [clerk, stranger, 'yes'], /^Nobody in the person register here has that number/],
    ['the person is not confirmed', attach, [clerk, ola.number, 'no'], /^Nothing was attached/],
    [
      'another organisation',
      ['attach', id, '--organization', organizations.oslo],
      [clerk, ola.number, 'yes'],
      /^There is no unattached message/,
    ],
    ['no reason', ['discard', id, '--organization', bergen, '--reason', '-'], [clerk], /^reason: State the reason/],
  ]
  for (const [name, words, input, said] of table) {
    const { code, printed } = await command(words, input)
    assert.equal(code, 1, name)
    assert.match(printed, said, name)
  }
  assert.deepEqual(await results(ola.number), [])
  const [row] = await api.sql`select settled, content is null as gone from unattached_message where id = ${id}`
  assert.deepEqual({ ...row }, { settled: null, gone: false })
  await discardAll()
})

test('one is discarded with a reason, which is kept and logged, and sending it again changes nothing', async () => {
  const id = await queued('RA-5')
  const { code, printed } = await command(
    ['discard', id, '--organization', bergen, '--reason', 'Sent by mistake, says the laboratory'],
    [clerk],
  )
  assert.deepEqual([code, printed], [0, 'Discarded. The content is gone; who, when and why is kept.\n'])
  const [row] = await api.sql`select settlement, settlement_reason, content from unattached_message where id = ${id}`
  assert.deepEqual({ ...row }, { settlement: 'discarded', settlement_reason: 'Sent by mistake, says the laboratory', content: null })
  assert.deepEqual(await rows('message-discarded', `${id}: Sent by mistake%`), [
    { patient: '0', outcome: 'ok', name: 'Kari Kontor', shown: false },
  ])
})

test('an identity number among the arguments is refused and not repeated', async () => {
  const id = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11'
  const { code, printed } = await command(['attach', id, '17855099999', '--organization', bergen])
  assert.equal(code, 2)
  assert.match(printed, /^An identity number is never an argument/)
})
