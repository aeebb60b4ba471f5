/** Where a processor profile says the time went. */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

interface SelfTime {
  name: string
  /** The share of the time in which the process was not idle. */
  share: number
}

/** Waiting, and the profiler at its own start. */
const NOT_WORK = /^\(idle\)$|^post node:inspector/

/** The functions with most time of their own, first. */
async function selfTimes(file: string, count: number): Promise<SelfTime[]> {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(file, 'utf8')) as Profile
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const times = new Map<string, number>()
  let busy = 0
  for (const [at, id] of samples.entries()) {
    const name = names.get(id) ?? ''
    if (NOT_WORK.test(name)) continue
    const took = timeDeltas[at] ?? 0
    busy += took
    times.set(name, (times.get(name) ?? 0) + took)
  }
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, count)
  return sorted.map(([name, took]) => ({ name, share: took / busy }))
}

/** Prints the forty functions with most time of their own. */
export async function printSelfTimes(title: string, file: string): Promise<void> {
  console.log(`${title}, processor time of the server by function (${file}):`)
  for (const { name, share } of await selfTimes(file, 40)) console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${name}`)
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  if (!url) return functionName
  const file = url.startsWith('file:') ? relative(process.cwd(), fileURLToPath(url)).replace(/^.*node_modules\//, '') : url
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`
}
