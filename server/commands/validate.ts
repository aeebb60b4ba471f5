/**
 * `npm run validate -- <file or folder> [--service id]`: what the server would say of a file, without a server and without a database.
 * docs/api/validate.md
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { checkFile } from '@helsevev/kernel/fhir/messages/check-file'
import type { InformationService } from '@helsevev/kernel/fhir/service'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import type { Checking } from '@helsevev/kernel/fhir/write/prepare-write'
import { sentFile } from '@helsevev/replay/files'
import { services as ownServices } from '../services.ts'
import { DONE, REFUSED, WRONG_USE } from './open.ts'
import { runHere, type Terminal } from './terminal.ts'
import { type CheckedName, report } from './validate-print.ts'

const usage = `Usage: npm run validate -- <files or folders> [--service ID]
  --service ID   check against this service; default: find those that take the file
`

/** Exit codes: 0 every file is taken by some service, 1 one is not, 2 wrong use. */
export async function run(
  words: readonly string[],
  _source: Record<string, string | undefined>,
  { print }: Terminal,
  services: readonly InformationService[] = ownServices,
): Promise<number> {
  const asked = readWords(words)
  if (!asked) {
    print(usage)
    return WRONG_USE
  }
  const chosen = asked.service === undefined ? services : services.filter(({ id }) => id === asked.service)
  const files = await filesIn(asked.paths)
  if (chosen.length === 0 || typeof files === 'string') {
    print(typeof files === 'string' ? files : `There is no service of that id. There are ${services.map(({ id }) => id).join(', ')}.\n`)
    return WRONG_USE
  }
  const kernel = await checking(chosen)
  const checked: CheckedName[] = []
  for (const { name, content } of files) checked.push({ name, ...(await checkFile(kernel, chosen, content)) })
  print(report(checked))
  return checked.every(({ taken }) => taken.length > 0) ? DONE : REFUSED
}

function readWords(words: readonly string[]): { paths: string[]; service: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: { service: { type: 'string' } }, allowPositionals: true })
    return positionals.length === 0 ? undefined : { paths: positionals, service: values.service }
  } catch {
    // parseArgs throws at an unknown option; the usage says which there are.
    return undefined
  }
}

/** Definitions and code lists that ship with Helsevev; a server may have imported newer lists. */
async function checking(services: readonly InformationService[]): Promise<Checking['kernel']> {
  const codes = codesFromData()
  const types = services.flatMap(({ resources }) => Object.keys(resources))
  return { validator: await createValidator(types, codes), codes, clock: () => new Date() }
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
    return found.length > 0 ? found : 'There is no .json or .xml file there.\n'
  } catch (error) {
    return `A file cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}.\n`
  }
}

/** What a Binary wraps is what a vendor sends, as `replay` does. */
function unwrapped(path: string, content: Buffer): Buffer {
  const text = content.toString('utf8')
  const inner = text.includes('"Binary"') ? sentFile(path, text).text : text
  return inner === text ? content : Buffer.from(inner)
}

if (import.meta.main) await runHere(run)
