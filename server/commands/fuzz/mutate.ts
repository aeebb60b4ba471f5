/** Changes to a request that keep most of its structure, so that it comes far: in JSON, XML, forms, headers and addresses. */
import type { Random } from '../../seed/random.ts'
import type { Body, FuzzRequest } from './requests.ts'

/** Values that readers stumble over, in any place. */
const odd: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  5e-324,
  0.1,
  2_147_483_648,
  '',
  ' ',
  '\0',
  '\u200b',
  'ø',
  '\u{1F600}',
  '\ud800',
  '\ufffe',
  '\u202e',
  'a\nb',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '9'.repeat(400),
  '-1',
  '1e400',
  'NaN',
  '0x10',
  '١٢',
  '2026-02-30',
  '0000-00-00',
  '2026-01-01T24:00:00Z',
  '9999-12-31T23:59:60Z',
  '2026-01-01T12:00:00+99:99',
  '-0001',
  "' or 1=1 --",
  '";drop table record;--',
  '%',
  '%00',
  '%zz',
  '{{7*7}}',
  '../../etc/passwd',
  'urn:uuid:',
  'urn:oid:',
  '#',
  '#a',
  '|',
  '||',
  '\\',
  ',',
  '$',
  'ge',
  'sa',
  '<script>',
  '&amp;',
  '&a;',
  ']]>',
  'a'.repeat(3000),
  '('.repeat(3000),
  'http://[',
  'http://a b',
  'Observation/1',
  'Bundle',
  '*',
  'W/"1"',
  'W/""',
  '"',
  ':',
  '01010112345',
  [],
  {},
  [[]],
  [null],
  { resourceType: 'Bundle' },
  { __proto__: null },
  { coding: 'a' },
  { reference: '#' },
  { extension: [{}] },
  { value: 1, unit: {} },
  [{ system: 1 }],
  { start: '2026', end: '2025' },
]
const texts = odd.filter((one) => typeof one === 'string')

const headers: Readonly<Record<string, readonly string[]>> = {
  'content-type': [
    '',
    'a',
    'application/json',
    'application/xml',
    'text/xml; charset=utf-16',
    'application/fhir+json; fhirVersion=5.0',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ],
  'content-encoding': ['gzip', 'br', 'zstd', 'identity', ''],
  accept: ['text/html', 'application/fhir+xml', '*/*;q=0', ',', ';;', 'application/fhir+json;fhirVersion=3.0'],
  prefer: ['return=minimal', 'return=OperationOutcome', 'handling=lenient', 'respond-async', '=', ';'],
  'if-match': ['*', 'W/"0"', 'W/"99999999999999999999"', '"', 'W/', 'W/"1", W/"2"', ''],
  'if-none-exist': ['', '?', '_count=1', 'identifier=a|b', 'code=%', 'patient.identifier=x'],
  attestation: ['', 'a', 'e30', 'bnVsbA', 'W10', 'eyJhIjoxfQ', '-'.repeat(4000)],
  'nhn-access-basis': ['', 'PURPOSE', 'x'],
  authorization: ['', 'DPoP', 'DPoP a.b.c', 'Bearer a', 'DPoP eyJhbGciOiJub25lIn0.e30.'],
  dpop: ['', 'a', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'],
  'x-forwarded-for': ['a', '1.1.1.1, 2.2.2.2'],
  range: ['bytes=0-1'],
}

/** The request with one to three changes. */
export function mutated(request: FuzzRequest, random: Random): FuzzRequest {
  let changed = request
  for (let times = random.int(1, 3); times > 0; times--) changed = changedOnce(changed, random)
  return changed
}

function changedOnce(request: FuzzRequest, random: Random): FuzzRequest {
  const part = random.next()
  if (request.body && part < 0.72) return { ...request, body: bodyOf(request.body, random) }
  if (part < 0.84) return { ...request, path: pathOf(request.path, random) }
  if (part < 0.96) {
    const name = random.pick(Object.keys(headers))
    return { ...request, headers: { ...request.headers, [name]: random.pick(headers[name] ?? ['']) } }
  }
  return { ...request, method: random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) }
}

function bodyOf(body: Body, random: Random): Body {
  if (random.chance(0.12)) return { kind: 'text', text: textOf(written(body), random) }
  if (body.kind === 'json') return { kind: 'json', value: jsonOf(body.value, random) }
  if (body.kind === 'form') return { kind: 'form', fields: fieldsOf(body.fields, random) }
  return { kind: 'text', text: random.chance(0.7) ? markupOf(body.text, random) : textOf(body.text, random) }
}

