/**
 * Whether docs/security.md and docs/privacy.md still say what is so. A test that the one names as evidence exists under that name; each
 * information service, and each table that holds something about a patient, is described in the other.
 */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import { sectionsOf, testsNamedIn } from './markdown.ts'

const security = 'docs/security.md'
const privacy = 'docs/privacy.md'
const schema = 'kernel/store/schema.sql'

/** Each `file.test.ts` of the security page exists, and each test named after it stands in that file, word for word. */
export async function namedTests(root: string): Promise<Fault[]> {
  const page = await text(root, security)
  const faults: Fault[] = []
  for (const { file, name, line } of testsNamedIn(page)) {
    const source = await text(root, file)
    if (source === '')
      faults.push({ file: security, line, message: `names the tests of ${file}, which does not exist. Name those that show it now.` })
    else if (name !== undefined && !titlesOf(source).has(name))
      faults.push({
        file: security,
        line,
        message: `names the test "${name}", which ${file} lacks. Name the test that shows it now, or write it.`,
      })
  }
  return faults
}

/** What test() and describe() are called with, as it is written: of a template, with its places for values. */
function titlesOf(source: string): Set<string> {
  const calls = source.matchAll(/\b(?:test|describe)\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g)
  return new Set([...calls].map(([, single, double, template]) => (single ?? double ?? template ?? '').replace(/\\(.)/g, '$1')))
}

/** A folder under services/ has a section of its name, and a table of the schema that is spread by patient is mentioned. */
export async function describedData(root: string): Promise<Fault[]> {
  const page = await text(root, privacy)
  if (page === '') return []
  const headings = new Set(sectionsOf(page).map(({ heading }) => heading))
  const folder = join(root, 'services')
  const names = existsSync(folder) ? (await readdir(folder)).sort() : []
  const services = names.filter((name) => existsSync(join(folder, name, 'package.json')))
  const tables = [...(await text(root, schema)).matchAll(/^comment on table (\w+) is 'distribution: patient\./gm)].map(
    ([, name = '']) => name,
  )
  return [
    ...services
      .filter((id) => !headings.has(id))
      .map((id) => ({
        file: privacy,
        message: `has no section on the service ${id}. Write: purpose, legal basis, roles, storage, data, retention, receivers, risks.`,
      })),
    ...tables
      .filter((name) => !page.includes(`\`${name}\``))
      .map((name) => ({
        file: privacy,
        message: `does not mention the table ${name}, which holds data about patients. Say what it is for and how long it is kept.`,
      })),
  ]
}

async function text(root: string, file: string): Promise<string> {
  return existsSync(join(root, file)) ? await readFile(join(root, file), 'utf8') : ''
}
