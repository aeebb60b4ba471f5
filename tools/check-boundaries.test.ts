import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBoundaries } from './check-boundaries.ts'
import { fixture } from './fixture.ts'

const manifest = (name: string, ...dependencies: string[]) =>
  JSON.stringify({ name, dependencies: Object.fromEntries(dependencies.map((one) => [one, '1.0.0'])) })

const sound = {
  'package.json': JSON.stringify({ name: 'root', devDependencies: { typescript: '7.0.0' } }),
  'kernel/package.json': manifest('@helsevev/kernel', 'fastify', '@helsevev/cluster'),
  'kernel/http/serve.ts': "import { readFile } from 'node:fs/promises'\nimport fastify from 'fastify'\nimport { x } from '../log/x.ts'\n",
  'kernel/log/x.ts': 'export const x = 1\n',
  'kernel/store/records.test.ts': "import { z } from '../areas/choices/z.ts'\n",
  'kernel/areas/choices/z.ts': "import type { y } from '../persons/y.ts'\nexport const z = 1\n",
  'kernel/areas/persons/y.ts': 'export type y = 1\n',
  'kernel/testing/database.ts': "import { startCluster } from '@helsevev/cluster/cluster'\n",
  'kernel/testing/api.ts': "import { z } from '../areas/choices/z.ts'\n",
  'kernel/store/database.test.ts': "import '../testing/database.ts'\nimport '@helsevev/cluster/cluster'\n",
  'cluster/package.json': manifest('@helsevev/cluster'),
  'cluster/cluster.ts': "import { x } from './x.ts'\n",
  'ui/package.json': manifest('@helsevev/ui'),
  'services/news2/package.json': manifest('@helsevev/service-news2', '@helsevev/kernel', '@helsevev/ui'),
  'services/news2/service.ts': "import type { S } from '@helsevev/kernel/fhir/service'\nimport score from './model/score.ts'\n",
  'services/plans/package.json': manifest('@helsevev/service-plans', '@helsevev/kernel'),
  'portals/clinician/package.json': manifest('@helsevev/portal-clinician', '@helsevev/service-news2'),
  'portals/clinician/page.tsx': "import { Panel } from '@helsevev/service-news2/panel'\nexport const page = <Panel />\n",
  'vendor-kit/sdk/package.json': manifest('@helsevev/sdk'),
  'vendor-kit/replay/package.json': manifest('@helsevev/replay', '@helsevev/sdk'),
  'vendor-kit/replay/replay.ts': "import { client } from '@helsevev/sdk'\n",
  'server/package.json': manifest(
    '@helsevev/server',
    '@helsevev/cluster',
    '@helsevev/kernel',
    '@helsevev/portal-clinician',
    '@helsevev/sdk',
  ),
  'server/main.ts': "import '@helsevev/kernel/http/serve'\nawait import('@helsevev/portal-clinician/server')\n",
  'server/database.ts': "const { startCluster } = await import('@helsevev/cluster/cluster')\n",
  'server/commands/testing.ts': "import { api } from '@helsevev/kernel/testing/api'\n",
  'server/commands/roles/roles.test.ts': "import { observe } from '../testing.ts'\n",
  'e2e/package.json': manifest('@helsevev/e2e', '@helsevev/server', '@helsevev/kernel'),
  'e2e/browser.ts': "import { launchBrowser } from '@helsevev/kernel/testing/browser'\n",
  'bench/package.json': manifest('@helsevev/bench', '@helsevev/cluster', '@helsevev/kernel'),
  'bench/store.ts': "import '@helsevev/cluster/cluster'\nimport '@helsevev/kernel/testing/database'\n",
  'tools/package.json': manifest('@helsevev/tools', '@helsevev/kernel'),
  'tools/schema.ts': "import { testDatabase } from '@helsevev/kernel/testing/database'\n",
  'e2e/story.test.ts': "import { start } from '@helsevev/server/system'\n",
}

