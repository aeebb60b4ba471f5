import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '@helsevev/kernel/testing/database'
import { startProgram } from '@helsevev/kernel/testing/program'

/** Whether a process that loads the whole server and opens this database has loaded the package of the cluster. */
async function loadsCluster(environment: { databaseUrl?: string; migrationUrl?: string; dataDirectory: string }): Promise<boolean> {
  const program = startProgram(`
    const { registerHooks } = await import('node:module')
    const loaded = []
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
    await import(${JSON.stringify(import.meta.resolve('./system.ts'))})
    const { openServerDatabase } = await import(${JSON.stringify(import.meta.resolve('./database.ts'))})
    const database = await openServerDatabase(${JSON.stringify(environment)})
    await database.close()
    console.log(loaded.some((url) => url.includes('/cluster/')))
    await finished
  `)
  const answer = await program.line()
  await program.finish()
  return answer === 'true'
}

test('a server with DATABASE_URL does not load the cluster', async () => {
  const clone = await testDatabase()
  try {
    const environment = { databaseUrl: clone.url, migrationUrl: clone.ownerUrl, dataDirectory: '/nonexistent' }
    assert.equal(await loadsCluster(environment), false)
  } finally {
    await clone.close()
  }
})

test('without DATABASE_URL it runs a cluster in the data directory', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'helsevev-server-database-'))
  await chmod(dataDirectory, 0o711)
  try {
    assert.equal(await loadsCluster({ dataDirectory }), true)
  } finally {
    await rm(dataDirectory, { recursive: true })
  }
})
