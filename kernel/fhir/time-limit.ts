/**
 * The time that a whole request may take (docs/run/limits.md). A statement has its own limit; a request has many statements. When the time
 * is over no further statement is begun, so what is written is written whole, and the answer is `unavailable` with its row in the log.
 */
import { type Problem, problem } from '../problem/problem.ts'
import type { Kernel } from './exchange.ts'
import type { RowAccess } from './rows.ts'
import type { RecordStore, StoreTransaction } from './write/record-store.ts'

/** From when the body has come. The last statement may take its own time after that. */
export const REQUEST_SECONDS = 40

/** Thrown in place of the statement that would have come next. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong'
}

/** What the caller hears. */
export function tookTooLong(): Problem {
  const rule = `The request took more than ${REQUEST_SECONDS} seconds, and was ended before its next step.`
  return problem(
    'unavailable',
    `${rule} Nothing was shown. Entries of a batch may be stored; sending again is safe. Ask for less at one time.`,
  )
}

interface TimeLimit {
  kernel: Kernel
  /** What comes after the work has no limit: its rows in the log, and lines that are sent one by one. */
  lift(): void
}

/** The kernel for one request. `now` in milliseconds, of a clock that only goes forward. */
export function limitedKernel(kernel: Kernel, now: () => number = () => performance.now()): TimeLimit {
  const until = now() + REQUEST_SECONDS * 1000
  let isLifted = false
  const check = () => {
    if (!isLifted && now() > until) throw new TookTooLong()
  }
  const facts: Kernel['facts'] = async (request) => {
    check()
    return await kernel.facts(request)
  }
  return {
    kernel: { ...kernel, facts, rows: limitedRows(kernel.rows, check) },
    lift: () => {
      isLifted = true
    },
  }
}

function limitedRows(rows: RowAccess, check: () => void): RowAccess {
  let store: RecordStore | undefined
  const begin: RecordStore['begin'] = async (work) => {
    check()
    return await rows.store.begin(async (tx) => await work(checked<StoreTransaction>(tx, check)))
  }
  return {
    bound: (bind, decision, ledger) => {
      check()
      return checked(rows.bound(bind, decision, ledger), check)
    },
    boundAll: (bind, decisions) => {
      check()
      return checked(rows.boundAll(bind, decisions), check)
    },
    // Most requests write nothing.
    get store() {
      // What must follow a row of the log has no limit, as the row has none.
      store ??= { ...checked(rows.store, check), begin, followed: rows.store.followed }
      return store
    },
  }
}

/** The same functions, each with a check before it; and so the functions that one of them returns. */
function checked<Functions>(functions: Functions, check: () => void): Functions {
  if (typeof functions !== 'object' || functions === null || functions instanceof Promise) return functions
  const entries = Object.entries(functions).map(([name, one]) => {
    if (typeof one !== 'function') return [name, one]
    return [
      name,
      (...given: unknown[]) => {
        check()
        const result: unknown = one.apply(functions, given)
        return isFunctions(result) ? checked(result, check) : result
      },
    ]
  })
  return Object.fromEntries(entries) as Functions
}

function isFunctions(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Promise) &&
    Object.values(value).some((one) => typeof one === 'function')
  )
}
