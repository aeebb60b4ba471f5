/** The files of the repository as the checks see them: what people wrote, without what was installed, built or run. */
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

const skippedFolders = new Set(['node_modules', 'dist', '.git', '.data'])

/** Paths from `root`, with forward slashes, of the files whose name passes `wanted`; sorted. */
export async function filesUnder(root: string, wanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = []
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) folders.push(path)
      else if (entry.isFile() && wanted(entry.name)) found.push(relative(root, path).split(sep).join('/'))
    }
  }
  return found.sort()
}
