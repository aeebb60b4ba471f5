/**
 * Keys and logical ids. A logical id holds the key of the patient, so that a read by id reaches one shard without an index across patients
 * (architecture decision 3): `{patient}-{id}`, in letters.
 */
import { randomBytes } from 'node:crypto'

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

let latest = { patient: '', letters: '' }

export function logicalId(patient: PatientKey, id: RecordId): string {
  // A page is about one patient, so the first half is the same in all its ids.
  if (patient !== latest.patient) latest = { patient, letters: toLetters(patient) }
  return `${latest.letters}-${toLetters(id)}`
}

/** The key of a person in letters, as in an Identifier of staff. */
export function personKeyText(key: PatientKey): string {
  return toLetters(key)
}

/** The two keys in a logical id; undefined when the text is no logical id. */
export function parseLogicalId(text: string): { patient: PatientKey; id: RecordId } | undefined {
  const match = /^([a-p]{1,16})-([a-p]{1,16})$/.exec(text)
  if (!match) return undefined
  const patient = fromLetters(match[1] ?? '')
  const id = fromLetters(match[2] ?? '')
  if (patient === undefined || id === undefined) return undefined
  return { patient: patient as PatientKey, id: id as RecordId }
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
  const value = BigInt(`0x${text.replace(/[g-p]/g, (letter) => DIGITS[LETTERS.indexOf(letter)] ?? '')}`)
  return value < 1n << 63n ? value.toString() : undefined
}
