import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newLogKeyText } from '@helsevev/kernel/audit/log-key'
import { parseEnvironment, type VariableName } from './env.ts'

const production: Partial<Record<VariableName, string>> = {
  HELSEVEV_MODE: 'production',
  HELSEVEV_BASE_URL: 'https://helsevev.example',
  DATABASE_URL: 'postgres://helsevev_runtime:secret@db.example/helsevev',
  HELSEVEV_ISSUER: 'https://helseid-sts.nhn.no',
  HELSEVEV_PORTAL_CLIENT_KEY: '{"kty":"EC","d":"x"}',
  HELSEVEV_SESSION_KEY: randomBytes(32).toString('base64'),
  HELSEVEV_LOG_KEY: newLogKeyText(),
}

const sentences = (source: Record<string, string | undefined>) => {
  const parsed = parseEnvironment(source)
  return 'sentences' in parsed ? parsed.sentences : []
}

test('development needs no variable at all', () => {
  const parsed = parseEnvironment({})
  assert.ok(!('sentences' in parsed))
  assert.deepEqual(
    [parsed.mode, parsed.port, parsed.seed, parsed.invalidNumbers, parsed.issuer],
    ['development', 8080, true, 'flag', undefined],
  )
})

test('production starts with what it needs, without made-up people', () => {
  const parsed = parseEnvironment(production)
  assert.ok(!('sentences' in parsed))
  assert.deepEqual([parsed.seed, parsed.invalidNumbers], [false, 'refuse'])
})

for (const name of Object.keys(production).filter((name) => name !== 'HELSEVEV_MODE')) {
  test(`production refuses to start without ${name}, in one sentence that names it`, () => {
    const [sentence, ...more] = sentences({ ...production, [name]: undefined })
    assert.match(sentence ?? '', new RegExp(`^${name} is missing\\.`))
    assert.equal(more.length, 0)
  })
}

const refused: [why: string, source: Partial<Record<VariableName, string>>, says: RegExp][] = [
  ['made-up people in production', { ...production, HELSEVEV_SEED: 'true' }, /^HELSEVEV_SEED is false in production/],
  ['wrong numbers in production', { ...production, HELSEVEV_INVALID_IDENTITY_NUMBERS: 'flag' }, /^HELSEVEV_INVALID_IDENTITY_NUMBERS/],
  [
    'an address without TLS in production',
    { ...production, HELSEVEV_BASE_URL: 'http://helsevev.example' },
    /^HELSEVEV_BASE_URL starts with https/,
  ],
  [
    'an issuer without TLS in production',
    { ...production, HELSEVEV_ISSUER: 'http://helseid.example' },
    /^HELSEVEV_ISSUER starts with https/,
  ],
  [
    'a record system without TLS in production',
    {
      ...production,
      HELSEVEV_SMART_EHRS: '[{"iss":"http://localhost/fhir","clientId":"a","organization":"964338531","name":"A"}]',
    },
    /^HELSEVEV_SMART_EHRS has an iss that does not start with https/,
  ],
  ['a database without the mode', { DATABASE_URL: 'postgres://db.example/helsevev' }, /^HELSEVEV_MODE is missing\. Set it to production/],
  ['a proxy that is no address', { HELSEVEV_PROXIES: '10.0.0.5,proxy' }, /^HELSEVEV_PROXIES is a list of IP addresses/],
  ['a mode that is neither', { HELSEVEV_MODE: 'staging' }, /^HELSEVEV_MODE is one of development, production/],
  ['a port out of range', { HELSEVEV_PORT: '65536' }, /^HELSEVEV_PORT/],
  ['a base address with a path', { HELSEVEV_BASE_URL: 'https://helsevev.example/x' }, /^HELSEVEV_BASE_URL is an origin/],
  ['a database that is not PostgreSQL', { HELSEVEV_MODE: 'development', DATABASE_URL: 'mysql://x' }, /^DATABASE_URL/],
  ['a session key of 31 bytes', { HELSEVEV_SESSION_KEY: randomBytes(31).toString('base64') }, /^HELSEVEV_SESSION_KEY is 32 bytes/],
  ['a log key that is none', { HELSEVEV_LOG_KEY: 'hello' }, /^HELSEVEV_LOG_KEY/],
  ['a portal key that is public', { HELSEVEV_PORTAL_CLIENT_KEY: '{"kty":"EC"}' }, /^HELSEVEV_PORTAL_CLIENT_KEY/],
]
for (const [why, source, says] of refused) {
  test(`refused: ${why}`, () => {
    const found = sentences(source)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', says)
  })
}

test('every fault is told at once, and no value is repeated', () => {
  const found = sentences({ HELSEVEV_MODE: 'production', HELSEVEV_SESSION_KEY: 'hunter2', HELSEVEV_PORT: 'hunter2' })
  assert.equal(found.length, 7)
  assert.equal(found.join().includes('hunter2'), false)
})
