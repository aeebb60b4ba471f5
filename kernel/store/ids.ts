/**
 * Keys and logical ids. A logical id holds the key of the patient, so that a read by id reaches one shard without an index across patients
 * (architecture decision 3), and shows nothing of it: both numbers are one block of AES-128 under a key that lies in the database. Two ids
 * of one person have no more in common than ids of two. docs/decisions/0055-logical-ids-show-nothing.md
 */
import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'

/** The internal key of a person: 63 random bits as a decimal string (PostgreSQL int8). It reveals nothing about the person. */
export type PatientKey = string & { readonly brand: 'PatientKey' }
/** The id of a record within its patient, as a decimal string (PostgreSQL int8). Later ids are larger. */
export type RecordId = string & { readonly brand: 'RecordId' }

export interface Ids {
  patientKey(): PatientKey
  recordId(): RecordId
  uuid(): string
}

const EPOCH = Date.UTC(2020, 0, 1)

/** Random numbers of 32 bits, drawn a thousand at a time: to draw each by itself would be most of the cost of an id. */
const pool = new Uint32Array(1024)
let left = 0
function random(): number {
  if (left === 0) {
    crypto.getRandomValues(pool)
    left = pool.length
  }
  left -= 1
  return pool[left] ?? 0
}

/** Makes ids of 41 bits of milliseconds since 2020 and 22 random bits: they sort by time and are unique within one patient. */
export function createIds(clock: () => Date): Ids {
  let last = 0n
  // One process never makes the same id twice, not even within a millisecond or with a clock that stands still.
  const next = () => {
    const drawn = (BigInt(clock().getTime() - EPOCH) << 22n) | BigInt(random() & 0x3fffff)
    last = drawn > last ? drawn : last + 1n
    return last
  }
  return {
    patientKey: () => (randomBytes(8).readBigUInt64BE() >> 1n).toString() as PatientKey,
    recordId: () => next().toString() as RecordId,
    uuid: () => crypto.randomUUID(),
  }
}

/**
 * The key of a database, and from which record id on ids are made with it. Ids given before are `{patient}-{id}`, and stay as they were
 * given.
 */
export interface IdKey {
  key: Uint8Array
  since: bigint
}

let current: { encrypt: Cipheriv; decrypt: Decipheriv; since: bigint; seal: Uint8Array } | undefined

/** Makes and reads ids with this key from now on, in the whole process: a process serves one database. */
export function useIdKey({ key, since }: IdKey): void {
  current = {
    // Every block is by itself, and no two blocks are the same: each is the key of one record.
    encrypt: createCipheriv('aes-128-ecb', key, null).setAutoPadding(false),
    decrypt: createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false),
    since,
    seal: new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), 'search page', 32)),
  }
}

/** As `useIdKey`, with the key of a database. */
export async function useIdKeyOf(sql: Sql): Promise<void> {
  const [row] = await sql<{ key: Buffer; since: string }[]>`select key, since from logical_id_key`
  if (!row) throw new Error('The table logical_id_key has no row. Restore it from a backup: without it, no id is found.')
  useIdKey({ key: row.key, since: BigInt(row.since) })
}

function opened() {
  if (!current) throw new Error('Logical ids are made and read after a database is opened: its key is not there yet.')
  return current
}

/** What an id names stands in bits that no key of 63 bits uses, so that an id of one kind is unknown among the others. */
const kinds = {
  record: { first: 0n, second: 0n },
  line: { first: 1n << 63n, second: 0n },
  relation: { first: 0n, second: 1n << 63n },
} as const
type Kind = keyof typeof kinds

/** The id of a record, choice, question, notice or case of a patient. */
export function logicalId(patient: PatientKey, id: RecordId): string {
  return idText('record', { first: patient, second: id }, id)
}

/** The id of a line of the access log. */
export function logLineId({ segment, seq }: { segment: string; seq: string }): string {
  return idText('line', { first: segment, second: seq }, segment)
}

