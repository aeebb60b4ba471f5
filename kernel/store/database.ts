/**
 * The connection to PostgreSQL by URL, wherever it runs. The pool of the server has only the rights of `helsevev_runtime`, which may add to
 * the access log and read it, but not change it; migrations and commands connect as the owner.
 */
import type { Options, PostgresType, Sql } from 'postgres'
import { useIdKeyOf } from './ids.ts'
import { migrate, pendingMigrations, RUNTIME_ROLE } from './migrate.ts'
import postgres from './postgres.ts'

export { isUnavailable } from './unavailable.ts'

export interface DatabaseOptions {
  /** The address for the runtime role, or for a login that may take it on. */
  databaseUrl: string
  /** The address for the owner. When absent, the owner is the login of `databaseUrl`, and the pool takes the runtime role on. */
  migrationUrl?: string | undefined
  /** Receives what is done to the database, as a sentence without a full stop. It never holds a password or an identity number. */
  log?: (note: string) => void
  /** The number of connections in the pool; 10 when absent. */
  poolSize?: number | undefined
  /** The number of seconds after which a statement is given up; no limit when absent, as for commands that read everything. */
  statementSeconds?: number | undefined
}

export interface Database {
  /** The pool, with the rights of the runtime role. int8 and int8[] come as strings, timestamptz as Date, bytea as Buffer. */
  sql: Sql
  /** One short-lived connection as the owner, for migrations and commands; throws when no owner is configured. */
  owner<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** Where the database is, without secrets. */
  where: {
    host: string
    port: number
    name: string
    /** The version of the server, such as 18.4. */
    version: string
  }
  /** The migrations that this start applied. */
  migrated: string[]
  /** Waits for running queries, at most 5 seconds, then ends the pool. */
  close(): Promise<void>
}

/**
 * Connects to the database, migrates it when an owner is configured, and checks that the pool may not change the log. The process
 * then makes logical ids with the key of this database.
 */
export async function openDatabase({
  databaseUrl,
  migrationUrl,
  log,
  poolSize = 10,
  statementSeconds,
}: DatabaseOptions): Promise<Database> {
  const ownerUrl = ownerOf(databaseUrl, migrationUrl)
  const owner: Database['owner'] = async (work) => {
    if (!ownerUrl) throw new Error('This needs the owner of the database: set DATABASE_MIGRATION_URL.')
    const sql = connectAsOwner(ownerUrl)
    try {
      return await work(sql)
    } finally {
      await sql.end({ timeout: 5 })
    }
  }
  const migrated = ownerUrl ? await owner((sql) => prepare(sql, databaseUrl)) : []
  if (migrated.length > 0) log?.('Migrated the database')
  const sql = connectAsRuntime(databaseUrl, poolSize, statementSeconds)
  try {
    const version = await verify(sql, ownerUrl !== undefined)
    await useIdKeyOf(sql)
    const { hostname, port, pathname } = new URL(databaseUrl)
    const where = { host: hostname, port: Number(port || 5432), name: decodeURIComponent(pathname.slice(1)), version }
    return { sql, owner, where, migrated, close: () => sql.end({ timeout: 5 }) }
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw error
  }
}

const common = {
  connect_timeout: 10,
  // The seconds before a lost connection is tried again. The default triples with every lost connection: 20 s for a pool of ten.
  backoff: (retries: number) => Math.min(0.02 * 2 ** retries, 0.5),
  // Prepared statements; int8 has no parser and therefore stays a string, since a key needs all 64 bits.
  prepare: true,
  onnotice: () => {},
} satisfies Options<Record<string, PostgresType>>

/** A pool with the rights of the runtime role. The login is the role itself, or a member that takes the role on. */
export function connectAsRuntime(url: string, poolSize: number, statementSeconds?: number): Sql {
  return postgres(url, {
    ...common,
    max: poolSize,
    connection: {
      application_name: 'helsevev',
      TimeZone: 'UTC',
      // Statements are prepared and reach rows by key, so one plan serves every value: to plan the facts of a decision again took four
      // times as long as to run it, and to compile it (jit) even longer.
      plan_cache_mode: 'force_generic_plan',
      jit: 'off',
      // A transaction that is left open would hold back vacuum and keep its locks. No transaction here waits for a person.
      idle_in_transaction_session_timeout: 60_000,
      ...(statementSeconds === undefined ? {} : { statement_timeout: statementSeconds * 1000 }),
      ...(loginOf(url) === RUNTIME_ROLE ? {} : { role: RUNTIME_ROLE }),
    },
  })
}

/** One connection, as the owner. */
export function connectAsOwner(url: string): Sql {
  return postgres(url, { ...common, max: 1, connection: { application_name: 'helsevev-owner', TimeZone: 'UTC' } })
}

async function prepare(sql: Sql, runtimeUrl: string): Promise<string[]> {
  const login = loginOf(runtimeUrl)
  const names = await migrate(sql, {
    runtimePassword: login === RUNTIME_ROLE ? decodeURIComponent(new URL(runtimeUrl).password) : undefined,
  })
  if (login !== RUNTIME_ROLE) await letTakeRuntimeRole(sql, login)
  return names
}

/** PostgreSQL 16 distinguishes members of a role from members that may take it on; version 15 does not know the word SET. */
async function letTakeRuntimeRole(sql: Sql, login: string): Promise<void> {
  const [may] = await sql<{ may: boolean }[]>`
    select pg_has_role(${login}, ${RUNTIME_ROLE},
      case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as may
  `
  if (may?.may) return
  try {
    await sql`grant ${sql(RUNTIME_ROLE)} to ${sql(login)}`
  } catch (cause) {
    if ((cause as { code?: string }).code !== '42501') throw cause
    throw new Error(`${login} may not take on ${RUNTIME_ROLE}. Run as an administrator: grant ${RUNTIME_ROLE} to ${login}`, { cause })
  }
}

/** Refuses to serve with rights to change the access log, or on a schema that lacks migrations. Returns the version of the server. */
async function verify(sql: Sql, migrated: boolean): Promise<string> {
  if (!migrated) {
    const behind = await pendingMigrations(sql)
    if (behind.length > 0)
      throw new Error(
        `The database lacks the migrations ${behind.join(', ')}. Set DATABASE_MIGRATION_URL to its owner, so that they are applied.`,
      )
  }
  const [row] = await sql<{ role: string; rewrites: boolean; version: string }[]>`
    select current_user as role,
      has_table_privilege('access_log', 'update') or has_table_privilege('access_log', 'delete')
        or has_table_privilege('access_log', 'truncate') as rewrites,
      current_setting('server_version') as version
  `
  if (!row) throw new Error('The database did not answer.')
  if (row.rewrites)
    throw new Error(
      `The role ${row.role} may change the access log. Let DATABASE_URL sign in as ${RUNTIME_ROLE}, or as a role that can take it on.`,
    )
  return row.version
}

/**
 * The address for the owner. With one URL for both, its login owns the database, unless it is the runtime role: then nothing is migrated.
 */
function ownerOf(runtimeUrl: string, migrationUrl: string | undefined): string | undefined {
  if (migrationUrl) return migrationUrl
  return loginOf(runtimeUrl) === RUNTIME_ROLE ? undefined : runtimeUrl
}

function loginOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}
