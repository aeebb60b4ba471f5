import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recoverAfterAccess } from '@helsevev/kernel/areas/after-access'
import { endChoice } from '@helsevev/kernel/areas/choices/end'
import { makeChoice } from '@helsevev/kernel/areas/choices/make'
import { noticeOfIntent, withNotices } from '@helsevev/kernel/areas/choices/notices'
import { registerRepresentation } from '@helsevev/kernel/areas/representation/register'
import { openAccessLog } from '@helsevev/kernel/audit/access-log'
import { recoverIntents } from '@helsevev/kernel/audit/intents'
import { logKey, newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { isProblem } from '@helsevev/kernel/problem/problem'
import { createIds, type PatientKey } from '@helsevev/kernel/store/ids'
import { BERGEN, openScene, type Scene } from '@helsevev/kernel/testing/misuse-scene'
import { parseEnvironment } from '../env.ts'
import { registrarOf } from './representation/registrar.ts'
import { type Changing, withChanges } from './with-changes.ts'

const key = newLogKeyText()
const ids = createIds(() => new Date())
let scene: Scene
let patient: PatientKey
let other: PatientKey
let actor: NonNullable<Awaited<ReturnType<typeof registrarOf>>>

before(async () => {
  scene = await openScene()
  patient = await scene.person({ givenName: 'Per', familyName: 'Pedersen', birthDate: '1941-03-08' })
  other = await scene.person({ givenName: 'Kari', familyName: 'Larsen', birthDate: '1970-03-08' })
  const staff = await scene.person({ givenName: 'Ole', familyName: 'Officer', birthDate: '1980-03-08' })
  const [row] = await scene.database.sql<{ value: string }[]>`select value from person_identifier where patient = ${staff}`
  actor = (await registrarOf(scene.database.sql, row?.value ?? '', BERGEN)) ?? assert.fail()
})
after(async () => await scene.close())

const environment = () => {
  const { url, ownerUrl } = scene.database
  const parsed = parseEnvironment({
    HELSEVEV_MODE: 'development',
    DATABASE_URL: url,
    DATABASE_MIGRATION_URL: ownerUrl,
    HELSEVEV_LOG_KEY: key,
  })
  return 'sentences' in parsed ? assert.fail(parsed.sentences.join(' ')) : parsed
}
const staff = () => ({ as: 'staff', person: actor.person, organization: BERGEN, actor }) as const
const choice = { kind: 'restriction', service: 'news2', note: 'asked by telephone' } as const

type Act = (parts: Changing) => Promise<unknown>
const choices = (parts: Changing) => ({ sql: scene.database.sql, services: new Map([['news2', {}]]), ...parts })
let made = ''

/** What commands store and log afterwards. */
// biome-ignore format: a table, one row to a line
const acts: [event: string, act: Act][] = [
  ['choice-made', async (parts) => await makeChoice(choices(parts), [patient], choice, staff())],
  ['choice-ended', async (parts) => await endChoice(choices(parts), [patient], made as never, staff())],
  ['representation-registered', async (parts) =>
    await registerRepresentation({ sql: scene.database.sql, ...parts },
      { kind: 'power-of-attorney', patient: [patient], representative: [other], areas: ['3'], from: undefined, until: undefined, source: 'form 26/1' },
      { as: 'registrar', actor })],
]

const rows = async (event: string) =>
  (await scene.database.sql`select patient, citizen, reason from access_log where event = ${event} order by at, segment, seq`).map(
    (row) => ({ ...row }),
  )
const intents = async () => (await scene.database.sql<{ event: string }[]>`select event from log_intent`).map(({ event }) => event)

/** As a server does at its start. */
async function recover(): Promise<number> {
  const { sql } = scene.database
  const log = await openAccessLog(sql, { ids, clock: () => new Date(), key: logKey(key) })
  const before = new Date(Date.now() + 60_000)
  const recovered = await recoverIntents(sql, log, { before, uuid: ids.uuid, follow: noticeOfIntent(ids) })
  await recoverAfterAccess({ sql, ids }, [], before)
  await log.close()
  return recovered
}

/** The events of the log that the patient was notified of, by the row of each; and what is kept and does not stand yet. */
const notified = async () =>
  (
    await scene.database.sql<{ event: string; cause: string }[]>`
      select l.event, n.cause from patient_notice n join access_log l on l.event_id = n.event_id order by n.id`
  ).map(({ event, cause }) => `${event} ${cause}`)
const kept = async () => (await scene.database.sql`select from after_access`).length
/** A database that is gone from under a command that was killed. */
const gone = (() => Promise.reject(new Error('killed'))) as unknown as Scene['database']['sql']

for (const [event, act] of acts) {
  test(`${event} by a command that dies before its row gets the row at the next start, and one that does not needs none`, async () => {
    const killed: Act = async (parts) => await act({ ...parts, changes: async () => Promise.reject(new Error('killed')) })
    await assert.rejects(withChanges(scene.database.sql, environment(), killed), /killed/)
    assert.deepEqual([await rows(event), await intents()], [[], [event]])
    assert.equal(await recover(), 1)
    const expected = { patient, citizen: actor.person, reason: 'recovered: stored, and not answered' }
    assert.deepEqual([await rows(event), await intents()], [[expected], []])
    assert.deepEqual([(await notified()).at(-1), await kept()], [`${event} ${event}`, 0], 'the recovered row is notified of')

    await scene.database.owner`delete from patient_choice`
    await scene.database.owner`delete from representation`
    if (event === 'choice-ended') await withChanges(scene.database.sql, environment(), acts[0]?.[1] ?? assert.fail())
    const [stored] = await scene.database.sql<{ id: string }[]>`select id from patient_choice`
    made = stored?.id ?? ''
    assert.equal(isProblem(await withChanges(scene.database.sql, environment(), act)), false)
    assert.deepEqual([(await rows(event)).length, await intents()], [2, []])
    const [next] = await scene.database.sql<{ id: string }[]>`select id from patient_choice`
    made = next?.id ?? ''
  })
}

test('the notice of a change by a command that dies between its row and the notice is stored at the next start, once', async () => {
  const { sql, owner } = scene.database
  const change = async (database: typeof sql) => {
    await owner`delete from patient_choice`
    return await withChanges(sql, environment(), async (parts) => {
      const changes = withNotices(parts.changes, { sql: database, ids, clock: parts.clock })
      return await makeChoice({ ...choices(parts), changes }, [patient], choice, staff())
    })
  }
  const before = (await notified()).length
  await assert.rejects(change(gone), /killed/)
  assert.deepEqual([(await notified()).length, await kept()], [before, 1])
  for (let time = 0; time < 2; time++) {
    await recover()
    assert.deepEqual([(await notified()).length, (await notified()).at(-1), await kept()], [before + 1, 'choice-made choice-made', 0])
  }
  assert.equal(isProblem(await change(sql)), false)
  assert.deepEqual([(await notified()).length, await kept()], [before + 2, 0])
})
