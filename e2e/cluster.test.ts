import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, startCluster } from '@helsevev/cluster/cluster'
import { mayEnter, serviceUser } from '@helsevev/cluster/folder'
import { connectAsOwner, isUnavailable } from '@helsevev/kernel/store/database'
import { startProgram } from '@helsevev/kernel/testing/program'
import postgres, { type Sql } from 'postgres'

const base = mkdtempSync(join(tmpdir(), 'helsevev-embedded-'))
chmodSync(base, 0o711)
after(() => rmSync(base, { recursive: true, force: true }))
const directory = join(base, 'postgres')
const cluster = join(directory, 'cluster')
const user = serviceUser()

const start = () => startCluster({ directory })
/**
 * A server in another process that prints one JSON line when its cluster runs, and stops the cluster when its input ends; `said` makes it
 * print its log first.
 */
const anotherServer = (said = '') =>
  startProgram(`
    const { startCluster } = await import(${JSON.stringify(import.meta.resolve('@helsevev/cluster/cluster'))})
    const embedded = await startCluster({ directory: ${JSON.stringify(directory)}, log(message) { ${said} } })
    console.log(JSON.stringify({ started: embedded.started, port: embedded.port, pid: embedded.pid, url: embedded.url('owner') }))
    await finished
    await embedded.stop()
  `)

async function withOwner<T>(embedded: Pick<Cluster, 'url'>, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connectAsOwner(embedded.url('owner'))
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('two first starts at once make one cluster: one server runs it, the other joins it and leaves it running', async () => {
  const other = anotherServer()
  const [mine, line] = await Promise.all([start(), other.line()])
  const theirs = JSON.parse(line) as Cluster
  assert.deepEqual([mine.started, theirs.started].sort(), [false, true])
  assert.equal(mine.port, theirs.port)
  if (mine.started) {
    await other.finish()
    assert.equal(await withOwner(mine, async (sql) => (await sql`select 1 as one`)[0]?.one), 1)
    await mine.stop()
  } else {
    await mine.stop()
    assert.equal(await withOwner(mine, async (sql) => (await sql`select 1 as one`)[0]?.one), 1)
    await other.finish()
  }
  assert.equal(existsSync(join(cluster, 'postmaster.pid')), false)
})

test('a server that starts while a command has the cluster started waits until the command is done', async () => {
  const command = await startCluster({ directory, brief: true })
  const server = anotherServer('console.log(message)')
  assert.equal(await server.line(), `Waiting for a command (process ${process.pid}) that has the PostgreSQL started`)
  await command.stop()
  const started = JSON.parse(await server.line()) as { started: boolean; url: string }
  assert.equal(started.started, true)
  const joining = await startCluster({ directory, brief: true })
  assert.equal(joining.started, false)
  await joining.stop()
  assert.equal(await withOwner({ url: () => started.url }, async (sql) => (await sql`select 1 as one`)[0]?.one), 1)
  await server.finish()
})

test('it is durable, takes connections on 127.0.0.1 only, and asks for a password', async () => {
  const embedded = await start()
  try {
    const settings = await withOwner(
      { url: () => embedded.url('superuser') },
      (sql) => sql`
        select name, setting from pg_settings
        where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories', 'server_encoding',
          'log_error_verbosity')
        order by name
      `,
    )
    assert.deepEqual(Object.fromEntries(settings.map((row) => [row.name, row.setting])), {
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      log_error_verbosity: 'terse',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      unix_socket_directories: '',
    })
    const guess = postgres({ host: '127.0.0.1', port: embedded.port, user: 'postgres', password: 'guess', database: 'postgres', max: 1 })
    await assert.rejects(guess`select 1`, { code: '28P01' })
    await guess.end()
    assert.equal(statSync(join(cluster, 'passwords.json')).mode & 0o777, 0o600)
    assert.equal(statSync(cluster).mode & 0o777, 0o700)
  } finally {
    await embedded.stop()
  }
})

test('a database killed in the middle of a transaction comes back on the same port with what was committed and nothing else', async () => {
  const embedded = await start()
  const committing = connectAsOwner(embedded.url('owner'))
  const open = connectAsOwner(embedded.url('owner'))
  try {
    await committing`create table kept (id integer primary key)`
    await committing`insert into kept values (1)`
    const outcome = open.begin(async (sql) => {
      await sql`insert into kept values (2)`
      process.kill(embedded.pid, 'SIGKILL')
      await sql`select pg_sleep(30)`
    })
    await assert.rejects(outcome, isUnavailable)
    assert.deepEqual([...(await eventually(() => committing`select id from kept order by id`))], [{ id: 1 }])
  } finally {
    await Promise.all([committing.end({ timeout: 1 }), open.end({ timeout: 1 })])
    await embedded.stop()
  }
  assert.equal(existsSync(join(cluster, 'postmaster.pid')), false)
})

test('a server killed with SIGKILL leaves a cluster that the next start takes over, with every committed row', async () => {
  const killed = anotherServer()
  const left = JSON.parse(await killed.line()) as { pid: number; url: string }
  await withOwner({ url: () => left.url }, (sql) => sql`insert into kept values (3)`)
  await killed.kill()
  assert.equal(isRunning(left.pid), true)

  const embedded = await start()
  try {
    assert.equal(embedded.started, true)
    assert.notEqual(embedded.pid, left.pid)
    assert.deepEqual([...(await withOwner(embedded, (sql) => sql`select id from kept order by id`))], [{ id: 1 }, { id: 3 }])
  } finally {
    await embedded.stop()
  }
})

test('a second opening in the same process joins the first', async () => {
  const first = await start()
  const second = await start()
  assert.deepEqual([first.started, second.started, second.port], [true, false, first.port])
  await second.stop()
  assert.equal(isRunning(first.pid), true)
  await first.stop()
  assert.equal(isRunning(first.pid), false)
})

test('a postmaster.pid left by a power cut does not stop the start, also when its number now belongs to another process', async () => {
  const stranger = spawn('sleep', ['60'], user ? { uid: user.uid, gid: user.gid, cwd: '/' } : {})
  await once(stranger, 'spawn')
  const gone = spawn('true')
  await once(gone, 'close')
  try {
    for (const pid of [gone.pid, stranger.pid, process.pid]) {
      writeFileSync(join(cluster, 'postmaster.pid'), `${pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n  1234567         0\nready   \n`)
      const embedded = await start()
      assert.equal(embedded.started, true)
      await embedded.stop()
    }
    assert.equal(isRunning(stranger.pid ?? 0), true)
  } finally {
    stranger.kill('SIGKILL')
  }
})

test('a port that is taken is named in the refusal', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  try {
    await assert.rejects(startCluster({ directory, port }), /did not start[\s\S]*Address already in use/)
  } finally {
    server.close()
  }
})

