import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const module = JSON.stringify(join(import.meta.dirname, 'test-together.ts'))

/** What the runner prints of files that run together, and its exit code. */
function together(files: Record<string, string>): { code: number | null; lines: string[]; printed: string } {
  const folder = mkdtempSync(join(tmpdir(), 'helsevev-together-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const paths = JSON.stringify(Object.keys(files).map((name) => join(folder, name)))
    writeFileSync(join(folder, 'all.test.mjs'), `const { runTogether } = await import(${module})\nawait runTogether(${paths})\n`)
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env
    const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', 'all.test.mjs'], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    })
    return { code: status, lines: stdout.split('\n').map((line) => line.replace(/ \(.*ms\)$/, '').trim()), printed: stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const file = (name: string) => `
  import { after, before, beforeEach, describe, test } from 'node:test'
  console.log('${name} is imported')
  before(() => console.log('${name} begins'))
  beforeEach(() => console.log('before each of ${name}'))
  after(() => console.log('${name} ends'))
  test('one', () => console.log('one of ${name}'))
  describe('more', () => test('two', () => console.log('two of ${name}')))
`

test('hooks of a file are of its own tests, and its tests are through before the next is imported', () => {
  const { code, lines } = together({ 'a.test.mjs': file('a'), 'b.test.mjs': file('b') })
  assert.equal(code, 0)
  const said = lines.filter((line) => /^(before each|one|two|[ab] (is imported|begins|ends))/.test(line))
  const of = (name: string) => [
    `${name} is imported`,
    `${name} begins`,
    `before each of ${name}`,
    `one of ${name}`,
    `before each of ${name}`,
    `two of ${name}`,
    `${name} ends`,
  ]
  assert.deepEqual(said, [...of('a'), ...of('b')])
  assert.ok(lines.includes('ℹ tests 4') && lines.includes('ℹ pass 4'))
})

test('what fails before the tests of a file does not keep the next from running', () => {
  const { code, lines } = together({
    'failing.test.mjs': `import { before, test } from 'node:test'
before(() => { throw new Error('no database') })
test('never runs', () => {})`,
    'right.test.mjs': `import { test } from 'node:test'\ntest('passes', () => {})`,
  })
  assert.equal(code, 1)
  for (const line of ['ℹ pass 1', '✔ passes']) assert.ok(lines.includes(line), line)
})

test('a file that cannot be imported and one that fails are failures, and the others run', () => {
  const { code, lines, printed } = together({
    'broken.test.mjs': `throw new Error('not importable')`,
    'failing.test.mjs': `import { test } from 'node:test'\ntest('fails', () => { throw new Error('as it should') })`,
    'right.test.mjs': `import { test } from 'node:test'\ntest('passes', () => {})\ntest.skip('is left out')`,
  })
  assert.equal(code, 1)
  assert.match(printed, /not importable/)
  assert.match(printed, /as it should/)
  for (const line of ['ℹ tests 4', 'ℹ pass 1', 'ℹ fail 2', 'ℹ skipped 1']) assert.ok(lines.includes(line), line)
})

test('what files share is made once, outlives the file that asked first, and is ended when all are through', () => {
  const shared = JSON.stringify(import.meta.resolve('@helsevev/kernel/testing/shared'))
  const user = `
    import { after, test } from 'node:test'
    import { sharedByFiles } from ${shared}
    const made = { value: { used: 0 }, end: async () => console.log('ended'), whenShared: () => console.log('made') }
    let it
    after(() => console.log('left'))
    test('uses it', async () => {
      it = await sharedByFiles('it', async () => made, () => true)
      console.log('used ' + ++it.used)
    })
  `
  const { code, lines } = together({ 'a.test.mjs': user, 'b.test.mjs': user })
  assert.equal(code, 0)
  const said = lines.filter((line) => /^(made|used|left|ended)/.test(line))
  assert.deepEqual(said, ['made', 'used 1', 'left', 'used 2', 'left', 'ended'])
})