/** The id of a relation, whose second number is made from the relation and not from the time when it was `registered`. */
export function relationLogicalId(patient: PatientKey, digest: string, registered: Date): string {
  return idText('relation', { first: patient, second: digest }, String(BigInt(Math.max(0, registered.getTime() - EPOCH)) << 22n))
}

const block = Buffer.alloc(16)

/** `given` is the record id that was made at the time when the id was. */
function idText(kind: Kind, { first, second }: { first: string; second: string }, given: string): string {
  const { encrypt, since } = opened()
  if (BigInt(given) < since) return `${toLetters(first)}-${toLetters(second)}`
  block.writeBigUInt64BE(BigInt(first) | kinds[kind].first, 0)
  block.writeBigUInt64BE(BigInt(second) | kinds[kind].second, 8)
  return lettersOf(encrypt.update(block))
}

const blockForm = /^[a-p]{32}$/
const olderForm = /^([a-p]{1,16})-([a-p]{1,16})$/

/** Letters of a record id since March 2020, two months after the time from which they are counted. */
const LETTERS_OF_A_TIME = 14

/** Whether the text has the form of a logical id, which says nothing of whether it is one. */
export function isLogicalId(text: string): boolean {
  return blockForm.test(text) || olderForm.test(text)
}

/** What no id names: nobody has this key. An id that was never given is answered as one that was, and whose record is gone. */
const NOTHING = { first: '0', second: '0' }

/**
 * The two keys in a logical id; undefined when the text is no logical id. A forged id has the keys of nobody, or of a record that is not
 * there: the answer does not show which.
 */
export function parseLogicalId(text: string): { patient: PatientKey; id: RecordId } | undefined {
  const found = parse('record', text, ({ second }) => second)
  return found && { patient: found.first as PatientKey, id: found.second as RecordId }
}

/**
 * As `parseLogicalId`, of a text that stands where others' ids may stand too. What another system calls `abc-def` has the older form and no
 * time of ours in it.
 */
export function parseGivenId(text: string): { patient: PatientKey; id: RecordId } | undefined {
  const [, , second = ''] = olderForm.exec(text) ?? []
  return second !== '' && second.length < LETTERS_OF_A_TIME ? undefined : parseLogicalId(text)
}

/** The line of the access log that an id names; undefined when the text is no logical id. */
export function parseLogLineId(text: string): { segment: string; seq: string } | undefined {
  const found = parse('line', text, ({ first }) => first)
  return found && { segment: found.first, seq: found.second }
}

/** The patient of a relation by its id; undefined when the text is no logical id. Which relation it is, `relationLogicalId` says. */
export function patientOfRelation(text: string): PatientKey | undefined {
  return parse('relation', text, () => '0')?.first as PatientKey | undefined
}

/** `givenOf` finds the record id that was made at the time when the id was: an older form with a newer one was never given. */
function parse(kind: Kind, text: string, givenOf: (keys: typeof NOTHING) => string): typeof NOTHING | undefined {
  if (blockForm.test(text)) {
    const keys = opened().decrypt.update(bytesOf(text))
    const first = keys.readBigUInt64BE(0) ^ kinds[kind].first
    const second = keys.readBigUInt64BE(8) ^ kinds[kind].second
    return first >> 63n || second >> 63n ? NOTHING : { first: first.toString(), second: second.toString() }
  }
  const keys = numbersIn(text)
  return keys && BigInt(givenOf(keys)) >= opened().since ? NOTHING : keys
}

function numbersIn(text: string): typeof NOTHING | undefined {
  const match = olderForm.exec(text)
  const first = fromLetters(match?.[1] ?? '')
  const second = fromLetters(match?.[2] ?? '')
  return match && first !== undefined && second !== undefined ? { first, second } : undefined
}

/**
 * A record as the database names it, `{patient}-{id}` in letters: tokens of references hold it, so that SQL can make it without the key
 * (`placeOf` of covered.ts).
 */
