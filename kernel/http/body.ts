/**
 * The octets of a body: inflated within the limit, and read as UTF-8. What cannot be read is refused with its place and never
 * stored with replacement characters.
 */
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import type { FastifyRequest } from 'fastify'
import { type Problem, problem } from '../problem/problem.ts'
import { decodeUtf8, readForm } from '../values/arriving-json.ts'

/** The greatest number of octets in a body, as sent and inflated: a Bundle of 1000 entries of 5 kB. */
export const BODY_LIMIT = 5 * 1024 * 1024

/** Parameters of a form. No search and no operation takes so many, and some compare each with the others. */
export const MOST_PARAMETERS = 1000

/** Thrown where a body is read; the server answers with the problem. */
export class BodyRefused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.problem)
    this.problem = problem
  }
}

const inflaters: ReadonlyMap<string, (octets: Buffer) => Promise<Buffer>> = new Map([
  ['gzip', inflater(gunzip)],
  ['x-gzip', inflater(gunzip)],
  ['br', unbrotli],
])

type Inflate = (octets: Buffer, options: { maxOutputLength: number }, done: (error: Error | null, result: Buffer) => void) => void

function inflater(inflate: Inflate): (octets: Buffer) => Promise<Buffer> {
  return async (octets) => await promisify(inflate)(octets, { maxOutputLength: BODY_LIMIT })
}

/** Refuses what stands behind the end, as gunzip does: Node would pass it over. */
async function unbrotli(octets: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  brotliDecompress(octets, { maxOutputLength: BODY_LIMIT, info: true }, (error, result) => {
    // With `info` the answer is the octets and the engine, which counts what it read; the types of Node name the octets alone.
    const { buffer, engine } = (result ?? {}) as unknown as { buffer?: Buffer; engine?: { bytesWritten: number } }
    if (error) reject(error)
    else if (buffer === undefined || engine?.bytesWritten !== octets.length) reject(new Error('octets after the end'))
    else resolve(buffer)
  })
  return await promise
}

/** The body as octets without its Content-Encoding (RFC 9110 section 8.4); 415 for another encoding, with those taken (RFC 7694). */
export async function octetsOf(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return body
  const inflate = inflaters.get(encoding)
  if (!inflate)
    throw new BodyRefused(
      problem('unsupported-media-type', 'Content-Encoding is gzip, br or identity, and one of them at most.', {
        headers: { 'Accept-Encoding': 'gzip, br, identity' },
      }),
    )
  try {
    return await inflate(body)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw new BodyRefused(problem('too-large'))
    throw new BodyRefused(problem('unreadable-request', `The body is not ${encoding}, which Content-Encoding says it is.`))
  }
}

/** The text of a JSON body. */
export async function textBody(request: FastifyRequest, body: Buffer): Promise<string> {
  needUtf8(request)
  const text = decodeUtf8(await octetsOf(request, body))
  if (text.fault !== undefined) throw new BodyRefused(problem('not-json', text.fault))
  return text.value
}

function needUtf8(request: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1]?.toLowerCase()
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset))
    throw new BodyRefused(problem('unsupported-media-type', 'JSON and forms are sent in UTF-8. Leave charset out, or state utf-8.'))
}

/** The parameters of a form. */
export async function formBody(request: FastifyRequest, body: Buffer): Promise<URLSearchParams> {
  needUtf8(request)
  const octets = await octetsOf(request, body)
  if (octets.toString('latin1').split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS)
    throw new BodyRefused(problem('invalid-parameter', `A form has at most ${MOST_PARAMETERS} parameters, and a search 50.`))
  const form = readForm(octets)
  if (form.fault !== undefined) throw new BodyRefused(problem('unreadable-request', form.fault))
  return form.value
}
