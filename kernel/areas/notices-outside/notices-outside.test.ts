import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PatientKey } from '../../store/ids.ts'
import { type TestApi, testApi } from '../../testing/api.ts'
import { alertsOf } from '../choices/alerts.ts'
import type { NoticeCause } from '../choices/causes.ts'
import { insertNotice } from '../choices/notices.ts'
import { type Message, type Outbox, sendDue } from './outbox.ts'
import { type NoticeSettings, setSettings, settingsOf } from './settings.ts'
import { messageOf } from './words.ts'

let api: TestApi
let now = new Date('2026-03-01T12:00:00Z')
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

const both: NoticeSettings = {
  addresses: { sms: '+4799999901', email: 'kari@example.no' },
  topics: ['emergency', 'answers'],
  language: 'nb',
}
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const event = () => crypto.randomUUID()

async function set(patient: PatientKey, settings: NoticeSettings) {
  await setSettings(api.sql, api.kernel.ids, { patient, settings, eventId: event(), at: now })
}
async function tell(patient: PatientKey, cause: NoticeCause, episode: string | null = null) {
  await insertNotice(api.sql, api.kernel.ids, { patient, at: now, eventId: event(), cause, episode })
}
/** What the gateways take; `down` take nothing. */
async function send(down: readonly string[] = []): Promise<{ taken: Message[]; failures: number }> {
  const taken: Message[] = []
  let failures = 0
  const sender = async (message: Message) => {
    if (down.includes(message.channel)) throw new Error(message.address)
    taken.push(message)
  }
  const failed: Outbox['failed'] = ({ error }) => {
    assert.equal(error, 'Error', 'an address is in no log')
    failures += 1
  }
  await sendDue({
    sql: api.sql,
    senders: { sms: sender, email: sender },
    clock: () => now,
    where: () => 'https://helsevev.example',
    failed,
  })
  return { taken, failures }
}
const kinds = ({ taken }: { taken: Message[] }) => taken.map(({ channel, address }) => `${channel} ${address}`).sort()

test('a new address is told so, an old one that it is no more; the same address hears nothing', async () => {
  const { key } = await api.person(31)
  await set(key, both)
  assert.deepEqual(kinds(await send()), ['email kari@example.no', 'sms +4799999901'])
  await set(key, { ...both, topics: ['changes'] })
  assert.deepEqual(kinds(await send()), [])
  await set(key, { ...both, addresses: { sms: '+4799999902' } })
  assert.deepEqual(kinds(await send()), ['email kari@example.no', 'sms +4799999901', 'sms +4799999902'])
  assert.deepEqual(await settingsOf(api.sql, key), { ...both, addresses: { sms: '+4799999902' } })
})

// biome-ignore format: a table, one row to a line
const heard: [cause: NoticeCause, topics: NoticeSettings['topics'], messages: number][] = [
  ['emergency-access',          ['emergency'],   1],
  ['consent-declared',          ['emergency'],   1],
  ['emergency-access',          ['answers'],     0],
  ['other-organization',        ['look-ups'],    1],
  ['every-look-up',             ['look-ups'],    1],
  ['write',                     ['new-records'], 1],
  ['question-answered',         ['answers'],     1],
  ['representation-registered', ['changes'],     1],
  ['choice-made',               ['changes'],     1],
  ['choice-made',               [],              0],
]
for (const [at, [cause, topics, messages]] of heard.entries())
  test(`of ${cause}, who wants to hear of ${topics.join() || 'nothing'} hears ${messages} times`, async () => {
    const { key } = await api.person(40 + at)
    await set(key, { ...both, addresses: { sms: '+4799999903' }, topics })
    await send()
    await tell(key, cause)
    assert.equal((await send()).taken.length, messages)
  })

test('one episode is one message in each channel, whatever its causes and requests; another episode is another', async () => {
  const { key } = await api.person(61)
  await set(key, { ...both, topics: ['emergency', 'look-ups'] })
  await send()
  for (const cause of ['emergency-access', 'other-organization', 'emergency-access'] as const) await tell(key, cause, '71')
  assert.equal((await send()).taken.length, 2)
  await tell(key, 'emergency-access', '71')
  assert.equal((await send()).taken.length, 0)
  await tell(key, 'emergency-access', '72')
  assert.equal((await send()).taken.length, 2)
})

test('what is only told on request is asked for by the setting, and given up with it', async () => {
  const { key } = await api.person(62)
  await set(key, { ...both, topics: ['look-ups', 'new-records'] })
  assert.deepEqual(await alertsOf(api.sql, key), ['other-organization', 'write'])
  await set(key, { ...both, topics: ['answers'] })
  assert.deepEqual(await alertsOf(api.sql, key), [])
})

test('a gateway that is away gets the message later, the other channel at once, and after a day it is given up', async () => {
  const { key } = await api.person(63)
  await set(key, both)
  await send()
  await tell(key, 'emergency-access')
  const first = await send(['sms'])
  assert.deepEqual([kinds(first), first.failures], [['email kari@example.no'], 1])
  assert.equal((await send()).taken.length, 0, 'not before it is time')
  later(6)
  assert.deepEqual(kinds(await send()), ['sms +4799999901'])
  await tell(key, 'emergency-access')
  let failures = 0
  for (let attempt = 0; attempt < 12; attempt += 1) {
    failures += (await send(['sms'])).failures
    later(20 * 60)
  }
  assert.equal(failures, 6)
})

test('a message holds no name, no health information, and no link to follow', () => {
  for (const kind of ['news', 'address-set', 'address-removed'] as const)
    for (const language of ['nb', 'nn', 'en'] as const) {
      const { subject, text } = messageOf(kind, language, 'https://helsevev.example/citizen')
      assert.doesNotMatch(`${subject} ${text}`, /https?:|journal|prøve|result|record|lege|doctor|sjuk|syk|nød|\{/i)
      assert.ok(text.length <= 160, `one SMS: ${text.length}`)
    }
})
