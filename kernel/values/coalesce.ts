import { setImmediate as nextTurn } from 'node:timers/promises'

export interface Coalesced<Item, Answer> {
  /** Resolves with the answer for this item, or rejects with the error of its batch. */
  add(item: Item): Promise<Answer>
  /** Resolves when no item waits and no batch is running. */
  settled(): Promise<void>
}

export interface CoalesceOptions {
  /** The greatest number of items in one batch, so that one statement stays small. */
  most: number
  /** The number of batches that run at the same time; 1 when absent, and the batches then run in the order in which the items came. */
  atOnce?: number
  /** Whether a batch that fails is done again item by item, so that one item cannot fail the others. Only for work that changes nothing. */
  singly?: boolean
}

interface Waiting<Item, Answer> {
  item: Item
  done: (answer: Answer) => void
  failed: (error: unknown) => void
}

/**
 * Does work for many callers together: items that arrive in one turn of the event loop, or while `atOnce` batches are running, share the
 * next batch. Work for an item always starts after the item has arrived. `work` gets the items in the order of arrival and answers in the
 * same order.
 *
 *     const reading = coalesce((keys: readonly string[]) => readRows(sql, keys), { most: 64 })
 *     const row = await reading.add(key)
 */
export function coalesce<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most, atOnce = 1, singly = false }: CoalesceOptions,
): Coalesced<Item, Answer> {
  const waiting: Waiting<Item, Answer>[] = []
  const runs = new Set<Promise<void>>()
  let isPlanned = false

  async function answer(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    const answers = await work(batch.map(({ item }) => item))
    if (answers.length !== batch.length) throw new Error(`The work answered ${answers.length} of ${batch.length} items.`)
    for (const [place, { done }] of batch.entries()) done(answers[place] as Answer)
  }

  async function answerOrFail(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      await answer(batch)
    } catch (error) {
      if (singly && batch.length > 1) for (const one of batch) await answerOrFail([one])
      else for (const { failed } of batch) failed(error)
    }
  }

  /** The run ends in the same step that finds no waiting item, so no item can arrive between the two. */
  async function run(self: Promise<void>): Promise<void> {
    isPlanned = false
    while (waiting.length > 0) await answerOrFail(waiting.splice(0, most))
    runs.delete(self)
  }

  function plan(): void {
    if (isPlanned || runs.size >= atOnce) return
    isPlanned = true
    const running: Promise<void> = nextTurn().then(() => run(running))
    runs.add(running)
  }

  return {
    add: (item) =>
      new Promise((done, failed) => {
        waiting.push({ item, done, failed })
        plan()
      }),
    async settled() {
      while (runs.size > 0) await Promise.all(runs)
    },
  }
}