test('a cluster of another major version is refused, and left as it is', async () => {
  const file = join(cluster, 'PG_VERSION')
  writeFileSync(file, '17\n')
  await assert.rejects(start(), /was made by PostgreSQL 17, this is 18/)
  writeFileSync(file, '18\n')
})

test('below a folder that the database user may not enter, another folder is used and named; for one user it is all the same', async () => {
  const closed = join(base, 'home', 'checkout')
  mkdirSync(closed, { recursive: true })
  chmodSync(join(base, 'home'), 0o700)
  const wanted = join(closed, '.data', 'postgres')
  const said: string[] = []
  const embedded = await startCluster({ directory: wanted, durable: false, log: (note) => said.push(note) })
  try {
    assert.equal(await withOwner(embedded, async (sql) => (await sql`select 1 as one`)[0]?.one), 1)
    if (user) {
      assert.match(embedded.directory, /\/helsevev-checkout-[0-9a-f]{8}$/)
      assert.equal(embedded.insteadOf, wanted)
      assert.deepEqual(said, [
        `The database lies in ${embedded.directory}: PostgreSQL runs as the user ${user.name}, who may not enter ${wanted}`,
        'Created a PostgreSQL cluster',
      ])
    } else assert.deepEqual([embedded.directory, embedded.insteadOf, said], [wanted, undefined, ['Created a PostgreSQL cluster']])
  } finally {
    await embedded.stop()
    rmSync(embedded.directory, { recursive: true })
  }
})

test('a user may enter a folder when every folder above lets them through', () => {
  const stranger = { name: 'stranger', uid: 4_000_000, gid: 4_000_000 }
  const path = join(base, 'a', 'b')
  mkdirSync(path, { recursive: true })
  for (const [above, itself, expected] of [
    [0o711, 0o711, true],
    [0o755, 0o755, true],
    [0o700, 0o755, false],
    [0o755, 0o750, false],
    [0o744, 0o755, false],
  ] as const) {
    chmodSync(join(base, 'a'), above)
    chmodSync(path, itself)
    assert.equal(mayEnter(join(path, 'not', 'yet', 'there'), stranger), expected, `${above.toString(8)} ${itself.toString(8)}`)
  }
})

test('what the database writes to its own log holds no value of a row', async () => {
  const embedded = await start()
  try {
    await withOwner(embedded, async (sql) => {
      await sql`create table said (word text primary key)`
      await sql`insert into said values ('secretive')`
      await assert.rejects(sql`insert into said values ('secretive')`, { code: '23505' })
    })
  } finally {
    await embedded.stop()
  }
  const log = readFileSync(join(directory, 'postgres.log'), 'utf8')
  assert.match(log, /duplicate key value violates unique constraint "said_pkey"/)
  assert.doesNotMatch(log, /secretive/)
})

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error) || attempt === 200) throw error
      await sleep(25)
    }
  }
}
