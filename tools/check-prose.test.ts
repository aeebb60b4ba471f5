import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proseFindings } from './check-prose.ts'
import { fixture } from './fixture.ts'

const cases: { name: string; file: string; text: string; found: string[] }[] = [
  { name: 'a comment', file: 'kernel/a.ts', text: '/** Tells whom it is about. */\nexport const a = 1\n', found: ['1 tell', '1 whom'] },
  {
    name: 'a later line of a comment',
    file: 'kernel/a.ts',
    text: '/**\n * One.\n * Of the row: its key.\n */\n',
    found: ['3 dangling Of'],
  },
  { name: 'code and names', file: 'kernel/a.ts', text: "const said = 'told'\n// See `tellAll`.\n", found: [] },
  { name: 'the text of a problem', file: 'kernel/a.ts', text: "problem('gone', `Read it anew.`)\n", found: ['1 anew'] },
  { name: 'a sentence of the catalogue', file: 'kernel/a.ts', text: "const all = { gone: { sentence: 'As said.' } }\n", found: ['1 said'] },
  {
    name: 'what a row of a contract is about',
    file: 'kernel/a.ts',
    text: "const rows = { one: { about: 'Whom it names.' } }\n",
    found: ['1 whom'],
  },
  { name: 'the text of an issue', file: 'kernel/a.ts', text: "const issue = { code: 'x', text: 'As told before.' }\n", found: ['1 tell'] },
  {
    name: 'a table that the formatter leaves alone',
    file: 'kernel/a.ts',
    text: "// biome-ignore format: a table\nconst rows = {\n  'a-code': 'Kept as was told.',\n}\n",
    found: ['3 tell'],
  },
  {
    name: 'a declaration named for its rules',
    file: 'kernel/a.ts',
    text: `export const flags = {\n  'a-code': { type: 'value', why: \`The other is beside \${it}.\` },\n}\n`,
    found: ['2 beside'],
  },
  { name: 'a rule alone', file: 'kernel/a.ts', text: "const rule = 'It is read anew.'\n", found: ['1 anew'] },
  { name: 'an error', file: 'kernel/a.ts', text: `throw new RequestError(\`It did not tell \${it}.\`, 'told')\n`, found: ['1 tell'] },
  {
    name: 'an English text',
    file: 'kernel/a.ts',
    text: "const all = { nb: 'Alle som tell med.', en: 'All, and whom to call.' }\n",
    found: ['1 whom'],
  },
  {
    name: 'short texts, texts of pages, and Norwegian',
    file: 'kernel/a.ts',
    text:
      "const rules = { a: 'tell', nb: 'Alle som tell med.', b: 'Vi må tell om alle.' }\n" +
      "const flags = texts({ a: { b: 'As we told before.' }, c: ['tell alle du', 'tell alle du', 'As we told before.'] })\n",
    found: [],
  },
  { name: 'a comment in SQL', file: 'kernel/a.sql', text: "select 'told'\n-- beside the key\n", found: ['2 beside'] },
  { name: 'a page', file: 'docs/a.md', text: "# One\n\nIn anybody's name, side by side.\n", found: ['3 possessive'] },
  { name: 'code on a page', file: 'docs/a.md', text: '`told`\n\n```\ntold\n```\n\n    told\n', found: [] },
]

for (const { name, file, text, found } of cases)
  test(`patterns in ${name}`, async () => {
    await using repository = await fixture({ [file]: text })
    assert.deepEqual((await proseFindings(repository.root)).map(({ line, pattern }) => `${line} ${pattern}`).sort(), found)
  })
