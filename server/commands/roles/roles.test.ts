import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { observe } from '../testing.ts'

const BERGEN = '900000001'
const number = makeIdentityNumber({ birthDate: '1971-03-04', series: 11 })
const key = newLogKeyText()
const folder = mkdtempSync(join(tmpdir(), 'helsevev-roles-'))
let database: TestDatabase

before(async () => {
  database = await testDatabase()
  await database.sql`insert into organization (number, name, type) values (${BERGEN}, 'Bergen', 'municipality')`
  const ids = createIds(() => new Date())
  await registerPerson(database.sql, ids, { system: 'FNR', value: number }, { givenName: 'Olga', familyName: 'Owner' })
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

async function command(words: string[], input: string[] = []): Promise<{ code: number; printed: string }> {
  const source = {
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    HELSEVEV_DATA: folder,
    HELSEVEV_LOG_KEY: key,
  }
  const { code, printed } = await observe(['roles', ...words], { source, input })
  return { code, printed }
}

const grant = ['grant', '--organization', BERGEN, '--role', 'owner', '--by', 'Kari Nordmann', '--reason', 'Fullmakt, sak 26/114']

test('the first owner is granted, listed without number, and logged', async () => {
  const granted = await command(grant, [number])
  assert.deepEqual([granted.code, granted.printed], [0, 'Olga Owner is owner from the next call on.\n'])
  const listed = await command(['list', '--organization', BERGEN, '--by', 'Kari Nordmann', '--reason', 'Kontroll av tilganger'])
  assert.match(listed.printed, /Olga Owner {2}owner {2}yes/)
  assert.doesNotMatch(listed.printed, /\d{11}/)
  const rows = await database.sql`
      select l.event, l.reason, a.name from access_log l join log_actor a on a.id = l.actor order by l.at, l.segment, l.seq`
  assert.deepEqual(
    [...rows],
    [
      { event: 'role-granted', reason: 'owner to Olga Owner: Fullmakt, sak 26/114', name: 'Kari Nordmann' },
      { event: 'roles-read', reason: 'Kontroll av tilganger', name: 'Kari Nordmann' },
    ],
  )
})

test('the last owner is not ended by the command either', async () => {
  const [row] = await database.sql<{ id: string }[]>`select id from controller_role`
  const ended = await command([
    'end',
    row?.id ?? '',
    '--organization',
    BERGEN,
    '--by',
    'Kari Nordmann',
    '--reason',
    'Har sluttet i kommunen',
  ])
  assert.deepEqual([ended.code, ended.printed], [1, 'An organisation keeps at least one owner. Make another person owner first.\n'])
})

const refused: [what: string, words: string[], answer: string, code: number, says: RegExp][] = [
  ['a role that there is not', grant.map((word) => (word === 'owner' ? 'king' : word)), number, 2, /^--role takes one of/],
  ['no reason', grant.map((word) => (word.startsWith('Fullmakt') ? 'ok' : word)), number, 1, /Give a reason/],
  ['an organisation that is not there', grant.map((word) => (word === BERGEN ? '900000099' : word)), number, 1, /not in the register/],
  ['nobody of the register', grant, makeIdentityNumber({ birthDate: '1999-09-09', series: 12 }), 1, /not in the person register/],
  ['a number as an argument', [...grant, number], '', 2, /never an argument/],
  ['nobody who grants', grant.map((word) => (word.startsWith('Kari') ? ' ' : word)), number, 1, /name of at least two letters/],
]
for (const [what, words, answer, code, says] of refused) {
  test(`granting with ${what} changes nothing`, async () => {
    const reply = await command(words, [answer])
    assert.equal(reply.code, code, reply.printed)
    assert.match(reply.printed, says)
    assert.doesNotMatch(reply.printed, new RegExp(number))
  })
}
