/** Ids of contents that are stored once each and that many rows of the access log refer to. */
import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** The number of distinct contents that one process remembers. */
const REMEMBERED = 20_000

/**
 * Finds the id of an object's row by the digest of its fields, and asks the database once per content and process. `find` inserts the
 * row if it is new, and returns undefined when another process inserted it at the same moment; it is then called again.
 */
export function storedOnce<T extends object>(
  fieldsOf: (content: T) => readonly unknown[],
  find: (digest: string, id: string, content: T) => Promise<string | undefined>,
): (content: T) => Promise<string> {
  const ids = new LRUCache<string, Promise<string>>({ max: REMEMBERED })
  // The digest of an object is made once, since the same caller acts many times.
  const digests = new WeakMap<T, string>()
  const findOrRepeat = async (digest: string, content: T): Promise<string> =>
    (await find(digest, idOfDigest(digest), content)) ?? (await findOrRepeat(digest, content))
  return (content) => {
    const digest = digests.get(content) ?? digestOf(fieldsOf(content))
    digests.set(content, digest)
    let id = ids.get(digest)
    if (!id) {
      id = findOrRepeat(digest, content)
      ids.set(digest, id)
      id.catch(() => ids.delete(digest))
    }
    return id
  }
}

/** The first half of a SHA-256, in the form of a UUID. */
function digestOf(fields: readonly unknown[]): string {
  const hex = hash('sha256', JSON.stringify(fields.map((field) => field ?? null)), 'hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/**
 * The first 63 bits of a digest. Rows of the log name the content by this id, so that the chain covers the content too: a change of an
 * actor breaks the chain in the same way as a change of a row.
 */
function idOfDigest(digest: string): string {
  return (BigInt(`0x${digest.replaceAll('-', '').slice(0, 16)}`) >> 1n).toString()
}

/** The limit of ids that a sequence gave, before contents were named by their digest. */
const LARGEST_COUNTED = 1n << 32n

/** Whether a stored row still has the content that its digest and its id were made from. */
export function isUntouched(row: { id: string; digest: string }, fields: readonly unknown[]): boolean {
  return row.digest === digestOf(fields) && (row.id === idOfDigest(row.digest) || BigInt(row.id) < LARGEST_COUNTED)
}
