import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Urgency } from '@helsevev/panel/panel.ts'
import { inOrder, moved, urgentFirst } from './urgent-first.ts'

const panels = ['critical', 'news2', 'municipal', 'results', 'home', 'contacts'].map((service) => ({ service }))
const words = (found: readonly { service: string }[]) => found.map(({ service }) => service).join(' ')

const rows: [what: string, urgency: Record<string, Urgency>, order: string][] = [
  ['nothing urgent', {}, 'critical news2 municipal results home contacts'],
  ['something to look at moves nothing', { results: 1, contacts: 1 }, 'critical news2 municipal results home contacts'],
  ['what must be acted on', { home: 2 }, 'home critical news2 municipal results contacts'],
  ['the same urgency keeps the order', { home: 2, critical: 2 }, 'critical home news2 municipal results contacts'],
  ['the gravest in front', { critical: 2, news2: 3, home: 2 }, 'news2 critical home municipal results contacts'],
]
for (const [what, urgency, order] of rows)
  test(`urgent panels first: ${what}`, () => {
    assert.equal(words(urgentFirst(panels, ({ service }) => urgency[service] ?? 0)), order)
  })

test('an order of one’s own holds, and a panel that it does not name comes last', () => {
  assert.equal(words(inOrder(panels, ['home', 'gone', 'news2'])), 'home news2 critical municipal results contacts')
})

test('a panel moves by one place, and not past the ends', () => {
  const order = ['a', 'b', 'c']
  assert.deepEqual(
    [moved(order, 'b', -1), moved(order, 'b', 1), moved(order, 'a', -1), moved(order, 'c', 1), moved(order, 'x', 1)],
    [['b', 'a', 'c'], ['a', 'c', 'b'], order, order, order],
  )
})
