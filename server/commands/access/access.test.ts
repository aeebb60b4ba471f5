import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { groupNames } from '@helsevev/kernel/access/cases/read-cases'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { organizations, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { observe } from '../testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'helsevev-access-'))
let api: TestApi
let patient: { number: string }
before(async () => {
  api = await testApi()
  patient = await api.person(1, '1950-05-17')
  for (const organization of [organizations.bergen, organizations.oslo]) {
    await api.sql`
      insert into service_participation (organization, service, produces, consumes)
      values (${organization}, 'news2', ${organization === organizations.oslo}, true)`
  }
})
after(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
})

const key = newLogKeyText()

/** Answers on standard input are given line by line. */
async function command(words: string[], input: string[] = []): Promise<{ code: number; printed: string }> {
  const { url, ownerUrl } = api.database
  const source = { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl, HELSEVEV_LOG_KEY: key }
  const who = ['--by', 'Kari Nordmann', '--for', organizations.bergen, '--reason', 'A nurse asks why nothing is shown']
  const { code, printed } = await observe(['access', ...words, ...(words[0] === 'explain' ? who : [])], { source, input })
  assert.ok(!printed.includes(patient.number), 'an identity number was printed')
  return { code, printed }
}

const nurse = { kind: 'person', organization: organizations.bergen, hprNumber: '990000001' }
const search = { service: 'news2', caller: nurse, authorization: 'SP' }

/** The step and its verdict, without columns and laws. */
const verdicts = (printed: string) =>
  printed
    .split('\n')
    .map((line) => line.split(/ {2,}/).slice(0, 2).join(': '))
    .filter((line) => /: (passes|refuses|decides|does not apply)/.test(line))

test('the cases of a group are printed with what is given, expected and decided', async () => {
  const { code, printed } = await command(['cases', 'blocks'])
  assert.equal(code, 0)
  assert.match(printed, /^blocks\npasient- og brukerrettighetsloven § 5-3/)
  assert.match(printed, /case +given +expected +decided +agrees/)
  assert.match(printed, /A block holds in the emergency chain +purpose: the emergency chain/)
  assert.match(printed, /\d+ cases in 1 group; each is decided as expected\.\n$/)
})

test('the cases of every group are printed when none is named', async () => {
  const { printed } = await command(['cases'])
  for (const group of groupNames()) assert.ok(printed.includes(`\n${group}\n`) || printed.startsWith(`${group}\n`), group)
})

test('a group that does not exist is answered with those that do', async () => {
  const { code, printed } = await command(['cases', 'weather'])
  assert.equal(code, 2)
  assert.match(printed, /^GROUP takes one of agreements, blocks, .*, which "weather" is not\./)
})

test('a case in words is explained step by step, with the law of each step', async () => {
  const { code, printed } = await command(['explain', '-'], ['{ "by": "a midwife" }'])
  assert.equal(code, 0)
  assert.deepEqual(verdicts(printed).slice(-2), ['refuse override: does not apply', 'require role: refuses: role-not-open'])
  assert.match(printed, /require membership +passes +trust framework ATT-12/)
  assert.match(printed, /Refused: role-not-open\n/)
})

test('a case in words that is allowed says what is opened and hidden', async () => {
  const path = join(folder, 'row.json')
  writeFileSync(path, JSON.stringify({ case: 'A block', given: { choices: [{ choice: 'block', practitioner: 'who asks' }] } }))
  const { code, printed } = await command(['explain', path])
  assert.equal(code, 0)
  assert.ok(verdicts(printed).includes('decide reading: decides'))
  assert.match(printed, /hidden +a block: everything/)
})

test('a request of a nurse is explained with the facts of the database', async () => {
  const { code, printed } = await command(['explain', '-'], [JSON.stringify(search), patient.number])
  assert.equal(code, 0)
  assert.equal(verdicts(printed).at(-1), 'require agreement: refuses: no-agreement')

  await api.agreement({ controller: organizations.oslo, receiver: organizations.bergen, service: 'news2' })
  const after = await command(['explain', '-'], [...JSON.stringify(search, null, 2).split('\n'), patient.number])
  assert.equal(verdicts(after.printed).at(-1), 'decide reading: decides')
  assert.match(after.printed, new RegExp(`may see +${organizations.oslo}`))
})

test('a request of a citizen about somebody else asks for both numbers', async () => {
  const citizen = await api.person(2, '1970-05-17')
  const request = { service: 'news2', request: 'citizen', caller: { kind: 'citizen', organization: organizations.bergen } }
  const own = await command(['explain', '-'], [JSON.stringify(request), patient.number])
  assert.match(own.printed, /ground +herself/)
  const others = await command(['explain', '-'], [JSON.stringify(request), patient.number, citizen.number])
  assert.equal(verdicts(others.printed).at(-1), 'decide citizen: refuses: representation-missing')
})

test('an explanation from the database is one row on the patient, and one of a case in words is none', async () => {
  const rows = async () =>
    (await api.sql`select patient, service from access_log where event = 'access-explained'`).map((row) => ({ ...row }))
  const before = await rows()
  await command(['explain', '-'], ['{ "by": "a midwife" }'])
  assert.deepEqual(await rows(), before)
  await command(['explain', '-'], [JSON.stringify(search), patient.number])
  assert.deepEqual(await rows(), [...before, { patient: await keyOfNumber(api.sql, patient.number), service: 'news2' }])
})

test('what cannot be read is answered with a sentence', async () => {
  const rows: [string, string[], RegExp][] = [
    [
      'an unknown service',
      [JSON.stringify({ ...search, service: 'weather' })],
      /^There is no information service "weather"\. There are: [a-z0-9-]+(, [a-z0-9-]+)*\.\n$/,
    ],
    [
      'a member that is unknown',
      [JSON.stringify({ ...search, weather: 'fine' })],
      /^The request cannot be read\. the request: unknown here: weather\. Leave it out\.?\n$/,
    ],
    [
      'an organisation of eight digits',
      [JSON.stringify({ ...search, caller: { ...nurse, organization: '90000000' } })],
      /caller\.organization: nine digits/,
    ],
    ['an unknown kind of request', [JSON.stringify({ ...search, request: 'peek' })], /request: The value here is one of /],
    ['a word that no case has', ['{ "weather": "fine" }'], /^The request cannot be read\. given: "weather" is none of: when, request/],
    ['a list', ['[]'], /^The request cannot be read\. /],
    ['what is not JSON', ['{ by: a nurse }'], /^The request is not JSON\.\n$/],
    ['nothing', [], /^The request is not JSON\.\n$/],
    ['a number that is none', [JSON.stringify(search), '12345'], /^That is not an identity number\. Nothing was looked up\.\n$/],
  ]
  for (const [name, input, expected] of rows) {
    const { code, printed } = await command(['explain', '-'], input)
    assert.equal(code, 1, name)
    assert.match(printed, expected, name)
  }
  const missing = await command(['explain', join(folder, 'none.json')])
  assert.match(missing.printed, /^There is no file .*none\.json that can be read\.\n$/)
})

test('a request that holds an identity number is refused without repeating it', async () => {
  const { code, printed } = await command(['explain', '-'], [JSON.stringify({ ...search, reason: `Looked up ${patient.number}` })])
  assert.equal(code, 1)
  assert.equal(printed, 'The request holds an identity number. Leave it out; you are asked for it.\n')
})
