import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Cluster, startCluster } from '@helsevev/cluster/cluster'
import { startProgram } from '../testing/program.ts'
import { connectAsOwner } from './database.ts'
import { migrate, migrationsFolder, pendingMigrations, readMigrations } from './migrate.ts'

const names = readMigrations().map(({ number, name }) => `${String(number).padStart(4, '0')}_${name}`)

let cluster: Cluster
let base: string
before(async () => {
  base = mkdtempSync(join(tmpdir(), 'helsevev-migrate-'))
  cluster = await startCluster({ directory: join(base, 'postgres'), durable: false })
})
after(async () => {
  await cluster.stop()
  for (const folder of new Set([base, cluster.directory])) rmSync(folder, { recursive: true, force: true })
})

let count = 0
async function emptyDatabase(): Promise<{ url: string; sql: ReturnType<typeof connectAsOwner> }> {
  const name = `empty_${++count}`
  const admin = connectAsOwner(cluster.url('owner'))
  await admin`create database ${admin(name)}`
  await admin.end()
  const url = cluster.url('owner', name)
  return { url, sql: connectAsOwner(url) }
}

/** A copy of the migrations, for a test to change. */
function copyOfMigrations(): string {
  const folder = mkdtempSync(join(base, 'migrations-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  return folder
}

test('two servers that start at once apply each migration once, and make the runtime role once', async () => {
  const superuser = connectAsOwner(cluster.url('superuser'))
  await superuser`drop role helsevev_runtime`
  await superuser.end()
  const { url, sql } = await emptyDatabase()
  const other = await emptyDatabase()
  const server = (on: string) =>
    startProgram(`
      const { connectAsOwner } = await import(${JSON.stringify(import.meta.resolve('./database.ts'))})
      const { migrate } = await import(${JSON.stringify(import.meta.resolve('./migrate.ts'))})
      const sql = connectAsOwner(${JSON.stringify(on)})
      await sql\`select 1\`
      console.log('ready')
      await finished
      console.log(JSON.stringify(await migrate(sql, { runtimePassword: "it's" })))
      await sql.end()
    `)
  const servers = [server(url), server(url), server(other.url)]
  await Promise.all(servers.map((each) => each.line()))
  const applied = await Promise.all(servers.map(async (each) => (await Promise.all([each.finish(), each.line()]))[1]))
  const [first = [], second = [], third] = applied.map((line) => JSON.parse(line) as string[])
  assert.deepEqual([...first, ...second].sort(), names)
  assert.deepEqual(third, names)
  assert.deepEqual(await pendingMigrations(sql), [])
  await Promise.all([sql.end(), other.sql.end()])
})

test('a second run applies nothing', async () => {
  const { sql } = await emptyDatabase()
  assert.deepEqual(
    await pendingMigrations(sql),
    readMigrations().map(({ name }) => name),
  )
  assert.deepEqual(await migrate(sql), names)
  assert.deepEqual(await migrate(sql), [])
  await sql.end()
})

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  const { sql } = await emptyDatabase()
  const folder = copyOfMigrations()
  const next = String(names.length + 1).padStart(4, '0')
  writeFileSync(join(folder, `${next}_half.sql`), 'create table half (id integer primary key);\nselect 1 / 0;\n')
  await assert.rejects(migrate(sql, { folder }), { code: '22012' })
  assert.deepEqual(
    [...(await sql`select to_regclass('half') as half, (select count(*)::int from schema_migration) as applied`)],
    [{ half: null, applied: names.length }],
  )
  await sql.end()
})

test('an applied migration that was changed is refused by name, also when only pending ones are asked for', async () => {
  const { sql } = await emptyDatabase()
  const folder = copyOfMigrations()
  await migrate(sql, { folder })
  writeFileSync(join(folder, '0002_reference.sql'), 'select 1;\n')
  const refusal =
    /^Error: Migration 0002_reference was changed after it was applied\. Restore the file, and write the change as a new migration\.$/
  await assert.rejects(migrate(sql, { folder }), refusal)
  await assert.rejects(pendingMigrations(sql, folder), refusal)
  await sql.end()
})

test('line ends of another system are no change', async () => {
  const { sql } = await emptyDatabase()
  const folder = copyOfMigrations()
  await migrate(sql)
  for (const { text, number, name } of readMigrations(folder)) {
    writeFileSync(join(folder, `${String(number).padStart(4, '0')}_${name}.sql`), text.replaceAll('\n', '\r\n'))
  }
  assert.deepEqual(await migrate(sql, { folder }), [])
  await sql.end()
})

test('a database ahead of the server is served when the newer migrations allow it, and refused after a breaking one', async () => {
  const { sql } = await emptyDatabase()
  const folder = copyOfMigrations()
  const number = (step: number) => String(names.length + step).padStart(4, '0')
  writeFileSync(join(folder, `${number(1)}_more.sql`), 'select 1;\n')
  await migrate(sql, { folder })
  assert.deepEqual(await migrate(sql), [])
  writeFileSync(join(folder, `${number(2)}_other_words.sql`), '--! breaking\nselect 1;\n')
  await migrate(sql, { folder })
  await assert.rejects(migrate(sql), {
    message: `The database has ${number(2)}_other_words, which this version cannot run on. Start a newer version of Helsevev.`,
  })
  await sql.end()
})

const folders: { files: string[]; fault: RegExp }[] = [
  { files: ['0001_a.sql', '0003_c.sql'], fault: /^Error: Migration 0002 is missing before 0003_c\.sql\. Numbers follow each other\.$/ },
  { files: ['0002_b.sql'], fault: /^Error: Migration 0001 is missing before 0002_b\.sql\./ },
  {
    files: ['0001_a.sql', '0002_b.sql', '0002_c.sql'],
    fault: /^Error: Migration 0002 is there twice\. Give 0002_c\.sql the next free number\.$/,
  },
  { files: ['0000_a.sql'], fault: /^Error: 0000_a\.sql has the number 0\. The first migration is 0001\.$/ },
  { files: ['1_a.sql'], fault: /^Error: 1_a\.sql is not named as a migration\. Name it four digits, _, words, \.sql: 0008_words\.sql\.$/ },
]
for (const { files, fault } of folders) {
  test(`the folder ${files.join(', ')} is refused`, () => {
    const folder = mkdtempSync(join(base, 'names-'))
    for (const file of files) writeFileSync(join(folder, file), 'select 1;\n')
    assert.throws(() => readMigrations(folder), fault)
  })
}
