/**
 * Attestations that were read before. A screen sends the same one with each of its requests, and to read it again would cost more than the
 * decision about it. What is read follows from the texts alone, so that it is the same object, and who gets it changes nothing in it.
 */
import { LRUCache } from 'lru-cache'
import type { Codes } from '../codes/codes.ts'
import type { Result } from '../problem/problem.ts'
import type { Attestation } from './attestation.ts'
import { withKnownCodes } from './attested-codes.ts'
import { type AttestationParts, readAttestation } from './read-attestation.ts'

type Read = Result<Attestation> | undefined

/** How many headers a process remembers, each of at most 11 kB. */
const KEPT = 2000

/** Reads the attestation of a request as `readAttestation` does, with the codes of its lists (`withKnownCodes`). */
export function createAttestations(codes: Codes): (parts: AttestationParts) => Read {
  const byHeader = new LRUCache<string, { read: Read }>({ max: KEPT })
  // The claims of a token are one object as long as the token is kept (access-token.ts).
  const byToken = new WeakMap<object, AttestationParts & { read: Read }>()
  return (parts) => {
    const { token, issuedAt, header } = parts
    const claims = typeof token === 'object' && token !== null ? token : undefined
    const ofToken = claims && byToken.get(claims)
    if (ofToken && ofToken.issuedAt === issuedAt && ofToken.header === header) return ofToken.read
    const text = token === undefined ? header : undefined
    const ofHeader = text === undefined ? undefined : byHeader.get(text)
    if (ofHeader) return ofHeader.read
    const read = withKnownCodes(readAttestation(parts), codes)
    if (claims) byToken.set(claims, { ...parts, read })
    if (text !== undefined) byHeader.set(text, { read })
    return read
  }
}
