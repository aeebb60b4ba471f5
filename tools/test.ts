/**
 * Runs the tests of the whole repository, or of the folders and files named as arguments, with one PostgreSQL cluster for all of them.
 * The last lines are the summary of node's test runner, and its exit code is ours. CONTRIBUTING.md says how long what takes.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { unpackBrowser } from '@helsevev/kernel/testing/browser'
import { startTestCluster, TEST_CLUSTER } from '@helsevev/kernel/testing/database'
import { ensureBuilt } from '@helsevev/portal/build'

const root = join(import.meta.dirname, '..')

/** Processes at once. One more than there are cores: a browser test waits for a quarter of its time. */
const concurrency = availableParallelism() + 1

/** The groups that take longest begin first, so that all processes end together. */
const longest = ['e2e/clinician', 'e2e/accessibility', 'e2e/portal', 'e2e/controller', 'e2e/script', 'e2e/durability', 'kernel/access']

/** Starts and ends clusters by what its process has in its environment. */
const alone = new Set(['kernel/testing/database.test.ts'])

const files = filesOf(process.argv.slice(2))
if (files.length === 0) throw new Error('No *.test.ts found.')

const drafts = mkdtempSync(join(tmpdir(), 'helsevev-tests-'))
process.on('exit', () => rmSync(drafts, { recursive: true, force: true }))
const hasPages = files.some((file) => file.startsWith('e2e/'))
const [{ cluster, stop }] = await Promise.all([startTestCluster(), hasPages && buildPortals(), hasPages && unpackBrowser()])
const runner = spawn(
  process.execPath,
  ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`, ...processesOf(files).map((group, index) => entry(group, index))],
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
process.exitCode = code ?? 1

/** Before a page waits for it. What does not build is reported by the tests that need it. */
async function buildPortals(): Promise<void> {
  const names = globSync('portals/*/index.html', { cwd: root }).map((page) => basename(dirname(page)))
  await Promise.allSettled(names.map((portal) => ensureBuilt({ portal, log: { info: () => {} } })))
}

/** Below the root, with `/`; all when nothing is named. */
function filesOf(named: readonly string[]): string[] {
  const within = (folder: string) =>
    globSync('**/*.test.ts', { cwd: folder, exclude: ['**/node_modules/**', '**/dist/**', '.data/**'] }).map((file) => join(folder, file))
  const paths =
    named.length === 0 ? within(root) : named.flatMap((name) => (statSync(name).isDirectory() ? within(resolve(name)) : [resolve(name)]))
  return [...new Set(paths.map((path) => relative(root, path).split(sep).join('/')))].sort()
}

/** Files that share a process, by name, in the order in which they are begun. */
function processesOf(all: readonly string[]): string[][] {
  const rank = (name: string) => (longest.includes(name) ? longest.indexOf(name) : longest.length)
  const groups = Map.groupBy(all, (file) => (alone.has(file) ? file : groupOf(file)))
  return [...groups].sort(([one, its], [other, others]) => rank(one) - rank(other) || others.length - its.length).map(([, group]) => group)
}

/**
 * One workspace, one folder of the kernel, or what browser tests of one kind begin with: `e2e/clinician` of `e2e/clinician-page.test.ts`.
 */
function groupOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return `${first}/${first === 'e2e' ? second.replace(/s?[-.].*$/, '') : second}`
}

/** Node sorts what it is given; the number keeps our order. */
function entry(group: readonly string[], index: number): string {
  const path = join(drafts, `${String(index).padStart(3, '0')}.test.mjs`)
  const module = JSON.stringify(join(import.meta.dirname, 'test-together.ts'))
  const paths = JSON.stringify(group.map((file) => join(root, file)))
  writeFileSync(path, `const { runTogether } = await import(${module})\nawait runTogether(${paths})\n`)
  return path
}
