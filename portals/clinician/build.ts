/**
 * Builds the portal's client when what it is made of has changed since the last build, and says where it lies. Vite is imported only then,
 * so that a start with nothing new costs a few milliseconds. Each build has its own folder, named by the hash of its inputs and put in
 * place by renaming: no start ever serves half a build, and two starts at once build once.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const here = import.meta.dirname
const repository = join(here, '..', '..')
const dist = join(here, 'dist')
const inputs = ['portals/clinician', 'ui', 'services', 'kernel/identity/identity-number.ts', 'package-lock.json']
const ignoredFolders = new Set(['node_modules', 'dist', 'server', 'fhir'])
/** A build takes seconds; a lock older than this was left by a process that died. */
const lockMs = 120_000

export interface Log {
  info(message: string): void
}

/** @returns the folder to serve. @throws when the client does not build; the error names the file. */
export async function ensureBuilt({ log }: { log: Log }): Promise<{ folder: string; built: boolean }> {
  const folder = join(dist, await hashOfInputs())
  if (existsSync(folder)) return { folder, built: false }
  await mkdir(dist, { recursive: true })
  const unlock = await lock(join(dist, 'building'))
  try {
    if (existsSync(folder)) return { folder, built: false }
    const started = performance.now()
    const draft = join(dist, `draft-${process.pid}`)
    await runVite(draft)
    await rename(draft, folder)
    await removeOthers(folder)
    log.info(`The clinician portal was built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
    return { folder, built: true }
  } finally {
    await unlock()
  }
}

async function runVite(outDir: string): Promise<void> {
  const [{ build }, { default: config }] = await Promise.all([import('vite'), import('./vite.config.ts')])
  // Vite takes NODE_ENV for the mode of React; a server started in another mode must still get the small build.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ ...config, configFile: false, logLevel: 'warn', mode: 'production', build: { ...config.build, outDir } })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

async function hashOfInputs(): Promise<string> {
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

/** Waits until nobody else builds. The lock is a file only one process can create. */
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

/** Older builds, but for the one before: a server that still runs may be serving it. */
async function removeOthers(kept: string): Promise<void> {
  const folders = (await readdir(dist, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dist, entry.name))
  const aged = await Promise.all(
    folders.filter((folder) => folder !== kept).map(async (folder) => ({ folder, time: (await stat(folder)).mtimeMs })),
  )
  for (const { folder } of aged.sort((a, b) => b.time - a.time).slice(1)) await rm(folder, { recursive: true, force: true })
}
