import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDocs } from './check-docs.ts'
import { fixture } from './fixture.ts'

const sound = {
  'package.json': JSON.stringify({ name: 'root', scripts: { start: 'node server/main.ts', test: 'node --test' } }),
  'README.md': '# Made up\n\nRun `npm start`. See [the page](docs/services/news2.md#read).\n',
  'server/main.ts': '',
  'server/env.ts': "export const variables = { HELSEVEV_PORT: { default: '8080' } }\n",
  'kernel/problem/catalogue.ts': "export const problems = { gone: { status: 410, issueType: 'deleted' } }\n",
  'kernel/fhir/interactions/read.ts': '',
  'kernel/fhir/interactions/read.test.ts': '',
  'services/news2/package.json': '{}',
  'services/news2/service.ts': "export default { id: 'news2', operations: [{ name: 'trend' }], adapters: [{ name: 'import' }] }\n",
  'docs/services/news2.md': '# news2\n\n## Read\n\n## POST $trend\n',
  'docs/run/variables.md': '# Variables\n\n## HELSEVEV_PORT\n',
  'server/commands/index.ts': `const commands = [{ name: 'audit verify', options: { witness: {} } }]
export const subjects = [{ name: 'audit', load: async () => ({ commands }) }]
`,
  'docs/run/commands.md': 'Run `npx helsevev audit verify --witness a.log --json`, `npx helsevev help audit` or `npx helsevev`.\n',
  'docs/api/read.md': '# read\n',
  'docs/api/problems.md': '# Problems\n\n[gone](#gone)\n\n## gone\n\n410 `deleted`: it was deleted.\n',
  'docs/api/adapter.md': '# Adapters\n\n## `$import`\n',
  'docs/security.md': [
    '| replay | `kernel/replay.test.ts`',
    '`once`',
    `\`a proof \${name} is \${accepted ? 'yes' : 'no'}\``,
    '`it’s "mine"` |\n',
  ].join(' › '),
  'docs/privacy.md': '# Privacy\n\n## news2\n\nKept in `record`.\n',
  'kernel/replay.test.ts': `test('once', () => {})
test(\`a proof \${name} is \${accepted ? 'yes' : 'no'}\`, () => {})
test('it’s "mine"', () => {})
`,
  'kernel/store/schema.sql':
    "comment on table record is 'distribution: patient. x';\ncomment on table code is 'distribution: reference. x';\n",
}

test('a repository where everything declared is described has no fault', async () => {
  await using repository = await fixture(sound)
  assert.deepEqual(await checkDocs(repository.root), [])
})

