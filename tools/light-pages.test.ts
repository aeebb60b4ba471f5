/** Every style sheet that begins a page has one scheme of colours, and no text has a size of its own: docs/decisions/0082-light-pages.md */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const sheets = globSync('{ui,panel,portals,services,server}/**/*.{css,scss}', {
  cwd: root,
  exclude: (path) => path.includes('node_modules') || path.includes('dist'),
})

test('pages are light whatever the browser prefers', () => {
  for (const path of ['ui/base.scss', 'server/pages/style.css', 'vendor-kit/helseid-test/pages.ts'])
    assert.match(read(path), /color-scheme: light(?! dark)/, path)
  for (const path of sheets) assert.doesNotMatch(read(path), /prefers-color-scheme/, path)
})

test('text has the size that the reader has chosen: none is in pixels', () => {
  assert.ok(sheets.length > 15)
  for (const path of sheets) assert.doesNotMatch(read(path), /font(-size)?:[^;{]*\d(px|pt)\b/, path)
})
