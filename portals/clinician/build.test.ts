import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ensureBuilt } from './build.ts'

const log = { info: () => {} }
let folder: string
before(async () => {
  // Two starts at once, as two processes would.
  const [first, second] = await Promise.all([ensureBuilt({ log }), ensureBuilt({ log })])
  assert.equal(first.folder, second.folder)
  folder = first.folder
})

const page = () => readFileSync(join(folder, 'index.html'), 'utf8')

test('a second start with nothing changed builds nothing', async () => {
  assert.deepEqual(await ensureBuilt({ log }), { folder, built: false })
})

test('the first page needs at most 250 kB of script, gzipped', () => {
  const scripts = [...page().matchAll(/(?:src|href)="\/clinician\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? '')
  assert.ok(scripts.length > 0)
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)
  assert.ok(bytes <= 250_000, `${bytes} bytes`)
})

test('the page holds no script or style of its own, which the Content-Security-Policy would refuse', () => {
  assert.doesNotMatch(page(), /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
})

test('nothing is fetched from elsewhere', () => {
  assert.doesNotMatch(page(), /(src|href)="(https?:)?\/\//)
  const sheets = [...page().matchAll(/href="\/clinician\/(assets\/[^"]+\.css)"/g)].map(([, file]) =>
    readFileSync(join(folder, file ?? ''), 'utf8'),
  )
  assert.ok(sheets.length > 0)
  for (const sheet of sheets) assert.doesNotMatch(sheet, /url\(["']?(https?:)?\/\/|@import/)
})
