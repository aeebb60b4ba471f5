/**
 * Runs the tests of the whole repository, or the files named as arguments, with one PostgreSQL cluster for all of them.
 * The last lines are the summary of node's test runner, and its exit code is ours.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { startTestCluster, TEST_CLUSTER } from '@helsevev/kernel/testing/database'

const root = join(import.meta.dirname, '..')
const named = process.argv.slice(2)
const files =
  named.length > 0 ? named : globSync('**/*.test.ts', { cwd: root, exclude: ['**/node_modules/**', '**/dist/**', '.data/**'] }).sort()
if (files.length === 0) throw new Error('No *.test.ts found.')

const { cluster, stop } = await startTestCluster()
const runner = spawn(process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=2', ...files], {
  ...(named.length === 0 && { cwd: root }),
  stdio: 'inherit',
  env: { ...process.env, [TEST_CLUSTER]: JSON.stringify(cluster) },
})
// Ctrl-C reaches the runner by itself, as it shares our terminal; the cluster is stopped when it has ended.
process.on('SIGINT', () => {})
process.prependListener('SIGTERM', () => void runner.kill('SIGTERM'))
const [code] = (await once(runner, 'exit')) as [number | null]
await stop()
process.exitCode = code ?? 1
