import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixture } from './fixture.ts'
import { beyondBaseline, lowerBaseline, readBaseline } from './ratchet.ts'

const faults = (file: string, count: number) => Array.from({ length: count }, (_, line) => ({ file, line, message: 'is wrong.' }))

test('as many findings as the baseline allows are no fault', () => {
  assert.deepEqual(beyondBaseline(faults('a.ts', 2), { 'a.ts': 2 }, 'baseline.json'), [])
})

test('one more is refused, with every finding of the file', () => {
  assert.match(
    beyondBaseline(faults('a.ts', 3), { 'a.ts': 2 }, 'baseline.json')[0]?.message ?? '',
    /has 3 findings, and baseline.json allows 2/,
  )
  assert.equal(beyondBaseline(faults('a.ts', 3), { 'a.ts': 2 }, 'baseline.json').length, 4)
  assert.deepEqual(beyondBaseline(faults('a.ts', 1), {}, 'baseline.json'), faults('a.ts', 1))
})

test('a baseline higher than what is found is refused', () => {
  const [fault] = beyondBaseline([], { 'gone.ts': 1 }, 'baseline.json')
  assert.deepEqual(fault?.file, 'baseline.json')
  assert.match(fault?.message ?? '', /allows 1 findings in gone.ts, which has 0/)
})

test('the baseline moves with a file and goes down, and never up in all', async () => {
  await using repository = await fixture({ 'baseline.json': '{ "old.ts": 2 }' })
  await lowerBaseline(repository.root, 'baseline.json', faults('new.ts', 1))
  assert.deepEqual(await readBaseline(repository.root, 'baseline.json'), { 'new.ts': 1 })
  await assert.rejects(
    lowerBaseline(repository.root, 'baseline.json', faults('new.ts', 2)),
    /2 findings, and baseline.json allows 1 in all/,
  )
})