/** The octets of a body, as text. */
export function written(body: Body): string {
  if (body.kind === 'text') return body.text
  return body.kind === 'form'
    ? body.fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')
    : JSON.stringify(body.value)
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

type Place = { holder: Record<string, unknown>; name: string }

/** A copy with one place changed. */
function jsonOf(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null) return random.pick(odd)
  const copy = structuredClone(value)
  const places = placesIn(copy)
  if (places.length === 0) return random.pick(odd)
  const { holder, name } = random.pick(places)
  const other = random.pick(places)
  const kinds: (() => unknown)[] = [
    () => (holder[name] = structuredClone(random.pick(odd))),
    () => (holder[name] = structuredClone(random.pick(odd))),
    () => (holder[name] = [holder[name]]),
    () => (holder[name] = [holder[name], structuredClone(holder[name])]),
    () => (holder[name] = { value: holder[name] }),
    () => (holder[name] = structuredClone(other.holder[other.name])),
    () => (holder[name] = typeof holder[name] === 'string' ? textOf(holder[name], random) : random.pick(texts)),
    () => (holder[`${name}${random.pick(['s', '[x]', '', ' ', 'String'])}`] = structuredClone(random.pick(odd))),
    () => (holder[`_${name}`] = random.pick([{}, [], [{}], { extension: [{ url: 'a' }] }, null])),
    () => delete holder[name],
    () => delete holder[name],
  ]
  random.pick(kinds)()
  return copy
}

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [name, member] of Object.entries(value)) {
    found.push({ holder: value as Record<string, unknown>, name })
    placesIn(member, found)
  }
  return found
}

function fieldsOf(fields: [string, string][], random: Random): [string, string][] {
  const at = random.int(0, Math.max(0, fields.length - 1))
  const [name = '', value = ''] = fields[at] ?? []
  const put = (...changed: [string, string][]) => fields.toSpliced(at, 1, ...changed)
  const text = random.pick(texts)
  const kinds: (() => [string, string][])[] = [
    () => put([name, text]),
    () => put([name, text]),
    () => put([name, `${value},${text}`]),
    () => put([name, textOf(value, random)]),
    () => put([`${name}:${random.pick(['not', 'missing', 'text', 'in', 'exact', ':', text])}`, value]),
    () => put([text, value]),
    () => put(),
    () => put([name, value], [name, value]),
    () => [
      ...fields,
      [
        random.pick([
          '_include',
          '_revinclude',
          '_sort',
          '_count',
          '_elements',
          '_summary',
          '_total',
          '_cursor',
          '_has',
          '_skip',
          '_id',
          '_tag',
          '_lastUpdated',
          '_format',
        ]),
        text,
      ],
    ],
  ]
  return random.pick(kinds)()
}

/** One element of an XML text changed. */
function markupOf(text: string, random: Random): string {
  const parts = text.split(/(?=<)/)
  const at = random.int(0, parts.length - 1)
  const part = parts[at] ?? ''
  const put = (...changed: string[]) => parts.toSpliced(at, 1, ...changed).join('')
  const value = random.pick(texts)
  const kinds: (() => string)[] = [
    () => put(`${part.slice(0, part.lastIndexOf('>') + 1)}${value}`),
    () => put(part.replace(/="[^"]*"/, `="${value}"`)),
    () => put(part.replace(/="[^"]*"/, '=""')),
    () => put(),
    () => put(part, part),
    () => put(part, random.pick(parts)),
    () => put('<!DOCTYPE a [<!ENTITY b "c">]>', part),
    () => put('<![CDATA[', part, ']]>'),
    () => put('<!-- a -->', part),
    () => put(part.replace(/^<\/?\w+/, '<a')),
  ]
  return random.pick(kinds)()
}

/** Signs changed, taken out, doubled or cut off. */
function textOf(text: string, random: Random): string {
  const at = random.int(0, text.length)
  const end = Math.min(text.length, at + random.int(0, 8))
  const kinds: (() => string)[] = [
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, at) + random.pick(texts) + text.slice(end),
    () => text.slice(0, end) + text.slice(at),
    () => text.slice(0, at) + String.fromCharCode(random.int(0, 255)) + text.slice(at),
  ]
  return random.pick(kinds)()
}

function pathOf(path: string, random: Random): string {
  const parts = path.split('/')
  const at = random.int(1, parts.length - 1)
  const value = escaped(random.pick(texts).slice(0, 500))
  const kinds: (() => string)[] = [
    () => parts.with(at, value).join('/'),
    () => parts.toSpliced(at, 1).join('/') || '/',
    () => parts.toSpliced(at, 0, value).join('/'),
    () => `${path}${path.includes('?') ? '&' : '?'}${value}=${value}`,
    () => `${path}?_format=${value}`,
    () => `${path}/_history/${value}`,
    () => `${path}%`,
    () => path.replace('{id}', value),
  ]
  return random.pick(kinds)()
}
