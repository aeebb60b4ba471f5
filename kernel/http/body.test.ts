import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { checkFile } from '../fhir/messages/check-file.ts'
import { problemOf, sentenceOf } from '../testing/answers.ts'
import { organizations, pulse, system, type TestApi, testApi } from '../testing/api.ts'
import { measurements } from '../testing/measurements.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => {
  await api.close()
})

const bergen = system(organizations.bergen)
const address = '/fhir/measurements/Observation'

async function pulseText(series: number, more: Record<string, unknown> = {}): Promise<string> {
  return JSON.stringify(pulse(await api.person(series), more))
}

/** Rows that the text of a note makes: what is sent after `"text":`, and the place that the refusal names. */
const faults: { name: string; note: Buffer | string; says: RegExp }[] = [
  { name: 'ISO-8859-1', note: Buffer.from('"Bodø"', 'latin1'), says: /octet at \d+ is not UTF-8/ },
  { name: 'a half sequence of UTF-8', note: Buffer.from([0x22, 0xef, 0xbf, 0x22]), says: /octet at \d+ is not UTF-8/ },
  { name: 'a replacement character before a wrong octet', note: Buffer.from([0x22, 0xef, 0xbf, 0xbd, 0xf8, 0x22]), says: /not UTF-8/ },
  { name: 'a high surrogate alone', note: String.raw`"a\ud800b"`, says: /note\[0\]\.text holds half a character/ },
  { name: 'a low surrogate alone', note: String.raw`"\uDC00"`, says: /note\[0\]\.text holds half a character/ },
  { name: 'U+FFFE', note: String.raw`"\ufffe"`, says: /note\[0\]\.text .* no character/ },
  { name: 'U+FDD0, as itself', note: '"\ufdd0"', says: /note\[0\]\.text .* no character/ },
  { name: 'U+1FFFF', note: '"\u{1ffff}"', says: /note\[0\]\.text .* no character/ },
  { name: 'a name twice', note: '"one","text":"two"', says: /note\[0\]\.text stands twice/ },
  { name: 'a name twice, once escaped', note: String.raw`"one","t\u0065xt":"two"`, says: /note\[0\]\.text stands twice/ },
]

test('what is not Unicode text, and a name twice, is refused with its place, by server and validate (RFC 8259 4, 8.1)', async () => {
  const [head = '', tail = ''] = (await pulseText(1, { note: [{ text: '@' }] })).split('"@"')
  for (const { name, note, says } of faults) {
    const body = Buffer.concat([Buffer.from(head), Buffer.from(note), Buffer.from(tail)])
    const reply = await api.as(bergen).post(address, body)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'not-json'], name)
    assert.match(String(sentenceOf(reply)), says, name)
    const { unreadable } = await checkFile(api.kernel, [measurements], body)
    assert.match(unreadable[0]?.text ?? '', says, name)
  }
  assert.equal((await api.sql`select 1 from record`).length, 0)
})

/** Texts that only look wrong. */
const whole = ['Bodø', 'a\u{1F600}b', '\uFFFD', String.raw`\ud800`, '{"text":1,"text":2}', 'x'.repeat(100_000), '\\"', '\\\\']

test('what is text is stored as sent, with or without a byte order mark', async () => {
  for (const [index, text] of whole.entries()) {
    const body = await pulseText(10 + index, { note: [{ text }] })
    const reply = await api.as(bergen).post(address, index % 2 ? `\uFEFF${body}` : body)
    assert.equal(reply.status, 201, text.slice(0, 20))
    assert.deepEqual((reply.body as { note: unknown }).note, [{ text }])
  }
})

test('gzip and brotli are inflated within the limit; another encoding is 415 (RFC 9110 8.4, RFC 7694)', async () => {
  const post = async (body: Buffer, encoding: string) => await api.as(bergen).post(address, body, { 'content-encoding': encoding })
  const text = await pulseText(30)
  assert.equal((await post(gzipSync(text), 'gzip')).status, 201)
  assert.equal((await post(brotliCompressSync(text), 'br')).status, 201)
  assert.equal((await post(Buffer.from(text), 'identity')).status, 201)
  for (const encoding of ['zstd', 'deflate', 'gzip, br']) {
    const reply = await post(gzipSync(text), encoding)
    assert.deepEqual([reply.status, reply.headers['accept-encoding']], [415, 'gzip, br, identity'], encoding)
  }
  assert.deepEqual(
    [(await post(Buffer.from(text), 'gzip')).status, (await post(gzipSync(Buffer.alloc(50_000_000)), 'gzip')).status],
    [400, 413],
  )
  for (const [squeezed, encoding] of [
    [gzipSync(text), 'gzip'],
    [brotliCompressSync(text), 'br'],
  ] as const)
    assert.equal((await post(Buffer.concat([squeezed, Buffer.from('more')]), encoding)).status, 400, encoding)
  assert.equal((await post(brotliCompressSync(Buffer.alloc(50_000_000)), 'br')).status, 413)
})

test('a form in another encoding is refused, and one with a byte order mark is read', async () => {
  const { number } = await api.person(31)
  const form = `patient.identifier=urn:oid:2.16.578.1.12.4.1.4.1|${number}`
  const search = async (body: Buffer | string) =>
    await api.as(bergen).post(`${address}/_search`, body, { 'content-type': 'application/x-www-form-urlencoded' })
  assert.equal((await search(`\uFEFF${form}`)).status, 200)
  assert.equal((await search(`${form}&code=bod%C3%B8`)).status, 200)
  for (const wrong of [`${form}&code=bod%F8`, Buffer.from(`${form}&code=bodø`, 'latin1')]) {
    const reply = await search(wrong)
    assert.deepEqual([reply.status, problemOf(reply)], [400, 'unreadable-request'])
    assert.match(String(sentenceOf(reply)), /UTF-8/)
  }
})

test('a charset other than UTF-8 is 415', async () => {
  const reply = await api.as(bergen).post(address, await pulseText(32), { 'content-type': 'application/fhir+json; charset=iso-8859-1' })
  assert.equal(reply.status, 415)
  const taken = await api.as(bergen).post(address, await pulseText(32), { 'content-type': 'application/json; charset=UTF-8' })
  assert.equal(taken.status, 201)
})
