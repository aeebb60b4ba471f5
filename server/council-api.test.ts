import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { importPack } from '@helsevev/governance/store/import'
import { publish } from '@helsevev/governance/store/publish'
import { type TestDatabase, testDatabase } from '@helsevev/kernel/testing/database'
import { fastify } from 'fastify'
import { councilApi } from './council-api.ts'

const pack = readFileSync(join(import.meta.dirname, '..', 'governance/testing/made-up-pack.txt'), 'utf8')
const now = new Date('2026-01-15T10:00:00Z')
const app = fastify()
let database: TestDatabase
before(async () => {
  database = await testDatabase()
  await app.register(async (scope) =>
    councilApi(scope, { sql: database.sql, clock: () => now, baseUrl: () => 'https://helsevev.example', https: () => true }),
  )
})
after(async () => {
  await app.close()
  await database.close()
})

const get = async (url: string) => await app.inject({ method: 'GET', url })
const everything = [
  '/council',
  '/council/cost-tables',
  '/council/cases',
  '/council/follow-ups',
  '/council/costs',
  '/council/oparl.json',
  '/council/calendar.ics',
]

test('a pack shows nothing to anybody until it is published, and later packs neither', async () => {
  await importPack(database.sql, { name: 'pack.txt', text: pack, now })
  for (const url of everything) {
    const { statusCode, body } = await get(url)
    assert.equal(statusCode, 200)
    assert.doesNotMatch(body, /Fjord|vaktliste|Bø/i, url)
  }
  const [stored] = await database.sql<{ digest: string }[]>`select digest from council_pack`
  assert.deepEqual(await publish(database.sql, { pack: stored?.digest.slice(0, 12) ?? '', by: 'Kari Nordmann', now }), { name: 'pack.txt' })
  for (const url of everything) assert.match((await get(url)).body, /Fjordvik|vaktliste/i, url)
  const minutes = pack
    .replace('Møte i', 'Referat fra møte i')
    .replaceAll('Forslag til vedtak:', 'Vedtak:')
    .replace('Rådet godkjenner innkallingen', 'Hemmelig utkast')
  await importPack(database.sql, { name: 'draft.txt', text: minutes, now })
  for (const url of everything) assert.doesNotMatch((await get(url)).body, /Hemmelig/, url)
  const [draft] = await database.sql`select content from council_text where kind = 'decision' and number = 21`
  assert.equal(draft?.content, 'Hemmelig utkast.')
})

test('a search finds cases with all words, and what it does not know is refused', async () => {
  const found = JSON.parse((await get('/council/cases?search=kystnett%20VAKTLISTE')).body)
  assert.deepEqual(
    found.cases.map(({ number }: { number: number }) => number),
    [22],
  )
  for (const url of [
    '/council/cases?limit=3',
    '/council/cases?search=a&search=b',
    `/council/cases?search=${'a'.repeat(201)}`,
    '/council/costs?x=1',
  ])
    assert.equal((await get(url)).statusCode, 400, url)
})

test('pages show proposal, attachment and sums, in three languages, and run nothing', async () => {
  const address = `/council/case/${encodeURIComponent('Fjordrådet for digitalisering')}/2025/22`
  const { body, headers } = await get(address)
  assert.match(body, /<h2>Forslag til vedtak<\/h2>\n<p lang="nb">Rådet slutter seg til at vaktlisten prøves i to kommuner\.<\/p>/)
  assert.match(body, /2: <span lang="nb">Erfaringer fra Nes<\/span>, mangler/)
  assert.match(String(headers['content-security-policy']), /default-src 'none'.*form-action 'self'/)
  const english = (await app.inject({ url: address, headers: { cookie: 'helsevev-language=en' } })).body
  assert.match(english, /<h2>Proposed decision<\/h2>/)
  assert.match((await get('/council/cost-tables')).body, /<th scope="row"><span lang="nb">Sum<\/span><\/th><td>4<\/td>/)
  assert.equal((await get(`${address}99`)).statusCode, 404)
  assert.equal((await get('/council?language=nn')).headers.location, '/council')
  for (const url of [address, '/council', '/council/cost-tables']) assert.doesNotMatch((await get(url)).body, /<script|\sstyle=|\son\w+=/)
})

test('what a pack and a searcher write is text on a page, and never markup', async () => {
  const hostile = pack.replaceAll('4/2025', '6/2025').replace('Vedlegg 2:\nErfaringer fra Nes', 'Vedlegg 2:\n<img src=x onerror=alert(1)>')
  await importPack(database.sql, { name: 'hostile.txt', text: hostile.replaceAll('22/25', '28/25'), now })
  const [waiting] = await database.sql<{ digest: string }[]>`select digest from council_pack where name = 'hostile.txt'`
  await publish(database.sql, { pack: waiting?.digest ?? '', by: 'Kari Nordmann', now })
  const shown = await get(`/council/case/${encodeURIComponent('Fjordrådet for digitalisering')}/2025/28`)
  assert.ok(shown.body.includes('&#60;img src=x onerror=alert(1)&#62;'))
  for (const { body } of [shown, await get('/council?search=%22%3E%3Cscript%3E')]) assert.doesNotMatch(body, /<img|<script/)
})
