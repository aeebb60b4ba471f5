/**
 * `node bench/audit-verify.ts [rows] [records shown by each]`: fills an access log through the server's own code, then checks it as
 * `npx helsevev audit verify` does, and prints rows per second, processor time and memory. docs/decisions/0012-log-hash-over-copy.md
 */
import { readFile } from 'node:fs/promises'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { verifyLog } from '@helsevev/kernel/audit/verify'
import { createIds } from '@helsevev/kernel/store/ids'
import { testDatabase } from '@helsevev/kernel/testing/database'
import { processors } from './measuring/processors.ts'

/** Rows waiting for their commit at a time. */
const WAVE = 5000
const ROUNDS = Number(process.argv[4] ?? 3)

const wanted = Number(process.argv[2] ?? 1_000_000)
const shown = Number(process.argv[3] ?? 20)
if (!(Number.isInteger(wanted) && wanted > 0 && Number.isInteger(shown) && shown >= 0))
  throw new RangeError('Give the number of rows, such as 1000000, and how many records each of them shows, such as 20.')
const database = await testDatabase()
const clock = () => new Date()
const ids = createIds(clock)
const key = logKey(newLogKeyText())
try {
  await fill(wanted)
  await database.owner`vacuum (analyze) access_log`
  for (let round = 0; round < ROUNDS; round++) await verify()
} finally {
  await database.close()
}

/** Rows as look-ups leave them. */
async function fill(rows: number): Promise<void> {
  const began = performance.now()
  const actor = await createActors(database.sql)({
    person: ids.patientKey(),
    name: 'Nora Nurse',
    hprNumber: '990000001',
    role: 'SP',
    organization: '900000001',
    organizationName: 'Bergen kommune',
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
  })
  const log = await openAccessLog(database.sql, { ids, clock, key })
  for (let at = 0; at < rows; at += WAVE) {
    const wave = Array.from({ length: Math.min(WAVE, rows - at) }, () => ({
      patient: ids.patientKey(),
      at: clock(),
      event: 'search-type',
      outcome: 'ok' as const,
      actor,
      service: 'news2',
      type: 'Observation',
      purpose: 'TREAT',
      problem: null,
      withheld: false,
      disclosed: Array.from({ length: shown }, () => ids.recordId()),
      controllers: shown > 0 ? ['900000001', '900000002'] : null,
      disclosedVersions: null,
      eventId: ids.uuid(),
      attestation: null,
      toa: clock(),
      decisionRef: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      basis: null,
      reason: null,
    }))
    await Promise.all(wave.map((entry) => log.append(entry)))
  }
  await log.close()
  console.log(`appended ${rows} rows: ${rate(rows, performance.now() - began)}`)
}

async function verify(): Promise<void> {
  const began = performance.now()
  const before = process.cpuUsage()
  const postgresBefore = await postgresTime()
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const { rows, checkpoints, broken } = await verifyLog(database.sql, { keys: [key], now: clock() })
  clearInterval(watch)
  if (broken) throw new Error(`The log that was just written is found broken: ${broken.reason}`)
  const milliseconds = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  const each = (microseconds: number) => `${(microseconds / rows).toFixed(2)} µs`
  const inPostgres = each((await postgresTime()) - postgresBefore)
  console.log(
    [
      `verified ${rows} rows, ${checkpoints} checkpoints: ${rate(rows, milliseconds)}`,
      `processor time of a row ${each(user + system)} here and ${inPostgres} in PostgreSQL`,
      `peak memory ${Math.round(peak / 2 ** 20)} MiB`,
    ].join('; '),
  )
}

/** Microseconds of every process of the database. */
async function postgresTime(): Promise<number> {
  const [row] = await database.owner<{ pid: number }[]>`select pg_backend_pid() as pid`
  const stat = await readFile(`/proc/${row?.pid}/stat`, 'utf8')
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  return (await processors(parent)).postgres
}

function rate(rows: number, milliseconds: number): string {
  return `${Math.round((rows / milliseconds) * 1000)} rows/s`
}
