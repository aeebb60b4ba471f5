/**
 * Layers, rooms of the kernel, and circles. npm hoists every workspace into one node_modules, so an undeclared or upward import works when
 * it runs and passes tsc; this check refuses it and says what to do instead. The rules are the table in layers.ts.
 */
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { circlesIn } from './circles.ts'
import { describeFaults, type Fault } from './fault.ts'
import { filesUnder } from './files.ts'
import { importsOf } from './imports.ts'
import { isForTests, isProduction, layerOf, layers, mayEnter, mayUse, roomOf, rooms, startsCluster } from './layers.ts'

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

  const modules = await filesUnder(root, (name) => /\.[cm]?tsx?$/.test(name))
  const known = new Set(modules)
  const graph = new Map<string, string[]>()
  for (const file of modules) {
    const from = ownerOf(file, packages)
    if (!from) continue
    const source = await readFile(posix.join(root, file), 'utf8')
    try {
      for (const { specifier, line } of importsOf(file, source)) {
        const target = moduleOf(specifier, file, byName)
        const message = productionBreach(specifier, file, target) ?? faultOf(specifier, file, from, byName)
        if (message) faults.push({ file, line, message })
        if (target !== undefined && known.has(target)) graph.set(file, [...(graph.get(file) ?? []), target])
      }
    } catch (error) {
      faults.push({ file, message: `cannot be parsed: ${error instanceof Error ? error.message : String(error)}` })
    }
  }
  return [...faults, ...circleFaults(graph), ...circleFaults(byArea(graph))]
}

/** Imports that come back to where they began; types count, since who reads one must read all. */
function circleFaults(graph: ReadonlyMap<string, readonly string[]>): Fault[] {
  return circlesIn(graph).map(([file = '', ...others]) => ({
    file,
    message: `is in a circle: ${[file, ...others, file].join(' → ')}. Move what they share to a module that none of them is.`,
  }))
}

/** The imports between areas, as folders: areas may use each other one way. */
function byArea(graph: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const areas = new Map<string, string[]>()
  const areaOf = (file: string) => (isProduction(file) ? /^kernel\/areas\/[^/]+(?=\/)/.exec(file)?.[0] : undefined)
  for (const [file, targets] of graph) {
    const from = areaOf(file)
    if (from === undefined) continue
    const others = targets.map(areaOf).filter((to) => to !== undefined && to !== from)
    areas.set(from, [...(areas.get(from) ?? []), ...others] as string[])
  }
  return areas
}

/** The path from the root of an import of this repository; undefined for a package of npm. */
function moduleOf(specifier: string, file: string, byName: Map<string, Package>): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  const target = byName.get(packageName(specifier))
  if (!target) return undefined
  const inside = specifier.slice(target.name.length + 1)
  return posix.join(target.folder, /\.tsx?$/.test(inside) ? inside : `${inside}.ts`)
}

/** Why the running system may not import a module that is for tests or for development; undefined when it may. */
function productionBreach(specifier: string, file: string, target: string | undefined): string | undefined {
  if (target === undefined || !isProduction(file)) return undefined
  if (isForTests(target)) return `imports ${specifier}, which is for tests: move what production needs out of testing.`
  if (layerOf(target) !== 'cluster' || layerOf(file) === 'cluster' || file === startsCluster) return undefined
  const reason = `for development and tests. Only ${startsCluster} starts a cluster: take the connection as a parameter.`
  return `imports ${specifier}, which is ${reason}`
}

/** Why a module of one room of the kernel may not import one of another; undefined when it may. */
function roomBreach(file: string, target: string): string | undefined {
  const from = roomOf(file)
  const to = roomOf(target)
  if (from === undefined || to === undefined || !isProduction(file) || mayEnter(from, to)) return undefined
  return `kernel/${from} may not use kernel/${to}. ${rooms[from].instead}`
}

function faultOf(specifier: string, file: string, from: Package, byName: Map<string, Package>): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    const inside = from.folder === '' || target === from.folder || target.startsWith(`${from.folder}/`)
    if (inside) {
      const reason = roomBreach(file, target)
      return reason && `imports ${specifier}. ${reason}`
    }
    const manifest = `${from.folder}/package.json`
    return `imports ${specifier}, outside its package ${from.name}. Import the other package by its name, and declare it in ${manifest}.`
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
  const manifest = posix.join(from.folder, 'package.json')
  return `imports ${specifier}, which ${manifest} does not declare. Add ${name} to its dependencies and run npm install.`
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
