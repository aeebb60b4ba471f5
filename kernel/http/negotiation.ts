/**
 * What a request says of the forms it sends and takes: `Accept`, `_format`, and `fhirVersion` in media types
 * (http://hl7.org/fhir/R4/http.html#mime-type, #parameters, #version-parameter). A header that nobody reads would be a promise that nobody keeps.
 */
import type { FastifyRequest } from 'fastify'
import { type Problem, problem } from '../problem/problem.ts'
import { header, query } from './handler.ts'

const VERSIONS = ['4.0', '4.0.1']
/** Spellings of `_format` in R4; a plus that was not encoded comes as a blank. */
const FORMATS = ['json', 'text/json', 'application/json', 'application/fhir+json', 'application/fhir json']
/** What some answers are in place of a resource: lines of an export. */
const TYPES = [
  'application/fhir+json',
  'application/json',
  'text/json',
  'application/fhir+ndjson',
  'application/ndjson',
  'application/x-ndjson',
]

/** The refusal of a request whose forms are not served; undefined when they are. */
export function refusedForm(request: FastifyRequest): Problem | undefined {
  const sent = mediaRanges(header(request, 'content-type') ?? '')[0]
  if (sent && !isOurVersion(sent))
    return problem('unsupported-media-type', 'This server takes FHIR 4.0: leave fhirVersion out, or say 4.0.')
  const formats = [...query(request).getAll('_format'), ...(request.body instanceof URLSearchParams ? request.body.getAll('_format') : [])]
  if (formats.some((format) => !isFormat(format))) return problem('not-acceptable')
  if (formats.length > 0) return undefined
  const accept = header(request, 'accept')
  return accept === undefined || accept.trim() === '' || isAcceptable(mediaRanges(accept)) ? undefined : problem('not-acceptable')
}

/**
 * The refusal of a precondition that the method does not have (http://hl7.org/fhir/R4/http.html#ccreate, #concurrency); undefined when there
 * is none. A preference may stand there twice, and the first counts (RFC 7240 section 2): it is a wish, and a precondition is none.
 */
export function refusedHeaders(request: FastifyRequest): Problem | undefined {
  const { method } = request
  const has = (name: string) => header(request, name) !== undefined
  const refused = (text: string) => problem('invalid-parameter', text)
  const isWrite = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
  if (isWrite && method !== 'POST' && has('if-none-exist'))
    return refused('If-None-Exist goes with POST {Type} alone. A PUT says with its address what it replaces.')
  if (method === 'POST' && has('if-match'))
    return refused('If-Match goes with PUT, PATCH and DELETE. What is made has no version to match.')
  if (isWrite && has('if-none-match'))
    return refused('If-None-Match is not read with a write. To store only what is new, send If-None-Exist.')
  return undefined
}

interface MediaRange {
  type: string
  parameters: Map<string, string>
}

function mediaRanges(text: string): MediaRange[] {
  return text.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    return { type: type.toLowerCase(), parameters: new Map(parameters.map(parameterOf)) }
  })
}

function parameterOf(text: string): [string, string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim().replaceAll('"', '')]
}

function isOurVersion({ parameters }: MediaRange): boolean {
  const version = parameters.get('fhirversion')
  return version === undefined || VERSIONS.includes(version)
}

/**
 * Whether one of the ranges takes what is sent. The most specific range of a type counts, and a weight of 0 refuses it (RFC 9110 section
 * 12.5.1): who refuses our own type takes lines of an export alone.
 */
function isAcceptable(ranges: readonly MediaRange[]): boolean {
  const ours = ranges.filter(isOurVersion)
  const own = ['application/fhir+json', 'application/*', '*/*'].map((name) => ours.filter(({ type }) => type === name))
  const nearest = own.find((same) => same.length > 0)
  if (nearest?.some(isWanted)) return true
  const others = TYPES.filter((type) => !isRefused(ours, 'application/fhir+json') || type.endsWith('ndjson'))
  return ours.some((range) => others.includes(range.type) && isWanted(range))
}

function isWanted({ parameters }: MediaRange): boolean {
  return Number(parameters.get('q') ?? 1) > 0
}

function isRefused(ranges: readonly MediaRange[], name: string): boolean {
  return ranges.some((range) => range.type === name && !isWanted(range))
}

function isFormat(text: string): boolean {
  const [range] = mediaRanges(text)
  return range !== undefined && FORMATS.includes(range.type) && isOurVersion(range)
}
