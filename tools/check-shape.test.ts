import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shapeFindings } from './check-shape.ts'
import { fixture } from './fixture.ts'

const long = 'word '.repeat(30)
const body = '  one()\n'.repeat(80)

const cases: { name: string; file: string; text: string; found: (number | undefined)[] }[] = [
  { name: 'a long comment', file: 'a.ts', text: `// ${long}\n`, found: [1] },
  { name: 'a row of a table in code', file: 'a.ts', text: `// biome-ignore format: a table\nconst a = [\n  '${long}',\n]\n`, found: [] },
  { name: 'what follows a table in code', file: 'a.ts', text: `// biome-ignore format: a table\nconst a = []\n// ${long}\n`, found: [3] },
  { name: 'a long address', file: 'a.md', text: `https://example.no/${long.replaceAll(' ', '-')}\n`, found: [] },
  { name: 'a long paragraph and a row of a table', file: 'a.md', text: `${long}\n\n| ${long} |\n`, found: [1] },
  { name: 'a function of 82 lines', file: 'a.ts', text: `function one() {\n${body}}\n`, found: [1] },
  { name: 'a function of 82 lines in a test', file: 'a.test.ts', text: `test('one', () => {\n${body}})\n`, found: [] },
  { name: 'a function of 3 lines', file: 'a.ts', text: 'function one() {\n  one()\n}\n', found: [] },
]

for (const { name, file, text, found } of cases)
  test(`${name}: ${found.length} findings`, async () => {
    await using repository = await fixture({ [file]: text })
    assert.deepEqual(
      (await shapeFindings(repository.root)).map(({ line }) => line),
      found,
    )
  })