test('a repository whose imports are declared and point down has no fault', async () => {
  await using repository = await fixture(sound)
  assert.deepEqual(await checkBoundaries(repository.root), [])
})

const bad: { name: string; files: Record<string, string>; file: string; line?: number; says: RegExp }[] = [
  {
    name: 'an undeclared workspace',
    files: { 'services/plans/view.ts': "\nimport { panel } from '@helsevev/ui/panel'\n" },
    file: 'services/plans/view.ts',
    line: 2,
    says: /services\/plans\/package\.json does not declare\. Add @helsevev\/ui to its dependencies/,
  },
  {
    name: 'an undeclared package of npm, also when another workspace or the root declares it',
    files: { 'services/news2/server/route.ts': "import fastify from 'fastify'\nimport ts from 'typescript'\n" },
    file: 'services/news2/server/route.ts',
    line: 1,
    says: /imports fastify, which services\/news2\/package\.json does not declare/,
  },
  {
    name: 'an undeclared type import',
    files: { 'kernel/store/x.ts': "import type { Sql } from 'postgres'\n" },
    file: 'kernel/store/x.ts',
    line: 1,
    says: /Add postgres to its dependencies/,
  },
  {
    name: 'an upward import',
    files: { 'kernel/access/x.ts': "import { news2 } from '@helsevev/service-news2/service'\n" },
    file: 'kernel/access/x.ts',
    line: 1,
    says: /kernel may not use services\. .*pass it in/,
  },
  {
    name: 'an upward dynamic import',
    files: { 'services/news2/server/x.ts': "const server = await import('@helsevev/server/system')\n" },
    file: 'services/news2/server/x.ts',
    line: 1,
    says: /services may not use server/,
  },
  {
    name: 'an upward type import',
    files: { 'ui/x.ts': "let decision: import('@helsevev/kernel/access/decision').Decision\n" },
    file: 'ui/x.ts',
    line: 1,
    says: /ui may not use kernel/,
  },
  {
    name: 'a service that imports another service',
    files: { 'services/plans/x.ts': "import { news2 } from '@helsevev/service-news2/service'\n" },
    file: 'services/plans/x.ts',
    line: 1,
    says: /no other service\. Move what two share to clinical/,
  },
  {
    name: 'a vendor-kit package that imports the kernel',
    files: { 'vendor-kit/sdk/index.ts': "import { problem } from '@helsevev/kernel/problem/problem'\n" },
    file: 'vendor-kit/sdk/index.ts',
    line: 1,
    says: /vendor-kit may not use kernel\. .*speaks HTTP/,
  },
  {
    name: 'a relative import that leaves the package',
    files: { 'services/plans/x.ts': "import { score } from '../news2/model/score.ts'\n" },
    file: 'services/plans/x.ts',
    line: 1,
    says: /outside its package @helsevev\/service-plans\. Import the other package by its name/,
  },
  {
    name: 'a package that imports itself by name',
    files: { 'kernel/access/x.ts': "import { x } from '@helsevev/kernel/log/x'\n" },
    file: 'kernel/access/x.ts',
    line: 1,
    says: /Use a relative path/,
  },
  {
    name: 'a Node module without node:',
    files: { 'kernel/store/x.ts': "import { readFile } from 'fs/promises'\n" },
    file: 'kernel/store/x.ts',
    line: 1,
    says: /Write node:fs\/promises/,
  },
  {
    name: 'a package.json that declares an upper layer',
    files: { 'ui/package.json': manifest('@helsevev/ui', '@helsevev/portal-clinician') },
    file: 'ui/package.json',
    says: /declares @helsevev\/portal-clinician\. ui may not use portals/,
  },
  {
    name: 'an upward import between rooms of the kernel',
    files: { 'kernel/store/up.ts': "import { decide } from '../access/pipeline.ts'\n" },
    file: 'kernel/store/up.ts',
    line: 1,
    says: /kernel\/store may not use kernel\/access\. store knows of a decision only what store\/visibility\.ts holds/,
  },
  {
    name: 'an upward type import between rooms of the kernel',
    files: { 'kernel/identity/up.ts': "\nimport type { Exchange } from '../fhir/exchange.ts'\n" },
    file: 'kernel/identity/up.ts',
    line: 2,
    says: /kernel\/identity may not use kernel\/fhir\. .*Move the rule to access/,
  },
  {
    name: 'code for tests in the kernel',
    files: { 'kernel/http/up.ts': "import { scene } from '../testing/scene.ts'\n" },
    file: 'kernel/http/up.ts',
    line: 1,
    says: /^imports \.\.\/testing\/scene\.ts, which is for tests: move what production needs out of testing\.$/,
  },
  {
    name: 'code for tests of another package',
    files: { 'server/health.ts': "import { NOW } from '@helsevev/kernel/testing/api'\n" },
    file: 'server/health.ts',
    line: 1,
    says: /^imports @helsevev\/kernel\/testing\/api, which is for tests: move what production needs out of testing\.$/,
  },
  {
    name: 'a type of code for tests',
    files: { 'portals/clinician/state.tsx': "import type { Scene } from '@helsevev/service-news2/testing/scene'\n" },
    file: 'portals/clinician/state.tsx',
    line: 1,
    says: /which is for tests: move what production needs out of testing\.$/,
  },
  {
    name: 'a module testing.ts in a command',
    files: { 'server/commands/roles/index.ts': "const { observe } = await import('../testing.ts')\n" },
    file: 'server/commands/roles/index.ts',
    line: 1,
    says: /^imports \.\.\/testing\.ts, which is for tests: move what production needs out of testing\.$/,
  },
  {
    name: 'the cluster in the kernel',
    files: { 'kernel/store/open.ts': "import { startCluster } from '@helsevev/cluster/cluster'\n" },
    file: 'kernel/store/open.ts',
    line: 1,
    says: /^imports @helsevev\/cluster\/cluster, which is for development and tests\. Only server\/database\.ts starts a cluster/,
  },
  {
    name: 'the cluster in another module of the server',
    files: { 'server/system.ts': "import type { Cluster } from '@helsevev/cluster/cluster'\n" },
    file: 'server/system.ts',
    line: 1,
    says: /take the connection as a parameter\.$/,
  },
  {
    name: 'a circle of modules',
    files: {
      'services/news2/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
      'services/news2/b.ts': "import type { A } from './a.ts'\nexport type B = A\n",
    },
    file: 'services/news2/a.ts',
    says: /a\.ts → services\/news2\/b\.ts → services\/news2\/a\.ts\. Move what they share/,
  },
  {
    name: 'a circle of areas',
    files: { 'kernel/areas/persons/back.ts': "import { z } from '../choices/z.ts'\n" },
    file: 'kernel/areas/choices',
    says: /kernel\/areas\/choices → kernel\/areas\/persons → kernel\/areas\/choices/,
  },
  {
    name: 'a module that cannot be parsed',
    files: { 'kernel/log/broken.ts': 'import {\n' },
    file: 'kernel/log/broken.ts',
    says: /cannot be parsed/,
  },
]

for (const { name, files, file, line, says } of bad) {
  test(`${name} is refused, with what to do instead`, async () => {
    await using repository = await fixture({ ...sound, ...files })
    const [fault] = await checkBoundaries(repository.root)
    assert.equal(fault?.file, file)
    assert.equal(fault?.line, line)
    assert.match(fault?.message ?? '', says)
  })
}

test('all faults are reported, not only the first', async () => {
  await using repository = await fixture({ ...sound, ...Object.assign({}, ...bad.map(({ files }) => files)) })
  const files = new Set((await checkBoundaries(repository.root)).map((fault) => fault.file))
  assert.deepEqual(files, new Set(bad.map((one) => one.file)))
})
