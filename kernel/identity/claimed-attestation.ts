/**
 * What could be read of an attestation that was refused. It decides nothing: it is kept in the access log, marked as claims, so that a
 * person can see later what was asked for and how it was wrong.
 */
import { isProblem, type Problem } from '../problem/problem.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'
import type { Attestation } from './attestation.ts'
import { attestationShape, type Path, type Stated } from './attestation-shape.ts'
import { type AttestationParts, attestationOf, readHeader } from './read-attestation.ts'

/** Members that name a person by number: that they differ is kept, and the number is not. */
const persons: readonly Path[] = ['practitioner.identifier', 'patients[0].identifier']
/** The greatest number of claims that are kept, and of characters in each. */
const MOST = 32
const LONGEST = 200

/** Undefined when nothing could be read. What the token states takes precedence. No text of it holds an identity number. */
export function claimedAttestation({ token, header }: AttestationParts, refused: Problem): Attestation | undefined {
  const sent = header === undefined ? undefined : readHeader(header)
  const vouched = token === undefined ? {} : attestationShape(token, 'the access token').stated
  const said = sent === undefined || isProblem(sent) ? {} : attestationShape(sent, 'the header Attestation').stated
  if (Object.keys(vouched).length + Object.keys(said).length === 0) return undefined
  const attestation = attestationOf(withoutNumbers(vouched), withoutNumbers(said), { fallback: undefined, unknownMembers: [] })
  const claims = refused.issues.map((issue) => claimIn(issue, said))
  return { ...attestation, claims: [...new Set(claims)].slice(0, MOST) }
}

/** `care_relationship.purpose_of_use: COC` for what the header says and the token contradicts; the path alone for what is not readable. */
function claimIn({ code, expression = 'attestation' }: Problem['issues'][number], said: Stated): string {
  const path = expression.replace(/^attestation\.(?=.)/, '')
  const value = code === 'attestation-contradicts-token' ? said[path as Path] : undefined
  if (value === undefined || persons.includes(path as Path)) return redactIdentityNumbers(path).slice(0, LONGEST)
  const text = typeof value !== 'object' ? String(value) : 'id' in value ? value.id : value.code
  return redactIdentityNumbers(`${path}: ${text}`).slice(0, LONGEST)
}

function withoutNumbers(stated: Stated): Stated {
  const plain = (value: unknown): unknown => (typeof value === 'string' ? redactIdentityNumbers(value) : value)
  const within = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
      : plain(value)
  return Object.fromEntries(Object.entries(stated).map(([path, value]) => [path, within(value)])) as Stated
}
