/**
 * Layer boundaries. npm hoists every workspace into one node_modules, so an undeclared or upward import works when it runs and
 * passes tsc; this check refuses it and says what to do instead. The rules are the table in layers.ts.
 */
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { describeFaults, type Fault } from './fault.ts'
import { filesUnder } from './files.ts'
import { importsOf } from './imports.ts'
import { layerOf, layers, mayUse } from './layers.ts'

interface Package {
  name: string
  /** Path from the root; empty for the root itself. */
  folder: string
  declared: Set<string>
}

const dependencyLists = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

/** Every breach of the layers under `root`, in package.json files and in modules. */
export async function checkBoundaries(root: string): Promise<Fault[]> {
  const packages = await readPackages(root)
  const byName = new Map(packages.map((one) => [one.name, one]))
  const faults: Fault[] = []

  for (const from of packages) {
    for (const name of from.declared) {
      const reason = breach(from, byName.get(name))
      if (reason) faults.push({ file: posix.join(from.folder, 'package.json'), message: `declares ${name}. ${reason}` })
    }
  }

  for (const file of await filesUnder(root, (name) => /\.[cm]?tsx?$/.test(name))) {
    const from = ownerOf(file, packages)
    if (!from) continue
    const source = await readFile(posix.join(root, file), 'utf8')
    try {
      for (const { specifier, line } of importsOf(file, source)) {
        const message = faultOf(specifier, file, from, byName)
        if (message) faults.push({ file, line, message })
      }
    } catch (error) {
      faults.push({ file, message: `cannot be parsed: ${error instanceof Error ? error.message : String(error)}` })
    }
  }
  return faults
}

function faultOf(specifier: string, file: string, from: Package, byName: Map<string, Package>): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    const inside = from.folder === '' || target === from.folder || target.startsWith(`${from.folder}/`)
    if (inside) return undefined
    return `imports ${specifier}, outside its package ${from.name}. Import the other package by its name, and declare it in ${from.folder}/package.json.`
  }
  if (specifier.startsWith('/') || specifier.startsWith('file:')) {
    return `imports the absolute path ${specifier}. Use a relative path inside the package, or a package name.`
  }
  if (specifier.startsWith('node:') || specifier.startsWith('#') || specifier.startsWith('virtual:')) return undefined
  if (isBuiltin(specifier)) return `imports ${specifier}. Write node:${specifier}.`

  const name = packageName(specifier)
  if (name === from.name) return `imports its own package as ${specifier}. Use a relative path.`
  const target = byName.get(name)
  const reason = breach(from, target)
  if (reason) return `imports ${specifier}. ${reason}`
  if (from.declared.has(name)) return undefined
  return `imports ${specifier}, which ${posix.join(from.folder, 'package.json')} does not declare. Add ${name} to its dependencies and run npm install.`
}

/** Why one workspace may not use another; undefined when it may, or when the other is no workspace. */
function breach(from: Package, to: Package | undefined): string | undefined {
  if (!to) return undefined
  const lower = layerOf(from.folder)
  const upper = layerOf(to.folder)
  if (!lower || !upper || mayUse(lower, upper)) return undefined
  return `${lower} may not use ${upper}. ${layers[lower].instead}`
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

async function readPackages(root: string): Promise<Package[]> {
  const files = await filesUnder(root, (name) => name === 'package.json')
  return Promise.all(
    files.map(async (file) => {
      const manifest = JSON.parse(await readFile(posix.join(root, file), 'utf8'))
      const folder = posix.dirname(file) === '.' ? '' : posix.dirname(file)
      const declared = new Set(dependencyLists.flatMap((list) => Object.keys(manifest[list] ?? {})))
      return { name: String(manifest.name), folder, declared }
    }),
  )
}

/** The package whose folder is nearest above the file. */
function ownerOf(file: string, packages: Package[]): Package | undefined {
  return packages
    .filter((one) => one.folder === '' || file.startsWith(`${one.folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0]
}

if (import.meta.main) {
  const faults = await checkBoundaries(posix.join(import.meta.dirname, '..'))
  if (faults.length > 0) {
    console.error(describeFaults(faults))
    process.exitCode = 1
  }
}
