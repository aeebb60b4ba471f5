/**
 * `npx helsevev validate FILE…`: what the server would answer about a file, without a server and without a database.
 * docs/api/validate.md
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { checkFile } from '@helsevev/kernel/fhir/messages/check-file'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import type { Checking } from '@helsevev/kernel/fhir/write/prepare-write'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { sentFile } from '@helsevev/replay/files'
import { type Context, defineCommand, optional, several } from '../define-command.ts'
import { DONE, type Outcome, REFUSED, refuse } from '../outcome.ts'
import { id, path } from '../values.ts'
import { type CheckedName, report } from './print.ts'

export const commands = [
  defineCommand({
    name: 'validate',
    summary: 'Check files as the server would, and print each fault',
    about: 'Needs no server and no database, and sends nothing.',
    positionals: { paths: several(path, 'files, and folders of .json and .xml files') },
    options: { service: optional(id, 'check against this service; default: those that take the file') },
    exitCodes: { 0: 'every file is taken by some service', 1: 'one is not, or cannot be read' },
    isOffline: true,
    example: 'messages/ --service news2',
    run: validated,
  }),
]

async function validated({ values, services }: Context<{ paths: string[]; service: string | undefined }>): Promise<Outcome> {
  const known = await services()
  const chosen = values.service === undefined ? known : known.filter((one) => one.id === values.service)
  if (chosen.length === 0)
    return refuse('unknown-service', `There is no service of that id. There are ${known.map((one) => one.id).join(', ')}.`)
  const files = await filesIn(values.paths)
  if (typeof files === 'string') return refuse('file-unreadable', files)
  const kernel = checking()
  const checked: CheckedName[] = []
  for (const { name, content } of files) checked.push({ name, ...(await checkFile(kernel, chosen, content)) })
  const exitCode = checked.every(({ taken }) => taken.length > 0) ? DONE : REFUSED
  return { result: { files: checked }, text: report(checked), exitCode }
}

/** Definitions and code lists that ship with Helsevev; a server may have imported newer lists. */
function checking(): Checking['kernel'] {
  const codes = codesFromData()
  return { validator: createValidator(codes), codes, clock: () => new Date() }
}

interface NamedFile {
  name: string
  content: Buffer
}

/** The .json and .xml files of folders and theirs, by name, and the files named themselves; or why they cannot be read. */
async function filesIn(paths: readonly string[]): Promise<NamedFile[] | string> {
  try {
    const found: NamedFile[] = []
    for (const path of paths) {
      const isFolder = (await stat(path)).isDirectory()
      const inside = isFolder ? await readdir(path, { recursive: true }) : []
      const names = inside.filter((name) => /\.(json|xml)$/i.test(name)).sort()
      const whole = isFolder ? names.map((name) => join(path, name)) : [path]
      for (const one of whole) found.push({ name: isFolder ? relative(path, one) : one, content: unwrapped(one, await readFile(one)) })
    }
    return found.length > 0 ? found : 'There is no .json or .xml file there.'
  } catch (error) {
    const { code, path: at = 'A file' } = error as NodeJS.ErrnoException
    const place = redactIdentityNumbers(at)
    return code === 'ENOENT'
      ? `There is no file or folder ${place}. Check the path.`
      : `${place} cannot be read: ${code ?? 'unknown error'}. Check that you may read it.`
  }
}

/** What a Binary wraps is what a vendor sends, as `replay` does. */
function unwrapped(path: string, content: Buffer): Buffer {
  const text = content.toString('utf8')
  const inner = text.includes('"Binary"') ? sentFile(path, text).text : text
  return inner === text ? content : Buffer.from(inner)
}