const bad: { name: string; files: Record<string, string>; file: string; says: RegExp }[] = [
  {
    name: 'a service without a page',
    files: { 'services/plans/package.json': '{}', 'docs/privacy.md': '## news2\n\n## plans\n\n`record`\n' },
    file: 'docs/services/plans.md',
    says: /is missing/,
  },
  {
    name: 'a service whose privacy nobody has described',
    files: { 'services/plans/package.json': '{}', 'docs/services/plans.md': '# plans\n' },
    file: 'docs/privacy.md',
    says: /no section on the service plans/,
  },
  {
    name: 'a table about patients that the privacy page does not mention',
    files: { 'kernel/store/schema.sql': "comment on table diary is 'distribution: patient. x';\n" },
    file: 'docs/privacy.md',
    says: /does not mention the table diary/,
  },
  {
    name: 'a test named as evidence that was renamed',
    files: { 'kernel/replay.test.ts': "test('twice', () => {})\n", 'docs/security.md': '`kernel/replay.test.ts` › `once`' },
    file: 'docs/security.md',
    says: /names the test "once", which kernel\/replay\.test\.ts lacks/,
  },
  {
    name: 'a test file named as evidence that is gone',
    files: { 'docs/security.md': '`kernel/replayed.test.ts`' },
    file: 'docs/security.md',
    says: /kernel\/replayed\.test\.ts, which does not exist/,
  },
  {
    name: 'an operation without a section',
    files: { 'docs/services/news2.md': '# news2\n\n## Read\n\n## $trends\n' },
    file: 'docs/services/news2.md',
    says: /no section on \$trend\. .*docs\/api\/operation\.md/,
  },
  {
    name: 'an adapter without a section',
    files: { 'docs/api/adapter.md': '# Adapters\n' },
    file: 'docs/services/news2.md',
    says: /no section on \$import\. .*docs\/api\/adapter\.md/,
  },
  {
    name: 'a service that declares nothing',
    files: { 'services/news2/service.ts': 'export const news2 = 1\n' },
    file: 'services/news2/service.ts',
    says: /no default export/,
  },
  {
    name: 'a service that cannot be loaded',
    files: { 'services/news2/service.ts': "throw new Error('half written')\n" },
    file: 'services/news2/service.ts',
    says: /cannot be loaded: half written/,
  },
  {
    name: 'an interaction without a page',
    files: { 'kernel/fhir/interactions/patch.ts': '' },
    file: 'docs/api/patch.md',
    says: /interaction patch/,
  },
  {
    name: 'a variable without a section',
    files: { 'server/env.ts': 'export const variables = { HELSEVEV_PORT: {}, HELSEVEV_NEW: {} }\n' },
    file: 'docs/run/variables.md',
    says: /no section on the variable HELSEVEV_NEW/,
  },
  {
    name: 'a section on a variable that is gone',
    files: { 'docs/run/variables.md': '# Variables\n\n## HELSEVEV_PORT\n\n## HELSEVEV_OLD\n' },
    file: 'docs/run/variables.md',
    says: /describes HELSEVEV_OLD, which server\/env\.ts does not declare/,
  },
  {
    name: 'an environment module that exports no variables',
    files: { 'server/env.ts': 'export const env = {}\n' },
    file: 'server/env.ts',
    says: /does not export variables/,
  },
  {
    name: 'a problem code without a section',
    files: {
      'kernel/problem/catalogue.ts':
        "export const problems = { gone: { status: 410, issueType: 'deleted' }, busy: { status: 429, issueType: 'throttled' } }\n",
    },
    file: 'docs/api/problems.md',
    says: /no section on the problem code busy/,
  },
  {
    name: 'a problem code that the table of the page leaves out',
    files: { 'docs/api/problems.md': '# Problems\n\n## gone\n\n410 `deleted`: it was deleted.\n' },
    file: 'docs/api/problems.md',
    says: /the table of codes leaves out gone/,
  },
  {
    name: 'a problem code described with another status than the catalogue has',
    files: { 'docs/api/problems.md': '# Problems\n\n[gone](#gone)\n\n## gone\n\n404 `deleted`\n' },
    file: 'docs/api/problems.md',
    says: /must open with "410 `deleted`"/,
  },
  { name: 'a README of 71 lines', files: { 'README.md': 'a\n'.repeat(71) }, file: 'README.md', says: /71 lines; one screen is 70/ },
  {
    name: 'a link to a page that is not there',
    files: { 'docs/a.md': '[b](b.md)' },
    file: 'docs/a.md',
    says: /links to b\.md, which does not exist/,
  },
  {
    name: 'a link to a heading that is not there',
    files: { 'docs/a.md': '[read](api/read.md#headers)' },
    file: 'docs/a.md',
    says: /docs\/api\/read\.md has no such heading/,
  },
  { name: 'a script that package.json lacks', files: { 'docs/a.md': 'npm run fly' }, file: 'docs/a.md', says: /script fly/ },
  {
    name: 'a command that the program lacks',
    files: { 'docs/a.md': '    npx helsevev audit verfy' },
    file: 'docs/a.md',
    says: /names npx helsevev audit verfy, which server\/commands does not have/,
  },
  {
    name: 'an option that the command does not take',
    files: { 'docs/a.md': '`npx helsevev audit verify --witnesses a.log`' },
    file: 'docs/a.md',
    says: /names --witnesses, which audit verify does not take/,
  },
  {
    name: 'a script that runs a file which is not there',
    files: { 'package.json': JSON.stringify({ scripts: { start: 'node --watch server/start.ts' } }) },
    file: 'package.json',
    says: /the script start runs server\/start\.ts/,
  },
]

for (const { name, files, file, says } of bad) {
  test(`${name} is a fault that says what to do`, async () => {
    await using repository = await fixture({ ...sound, ...files })
    const faults = await checkDocs(repository.root)
    assert.equal(faults.length, 1, JSON.stringify(faults))
    assert.equal(faults[0]?.file, file)
    assert.match(faults[0]?.message ?? '', says)
  })
}

test('a README of 70 lines is one screen', async () => {
  await using repository = await fixture({ ...sound, 'README.md': 'a\n'.repeat(70) })
  assert.deepEqual(await checkDocs(repository.root), [])
})
