/**
 * Runs many test files in one process, each as a suite of its own: starting Node and importing the kernel takes longer than most files do.
 * Node's `--test-isolation=none` makes hooks of one file those of all; here what a file asks of `node:test` is kept until its suite is
 * built.
 */
import { registerHooks } from 'node:module'
import { relative } from 'node:path'
import * as real from 'node:test'
import { pathToFileURL } from 'node:url'
import { endShared, shareBetweenFiles } from '@helsevev/kernel/testing/shared'

type Call = () => unknown

/** By URL of the file: what it called while it was imported. */
const kept = new Map<string, Call[]>()

/**
 * What `node:test` is for one file: until the suite is built its calls are kept, and later ones, within tests and suites, are made at once.
 */
export function nodeTestFor(file: string) {
  const later = <Callee extends (...values: never[]) => unknown>(callee: Callee): Callee =>
    ((...values: Parameters<Callee>) => {
      const calls = kept.get(file)
      const call = () => callee(...values)
      return calls ? void calls.push(call) : call()
    }) as unknown as Callee
  const { test, describe, before, after, beforeEach, afterEach } = real
  const ways = <Callee extends typeof test | typeof describe>(callee: Callee) =>
    Object.assign(later(callee), { skip: later(callee.skip), todo: later(callee.todo), only: later(callee.only) })
  return {
    test: ways(test),
    describe: ways(describe),
    before: later(before),
    after: later(after),
    beforeEach: later(beforeEach),
    afterEach: later(afterEach),
  }
}

/** Called by the only line of a test file that the runner makes. */
export async function runTogether(files: readonly string[]): Promise<void> {
  const urls = new Set(files.map((file) => pathToFileURL(file).href))
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== 'node:test' || !context.parentURL || !urls.has(context.parentURL)) return next(specifier, context)
      const url = new URL('node-test.ts', import.meta.url)
      url.search = new URLSearchParams({ file: context.parentURL }).toString()
      return { url: url.href, shortCircuit: true }
    },
  })
  shareBetweenFiles()
  for (const file of files) {
    const { href } = pathToFileURL(file)
    const calls: Call[] = []
    kept.set(href, calls)
    await import(href).catch((error: unknown) => {
      calls.push(() =>
        real.test('is imported', () => {
          throw error
        }),
      )
    })
    kept.delete(href)
    await suite(relative(process.cwd(), file), calls)
  }
  // Not a hook: those of the root are run whenever no test is under way, also between two files.
  await endShared()
}

/** Is through when its tests are: the next file is imported then, so that what it reads from the clock is not old. */
async function suite(name: string, calls: readonly Call[]): Promise<void> {
  if (calls.length === 0) return
  const { promise, resolve } = Promise.withResolvers<void>()
  real.describe(name, () => {
    for (const call of calls) call()
    real.after(() => resolve())
  })
  await promise
}
