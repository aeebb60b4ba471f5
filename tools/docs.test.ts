import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareDocs } from './docs.ts'
import { fixture } from './fixture.ts'

const page = { file: 'docs/a.md', generate: async () => '# A\n\none\n' }

test('a page that is what the code says has no fault', async () => {
  await using repository = await fixture({ 'docs/a.md': '# A\n\none\n' })
  assert.deepEqual(await compareDocs(repository.root, [page]), [])
})

for (const [name, files, line] of [
  ['a page with another line', { 'docs/a.md': '# A\n\ntwo\n' }, 3],
  ['a page with lines more', { 'docs/a.md': '# A\n\none\ntwo\n' }, 4],
  ['a page that is not there', {}, 1],
] as const)
  test(`${name} is a fault that says what to run`, async () => {
    await using repository = await fixture(files)
    const [fault, ...more] = await compareDocs(repository.root, [page])
    assert.deepEqual([fault?.file, fault?.line, more], ['docs/a.md', line, []])
    assert.match(fault?.message ?? '', /Run npm run docs/)
  })

test('what another step compares is left to it', async () => {
  await using repository = await fixture({})
  assert.deepEqual(await compareDocs(repository.root, [{ ...page, isComparedApart: true }]), [])
})
