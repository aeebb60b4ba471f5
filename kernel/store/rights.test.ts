import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { evidence, type Rights, reasons, rightsOf } from './rights.ts'

let database: TestDatabase
let rights: Rights[]
before(async () => {
  database = await testDatabase()
  rights = await rightsOf(database.owner)
})
after(async () => await database.close())

const changes = ({ update, delete: remove }: Rights) => remove || update === undefined || update.length > 0

test('each right to change or remove has a reason, and each reason a right', () => {
  assert.deepEqual(
    rights.filter(changes).map(({ table }) => table),
    Object.keys(reasons).sort(),
  )
  assert.deepEqual(
    rights.filter(({ truncate }) => truncate),
    [],
  )
})

for (const table of evidence)
  test(`nothing is removed from ${table}, and no more is changed than closes it`, () => {
    const found = rights.find((one) => one.table === table) ?? assert.fail(`there is no table ${table}`)
    assert.equal(found.delete, false)
    assert.notEqual(found.update, undefined)
  })

const CLOSED = `'2026-01-15'`
// biome-ignore format: a table, one row to a line
const closings: [table: string, insert: string, once: string, again: string][] = [
  ['emergency_follow_up', `values (1, gen_random_uuid(), '900000001', now(), 1, 'news2', 'why')`, `closed = ${CLOSED}, closed_by = 'Ole', finding = 'justified'`, `finding = 'not-justified'`],
  ['misuse_case', `(patient, id, rule, organization, actor_name, first_at, last_at, events, facts, opened) values (1, 1, 'r', '900000001', 'Nora', now(), now(), '{}', '{}', now())`, `closed = ${CLOSED}, closed_by = 'Ole', finding = 'breach'`, `finding = 'no-breach'`],
  ['patient_notice', `values (1, 1, now(), gen_random_uuid(), 'write')`, `seen = ${CLOSED}`, `seen = now()`],
  ['representation', `values (1, 2, 'guardian', '{}', now(), null, 'register', now(), 'Kari')`, `ended = ${CLOSED}, ended_by = 'Ole'`, `ended = null, ended_by = null`],
  ['patient_choice', `(patient, id, kind, service, valid_from, made, made_by, made_as) values (1, 1, 'opt-out', 'news2', now(), now(), 1, 'self')`, `ended = ${CLOSED}, ended_by = 1, ended_as = 'self'`, `ended = now()`],
]
for (const [table, insert, once, again] of closings)
  test(`a row of ${table} is closed once, and neither opened again, changed nor removed`, async () => {
    await database.sql.unsafe(`insert into ${table} ${insert}`)
    assert.equal((await database.sql.unsafe(`update ${table} set ${once}`)).count, 1)
    for (const as of [database.sql, database.owner])
      await assert.rejects(as.unsafe(`update ${table} set ${again}`), {
        code: '42501',
        message: new RegExp(`^${table} keeps what it holds`),
      })
    await assert.rejects(database.sql.unsafe(`delete from ${table}`), { code: '42501' })
    await assert.rejects(database.sql.unsafe(`update ${table} set patient = 2`), { code: '42501' })
  })

test('an end of an agreement may become earlier and not later, and what was signed stays', async () => {
  await database.owner`insert into organization (number, name, type) values ('900000001', 'A', 'other'), ('900000002', 'B', 'other')`
  await database.sql`
    insert into sharing_agreement (id, controller, service, receiver, valid_from, purposes, legal_basis, proposed, proposed_by,
      controller_signed, signed_by_controller)
    values ('x', '900000001', 'news2', '900000002', now(), '{TREAT}', 'law', now(), 'Kari', now(), 'Kari')`
  const set = async (what: string) => await database.sql.unsafe(`update sharing_agreement set ${what}`)
  await set(`receiver_signed = now(), signed_by_receiver = 'Ola'`)
  await set(`ended = '2026-03-01', ended_by = 'Ola', ended_reason = 'later'`)
  await set(`ended = '2026-02-01', ended_by = 'Kari', ended_reason = 'earlier'`)
  for (const refused of [
    `ended = '2026-02-02'`,
    `ended = null, ended_by = null`,
    `ended_reason = 'another'`,
    `signed_by_receiver = 'Per'`,
    `ended = '2026-01-01', signed_by_receiver = 'Per'`,
    `purposes = '{BTG}'`,
  ])
    await assert.rejects(set(refused), { code: '42501' }, refused)
})

for (const table of ['person', 'person_identifier', 'person_link'])
  test(`the server’s role removes nobody from ${table}`, async () => {
    await assert.rejects(database.sql.unsafe(`delete from ${table}`), { code: '42501' })
  })

