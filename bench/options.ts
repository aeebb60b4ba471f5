/** The options of `npm run bench`. */
import { parseArgs } from 'node:util'
import { type OperationName, operations } from './client/operations.ts'

export interface Options {
  people: number
  /** Observations of each person. */
  resources: number
  /** Length of one round. */
  seconds: number
  rounds: number
  connections: number
  /** Kept afterwards, and measured again without loading when it holds the same people. Absent: a folder that is removed. */
  data: string | undefined
  /** Writes a processor profile of the server for each operation into this folder. */
  profile: string | undefined
  /** One operation, to look closer at it; no result file is written. */
  only: OperationName | undefined
  /** A quick run that shows that everything works; its numbers mean nothing and no result file is written. */
  smoke: boolean
}

const full = { people: 20_000, resources: 60, seconds: 10, rounds: 3, connections: 32 }
const smoke = { people: 500, resources: 60, seconds: 2, rounds: 2, connections: 32 }

/** Throws a sentence about the first option that is wrong. */
export function parseOptions(parameters: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      people: { type: 'string' },
      resources: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      data: { type: 'string' },
      profile: { type: 'string' },
      only: { type: 'string' },
      smoke: { type: 'boolean', default: false },
    },
  })
  const usual = values.smoke ? smoke : full
  const whole = (name: keyof typeof full, least: number, most: number) => {
    const number = Number(values[name] ?? usual[name])
    if (Number.isInteger(number) && number >= least && number <= most) return number
    throw new RangeError(`--${name} takes a whole number from ${least} to ${most}.`)
  }
  return {
    people: whole('people', 100, 1_000_000),
    // Half of what somebody has may be closed to the nurse, and twenty must be left to show.
    resources: whole('resources', 60, 1000),
    // A proof is good for ten seconds and five of leeway, and is signed before the round begins.
    seconds: whole('seconds', 1, 10),
    rounds: whole('rounds', 1, 100),
    connections: whole('connections', 1, 500),
    data: values.data,
    profile: values.profile,
    only: operation(values.only),
    smoke: values.smoke,
  }
}

function operation(name: string | undefined): OperationName | undefined {
  const names = Object.keys(operations) as OperationName[]
  const found = names.find((candidate) => candidate === name)
  if (name !== undefined && !found) throw new RangeError(`--only takes one of ${names.join(', ')}.`)
  return found
}
