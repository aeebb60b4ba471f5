/**
 * `npm run docs` writes every page that is generated from the code. `npm run docs -- screenshots` and `npm run docs -- accessibility`
 * write those that a browser makes, which takes minutes. A new page is a row here.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandsPage } from './commands-page.ts'
import { codeListsFile, codeListsPage } from './docs/code-lists-page.ts'
import { controlFile, controlPage } from './docs/control-page.ts'
import { declaredPages } from './docs/declared-blocks.ts'
import { ePrescriptionFile, ePrescriptionPage } from './docs/e-prescription-page.ts'
import { limitsFile, limitsPage } from './docs/limits-page.ts'
import { portalRoutesPage } from './docs/portal-routes-page.ts'
import { rightsFile, rightsPage } from './docs/rights-page.ts'
import { validationFile, validationPage } from './docs/validation-page.ts'
import type { Fault } from './fault.ts'
import { definitionsFile, definitionsText, textsFile, textsText } from './r4-definitions.ts'
import { schemaDump, schemaFile } from './schema.ts'

export interface Page {
  /** Path from the root of the repository. */
  file: string
  /** The whole text of the file. */
  generate(): Promise<string>
  /** Set where a step of its own compares it in `npm run check`. */
  isComparedApart?: true
}

const pages: readonly Page[] = [
  { file: 'docs/run/commands.md', generate: commandsPage },
  { file: controlFile, generate: controlPage },
  { file: 'docs/run/portal-routes.md', generate: portalRoutesPage },
  { file: ePrescriptionFile, generate: ePrescriptionPage },
  { file: limitsFile, generate: limitsPage },
  { file: rightsFile, generate: rightsPage },
  { file: codeListsFile, generate: codeListsPage },
  ...declaredPages,
  { file: validationFile, generate: validationPage },
  { file: definitionsFile, generate: definitionsText },
  { file: textsFile, generate: textsText },
  { file: schemaFile, generate: schemaDump, isComparedApart: true },
]

/** Programs that write pages from what a browser sees. */
const browserScripts = { screenshots: 'e2e/screenshots.ts', accessibility: 'e2e/accessibility.ts' }

/** One fault for each page that is not what the code says now. */
export async function compareDocs(root: string, compared: readonly Page[] = pages): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const { file, generate } of compared.filter(({ isComparedApart }) => !isComparedApart)) {
    const path = join(root, file)
    const committed = existsSync(path) ? (await readFile(path, 'utf8')).replaceAll('\r\n', '\n').split('\n') : []
    const generated = (await generate()).split('\n')
    const line = Array.from({ length: Math.max(committed.length, generated.length) }, (_, at) => at).find(
      (at) => committed[at] !== generated[at],
    )
    if (line !== undefined)
      faults.push({ file, line: line + 1, message: 'is not what the code says. Run npm run docs and commit the file.' })
  }
  return faults
}

/** Writes the pages that differ, and prints which. */
async function writeDocs(root: string): Promise<void> {
  for (const { file, generate } of pages) {
    const path = join(root, file)
    const text = await generate()
    const changed = !existsSync(path) || (await readFile(path, 'utf8')) !== text
    if (changed) await writeFile(path, text)
    console.log(`${changed ? 'written  ' : 'unchanged'}  ${file}`)
  }
}

async function main(root: string, [name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined) {
    await writeDocs(root)
    return 0
  }
  if (name !== 'screenshots' && name !== 'accessibility') {
    console.error(`There is nothing called ${name} to write. Leave it out, or name one of ${Object.keys(browserScripts).join(', ')}.`)
    return 2
  }
  const child = spawn(process.execPath, [join(root, browserScripts[name]), ...rest], { cwd: root, stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

if (import.meta.main) process.exitCode = await main(join(import.meta.dirname, '..'), process.argv.slice(2))