test('the person of a health personnel number is set once, and the number is not removed', async () => {
  await database.sql`insert into practitioner (hpr_number, person) values ('990000001', 11), ('990000002', null)`
  await database.owner`insert into person (patient) values (11), (12), (13)`
  await database.owner`insert into person_link (patient, same_as) values (11, 12), (12, 11)`
  await database.sql`update practitioner set person = 13, given_name = 'Nora' where hpr_number = '990000002'`
  await database.sql`update practitioner set person = 12 where hpr_number = '990000001'`
  for (const person of [null, 13])
    for (const as of [database.sql, database.owner])
      await assert.rejects(as`update practitioner set person = ${person} where hpr_number = '990000001'`, { code: '42501' }, `${person}`)
  await assert.rejects(database.sql`delete from practitioner`, { code: '42501' })
})

test('employments and deliveries end and may end earlier, and are neither made longer, moved nor removed', async () => {
  await database.owner`insert into organization (number, name, type) values ('900000003', 'C', 'other')`
  await database.sql`
    insert into practitioner_role (hpr_number, organization, role, valid_from) values ('1', '900000003', 'SP', '2026-01-01')`
  await database.sql`
    insert into service_delivery (patient, controller, provider, valid_from, registered_by)
    values (1, '900000003', '900000003', '2026-01-01', 'Kari')`
  for (const table of ['practitioner_role', 'service_delivery']) {
    for (const until of ['2026-03-01', '2026-02-01']) await database.sql.unsafe(`update ${table} set valid_until = '${until}'`)
    for (const refused of [`set valid_until = '2026-02-02'`, `set valid_until = null`, `set valid_from = '2026-01-02'`])
      await assert.rejects(database.sql.unsafe(`update ${table} ${refused}`), { code: '42501' }, refused)
    await assert.rejects(database.sql.unsafe(`delete from ${table}`), { code: '42501' })
  }
})

test('an open case takes up look-ups, loses none, and keeps what it stated before', async () => {
  const [one, two] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
  await database.sql.unsafe(`insert into misuse_case (patient, id, rule, organization, actor_name, first_at, last_at, events, facts, opened)
    values (5, 5, 'r', '900000001', 'Nora', '2026-01-01', '2026-01-02', '{${one}}', '{"lookUps": 4}', now())`)
  const set = async (what: string) => await database.sql.unsafe(`update misuse_case set ${what} where id = 5`)
  for (const refused of [
    `facts = '{}'`,
    `events = '{}'`,
    `events = '{${two}}'`,
    `last_at = '2026-01-01'`,
    `first_at = '2026-01-02'`,
    `last_at = now()`,
  ])
    await assert.rejects(set(refused), { code: '42501' }, refused)
  await assert.rejects(set(`earlier_facts = '[]'`), { code: '42501' })
  await set(`events = '{${one},${two}}', facts = '{"lookUps": 5}', last_at = '2026-01-03'`)
  const [row] = await database.sql`select facts, earlier_facts from misuse_case where id = 5`
  assert.deepEqual(row, { facts: { lookUps: 5 }, earlier_facts: [{ lookUps: 4 }] })
})

/** Columns of evidence that the server's role may change, and that no trigger lets be written once only, with the reason. */
const others: Readonly<Record<string, readonly string[]>> = {
  // What the register says now.
  person: ['address_confidentiality', 'birth_date', 'died', 'family_name', 'gender', 'given_name', 'municipality', 'residence'],
  // The mark of a newer version, which each newer version writes in the statement that adds it.
  // The texts that searches find a record by are made of its content, and made again when a search parameter extracts more.
  record: ['superseded', 'tokens'],
  // An open case takes up later look-ups, and a trigger lets it lose none; the other holds from the closing on.
  misuse_case: ['events', 'facts', 'first_at', 'last_at'],
}
/** Periods that a later decision may end earlier, never later. */
const mayBecomeEarlier = ['case_officer_access', 'controller_role', 'practitioner_role', 'service_delivery', 'sharing_agreement']

test('each column of evidence that may be changed is closed once by a trigger, or has its reason here', async () => {
  const triggers = await database.owner<{ table: string; names: string[] }[]>`
    select c.relname as table, string_to_array(rtrim(encode(t.tgargs, 'escape'), '\\000'), '\\000') as names
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid where p.proname = 'close_once'`
  const once = new Map(triggers.map(({ table, names }) => [table, names]))
  for (const table of evidence) {
    const columns = rights.find((one) => one.table === table)?.update ?? []
    const open = columns.filter((column) => !once.get(table)?.includes(column))
    assert.deepEqual(open, others[table] ?? [], table)
  }
  const earlier = [...once].filter(([, names]) => names[0] !== '-').map(([table]) => table)
  assert.deepEqual(earlier.sort(), mayBecomeEarlier)
})
