import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectAsRuntime } from '../store/database.ts'
import { filledDatabase, TEST_CLUSTER, type Template, testDatabase } from './database.ts'
import { startProgram } from './program.ts'

test('two test databases see nothing of each other', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await one.sql`insert into county values ('03', 'Oslo')`
  assert.deepEqual([...(await other.sql`select * from county`)], [])
  await Promise.all([one.close(), other.close()])
})

test('a template is filled once, its folder with it, and its clones see nothing of each other', async () => {
  let fillings = 0
  const counties: Template = {
    name: `counties_${process.pid}`,
    async fill({ sql }, folder) {
      fillings++
      await sql`insert into county values ('03', 'Oslo')`
      writeFileSync(join(folder, 'key'), 'kept')
    },
  }
  const [one, other] = await Promise.all([filledDatabase(counties), filledDatabase(counties)])
  assert.equal(fillings, 1)
  for (const { folder } of [one, other]) assert.equal(readFileSync(join(folder, 'key'), 'utf8'), 'kept')
  await one.database.sql`delete from county`
  assert.deepEqual([...(await other.database.sql`select number, name from county`)], [{ number: '03', name: 'Oslo' }])
  await Promise.all([one.database.close(), other.database.close()])
})

test('a template that could not be filled is filled by the next who needs it', async () => {
  let fillings = 0
  const template: Template = {
    name: `second_try_${process.pid}`,
    async fill() {
      if (++fillings === 1) throw new Error('not this time')
    },
  }
  await assert.rejects(filledDatabase(template), /not this time/)
  const { database } = await filledDatabase(template)
  await database.close()
  assert.equal(fillings, 2)
})

test('a test that leaves a connection open is told so', async () => {
  const database = await testDatabase()
  const forgotten = connectAsRuntime(database.url, 1)
  await forgotten`select 1`
  await assert.rejects(database.close(), /Connections were left open to the test database: helsevev\./)
  await forgotten.end({ timeout: 0 })
})

test('a test file run alone brings its own cluster and leaves neither a process nor a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'helsevev-alone-'))
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  const environment: NodeJS.ProcessEnv = { ...process.env, TMPDIR: folder, TEMP: folder }
  delete environment[TEST_CLUSTER]
  const program = startProgram(
    `
      const { testDatabase } = await import(${JSON.stringify(import.meta.resolve('./database.ts'))})
      const database = await testDatabase()
      console.log(new URL(database.url).port)
      await finished
      await database.close()
    `,
    environment,
  )
  const port = await program.line()
  await program.finish()
  const late = connectAsRuntime(`postgres://helsevev_runtime:x@127.0.0.1:${port}/x`, 1)
  await assert.rejects(late`select 1`, { code: 'ECONNREFUSED' })
  await late.end()
  assert.deepEqual(readdirSync(folder), [])
  rmdirSync(folder)
})
