/**
 * Checkpoints of the log in the form that transparency logs share: the head of a tree as a signed note. https://c2sp.org/tlog-checkpoint,
 * https://c2sp.org/signed-note. Each tree of the log is a log of its own there, with an origin of its own that is the name of its key too.
 */
import { createHash } from 'node:crypto'
import { fromLetters, toLetters } from '../store/ids.ts'
import type { Hash } from './chain.ts'
import type { PublicLogKey } from './log-key.ts'

export interface TreeHead {
  origin: string
  /** The number of leaves. */
  size: number
  root: Hash
}

/** The segment that stands for the tree of segments, whose leaves are their openings. */
export const SEGMENTS = '0'

/** A head of a tree that was kept outside the database. */
export interface KeptHead {
  /** 0 is the list of segments. */
  segment: string
  /** The last row; the tree has one leaf more. */
  seq: number
  root: Hash
}

const ORIGIN = 'helsevev.no/log'
const ED25519 = Buffer.from([1])

/**
 * The origin of a segment’s tree: its number in letters, as in addresses. The tree of segments is named by the first segment, which
 * distinguishes installations.
 */
export function originOf(segment: string, firstSegment: string): string {
  return segment === SEGMENTS ? `${ORIGIN}/${toLetters(firstSegment)}/segments` : `${ORIGIN}/${toLetters(segment)}`
}

/** The segment of an origin; undefined when it is no origin of this software. */
function segmentOf(origin: string): { segment: string; firstSegment?: string } | undefined {
  const [, letters = '', top] = /^helsevev\.no\/log\/([a-p]{1,16})(\/segments)?$/.exec(origin) ?? []
  const segment = letters === '' ? undefined : fromLetters(letters)
  if (segment === undefined) return undefined
  return top === undefined ? { segment } : { segment: SEGMENTS, firstSegment: segment }
}

/** The text that is signed. */
export function noteText({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
}

export function signedNote(head: TreeHead, signer: Pick<PublicLogKey, 'raw'>, signature: Buffer): string {
  const id = keyId(head.origin, signer.raw)
  return `${noteText(head)}\n— ${head.origin} ${Buffer.concat([id, signature]).toString('base64')}\n`
}

/** The public key under the name of an origin, as https://c2sp.org/signed-note writes verifier keys. */
export function verifierKey(origin: string, { raw }: Pick<PublicLogKey, 'raw'>): string {
  return `${origin}+${keyId(origin, raw).toString('hex')}+${Buffer.concat([ED25519, raw]).toString('base64')}`
}

/** The first four bytes of the SHA-256 of the name, a line feed, the kind of key and the key. */
function keyId(name: string, raw: Buffer): Buffer {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(`${name}\n`), ED25519, raw]))
    .digest()
    .subarray(0, 4)
}

const NOTE = /^([^\n]+)\n([0-9]{1,16})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n—][^\n]*\n)*)\n((?:— [^\n]+\n)+)/

export interface ReadNote extends TreeHead {
  /** Whether one of the keys has signed it under its origin. */
  isSignedBy(keys: readonly PublicLogKey[]): boolean
}

/** The notes of a text, one after the other with any number of empty lines between; undefined when something in it is no such note. */
export function readNotes(text: string): ReadNote[] | undefined {
  const notes: ReadNote[] = []
  let rest = text.replaceAll('\r\n', '\n').replace(/^\n+/, '')
  while (rest !== '') {
    const found = NOTE.exec(rest.endsWith('\n') ? rest : `${rest}\n`)
    if (!found) return undefined
    const [whole, origin = '', size = '', root = '', more = '', signatures = ''] = found
    const signed = Buffer.from(`${origin}\n${size}\n${root}\n${more}`)
    notes.push({
      origin,
      size: Number(size),
      root: Buffer.from(root, 'base64').toString('hex'),
      isSignedBy: (keys) => keys.some((key) => signatures.split('\n').some((line) => isSignature(line, origin, signed, key))),
    })
    rest = rest.slice(whole.length).replace(/^\n+/, '')
  }
  return notes
}

function isSignature(line: string, origin: string, signed: Buffer, key: PublicLogKey): boolean {
  const [dash, name, encoded = ''] = line.split(' ')
  if (dash !== '—' || name !== origin) return false
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.subarray(0, 4).equals(keyId(origin, key.raw)) && key.verify(signed, bytes.subarray(4))
}

/** The heads of published checkpoints that somebody kept; each must be signed by one of the keys, under an origin of this software. */
export function keptHeads(text: string, keys: readonly PublicLogKey[]): KeptHead[] | 'no-note' | 'not-signed' {
  const notes = readNotes(text)
  if (!notes || notes.length === 0) return 'no-note'
  const heads: KeptHead[] = []
  for (const { origin, size, root, isSignedBy } of notes) {
    const of = segmentOf(origin)
    if (!of) return 'no-note'
    if (!isSignedBy(keys)) return 'not-signed'
    heads.push({ segment: of.segment, seq: size - 1, root })
  }
  return heads
}
