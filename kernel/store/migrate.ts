/**
 * Numbered SQL files, which are applied once each, in order, each in its own transaction. An applied file is never changed: its faults are
 * mended by a file with a new number. A first line `--! breaking` means that servers of the previous version cannot run on the result; they
 * then refuse to start. docs/run/database.md
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'

export const RUNTIME_ROLE = 'helsevev_runtime'
export const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * The key of a lock. It may be any number, but is the same in every version: two servers that start at once migrate one after the other.
 */
const LOCK = 7_420_260_101

export interface Migration {
  number: number
  name: string
  breaking: boolean
  /** The SHA-256 of the text with normalised line ends. */
  digest: string
  text: string
}

interface Applied {
  number: number
  name: string
  digest: string
  breaking: boolean
}

/** Reads the files; throws when a name is not like `0001_word.sql`, or when a number is missing or occurs twice. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((file, index) => {
    const [, digits, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? []
    if (!digits || !name) throw new Error(`${file} is not named as a migration. Name it four digits, _, words, .sql: 0008_words.sql.`)
    const number = Number(digits)
    if (number === 0) throw new Error(`${file} has the number 0. The first migration is 0001.`)
    if (number <= index) throw new Error(`Migration ${digits} is there twice. Give ${file} the next free number.`)
    if (number > index + 1)
      throw new Error(`Migration ${String(index + 1).padStart(4, '0')} is missing before ${file}. Numbers follow each other.`)
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
    return { number, name, breaking: text.startsWith('--! breaking'), digest: createHash('sha256').update(text).digest('hex'), text }
  })
}

/**
 * Brings the database to the newest schema, as its owner. It may be called by any number of processes at once. Returns the names of the
 * migrations that it applied. Throws when the files and the database disagree; no migration is then half applied.
 */
export async function migrate(
  owner: postgres.Sql,
  options: { folder?: string; runtimePassword?: string | undefined } = {},
): Promise<string[]> {
  const files = readMigrations(options.folder)
  await ensureRuntimeRole(owner, options.runtimePassword)
  const names: string[] = []
  while (true) {
    const name = await owner.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(${LOCK})`
      await createTable(sql)
      const next = pending(files, await appliedMigrations(sql))[0]
      if (!next) return undefined
      await sql.unsafe(next.text).simple()
      await sql`insert into schema_migration ${sql({ number: next.number, name: next.name, digest: next.digest, breaking: next.breaking })}`
      return `${String(next.number).padStart(4, '0')}_${next.name}`
    })
    if (name === undefined) return names
    names.push(name)
  }
}

/** The names of the migrations that the database still lacks. It only reads, and the runtime role may call it. */
export async function pendingMigrations(sql: postgres.Sql, folder?: string): Promise<string[]> {
  const [table] = await sql`select to_regclass('public.schema_migration') is not null as exists`
  const applied = table?.exists ? await appliedMigrations(sql) : []
  return pending(readMigrations(folder), applied).map((file) => file.name)
}

/** The migrations left to apply; throws when an applied file was changed, or when the database has a newer breaking migration. */
function pending(files: Migration[], applied: Applied[]): Migration[] {
  applied.forEach((row, index) => {
    const label = `${String(row.number).padStart(4, '0')}_${row.name}`
    const file = files[index]
    if (row.number !== index + 1)
      throw new Error(
        `The database lacks migration ${index + 1} and has ${label}. Restore it from a backup: schema_migration was changed by hand.`,
      )
    if (!file) {
      if (row.breaking) throw new Error(`The database has ${label}, which this version cannot run on. Start a newer version of Helsevev.`)
    } else if (file.digest !== row.digest) {
      throw new Error(`Migration ${label} was changed after it was applied. Restore the file, and write the change as a new migration.`)
    }
  })
  return files.slice(applied.length)
}

async function appliedMigrations(sql: postgres.ISql): Promise<Applied[]> {
  return sql<Applied[]>`select number, name, digest, breaking from schema_migration order by number`
}

async function createTable(sql: postgres.ISql): Promise<void> {
  const [table] = await sql`select to_regclass('public.schema_migration') is not null as exists`
  if (table?.exists) return
  await sql
    .unsafe(`
    create table schema_migration (
      number integer primary key,
      name text not null,
      digest text not null,
      breaking boolean not null,
      applied timestamptz not null default now()
    );
    comment on table schema_migration is 'distribution: local. The migrations applied, by kernel/store/migrate.ts.';
    grant select on schema_migration to ${RUNTIME_ROLE};
  `)
    .simple()
}

/** Makes the runtime role. Roles belong to the cluster, so several databases may make it at once; the second finds that it exists. */
async function ensureRuntimeRole(owner: postgres.Sql, password: string | undefined): Promise<void> {
  const [role] = await owner`select 1 from pg_roles where rolname = ${RUNTIME_ROLE}`
  if (!role) {
    const secret = password ? ` password '${password.replaceAll("'", "''")}'` : ''
    try {
      await owner.unsafe(`create role ${RUNTIME_ROLE} login${secret}`)
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === '42501') {
        throw new Error(
          `The role ${RUNTIME_ROLE} is missing, and the owner may not create it. Run: create role ${RUNTIME_ROLE} login password '…'`,
          { cause: error },
        )
      }
      const madeMeanwhile = code === '42710' || code === '23505'
      if (!madeMeanwhile) throw error
    }
  }
}
