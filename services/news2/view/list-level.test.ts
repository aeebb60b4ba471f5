import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gravity, levelOf } from './list-level.ts'

const now = new Date('2026-03-10T12:00:00Z')
const day = 24 * 3_600_000
const signal = (code: string, ago = 0) => ({ system: 's', code, time: new Date(now.getTime() - ago).toISOString() })

const rows: [code: string, ago: number, band: string | undefined, certain: boolean, old: boolean, gravity: number][] = [
  ['band-0', 0, 'band-0', true, false, 1],
  ['single-3', 0, 'single-3', true, false, 3],
  ['band-7', day, 'band-7', true, false, 5],
  ['band-7', day + 1, 'band-7', true, true, 0],
  ['band-5-6-uncertain', 0, 'band-5-6', false, false, 4],
  ['unscored', 0, undefined, true, false, 0],
  ['a word of later', 0, undefined, true, false, 0],
]

for (const [code, ago, band, certain, old, grave] of rows)
  test(`${code}, ${ago / day} days old`, () => {
    assert.deepEqual(levelOf(signal(code, ago), now), { band, certain, old })
    assert.equal(gravity(signal(code, ago), now), grave)
  })
