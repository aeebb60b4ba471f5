/** The result: one JSON file for programs, one table for people, and whether each aim is met. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OperationName } from './client/operations.ts'
import type { ObservationDisk } from './measuring/disk.ts'
import type { Machine } from './measuring/machine.ts'
import type { Comparison, Figure, Side } from './measuring/statistics.ts'
import type { Options } from './options.ts'

export interface Result {
  /** ISO */
  date: string
  machine: Machine
  options: Omit<Options, 'data' | 'profile' | 'only' | 'smoke'>
  /** All of them, unless one alone was asked for. */
  operations: Partial<Record<OperationName, Comparison>>
  disk: ObservationDisk
  /** Bytes, rows of look-ups with twenty disclosed. */
  logRow: number
  /** Bytes of the server process. */
  memory: { afterLoad: number; peak: number }
  /** Seconds. */
  warmStart: Figure
  /** Mean bytes of an Observation as sent; rows per second; rows compared. */
  load: { sent: number; copy: number; compared: number }
}

const MB = 1e6

/** The aims of issue 2, section 6. */
const aims: readonly { name: string; aim: string; value: (result: Result) => string; met: (result: Result) => boolean }[] = [
  {
    name: 'Look-up against the bare handler',
    aim: 'at least 50 %',
    value: ({ operations }) => percent(operations['look-up']?.ratio.median ?? Number.NaN),
    met: ({ operations }) => (operations['look-up']?.ratio.median ?? 0) >= 0.5,
  },
  {
    name: 'Disk for an Observation, all indexes',
    aim: 'at most 1.6 kB for 0.7 kB',
    value: ({ disk, load }) => `${kB(disk.bytesPerRow)} for ${kB(load.sent)} sent, ${kB(disk.json)} stored`,
    met: ({ disk }) => disk.bytesPerRow <= 1600,
  },
  {
    name: 'Disk for a row of the access log',
    aim: 'at most 0.5 kB',
    value: ({ logRow }) => kB(logRow),
    met: ({ logRow }) => logRow <= 500,
  },
  {
    name: 'Memory of the server after all rounds',
    aim: 'under 400 MB',
    value: ({ memory }) => `${Math.round(memory.afterLoad / MB)} MB`,
    met: ({ memory }) => memory.afterLoad < 400 * MB,
  },
  {
    name: 'Warm start',
    aim: 'under 4 s',
    value: ({ warmStart }) => `${warmStart.median.toFixed(1)} s`,
    met: ({ warmStart }) => warmStart.median < 4,
  },
]

/** Markdown. */
export function describe(result: Result): string {
  const { machine, options, operations, disk, load, memory, warmStart } = result
  const indexes = disk.indexes.map(({ name, bytes }) => `${name} ${Math.round(bytes / MB)}`).join(', ')
  const onDisk = `rows ${Math.round(disk.heap / MB)}, long values ${Math.round(disk.long / MB)}, ${indexes}`
  const ofTwenty = 20 * perSecond(operations['transaction of 20']?.full)
  const rows = Object.entries(operations).flatMap(([name, { full, bare, ratio }]) => [
    row(name, full, `${percent(ratio.median)} ± ${percent(ratio.spread / 2)}`),
    row('– bare handler', bare, ''),
  ])
  return `# Measured ${result.date.slice(0, 10)} at commit ${machine.commit}${machine.changed ? ' with changes' : ''}

${machine.processor}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.system};
Node ${machine.node}, PostgreSQL ${machine.postgres}.
Client, server and database share the cores. ${options.people} people with ${options.resources} Observations each,
${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s each, full and bare in turn. How it is done:
[performance](../../docs/run/performance.md).

| | Aim | Measured | Met |
|---|---|---|---|
${aims.map(({ name, aim, value, met }) => `| ${name} | ${aim} | ${value(result)} | ${met(result) ? 'yes' : 'no'} |`).join('\n')}

| | Answers per second | p50 ms | p99 ms | Processor ms each: server, PostgreSQL, client | Idle | Wrong answers | Full by bare |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

Medians of the rounds; ± is half of what lies between the least and the most.

| | |
|---|---|
| Observations on disk | ${disk.rows} rows, ${Math.round(disk.bytes / MB)} MB: ${onDisk} |
| Rows per second by COPY | ${Math.round(load.copy)} |
| Rows per second by create, by transactions of 20 | ${perSecond(operations.create?.full)}, ${ofTwenty} |
| Loaded rows that the API was asked about | ${load.compared}, all as it would have stored them |
| Memory of the server, at most | ${Math.round(memory.peak / MB)} MB |
| Warm start, spread | ${percent(warmStart.spread)} |
`
}

function row(name: string, side: Side, ratio: string): string {
  const { p50, p99, serverCpu, postgresCpu, clientCpu, idle, wrong } = side
  const wrongs = Object.entries(wrong).map(([seen, count]) => `${count} (${seen})`)
  const cells = [
    name,
    `${perSecond(side)} ± ${percent(side.perSecond.spread / 2)}`,
    p50.median.toFixed(1),
    p99.median.toFixed(1),
    [serverCpu, postgresCpu, clientCpu].map(({ median }) => median.toFixed(2)).join(', '),
    percent(idle.median),
    wrongs.join(', ') || '0',
    ratio,
  ]
  return `| ${cells.join(' | ')} |`
}

function perSecond(side: Side | undefined): number {
  return Math.round(side?.perSecond.median ?? Number.NaN)
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} kB`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** Writes `results/<date>-<commit>.json` and `.md`, and returns the name without ending. */
export async function writeResult(result: Result): Promise<string> {
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const name = join(folder, `${result.date.slice(0, 10)}-${result.machine.commit}`)
  await writeFile(`${name}.json`, `${JSON.stringify(result, null, 2)}\n`)
  await writeFile(`${name}.md`, describe(result))
  return name
}