export function placeText(patient: PatientKey, id: RecordId): string {
  return `${toLetters(patient)}-${toLetters(id)}`
}

/** The keys in a place; undefined when the text is none. */
export function parsePlace(text: string): { patient: PatientKey; id: RecordId } | undefined {
  const keys = numbersIn(text)
  return keys && { patient: keys.first as PatientKey, id: keys.second as RecordId }
}

const reference = /^([A-Z][A-Za-z]+\/)([a-p]{32})$/

/** A reference to a record of ours by its place, as tokens hold it; any other text as it is. */
export function referenceByPlace(text: string): string {
  const match = reference.exec(text)
  const key = match && parseLogicalId(match[2] ?? '')
  return key && key.patient !== NOTHING.first ? `${match[1]}${placeText(key.patient, key.id)}` : text
}

/** The key of a person in letters, as in an Identifier of staff. */
export function personKeyText(key: PatientKey): string {
  return toLetters(key)
}

const DIGITS = '0123456789abcdef'
/** Hexadecimal digits as letters: an id without digits can never be mistaken for an identity number in an address. */
const LETTERS = 'ghijklmnopabcdef'

/** A number in letters. */
export function toLetters(key: string): string {
  const digits = BigInt(key).toString(16)
  let letters = ''
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at) - 48
    letters += code < 10 ? LETTERS.charAt(code) : digits.charAt(at)
  }
  return letters
}

/** The number in a text of letters as a decimal string; undefined when it does not fit an int8. */
export function fromLetters(text: string): string | undefined {
  if (text === '') return undefined
  const value = BigInt(`0x${text.replace(/[g-p]/g, (letter) => DIGITS[LETTERS.indexOf(letter)] ?? '')}`)
  return value < 1n << 63n ? value.toString() : undefined
}

/** The codes of the letters, by the value of half a byte. */
const codes = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0))

const SEAL = 'aes-256-gcm'
const NONCE = 12
const SEAL_TAG = 16

/**
 * A text in letters that only this database reads, and only `about` the same. It may hold what no address may show, such as an identity
 * number: the link to the next page of a search does.
 */
export function sealed(text: string, about: string): string {
  const nonce = Buffer.allocUnsafe(NONCE)
  for (let at = 0; at < NONCE; at += 4) nonce.writeUInt32LE(random(), at)
  const cipher = createCipheriv(SEAL, opened().seal, nonce).setAAD(Buffer.from(about))
  // The last step of this mode adds no octets.
  const hidden = cipher.update(text, 'utf8')
  cipher.final()
  return lettersOf(Buffer.concat([nonce, cipher.getAuthTag(), hidden]))
}

/** The text that was sealed; undefined when it was not sealed here, or about something else. */
export function unsealed(letters: string, about: string): string | undefined {
  if (!/^(?:[a-p]{2}){29,}$/.test(letters)) return undefined
  const bytes = bytesOf(letters)
  const open = createDecipheriv(SEAL, opened().seal, bytes.subarray(0, NONCE)).setAAD(Buffer.from(about))
  open.setAuthTag(bytes.subarray(NONCE, NONCE + SEAL_TAG))
  try {
    return Buffer.concat([open.update(bytes.subarray(NONCE + SEAL_TAG)), open.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function lettersOf(bytes: Buffer): string {
  const letters = Buffer.allocUnsafe(2 * bytes.length)
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    letters[2 * at] = codes[byte >> 4] ?? 0
    letters[2 * at + 1] = codes[byte & 15] ?? 0
  }
  return letters.toString('latin1')
}

function bytesOf(letters: string): Buffer {
  const bytes = Buffer.alloc(letters.length / 2)
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = (LETTERS.indexOf(letters.charAt(2 * at)) << 4) | LETTERS.indexOf(letters.charAt(2 * at + 1))
  return bytes
}
