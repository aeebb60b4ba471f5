import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import type { Log } from './lines.ts'
import { createReadableLog } from './readable.ts'

function printed(write: (log: Log) => void): string {
  let text = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  write(createReadableLog(destination))
  return text
}

test('what happens at start and stop is a sentence', () => {
  const text = printed((log) => {
    log('DATABASE', { note: 'Migrated the database' })
    log('SEEDED', { persons: 12, resources: 340, ms: 2049 })
    log('STOPPED', { ms: 3 })
  })
  assert.equal(text, '  Migrated the database.\n  Stored 12 made-up people with 340 resources in 2.0 s.\n  Stopped.\n')
})

test('answers are not printed', () => {
  assert.equal(
    printed((log) => {
      log('REQUEST', { method: 'GET', route: '/health/live', status: 200, ms: 1 })
    }),
    '',
  )
})

test('a checkpoint of the access log is printed: it is a witness', () => {
  assert.equal(
    printed((log) => log('CHECKPOINT', { segment: '8', seq: 2, hash: 'ab12', key: 'cd34' })),
    '  CHECKPOINT of the access log: segment 8, row 2, hash ab12, key cd34\n',
  )
})

test('what went wrong is printed with all that is known, but for identity numbers', () => {
  const text = printed((log) => log('FAULT', { route: '/fhir', error: 'nobody has 12686909822', stack: 'Error: at line 1' }))
  assert.match(text, /^ {2}FAULT: failed on our side \(route \/fhir, error nobody has /)
  assert.match(text, /\nError: at line 1\n$/)
  assert.doesNotMatch(text, /12686909822/)
})
