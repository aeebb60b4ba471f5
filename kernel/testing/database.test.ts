import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectAsRuntime } from '../store/database.ts'
import { TEST_CLUSTER, testDatabase } from './database.ts'
import { startProgram } from './program.ts'

test('two test databases see nothing of each other', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await one.sql`insert into county values ('03', 'Oslo')`
  assert.deepEqual([...(await other.sql`select * from county`)], [])
  await Promise.all([one.close(), other.close()])
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
