/**
 * Runs the tests of the whole repository, or of the folders and files named as arguments, with one PostgreSQL cluster for all of them.
 * The last lines are the summary of node's test runner, and its exit code is ours. CONTRIBUTING.md says how long what takes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { startTestCluster, TEST_CLUSTER } from '@helsevev/kernel/testing/database'

const root = join(import.meta.dirname, '..')

/** Of what has a process of its own, what takes longest: begun first, so that both workers end together. */
const longest = ['accessibility', 'clinician', 'script-attacks', 'clinician-page', 'controller-states', 'portal-attacks', 'durability'].map(
  (name) => `e2e/${name}.test.ts`,
)

/** These start programs, browsers and systems, and end them with their process. */
const alone = /^e2e\/|^kernel\/store\/embedded\.test|^kernel\/testing\//

const files = filesOf(process.argv.slice(2))
if (files.length === 0) throw new Error('No *.test.ts found.')

const drafts = mkdtempSync(join(tmpdir(), 'helsevev-tests-'))
const { cluster, stop } = await startTestCluster()
const runner = spawn(
  process.execPath,
  ['--test', '--test-reporter=spec', '--test-concurrency=2', ...processesOf(files).map((group, index) => entry(group, index))],
  {
    cwd: root,
    stdio: 'inherit',
    // Types are stripped and scripts compiled once, not once in each process.
    env: { NODE_COMPILE_CACHE: join(drafts, 'compiled'), ...process.env, [TEST_CLUSTER]: JSON.stringify(cluster) },
  },
)
// Ctrl-C reaches the runner by itself, as it shares our terminal; the cluster is stopped when it has ended.
process.on('SIGINT', () => {})
process.prependListener('SIGTERM', () => void runner.kill('SIGTERM'))
const [code] = (await once(runner, 'exit')) as [number | null]
await stop()
rmSync(drafts, { recursive: true, force: true })
process.exitCode = code ?? 1

/** Below the root, with `/`; all when nothing is named. */
function filesOf(named: readonly string[]): string[] {
  const within = (folder: string) =>
    globSync('**/*.test.ts', { cwd: folder, exclude: ['**/node_modules/**', '**/dist/**', '.data/**'] }).map((file) => join(folder, file))
  const paths =
    named.length === 0 ? within(root) : named.flatMap((name) => (statSync(name).isDirectory() ? within(resolve(name)) : [resolve(name)]))
  return [...new Set(paths.map((path) => relative(root, path).split(sep).join('/')))].sort()
}

/** Files that share a process: those of one workspace, or of one folder of the kernel. In the order in which they are begun. */
function processesOf(all: readonly string[]): string[][] {
  const rank = (file: string) => (longest.includes(file) ? longest.indexOf(file) : longest.length)
  const single = all.filter((file) => alone.test(file)).sort((one, other) => rank(one) - rank(other))
  const groups = Map.groupBy(
    all.filter((file) => !alone.test(file)),
    (file) => file.split('/').slice(0, 2).join('/'),
  )
  return [...single.map((file) => [file]), ...[...groups.values()].sort((one, other) => other.length - one.length)]
}

/** Node sorts what it is given; the number keeps our order. */
function entry(group: readonly string[], index: number): string {
  const path = join(drafts, `${String(index).padStart(3, '0')}.test.mjs`)
  const module = JSON.stringify(join(import.meta.dirname, 'test-together.ts'))
  const paths = JSON.stringify(group.map((file) => join(root, file)))
  writeFileSync(path, `const { runTogether } = await import(${module})\nawait runTogether(${paths})\n`)
  return path
}
