/** `npm start` as a person sees it: the real program, on a data directory of its own, and everything that it prints. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

let data: string
before(async () => {
  data = await mkdtemp(join(tmpdir(), 'helsevev-start-'))
  // As root the database runs as another user, who must be able to enter.
  await chmod(data, 0o711)
})
after(() => rm(data, { recursive: true, force: true }))

/** Runs the program until it ends; `until` is text after which it is stopped as Ctrl-C stops it. */
async function start(variables: Record<string, string>, until?: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env['PATH'], HELSEVEV_DATA: data, HELSEVEV_PORT: '0', HELSEVEV_ISSUER_PORT: '0', ...variables },
  })
  const printed = { out: '', err: '' }
  child.stderr.on('data', (chunk) => (printed.err += chunk))
  child.stdout.on('data', (chunk) => {
    printed.out += chunk
    if (until && printed.out.includes(until)) child.kill('SIGINT')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { ...printed, code }
}

async function withTakenPort(use: (port: string) => Promise<void>): Promise<void> {
  const other = createServer().listen(0, 'localhost')
  await once(other, 'listening')
  const address = other.address()
  try {
    await use(String(typeof address === 'object' ? address?.port : ''))
  } finally {
    other.close()
  }
}

test('a start prints what happens, the address, the issuer, one person and one patient, where the docs are, and no fault', async () => {
  const { out, err, code } = await start({}, 'Ctrl-C stops the server.')
  assert.equal(err, '')
  assert.equal(code, 0)
  const isWitness = (line: string) => line.startsWith('  CHECKPOINT of the access log: ')
  const all = out.split('\n').map((line) => line.trimEnd())
  const lines = all.filter((line) => !isWitness(line))
  assert.ok(all.some(isWitness), 'a person at the terminal sees the witness of the access log')
  assert.equal(lines[1], '  Helsevev starts. The first time takes a minute: it makes a database, made-up people and three portals.')
  assert.ok(lines.includes('  Created a PostgreSQL cluster.'), out)
  assert.deepEqual(
    lines.slice(-14).map((line) => line.replace(/:\d{2,5}\b/, ':PORT')),
    [
      '',
      '  Helsevev runs at http://localhost:PORT',
      '  Issuer:          http://localhost:PORT (a test identity provider, without passwords)',
      '',
      '  To begin, open http://localhost:PORT',
      '    1. Sign in as Ingrid Solheim (sykepleier, Bergen legevakt) with one click on that page.',
      "    2. Open the patient Astrid Haugland: from the nurse's list, or by the number on that page.",
      '',
      '  Documentation:   README.md, docs/run and docs/api; all made-up people: docs/run/test-people.md',
      '  Ctrl-C stops the server.',
      '',
      '  Stopping: requests under way finish first.',
      '  Stopped.',
      '',
    ],
  )
  assert.doesNotMatch(lines.join('\n'), /\d{11}|[{}]|warn/i)
})

test('with HELSEVEV_LOG_LEVEL the log is JSON, as in production', async () => {
  const { out, err, code } = await start({ HELSEVEV_LOG_LEVEL: 'info' }, 'Ctrl-C stops the server.')
  assert.equal(err, '')
  assert.equal(code, 0)
  const codes = out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).code] : []))
  assert.ok(codes.includes('STARTED') && codes.includes('STOPPED'), out)
  assert.doesNotMatch(out, /Helsevev starts/)
})

for (const variable of ['HELSEVEV_PORT', 'HELSEVEV_ISSUER_PORT'])
  test(`when the port of ${variable} is taken, it ends at once and names both`, async () => {
    await withTakenPort(async (port) => {
      const { out, err, code } = await start({ [variable]: port })
      assert.equal(out, '')
      assert.equal(
        err,
        `Helsevev does not start:\n  Port ${port} is taken by another program. Stop it, or set ${variable} to a free port.\n`,
      )
      assert.equal(code, 1)
    })
  })

test('one port for both is refused with the names of both', async () => {
  await withTakenPort(async (port) => {
    const { err, code } = await start({ HELSEVEV_PORT: port, HELSEVEV_ISSUER_PORT: port })
    assert.equal(
      err,
      `Helsevev does not start:\n  HELSEVEV_PORT and HELSEVEV_ISSUER_PORT are both ${port}. Set one of them to another port.\n`,
    )
    assert.equal(code, 1)
  })
})
