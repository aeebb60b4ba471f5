/**
 * A check that the repository does not pass yet: a committed file holds how many findings each file still has. More than that is refused,
 * and so is a number higher than what is found, so that the numbers can only go down.
 */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from './fault.ts'

export type Baseline = Readonly<Record<string, number>>

/** The findings of files that have more than the baseline allows, and a fault for each row of the baseline that is too high. */
export function beyondBaseline(found: readonly Fault[], baseline: Baseline, baselineFile: string): Fault[] {
  const byFile = Map.groupBy(found, ({ file }) => file)
  const more = [...byFile].flatMap(([file, faults]) => {
    const allowed = baseline[file] ?? 0
    if (faults.length <= allowed) return []
    if (allowed === 0) return faults
    return [{ file, message: `has ${faults.length} findings, and ${baselineFile} allows ${allowed}. Mend what is new:` }, ...faults]
  })
  const tooHigh = Object.entries(baseline)
    .filter(([file, allowed]) => (byFile.get(file)?.length ?? 0) < allowed)
    .map(([file, allowed]) => ({
      file: baselineFile,
      message: `allows ${allowed} findings in ${file}, which has ${byFile.get(file)?.length ?? 0}. Run the check with --lower.`,
    }))
  return [...more, ...tooHigh]
}

export async function readBaseline(root: string, file: string): Promise<Baseline> {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : {}
}

/** Writes what is found as the new baseline; refuses when that is more than before in all. A file that was moved takes its number along. */
export async function lowerBaseline(root: string, file: string, found: readonly Fault[]): Promise<void> {
  const before = Object.values(await readBaseline(root, file)).reduce((sum, each) => sum + each, 0)
  if (existsSync(join(root, file)) && found.length > before)
    throw new Error(`${found.length} findings, and ${file} allows ${before} in all. Mend what is new.`)
  const counts = [...Map.groupBy(found, (fault) => fault.file)].map(([name, faults]) => [name, faults.length] as const)
  await writeFile(join(root, file), `${JSON.stringify(Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1))), undefined, 2)}\n`)
}
