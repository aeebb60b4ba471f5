import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRefusedCalls } from '@helsevev/kernel/audit/refused-calls'
import { type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { observe } from '../testing.ts'

let api: TestApi
before(async () => {
  api = await testApi()
  await api.sql`insert into organization (number, name, type) values ('100200007', 'Fjordjournal AS', 'vendor')`
  const now = new Date()
  const counter = createRefusedCalls(api.sql, () => now)
  for (let call = 0; call < 3; call += 1)
    counter.count('invalid-token', { client: 'ehr-1', supplier: '100200007', organization: '900000001' })
  counter.count('rate-limited', { client: 'ehr-2', supplier: '100200015' })
  counter.count('no-token', undefined)
  await counter.close()
  await api.sql`
    insert into refused_call (day, client, supplier, organization, problem, calls, last)
    values (current_date - 60, 'ehr-1', '100200007', '', 'invalid-dpop-proof', 7, now() - interval '60 days')`
})
after(async () => await api.close())

const command = async (...words: string[]) => {
  const { url, ownerUrl } = api.database
  return await observe(['refused-calls', 'list', ...words], { source: { DATABASE_URL: url, DATABASE_MIGRATION_URL: ownerUrl } })
}
const lines = (printed: string) => printed.split('\n').filter((line) => /^\d{4}-/.test(line))

test('what was refused is listed by vendor, client, organisation and problem, and says nothing of persons', async () => {
  const { code, printed } = await command()
  assert.equal(code, 0)
  assert.equal(lines(printed).length, 3)
  assert.match(printed, /Fjordjournal AS \(100200007\) +ehr-1 +900000001 +invalid-token +3 /)
  assert.match(printed, /100200015 +ehr-2 +unknown +rate-limited +1 /)
  assert.match(printed, /unknown +unknown +unknown +no-token +1 /)
  assert.match(printed, /5 calls from .* on/)
})

test('one vendor alone, and from an earlier day', async () => {
  assert.deepEqual(lines((await command('--vendor', '100200015')).printed).length, 1)
  const earlier = await command('--vendor', '100200007', '--from', '2020-01-01')
  assert.deepEqual([lines(earlier.printed).length, /invalid-dpop-proof +7 /.test(earlier.printed)], [2, true])
  assert.match((await command('--vendor', '100200023')).printed, /^No calls were refused/)
  assert.equal((await command('--vendor', 'Fjordjournal')).code, 2)
})
