import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Notice } from './contract.ts'
import { toldOnce } from './notices.ts'

const notice = (id: string, at: string, more: Partial<Notice> = {}): Notice => ({ id, at, cause: 'emergency-access', who: 'Kari', ...more })

test('what one person did in one go is told once; another person, another cause and another time are told apart', () => {
  const notices = [
    notice('e', '2026-03-01T12:00:00Z'),
    notice('x', '2026-03-01T11:55:00Z', { who: 'Ola' }),
    notice('d', '2026-03-01T11:45:00Z'),
    notice('y', '2026-03-01T11:45:00Z', { cause: 'question-answered' }),
    notice('c', '2026-03-01T11:30:00Z'),
    notice('b', '2026-03-01T11:14:59Z'),
  ]
  assert.deepEqual(
    toldOnce(notices).map(({ notice: { id }, ids }) => [id, ids]),
    [
      ['e', ['e', 'd', 'c']],
      ['x', ['x']],
      ['y', ['y']],
      ['b', ['b']],
    ],
  )
  assert.deepEqual(toldOnce([]), [])
})
