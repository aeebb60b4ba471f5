/** A small made-up repository in a temporary folder, for the tests of the checks. Removed with `await using`. */
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Fixture extends AsyncDisposable {
  root: string
}

/** Writes `files`, path to content, and returns the folder that holds them. */
export async function fixture(files: Record<string, string>): Promise<Fixture> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'helsevev-check-'))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true })
    await writeFile(join(folder.path, path), content)
  }
  return { root: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}
