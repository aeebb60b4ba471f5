/**
 * Builds the client of a portal when its inputs have changed since the last build, and returns the folder of the build. Vite is imported
 * only then, so that a start without changes takes a few milliseconds. Each build has its own folder, named by the hash of its inputs and
 * put in place by renaming: no start ever serves half a build, and two starts at the same time build once.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

const repository = join(import.meta.dirname, '..', '..')
/** Outside the folders of the sources: programs that watch the sources must not take a build for a change. */
const builds = join(repository, 'dist')
/** What every portal's client consists of, in addition to its own folder. A build that uses more is refused, and the error names it. */
const sharedInputs = [
  'portals/shared',
  'ui',
  'panel',
  'services',
  'clinical',
  'kernel/values',
  'kernel/wire',
  'kernel/control/contract.ts',
  'kernel/control/contract',
  'kernel/areas/choices/identified-by.ts',
  'kernel/areas/follow-up/findings.ts',
  'package-lock.json',
]
/** The gallery shows parts of two other portals. */
const moreInputs: Readonly<Record<string, readonly string[]>> = { gallery: ['portals/clinician', 'portals/citizen'] }
const ignoredFolders = new Set(['node_modules', 'dist', 'server', 'fhir', 'testing'])
/** A build takes seconds; a lock older than this was left by a process that died. */
const lockMs = 120_000
/** The largest first page, in bytes of gzipped script: it takes about two seconds on a slow phone. */
export const largestFirstLoad = 250_000

interface Log {
  info(message: string): void
}

interface BuildOptions {
  /** Name of the portal, and of its folder. */
  portal: string
  log: Log
}

/** @returns the folder to serve. @throws when the client does not build, or is too large; the error names the file, or the size. */
export async function ensureBuilt({ portal, log }: BuildOptions): Promise<{ folder: string; built: boolean }> {
  const home = join(builds, portal)
  const inputs = [`portals/${portal}`, ...(moreInputs[portal] ?? []), ...sharedInputs]
  const folder = join(home, await hashOf(inputs))
  if (existsSync(folder)) return { folder, built: false }
  await mkdir(home, { recursive: true })
  const unlock = await lock(join(home, 'building'))
  try {
    if (existsSync(folder)) return { folder, built: false }
    const started = performance.now()
    const draft = join(home, `draft-${process.pid}`)
    await runVite(portal, draft, inputs)
    const bytes = await firstLoad(portal, draft)
    if (bytes > largestFirstLoad)
      throw new Error(`The first page of ${portal} needs ${bytes} bytes of script, gzipped, and may need ${largestFirstLoad}.`)
    await rename(draft, folder)
    await removeOthers(home, folder)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    log.info(`The ${portal} portal was built in ${seconds} s. Its first page needs ${Math.round(bytes / 1000)} kB of script, gzipped.`)
    return { folder, built: true }
  } finally {
    await unlock()
  }
}

/** Bytes of gzipped script that index.html loads. */
export async function firstLoad(portal: string, folder: string): Promise<number> {
  const page = await readFile(join(folder, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, address]) => address ?? '')
  if (scripts.length === 0) throw new Error(`index.html of ${portal} loads no script.`)
  const sizes = await Promise.all(
    scripts.map(async (address) => gzipSync(await readFile(join(folder, relative(`/${portal}`, address)))).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** One build at a time in this process: the mode that React is built for is set in the environment. */
let turn: Promise<void> = Promise.resolve()

async function runVite(portal: string, outDir: string, inputs: readonly string[]): Promise<void> {
  const mine = turn.then(async () => {
    const [{ build }, { viteConfig }] = await Promise.all([import('vite'), import('./vite.ts')])
    // Vite takes the mode of React from NODE_ENV; a server started in another mode must still get the small build.
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    try {
      const config = viteConfig(portal, outDir)
      await build({ ...config, plugins: [...(config.plugins ?? []), onlyFrom(inputs)] })
    } finally {
      if (before === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = before
    }
  })
  turn = mine.catch(() => undefined)
  await mine
}

/** Refuses a module whose change would not be noticed at the next start. */
function onlyFrom(inputs: readonly string[]) {
  return {
    name: 'helsevev-inputs',
    moduleParsed({ id }: { id: string }) {
      const file = relative(repository, id.split('?')[0] ?? '')
        .split(sep)
        .join('/')
      if (file.startsWith('..') || file.includes('node_modules/') || file.includes('\0')) return
      const known = inputs.some((input) => file === input || file.startsWith(`${input}/`))
      const ignored = file.split('/').some((part) => ignoredFolders.has(part))
      if (!known || ignored)
        throw new Error(`${file} is used by a client and is not among the inputs of portals/shared/build.ts. Add it, or do not import it.`)
    },
  }
}

async function hashOf(inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of await filesOf(join(repository, input))) {
      hash
        .update(relative(repository, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex').slice(0, 20)
}

async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const files: string[] = []
  const entries = await readdir(path, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() && !ignoredFolders.has(entry.name)) files.push(...(await filesOf(join(path, entry.name))))
    if (entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name)) files.push(join(path, entry.name))
  }
  return files
}

/** Waits until no other process builds. Only one process can create the file of the lock. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const handle = await open(file, 'wx')
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const age = await stat(file).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      )
      if (age > lockMs) await rm(file, { force: true })
      else await sleep(200)
    }
  }
}

/** Removes older builds except the previous one, which a server that still runs may be serving. */
async function removeOthers(home: string, kept: string): Promise<void> {
  const folders = (await readdir(home, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(home, entry.name))
  const aged = await Promise.all(
    folders.filter((folder) => folder !== kept).map(async (folder) => ({ folder, time: (await stat(folder)).mtimeMs })),
  )
  for (const { folder } of aged.sort((a, b) => b.time - a.time).slice(1)) await rm(folder, { recursive: true, force: true })
}
