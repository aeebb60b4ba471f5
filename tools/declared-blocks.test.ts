import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readersBlock, withBlock } from './docs/declared-blocks.ts'

const text = 'Before.\n\n<!-- readers: written by npm run docs -->\nold\n<!-- end of readers -->\n\nAfter.\n'

test('what stands between the two remarks is replaced, and the rest stays', () => {
  const once = withBlock(text, 'readers', 'new')
  assert.equal(once, 'Before.\n\n<!-- readers: written by npm run docs -->\n\nnew\n\n<!-- end of readers -->\n\nAfter.\n')
  assert.equal(withBlock(once, 'readers', 'new'), once)
})

test('a page without the block, without its end, or with two is a fault', () => {
  for (const wrong of ['Before.', text.replace('<!-- end of readers -->', ''), text + text])
    assert.throws(() => withBlock(wrong, 'readers', 'new'), /Write the lines <!-- readers: written by npm run docs -->/)
})

test('each reader has a row, with the name of list 9060 and yes for each purpose that is open', () => {
  assert.deepEqual(
    readersBlock({ readers: { SP: ['TREAT', 'BTG'], FA1: ['TREAT'] } })
      .split('\n')
      .slice(2),
    ['| Sykepleier | `SP` | yes |  |  | yes |', '| Provisorfarmasøyt | `FA1` | yes |  |  |  |'],
  )
})
