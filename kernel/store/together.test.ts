import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type postgres from 'postgres'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { rowTogether, written } from './together.ts'

let database: TestDatabase
let sql: postgres.Sql

before(async () => {
  database = await testDatabase()
  sql = database.sql
})
after(() => database.close())

interface Shown {
  shown: string
}
const shownOf = async (text: string | null) => (await rowTogether<Shown>(sql, written`select quote_nullable(${text}::text) as shown`)).shown

test('statements that are asked for at one time get their own rows', async () => {
  const asked = Array.from({ length: 100 }, (_, at) => `text ${at}`)
  for (let round = 0; round < 3; round++)
    assert.deepEqual(
      await Promise.all(asked.map(shownOf)),
      asked.map((text) => `'${text}'`),
    )
})

const values: { what: string; value: string | number | null | Date | string[] | number[]; type: string }[] = [
  { what: 'nothing', value: null, type: 'text' },
  { what: 'quotes and bars', value: '\'"\\|,{}\u001e', type: 'text' },
  { what: 'letters of every plane', value: 'ŋ漢😀', type: 'text' },
  { what: 'a key of 64 bits', value: '9223372036854775807', type: 'bigint' },
  { what: 'a number without end', value: -Infinity, type: 'double precision' },
  { what: 'a number with many digits', value: 0.1 + 0.2, type: 'double precision' },
  { what: 'an instant', value: new Date('2026-11-30T10:11:12.345Z'), type: 'timestamptz' },
  { what: 'a list of texts', value: ['a"b', 'c,d', '', '{}', "'", 'null', 'NULL', '\\'], type: 'text[]' },
  { what: 'an empty list', value: [], type: 'text[]' },
  { what: 'a list of keys', value: ['1', '9223372036854775807'], type: 'bigint[]' },
]

for (const { what, value, type } of values)
  test(`a value comes as it comes in a statement by itself: ${what}`, async () => {
    const statement = (tag: postgres.Sql) => tag<Shown[]>`select coalesce((${value as string})::${tag.unsafe(type)}, null)::text as shown`
    const [byItself] = await statement(sql)
    const together = async () => await rowTogether<Shown>(sql, statement(written))
    await together()
    assert.deepEqual(await Promise.all([together(), together(), together()]), [byItself, byItself, byItself])
  })

test('parts of a statement and identifiers stand where they were written', async () => {
  const ask = async (at: number) => {
    const part = written`${at}::integer + 1`
    return (
      await rowTogether<{ sum: number }>(sql, written`select ${written('n')} + (${part}) as sum from (values (${10}::integer)) as t (n)`)
    ).sum
  }
  await ask(0)
  assert.deepEqual(await Promise.all([ask(1), ask(2), ask(3)]), [12, 13, 14])
})

test('one that PostgreSQL refuses fails alone, with the error that it has by itself', async () => {
  const ask = async (divisor: number) => await rowTogether<{ part: number }>(sql, written`select 12 / ${divisor}::integer as part`)
  await ask(1)
  const answers = await Promise.allSettled([ask(1), ask(0), ask(3)])
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.part : answer.reason.code)),
    [12, '22012', 4],
  )
})

test('a text that PostgreSQL does not take fails alone', async () => {
  await shownOf('first')
  const answers = await Promise.allSettled([shownOf('a'), shownOf('b\0'), shownOf('c')])
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
})
