/** The import as an operator sees it, on a real database, with a made-up pack. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { importPack } from './import.ts'

const text = readFileSync(join(import.meta.dirname, '..', 'testing', 'made-up-pack.txt'), 'utf8')
const now = new Date('2026-01-15T10:00:00Z')
let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

const run = async (changed: string) => {
  const imported = await importPack(database.sql, { name: 'pack.txt', text: changed, now })
  return 'fault' in imported ? assert.fail(imported.fault) : imported
}

test('a pack is imported, and a second time adds nothing', async () => {
  const first = await run(text)
  assert.deepEqual(first.meetings, [{ body: 'Fjordrådet for digitalisering', meeting: '4/25', cases: 3, proposals: 2, decisions: 0 }])
  assert.equal(first.questions.length, 4)
  assert.deepEqual(first.added, {
    council_body: 1,
    council_seat: 2,
    council_meeting: 1,
    council_case: 3,
    council_text: 2,
    council_attachment: 2,
    council_follow_up: 1,
    council_cost: 3,
    council_question: 4,
  })
  const second = await run(text)
  assert.deepEqual([second.added, second.kept], [{}, []])
})

test('a pack that says something else changes nothing that stands, and names it', async () => {
  await run(text)
  const { kept } = await run(text.replace('prøves i\nto kommuner', 'prøves i\ntre kommuner').replace('Drift 1 2', 'Drift 1 9'))
  assert.deepEqual(kept, ['council_text Fjordrådet for digitalisering 22/25 proposal', 'council_cost Kostnader for vaktlisten 1'])
  const [row] = await database.sql`select content, state from council_text where number = 22`
  assert.deepEqual(row, { content: 'Rådet slutter seg til at vaktlisten prøves i to kommuner.', state: 'proposed' })
})

test('what holds an identity number, or is no pack, is refused whole', async () => {
  const refused = async (pack: string) => await importPack(database.sql, { name: 'x', text: pack, now })
  const packs = await database.sql`select digest from council_pack`
  assert.deepEqual(await refused(text.replace('Kaffe 9:40', `Kaffe for ${makeIdentityNumber({ birthDate: '1990-05-01', series: 200 })}`)), {
    fault: 'Line 13 holds an identity number. Nothing about a patient belongs in a meeting pack: remove it first.',
  })
  assert.deepEqual(await refused('Handleliste'), {
    fault: 'No meeting was found: a pack has a line "Møte i" and a body, and below it "Møte" and a number.',
  })
  assert.deepEqual(await refused(`${text}\0`), { fault: 'The file is no text. Take the text out of the document first.' })
  assert.equal((await database.sql`select digest from council_pack`).length, packs.length)
})

test('names and texts that look like SQL are stored as they stand', async () => {
  const hostile = text
    .replace('Astrid Bø (Fjordvik kommune)', `Robert'); drop table council_case; -- (Fjordvik "kommune")`)
    .replaceAll('4/2025', '5/2025')
  await run(hostile)
  const [row] = await database.sql`select member, organization from council_seat where member like 'Robert%'`
  assert.deepEqual(row, { member: `Robert'); drop table council_case; --`, organization: 'Fjordvik "kommune"' })
})
