/** Plain English in comments, pages and texts of problems, for readers whose English is a second language. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import { filesUnder } from './files.ts'
import { proseOf } from './prose.ts'

interface Pattern {
  name: string
  found: RegExp
  instead: string
}

// biome-ignore format: a table, one row to a line
const patterns: readonly Pattern[] = [
  { name: 'dangling Of', found: /\bOf\b(?= )/g, instead: 'Begin the sentence with what it is about, and give it a verb.' },
  { name: 'whom', found: /\b(whom|whoever|whomever|whosoever)\b/gi, instead: 'Write who, the person who, or name the role.' },
  { name: 'anew', found: /\banew\b/gi, instead: 'Write again.' },
  { name: 'possessive', found: /\b(any|some|every|no)(body|one)['’]s\b/gi, instead: 'Write of any person, of another person, or name the role.' },
  { name: 'tell', found: /\b(tell|tells|telling|told)\b/gi, instead: 'Write report, return, notify, show or distinguish.' },
  { name: 'said', found: /\bsaid\b/gi, instead: 'Write reported, returned, stated or shown.' },
  { name: 'beside', found: /\bbesides?\b(?! (each other|one another))/gi, instead: 'Write in addition to, and, together with, or next to.' },
]

/** Files that are written once or by a program: a migration that has run may not change, and results are kept as they were measured. */
const notChecked = [
  /^kernel\/store\/migrations\//,
  /^kernel\/store\/schema\.sql$/,
  /^bench\/results\//,
  /^tools\/check-prose(\.test)?\.ts$/,
]

/** Every place under `root` that a pattern finds. */
export async function proseFindings(root: string): Promise<(Fault & { pattern: string })[]> {
  const files = await filesUnder(root, (name) => /\.(tsx?|sql|md)$/.test(name))
  const found = await Promise.all(
    files
      .filter((file) => !notChecked.some((one) => one.test(file)))
      .map(async (file) => findingsIn(file, await readFile(join(root, file), 'utf8'))),
  )
  return found.flat()
}

function findingsIn(file: string, source: string): (Fault & { pattern: string })[] {
  return proseOf(file, source).flatMap(({ line, text }) =>
    patterns.flatMap(({ name, found, instead }) =>
      [...text.matchAll(found)].map(([word]) => ({ file, line, pattern: name, message: `has “${word}”. ${instead}` })),
    ),
  )
}
