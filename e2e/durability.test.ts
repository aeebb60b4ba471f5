/** Killed without warning: what was acknowledged is there afterwards, and the chain of the log holds. Real, durable PostgreSQL. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { publishedKeys } from '@helsevev/kernel/audit/publish'
import { verifyLog } from '@helsevev/kernel/audit/verify'
import { type Api, createApi, createHelseId } from '@helsevev/sdk'
import { openServerDatabase } from '@helsevev/server/database'
import { world } from '@helsevev/server/seed/index'

const OSLO = '958935420'
let data: string
let server: ChildProcess

before(async () => {
  data = await mkdtemp(join(tmpdir(), 'helsevev-durability-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(data, 0o711)
})
after(async () => {
  await stop(server, 'SIGTERM')
  await rm(data, { recursive: true, force: true })
})

/** Starts the server as `npm start` does, in a process of its own; resolves with its address when it answers. */
async function start(): Promise<{ base: string; issuer: string; postmaster: number }> {
  const environment = { ...process.env, HELSEVEV_DATA: data, HELSEVEV_PORT: '0', HELSEVEV_ISSUER_PORT: '0', HELSEVEV_LOG_LEVEL: 'info' }
  server = spawn(process.execPath, [join(import.meta.dirname, 'durability-server.ts')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const started = await new Promise<{ base: string; issuer: string; directory: string }>((resolve, reject) => {
    let text = ''
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
    server.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      const line = text.split('\n').find((candidate) => candidate.startsWith('READY '))
      if (line) resolve(JSON.parse(line.slice(6)))
    })
  })
  const postmaster = Number((await readFile(join(started.directory, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
  return { ...started, postmaster }
}

async function stop(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

/** The server brings its killed database back by itself. */
async function ready(base: string): Promise<void> {
  const until = Date.now() + 20_000
  while ((await fetch(`${base}/health/ready`)).status !== 200) {
    assert.ok(Date.now() < until, 'the database did not come back')
    await sleep(50)
  }
}

async function vendor(base: string, issuer: string): Promise<Api> {
  const privateJwk = JSON.parse(await readFile(join(data, 'vendor-keys', 'tindejournal-ehr.json'), 'utf8'))
  const helseId = createHelseId({ issuer, clientId: 'tindejournal-ehr', privateJwk })
  const token = await helseId.clientCredentials({ scope: 'helsevev:news2/write', organization: { parent: OSLO } })
  return createApi({ baseUrl: `${base}/fhir`, token: async () => token, sourceSystem: 'durability test' })
}

const patient = world().patients.find(({ municipality }) => municipality === '0301')?.identifiers[0]?.value ?? ''

async function postOne(base: string, issuer: string, value: string): Promise<{ status: number }> {
  return await (await vendor(base, issuer)).post('news2/Observation', pulse(patient, value))
}

/**
 * Posts transactions of three until something breaks, and breaks it when thirty are in; the identifiers of those that were acknowledged.
 */
async function postUntilBroken(base: string, issuer: string, prefix: string, breakIt: () => void): Promise<string[]> {
  const api = await vendor(base, issuer)
  const acknowledged: string[] = []
  await Promise.all(
    Array.from({ length: 4 }, async (_, worker) => {
      for (let round = 0; round < 2000; round += 1) {
        const keys = [0, 1, 2].map((part) => `${prefix}-${worker}-${round}-${part}`)
        const entry = keys.map((value) => ({ resource: pulse(patient, value), request: { method: 'POST', url: 'Observation' } }))
        const reply = await api.post('news2', { resourceType: 'Bundle', type: 'transaction', entry }).catch(() => undefined)
        if (reply?.status !== 200) return
        acknowledged.push(...keys)
        if (acknowledged.length === 90) breakIt()
      }
    }),
  )
  return acknowledged
}

function pulse(number: string, value: string): object {
  const system = Number(number.slice(0, 2)) > 40 && Number(number[0]) < 8 ? '2' : Number(number[0]) >= 8 ? '3' : '1'
  return {
    resourceType: 'Observation',
    identifier: [{ system: 'http://ehr.example/measurement', value }],
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: { system: `urn:oid:2.16.578.1.12.4.1.4.${system}`, value: number } },
    effectiveDateTime: '2026-10-01T08:00:00+02:00',
    valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  }
}

/** Which of the identifiers are stored, and whether whole transactions are; and the state of the log. */
async function inspect(keys: string[], prefix: string) {
  const database = await openServerDatabase({ databaseUrl: undefined, migrationUrl: undefined, dataDirectory: data })
  try {
    const rows = await database.sql<{ value: string }[]>`
      select split_part(token, '|', 2) as value from record, unnest(tokens) as token
      where token like ${`identifier=http://ehr.example/measurement|${prefix}-%`} and superseded is null`
    const stored = new Set(rows.map(({ value }) => value))
    const groups = Map.groupBy(stored, (value) => value.replace(/-\d$/, ''))
    // What was stored when the server or the database was killed has its row, though nobody got an answer.
    const [unlogged] = await database.sql<{ count: number }[]>`
      select count(*)::integer as count from record r where not exists (
        select from patient_access p join access_log l using (segment, seq)
        where p.patient = r.patient and r.id = any (disclosed_ids(l.disclosed)))`
    const broken = (await verifyLog(database.sql, { keys: await publishedKeys(database.sql), now: new Date() })).broken
    const halves = [...groups.values()].filter((group) => group.length !== 3)
    return { lost: keys.filter((key) => !stored.has(key)), halves, unlogged: unlogged?.count, broken }
  } finally {
    await database.close()
  }
}

test('the database is killed in the middle of transactions: nothing acknowledged is lost, nothing is half written', async () => {
  const { base, issuer, postmaster } = await start()
  const acknowledged = await postUntilBroken(base, issuer, 'db', () => process.kill(postmaster, 'SIGKILL'))
  assert.ok(acknowledged.length >= 90)
  await ready(base)
  assert.equal((await postOne(base, issuer, 'after')).status, 201)
  await stop(server, 'SIGTERM')
  assert.deepEqual(await inspect(acknowledged, 'db'), { lost: [], halves: [], unlogged: 0, broken: undefined })
})

test('the server is killed while it writes: the next start finds the database as it was left, and goes on', async () => {
  const { base, issuer } = await start()
  const acknowledged = await postUntilBroken(base, issuer, 'server', () => void server.kill('SIGKILL'))
  assert.ok(acknowledged.length >= 90)
  const again = await start()
  assert.equal((await fetch(`${again.base}/health/ready`)).status, 200)
  await stop(server, 'SIGTERM')
  assert.deepEqual(await inspect(acknowledged, 'server'), { lost: [], halves: [], unlogged: 0, broken: undefined })
})
