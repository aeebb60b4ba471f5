import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { observe } from '../testing.ts'

let database: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'helsevev-import-'))
before(async () => {
  database = await testDatabase()
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

async function command(...words: string[]): Promise<{ code: number; printed: string }> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl }
  const { code, printed } = await observe(['import', ...words], { source })
  return { code, printed }
}

test('all the shipped reference data is imported, and counted', async () => {
  const { code, printed } = await command('all')
  assert.equal(code, 0)
  assert.match(
    printed,
    /^15 counties imported\.\n357 municipalities imported\.\n357 populations imported\.\n430 organizations imported\.\n/,
  )
})

test('a file is imported under its kind', async () => {
  const path = join(folder, 'counties.csv')
  writeFileSync(path, '# source: a test, 2026-01-01\nnumber,name\n99,Prøvefylket\n')
  assert.deepEqual(await command('counties', path), { code: 0, printed: `1 counties imported from ${path}.\n` })
  const [row] = await database.sql`select name from county where number = '99'`
  assert.equal(row?.name, 'Prøvefylket')
})

test('a faulty file is refused with line, column, rule and remedy', async () => {
  const path = join(folder, 'municipalities.csv')
  writeFileSync(path, 'number,name,county\n9999,Prøveby,99\n999,Prøvevik,nittini\n')
  assert.deepEqual(await command('municipalities', path), {
    code: 1,
    printed: `${path}: nothing was imported.
  line 3, number: "999" has the wrong form. Give four digits with leading zero, as in 0301.
  line 3, county: "nittini" has the wrong form. Give the two digits of its county.
`,
  })
  assert.equal((await database.sql`select 1 from municipality where number = '9999'`).length, 0)
})

test('a file that is not there is said to be so', async () => {
  const { code, printed } = await command('codes', join(folder, 'nothing.csv'))
  assert.equal(code, 1)
  assert.match(printed, /cannot be read: ENOENT/)
})

test('the register of organisations is imported from JSON Lines, and told what changed', async () => {
  const path = join(folder, 'organizations.jsonl')
  writeFileSync(
    path,
    '{"number":"900000100","name":"Prøvevik kommune","type":"municipality","helsenet":{"from":"2025-01-01"},"units":[]}\n',
  )
  assert.deepEqual(await command('organizations', path), {
    code: 0,
    printed: `1 organisations read from ${path}.
  organisations: 1 new, 0 changed
  service units: 0 new, 0 changed, 0 left out and ended now
`,
  })
})

test('the register of practitioners is imported, or refused with every fault', async () => {
  const path = join(folder, 'practitioners.jsonl')
  writeFileSync(path, '{"hprNumber":"990001001","authorizations":[{"code":"SP","from":"2010-06-18"}]}\n')
  assert.deepEqual(await command('practitioners', path), {
    code: 0,
    printed: `1 practitioners read from ${path}.
  practitioners: 1 new, 0 changed
  authorisations and specialties: 1 new, 0 changed, 0 left out and ended now
`,
  })
  writeFileSync(path, '{"hprNumber":"990001001","authorizations":[]}\n{"authorizations":[]}\nhei\n')
  assert.deepEqual(await command('practitioners', path), {
    code: 1,
    printed: `${path}: nothing was imported.
  line 2, hprNumber: The value is missing. Give an HPR number of at most nine digits, in quotes, without zeros before it.
  line 3: The line is not JSON. Write one JSON object to a line, without a comma after it.
`,
  })
  const [row] = await database.sql`select count(*)::int as held from practitioner_authorization where valid_until is null`
  assert.equal(row?.held, 1)
})

test('a register that is not there is said to be so', async () => {
  const { code, printed } = await command('practitioners', join(folder, 'nothing.jsonl'))
  assert.equal(code, 1)
  assert.match(printed, /cannot be read: ENOENT/)
})
