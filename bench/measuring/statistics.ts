/** Makes the figures of the report from the rounds. */

import type { Round } from '../client/main.ts'
import type { Usage } from '../server/main.ts'
import type { Processors } from './processors.ts'

export interface MeasuredRound extends Round {
  /** Microseconds of processor time of the server process. */
  serverCpu: number
  /** The same of PostgreSQL. */
  postgresCpu: number
  /** Share of the machine's processors that nobody used. */
  idle: number
}

export interface Figure {
  median: number
  /** The most of the rounds minus the least, as a share of the median. */
  spread: number
}

export interface Side {
  /** Right answers per second. */
  perSecond: Figure
  /** Milliseconds. */
  p50: Figure
  p99: Figure
  /** Processor time of the server process for one answer, in milliseconds. */
  serverCpu: Figure
  postgresCpu: Figure
  clientCpu: Figure
  idle: Figure
  answers: number
  wrong: Record<string, number>
  late: number
}

export interface Comparison {
  full: Side
  bare: Side
  /** Answers per second of full by bare, of rounds that followed each other. */
  ratio: Figure
}

export function figure(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
  return { median, spread: median === 0 ? 0 : ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / median }
}

function side(rounds: readonly MeasuredRound[]): Side {
  const of = (value: (round: MeasuredRound) => number) => figure(rounds.map(value))
  const wrong: Record<string, number> = {}
  for (const round of rounds) for (const [seen, count] of Object.entries(round.wrong)) wrong[seen] = (wrong[seen] ?? 0) + count
  return {
    perSecond: of((round) => round.answers / round.seconds),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    serverCpu: of(({ serverCpu, answers }) => serverCpu / answers / 1000),
    postgresCpu: of(({ postgresCpu, answers }) => postgresCpu / answers / 1000),
    clientCpu: of(({ cpu, answers }) => cpu / answers / 1000),
    idle: of(({ idle }) => idle),
    answers: rounds.reduce((sum, { answers }) => sum + answers, 0),
    wrong,
    late: rounds.reduce((sum, { late }) => sum + late, 0),
  }
}

export function comparison(full: readonly MeasuredRound[], bare: readonly MeasuredRound[]): Comparison {
  const perSecond = ({ answers, seconds }: MeasuredRound) => answers / seconds
  const ratios = full.flatMap((round, at) => {
    const other = bare[at]
    return other ? [perSecond(round) / perSecond(other)] : []
  })
  return { full: side(full), bare: side(bare), ratio: figure(ratios) }
}

/** Who used the processors between two moments. */
export function used(before: Usage, after: Usage, machineBefore: Processors, machineAfter: Processors) {
  return {
    serverCpu: after.cpu - before.cpu,
    postgresCpu: machineAfter.postgres - machineBefore.postgres,
    idle: (machineAfter.idle - machineBefore.idle) / (machineAfter.total - machineBefore.total),
  }
}
