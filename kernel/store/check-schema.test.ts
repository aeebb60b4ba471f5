import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../testing/database.ts'
import { checkSchema } from './check-schema.ts'

test('the schema that the migrations make can be spread over many machines', async () => {
  const database = await testDatabase()
  try {
    assert.deepEqual(await checkSchema(database.owner), [])
  } finally {
    await database.close()
  }
})

const commented = (name: string, words: string) => `comment on table ${name} is 'distribution: ${words}. For this test.';`

const stated =
  'Table visit states no distribution. Write: comment on table visit is ' +
  "'distribution: patient. …' (or segment, unit, controller, reference, local)"

const bad: { migration: string; fault: string }[] = [
  {
    migration: 'create table visit (patient bigint, id bigint, primary key (patient, id));',
    fault: stated,
  },
  {
    migration: `create table visit (patient bigint, id bigint, primary key (patient, id)); ${commented('visit', 'everywhere')}`,
    fault: stated,
  },
  {
    migration: `create table visit (patient bigint, id bigint, primary key (id, patient)); ${commented('visit', 'patient')}`,
    fault: 'Table visit is distributed by patient, but its primary key is (id, patient). Make patient its first column.',
  },
  {
    migration: `create table visit (id bigint primary key, patient bigint); ${commented('visit', 'patient')}`,
    fault: 'Table visit is distributed by patient, but its primary key is (id). Make patient its first column.',
  },
  {
    migration: `create table visit (patient bigint, id bigint); ${commented('visit', 'local')}`,
    fault: 'Table visit has no primary key. Every table has one.',
  },
  {
    migration: 'create unique index record_writer on record (writer, patient);',
    fault: 'Index record_writer makes record unique across patients. Make patient its first column.',
  },
  {
    migration: `create table visit (id bigint primary key, unit text); ${commented('visit', 'unit')}`,
    fault: 'Table visit is distributed by unit, but its primary key is (id). Make unit its first column.',
  },
  {
    migration: 'create unique index log_event on access_log (event_id);',
    fault: 'Index log_event makes access_log unique across segments. Make segment its first column.',
  },
  {
    migration: 'create unique index record_anyone on record ((patient % 10), id);',
    fault: 'Index record_anyone makes record unique across patients. Make patient its first column.',
  },
  {
    migration: 'alter table record add constraint record_person foreign key (patient) references person (patient);',
    fault: 'Foreign key record_person of record points to person, which is no reference table. Remove the constraint.',
  },
]

for (const { migration, fault } of bad) {
  test(`refused: ${migration}`, async () => {
    const database = await testDatabase()
    try {
      await database.owner.unsafe(migration).simple()
      assert.deepEqual(await checkSchema(database.owner), [fault])
    } finally {
      await database.close()
    }
  })
}

test('a patient table that points to a reference table and is unique within the patient is not refused', async () => {
  const database = await testDatabase()
  try {
    await database.owner
      .unsafe(`
        create table visit (
          patient bigint, id bigint, organization text references organization (number), room text,
          primary key (patient, id), unique (patient, room));
        ${commented('visit', 'patient')}
      `)
      .simple()
    assert.deepEqual(await checkSchema(database.owner), [])
  } finally {
    await database.close()
  }
})
