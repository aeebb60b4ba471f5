import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { type AccessLog, type LogEntry, openAccessLog } from '@helsevev/kernel/audit/access-log'
import { createActors } from '@helsevev/kernel/audit/actors'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { publishedCheckpoints } from '@helsevev/kernel/audit/publish'
import { verifierKey } from '@helsevev/kernel/audit/signed-note'
import { registerPerson } from '@helsevev/kernel/identity/persons'
import { createIds, type PatientKey } from '@helsevev/kernel/store/ids'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { type Observed, observe } from '../testing.ts'

const number = makeIdentityNumber({ birthDate: '1941-03-08', series: 301 })
const nurseNumber = makeIdentityNumber({ birthDate: '1985-02-11', series: 302 })
const keyText = newLogKeyText()
const folder = mkdtempSync(join(tmpdir(), 'helsevev-audit-'))

let database: TestDatabase
let patient: PatientKey
let actor: string
let second = 0
const clock = () => new Date(Date.UTC(2026, 0, 15, 10, 0, second++))
const ids = createIds(clock)

before(async () => {
  database = await testDatabase()
  const registered = await registerPerson(database.sql, ids, { system: 'FNR', value: number }, { birthDate: '1941-03-08' })
  const nurse = await registerPerson(database.sql, ids, { system: 'FNR', value: nurseNumber }, {})
  assert.ok('key' in registered && 'key' in nurse)
  patient = registered.key
  actor = await createActors(database.sql)({
    person: nurse.key,
    name: 'Nora Nurse',
    hprNumber: '990000001',
    role: 'SP',
    organization: '900000001',
    organizationName: 'Bergen kommune',
    organizationChild: undefined,
    supplier: undefined,
    client: 'portal',
  })
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => await asOwner(...tables.map((table) => `delete from ${table}`)))

const tables = ['access_log', 'log_segment', 'log_checkpoint', 'log_node', 'log_key']

/** What somebody with the owner's rights can do, triggers or not. */
async function asOwner(...statements: string[]): Promise<void> {
  const switched = (how: string) => tables.map((table) => `alter table ${table} ${how} trigger user`)
  for (const statement of [...switched('disable'), ...statements, ...switched('enable')]) await database.owner.unsafe(statement)
}

function entry(more: Partial<LogEntry> = {}): LogEntry {
  return {
    patient,
    at: clock(),
    event: 'search-type',
    outcome: 'ok',
    actor,
    service: 'news2',
    type: 'Observation',
    purpose: 'TREAT',
    problem: null,
    withheld: false,
    disclosed: ['11', '12'],
    disclosedVersions: null,
    eventId: ids.uuid(),
    attestation: null,
    toa: null,
    decisionRef: null,
    basis: null,
    reason: null,
    ...more,
  }
}

const open = async (): Promise<AccessLog> => await openAccessLog(database.sql, { ids, clock, key: logKey(keyText) })

/** One server's life: so many rows, and a signed end unless it was killed. */
async function segment(rows: number, end: 'closed' | 'killed' = 'closed'): Promise<string> {
  const log = await open()
  for (let row = 0; row < rows; row++) await log.append(entry())
  if (end === 'closed') await log.close()
  const [newest] = await database.sql<{ segment: string }[]>`select max(segment) as segment from log_segment`
  return newest?.segment ?? ''
}

async function command(words: string[], input: string[] = [], more: Record<string, string> = {}): Promise<Observed> {
  const source = { DATABASE_URL: database.url, DATABASE_MIGRATION_URL: database.ownerUrl, HELSEVEV_LOG_KEY: keyText, HELSEVEV_DATA: folder }
  return await observe(['audit', ...words], { source: { ...source, ...more }, input })
}

async function broken(): Promise<{ segment: string; row: string; time: string; reason: string }> {
  const { code, printed } = await command(['verify'])
  assert.equal(code, 1, printed)
  const value = (name: string) => new RegExp(`^  ${name} +(.*)$`, 'm').exec(printed)?.[1] ?? ''
  return { segment: value('segment'), row: value('row'), time: value('time'), reason: value('reason') }
}

test('an untouched log of two linked segments holds', async () => {
  await segment(3)
  await segment(2)
  const { code, printed } = await command(['verify'])
  assert.equal(code, 0)
  assert.match(printed, /^5 rows in 2 segments, 4 signed checkpoints\.$/m)
  assert.match(printed, /^The log holds\.$/m)
})

test('rows of every shape hold, whatever is empty in them', async () => {
  const shapes: Partial<LogEntry>[] = [
    { withheld: true },
    { withheld: true, disclosed: null, outcome: 'refused', problem: 'no-agreement' },
    { actor: null, service: null, type: null, purpose: null, outcome: 'failed', problem: 'fault' },
    { patient: '0', disclosed: [], disclosedVersions: [] },
    { disclosedVersions: [1, 2] },
    { at: new Date('2026-03-29T01:00:00.001Z') },
    { patient: '9223372036854775807', event: '$status' },
  ]
  const log = await open()
  // One at a time, and all of them in one commit.
  for (const shape of shapes) await log.append(entry(shape))
  await Promise.all(shapes.map((shape) => log.append(entry(shape))))
  await log.close()
  const { code, printed } = await command(['verify'])
  assert.equal(code, 0, printed)
  assert.match(printed, /^14 rows in 1 segment, 2 signed checkpoints\.$/m)
})

test('an empty log holds', async () => {
  const { code, printed } = await command(['verify'])
  assert.equal(code, 0)
  assert.match(printed, /^0 rows in 0 segments, 0 signed checkpoints\.$/m)
})

test('a log that is being written while a server was killed before holds', async () => {
  await segment(2, 'killed')
  const log = await open()
  await log.append(entry({ at: new Date() }))
  assert.equal((await command(['verify'])).code, 0)
  await log.append(entry({ at: new Date(Date.now() - 11 * 60_000) }))
  assert.equal((await command(['verify'])).code, 0)
  await log.close()
})

test('rows that are older than ten minutes and that no checkpoint covers are found', async () => {
  const log = await open()
  await log.append(entry({ at: new Date(Date.now() - 11 * 60_000) }))
  assert.match((await broken()).reason, /^no checkpoint is signed for this row/)
  await log.close()
  assert.equal((await command(['verify'])).code, 0)
})

test('a checkpoint of a key that is not given fails, because its signature cannot be checked', async () => {
  await segment(1)
  const { code, printed } = await command(['verify'], [], { HELSEVEV_LOG_KEY: newLogKeyText() })
  assert.equal(code, 1)
  assert.match(printed, /signed by the key [0-9a-f]{16}, which is not among those given: it cannot be checked/)
  assert.doesNotMatch(printed, /chain is broken/)
  assert.match(printed, /^Signed by another key than the one given, which is [0-9a-f]{16}\. No row was found changed\./m)
  assert.match(printed, /\ngive all public keys that have signed: --keys FILE/)
})

const published = (...keys: string[]) => {
  const path = join(folder, 'keys.txt')
  const lines = keys.map((text) => verifierKey('helsevev.no/log/1', logKey(text)))
  writeFileSync(path, `# keys of the log\n${lines.join('\n')}\n`)
  return path
}

test('public keys alone are enough, of several keys that have signed too', async () => {
  await segment(1)
  const other = newLogKeyText()
  await (await openAccessLog(database.sql, { ids, clock, key: logKey(other) })).close()
  assert.equal((await command(['verify', '--keys', published(keyText, other)], [], { HELSEVEV_LOG_KEY: '' })).code, 0)
  assert.equal((await command(['verify', '--keys', published(keyText)])).code, 1)
})

test('without any key nothing is checked, and none is made', async () => {
  await segment(1)
  const { code, printed } = await command(['verify'], [], { HELSEVEV_LOG_KEY: '' })
  assert.notEqual(code, 0)
  assert.match(printed, /^No public key of the log is at hand/m)
  assert.equal(existsSync(join(folder, 'log-key')), false)
})

test('what is proven is said, and what is not', async () => {
  await segment(1)
  const alone = (await command(['verify'])).printed
  assert.match(alone, /^Up to the checkpoint that was signed at \d{4}-.*, no row was changed, moved, added or removed by anybody without/m)
  assert.match(alone, /^Not proven: that no end of a segment and no newest segment was removed together with its checkpoints/m)
  const file = join(folder, 'checkpoints.txt')
  const notes = await publishedCheckpoints(database.sql)
  writeFileSync(file, notes)
  const kept = await command(['verify', '--checkpoint', file])
  assert.equal(kept.code, 0, kept.printed)
  assert.match(kept.printed, /^2 checkpoints of .*checkpoints\.txt agreed with the log\.$/m)
  assert.match(kept.printed, /^What was kept outside the database agrees/m)
  writeFileSync(file, notes.replace('helsevev.no', 'elsewhere.no'))
  assert.match((await command(['verify', '--checkpoint', file])).printed, /holds something else than checkpoints/)
  writeFileSync(file, notes.replace(/^1\n|^2\n/m, '7\n'))
  assert.match((await command(['verify', '--checkpoint', file])).printed, /is not signed by any of the keys given/)
})

const columns: [string, string][] = [
  ['at', "at + interval '1 hour'"],
  ['event', "'read'"],
  ['outcome', "'refused'"],
  ['actor', 'null'],
  ['service', "'municipal-services'"],
  ['type', "'EpisodeOfCare'"],
  ['purpose', "'ETREAT'"],
  ['problem', "'no-agreement'"],
  ['withheld', 'true'],
  ['disclosed', "'\\x000000000000000b'"],
  ['disclosed_versions', "'{1,2}'"],
  ['event_id', 'gen_random_uuid()'],
  ['patient', '0'],
  ['hash', "sha256('x')"],
]
for (const [column, value] of columns) {
  test(`a row whose ${column} was changed is found`, async () => {
    const changed = await segment(3)
    await asOwner(`update access_log set ${column} = ${value} where segment = ${changed} and seq = 2`)
    const { segment: where, row, reason } = await broken()
    assert.deepEqual({ where, row }, { where: changed, row: '2' })
    assert.match(reason, /does not match its hash/)
  })
}

test('the first of several changed rows is named, with its time in Norway', async () => {
  const first = await segment(3)
  const second = await segment(3)
  await asOwner(`update access_log set withheld = true where (segment = ${first} and seq = 3) or (segment = ${second} and seq = 1)`)
  const [row] = await database.sql<{ at: Date }[]>`select at from access_log where segment = ${first} and seq = 3`
  const hourLater = new Date((row?.at.getTime() ?? 0) + 3_600_000).toISOString()
  const time = `${hourLater.slice(0, 10)} ${hourLater.slice(11, 19)}`
  assert.deepEqual(await broken(), {
    segment: first,
    row: '3',
    time,
    reason: 'the row does not match its hash: it was changed',
  })
})

test('a row that was removed from the middle is found at the row after it', async () => {
  const cut = await segment(4)
  await asOwner(`delete from access_log where segment = ${cut} and seq = 2`)
  const { segment: where, row, reason } = await broken()
  assert.deepEqual({ where, row, reason }, { where: cut, row: '3', reason: 'row 2 is missing before it' })
})

test('a tail that was cut off is found by the signed end', async () => {
  const cut = await segment(4)
  await asOwner(`delete from access_log where segment = ${cut} and seq >= 3`)
  const { segment: where, row, reason } = await broken()
  assert.deepEqual({ where, row, reason }, { where: cut, row: '3', reason: 'rows up to 4 were signed for and are missing' })
})

test('the tail of a killed server is signed for by the next, so that its end cannot be cut off', async () => {
  const cut = await segment(3, 'killed')
  await segment(1)
  await asOwner(`delete from access_log where segment = ${cut} and seq = 3`)
  const { segment: where, row, reason } = await broken()
  assert.deepEqual({ where, row, reason }, { where: cut, row: '3', reason: 'rows up to 3 were signed for and are missing' })
})

test('two rows that changed places are found at the first', async () => {
  const swapped = await segment(4)
  await asOwner(
    `update access_log set seq = 100 where segment = ${swapped} and seq = 2`,
    `update access_log set seq = 2 where segment = ${swapped} and seq = 3`,
    `update access_log set seq = 3 where segment = ${swapped} and seq = 100`,
  )
  const { segment: where, row } = await broken()
  assert.deepEqual({ where, row }, { where: swapped, row: '2' })
})

const copy = (into: { segment: string; seq: string; patient: string }, from: string) => `
  insert into access_log (patient, segment, seq, at, event, outcome, actor, service, type, purpose, problem, withheld,
    disclosed, disclosed_versions, event_id, hash)
  select ${into.patient}, ${into.segment}, ${into.seq}, at, event, outcome, actor, service, type, purpose, problem, withheld,
    disclosed, disclosed_versions, event_id, hash
  from access_log where segment = ${from} and seq = 1`

test('a row that was added at the end of a segment is found', async () => {
  const added = await segment(2)
  await asOwner(copy({ segment: added, seq: '3', patient: 'patient' }, added))
  const { segment: where, row } = await broken()
  assert.deepEqual({ where, row }, { where: added, row: '3' })
})

test('no row can be added under a number in use', async () => {
  const added = await segment(2)
  await assert.rejects(asOwner(copy({ segment: added, seq: '1', patient: '0' }, added)), { code: '23505' })
  await asOwner()
})

test('a row of no segment is found', async () => {
  const real = await segment(2)
  await asOwner(copy({ segment: '77', seq: '1', patient: 'patient' }, real))
  const { segment: where, row, reason } = await broken()
  assert.deepEqual({ where, row, reason }, { where: '77', row: '1', reason: 'the row belongs to no segment' })
})

test('a segment that was removed whole is found by the list of segments, and by the link of the next', async () => {
  const gone = await segment(2)
  const next = await segment(1)
  await asOwner(
    `delete from access_log where segment = ${gone}`,
    `delete from log_checkpoint where segment = ${gone}`,
    `delete from log_segment where segment = ${gone}`,
  )
  const { segment: where, reason } = await broken()
  assert.deepEqual({ where, reason }, { where: next, reason: 'a segment is missing before it in the list' })
  // A person who also closes the gap in the list has not signed for it.
  await asOwner(`update log_segment set ordinal = 0 where segment = ${next}`)
  assert.match((await broken()).reason, /^the list of segments: the hash differs from the signed checkpoint/)
  await asOwner('delete from log_checkpoint where segment = 0')
  assert.equal((await broken()).reason, `its predecessor ${gone} is missing`)
})

test('a technical log witnesses a newest segment that was removed with its checkpoints', async () => {
  await segment(2)
  const gone = await segment(2)
  const [end] = await database.sql<{ seq: string; hash: string }[]>`
    select seq, encode(hash, 'hex') as hash from log_checkpoint where segment = ${gone} order by seq desc limit 1`
  const file = join(folder, 'technical.log')
  writeFileSync(file, `{"code":"STARTED"}\n${JSON.stringify({ code: 'CHECKPOINT', segment: gone, ...end })}\n`)
  const untouched = await command(['verify', '--witness', file])
  assert.equal(untouched.code, 0)
  assert.match(untouched.printed, /^1 checkpoint witnessed in /m)
  await asOwner(
    `delete from access_log where segment = ${gone}`,
    `delete from log_checkpoint where segment = ${gone}`,
    `delete from log_segment where segment = ${gone}`,
    'delete from log_checkpoint where segment = 0 and seq = 1',
  )
  assert.equal((await command(['verify'])).code, 0)
  const { code, printed } = await command(['verify', '--witness', file])
  assert.equal(code, 1)
  assert.match(
    printed,
    new RegExp(`segment  ${gone}\n  row      2\n  time     unknown\n  reason   the segment was witnessed and is missing`),
  )
})

test('a witness that is not there is said so', async () => {
  const { code, printed } = await command(['verify', '--witness', join(folder, 'nowhere.log')])
  assert.equal(code, 2)
  assert.match(
    printed,
    /^--witness takes a file that exists, which ".*nowhere\.log" is not\. Write for example --witness technical\.log\.\n/,
  )
})

test('a signed end that somebody else signed in our name is found', async () => {
  const forged = await segment(2)
  await asOwner(`update log_checkpoint set signature = sha512('x') where segment = ${forged}`)
  assert.equal((await broken()).reason, 'the signature of the checkpoint is wrong')
})

test('as JSON, a log that holds and one that is broken are told apart by one member', async () => {
  const changed = await segment(2)
  const whole = await command(['verify', '--json'])
  assert.deepEqual([whole.code, JSON.parse(whole.out).holds, JSON.parse(whole.out).rows], [0, true, 2])
  await asOwner(`update access_log set withheld = true where segment = ${changed} and seq = 2`)
  const cut = await command(['verify', '--json'])
  const { holds, broken } = JSON.parse(cut.out)
  assert.deepEqual([cut.code, cut.err, holds, broken.segment, broken.seq], [1, '', false, changed, '2'])
})
