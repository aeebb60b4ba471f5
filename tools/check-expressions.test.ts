import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkExpressions, type Expression, expressionsIn, expressionsUnder } from './check-expressions.ts'

const root = join(import.meta.dirname, '..')

test('expressions are found as literals, and as RegExp of constants', () => {
  const built = 'const c = new RegExp(String.raw`^($' + '{A}\\d)$`, "i")'
  const text = ["const A = '[a-z]'", 'const b = /x+/gu', built, 'RegExp(given)'].join('\n')
  assert.deepEqual(
    expressionsIn('a.ts', text).map(({ line, source, flags }) => [line, source, flags]),
    [
      [2, 'x+', 'gu'],
      [3, String.raw`^([a-z]\d)$`, 'i'],
      [4, undefined, ''],
    ],
  )
})

test('an expression that is not linear is a fault, and so is one that cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'expressions-'))
  try {
    await mkdir(join(folder, 'kernel'))
    await writeFile(join(folder, 'kernel/a.ts'), ['export const a = /\\([^)]*\\)/g', 'export const b = /^a+$/', 'RegExp(given)'].join('\n'))
    await writeFile(join(folder, 'kernel/a.test.ts'), 'export const a = /(a*)*b/')
    const faults = await checkExpressions(folder)
    assert.deepEqual(
      faults.map(({ file, line }) => [file, line]),
      [
        ['kernel/a.ts', 1],
        ['kernel/a.ts', 3],
      ],
    )
    assert.match(faults[0]?.message ?? '', /2nd degree polynomial/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** One pass over 100,000 characters takes about a millisecond; from each of them again, minutes. */
const LENGTH = 100_000
const MOST_MILLISECONDS = 2000

/** What an attacker repeats: each sign that the expression names, some that it need not name, and its literal beginning. */
function attacks({ source }: Expression): string[] {
  const plain = (source ?? '').replace(/\\[a-zA-Z]|\\u[0-9a-f]{4}|\\(.)/g, '$1')
  const signs = new Set([...plain, ...'a0 \t\n.,:;-_/\\"\'([{<>=%é'])
  const words = plain.match(/[^()[\]{}|?*+^$]{2,12}/g) ?? []
  return [...signs, ...words, ...words.map((word) => `${word} `), '<a ', '": "', '\\"', '0.0', '1-', 'a-'].map((part) =>
    part.repeat(LENGTH / part.length),
  )
}

test('each expression reads 100,000 characters of its own signs in one pass', async () => {
  const slow: string[] = []
  for (const expression of await expressionsUnder(root)) {
    const { file, line, source = '', flags } = expression
    const matcher = new RegExp(source, flags.includes('g') ? flags : `${flags}g`)
    for (const attack of attacks(expression)) {
      const began = performance.now()
      const matches = attack.matchAll(matcher)
      while (!matches.next().done);
      attack.replace(matcher, '')
      const took = performance.now() - began
      if (took > MOST_MILLISECONDS) slow.push(`${file}:${line} ${JSON.stringify(attack.slice(0, 20))} ${Math.round(took)} ms`)
    }
  }
  assert.deepEqual(slow, [])
})
