import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { coalesce } from './coalesce.ts'

/** Work that notes each batch, and waits for `go` where it is given. */
function noting(go: () => Promise<void> = async () => {}) {
  const batches: (readonly number[])[] = []
  const work = async (items: readonly number[]) => {
    batches.push(items)
    await go()
    return items.map((item) => item * 10)
  }
  return { batches, work }
}

/** A gate that is opened once for each batch. */
function gate() {
  const closed: (() => void)[] = []
  return { wait: () => new Promise<void>((open) => closed.push(open)), open: () => closed.shift()?.() }
}

test('items that arrive in one turn share one batch, and each gets its own answer', async () => {
  const { batches, work } = noting()
  const { add } = coalesce(work, { most: 10 })
  assert.deepEqual(await Promise.all([add(1), Promise.resolve().then(() => add(2)), add(3)]), [10, 20, 30])
  assert.deepEqual(batches, [[1, 3, 2]])
})

test('items that arrive while a batch is under way share the next one, in the order of arrival', async () => {
  const { wait, open } = gate()
  const { batches, work } = noting(wait)
  const { add } = coalesce(work, { most: 10 })
  const first = add(1)
  await nextTurn()
  const later = [add(2), add(3)]
  await nextTurn()
  assert.deepEqual(batches, [[1]])
  open()
  assert.equal(await first, 10)
  await nextTurn()
  open()
  assert.deepEqual(await Promise.all(later), [20, 30])
  assert.deepEqual(batches, [[1], [2, 3]])
})

test('a batch holds no more than it may, and no more batches than may are under way at once', async () => {
  const { wait, open } = gate()
  const { batches, work } = noting(wait)
  const { add } = coalesce(work, { most: 2, atOnce: 2 })
  const all = Promise.all([1, 2, 3, 4, 5].map(add))
  await nextTurn()
  const more = add(6)
  await nextTurn()
  await nextTurn()
  assert.deepEqual(batches, [
    [1, 2],
    [3, 4],
  ])
  for (let turn = 0; turn < 6; turn++) {
    open()
    await nextTurn()
  }
  assert.deepEqual([...(await all), await more], [10, 20, 30, 40, 50, 60])
  assert.deepEqual(batches, [
    [1, 2],
    [3, 4],
    [5, 6],
  ])
})

test('an item that arrives just as a batch ends is not forgotten', async () => {
  const { batches, work } = noting()
  const { add } = coalesce(work, { most: 10 })
  let answered = 0
  for (let item = 0; item < 20; item++) {
    // Each in another microtask after the answer before.
    for (let turn = 0; turn < item; turn++) await Promise.resolve()
    assert.equal(await add(item), item * 10)
    answered += 1
  }
  assert.equal(answered, 20)
  assert.equal(batches.length, 20)
})

test('a batch that fails, fails for all that are in it, and the next goes on', async () => {
  const { add } = coalesce(
    async (items: readonly number[]) => {
      if (items.includes(0)) throw new Error('no zero')
      return items
    },
    { most: 10 },
  )
  const outcomes = await Promise.allSettled([add(1), add(0)])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(await add(1), 1)
})

test('done singly, an item that fails does not fail the others', async () => {
  const { add } = coalesce(
    async (items: readonly number[]) => {
      if (items.includes(0)) throw new Error('no zero')
      return items
    },
    { most: 10, singly: true },
  )
  const outcomes = await Promise.allSettled([add(1), add(0), add(2)])
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).message)),
    [1, 'no zero', 2],
  )
})

test('work that answers too few items fails all of them', async () => {
  const { add } = coalesce(async () => [1], { most: 10 })
  await assert.rejects(Promise.all([add('a'), add('b')]), /answered 1 of 2/)
})

test('it is settled when every item has its answer, also those that arrived meanwhile', async () => {
  const { wait, open } = gate()
  const { work } = noting(wait)
  const { add, settled } = coalesce(work, { most: 1 })
  await settled()
  const answers: number[] = []
  const keep = (answer: number) => void answers.push(answer)
  void add(1).then(keep)
  const end = settled().then(() => [...answers])
  await nextTurn()
  void add(2).then(keep)
  open()
  await nextTurn()
  open()
  assert.deepEqual(await end, [10, 20])
})
