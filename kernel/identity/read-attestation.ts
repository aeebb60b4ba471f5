/**
 * Reads what a health professional attests, from the access token, from the header of the call, or from both. Only the shape is checked
 * here; the steps of the pipeline check which members must be there and whether they are true. docs/api/attestation.md
 */

import { type Issue, isProblem, type Problem, problem, problemWith, type Result } from '../problem/problem.ts'
import { redactIdentityNumbers } from '../values/identity-number.ts'
import { parsePlainJson } from '../values/json.ts'
import { repeatedMember } from '../values/repeated-member.ts'
import type { Attestation } from './attestation.ts'
import { attestationShape, type Path, PLAIN_NAME, PURPOSE_OF_USE, type Stated } from './attestation-shape.ts'
import { purposes } from './purpose.ts'

/** The greatest number of bytes of JSON in a header. */
const LONGEST = 8192
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/
const LONGEST_TEXT = Math.ceil(LONGEST / 3) * 4

export interface AttestationParts {
  /** The attestation in the access token, which HelseID has vouched for. */
  token: unknown
  /** The iat of the token, in seconds since 1970. */
  issuedAt: number
  /** The text of the header, which the proof has signed. */
  header: string | undefined
}

/**
 * One attestation from both parts: what the token states takes precedence, and the header completes it. Undefined when there is none.
 * Problems: attestation-invalid with every fault, attestation-contradicts-token with every member that both state differently.
 */
export function readAttestation({ token, issuedAt, header }: AttestationParts): Result<Attestation> | undefined {
  if (token === undefined && header === undefined) return undefined
  const sent = header === undefined ? undefined : readHeader(header)
  if (header !== undefined && sent === undefined) return unreadable()
  if (isProblem(sent)) return sent
  const vouched = token === undefined ? undefined : attestationShape(token, 'the access token')
  const said = sent === undefined ? undefined : attestationShape(sent, 'the header Attestation')
  const faults = [...(vouched?.faults ?? []), ...(said?.faults ?? [])]
  if (faults.length > 0) return problemWith('attestation-invalid', faults)
  const contradictions = vouched && said ? contradicted(vouched.stated, said.stated) : []
  if (contradictions.length > 0) return problemWith('attestation-contradicts-token', contradictions)
  return attestationOf(vouched?.stated ?? {}, said?.stated ?? {}, {
    fallback: vouched && issuedAt,
    unknownMembers: [...new Set([...(vouched?.unknownMembers ?? []), ...(said?.unknownMembers ?? [])])],
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The object that the header holds; undefined when it is not readable, and a problem when it says something twice. */
export function readHeader(text: string): unknown {
  if (text.length > LONGEST_TEXT || !BASE64URL.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length > LONGEST) return undefined
  try {
    const json = utf8.decode(bytes)
    const sent = parsePlainJson(json)
    const repeated = sent === undefined ? undefined : repeatedMember(json, sent)
    return repeated === undefined ? sent : sentTwice(repeated)
  } catch (error) {
    // The bytes are not UTF-8.
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** A member that is sent twice could be read in two ways: by us, and by a person who shows the attestation later. */
function sentTwice(name: string): Problem {
  const named = PLAIN_NAME.test(name) ? ` ${redactIdentityNumbers(name)}` : ''
  return problem('attestation-invalid', `In the header Attestation: the member${named} is sent twice in one object. Send it once.`, {
    expression: 'attestation',
  })
}

function unreadable(): Problem {
  return problem(
    'attestation-invalid',
    'The header Attestation is sent once, and is base64url of a JSON object of at most 8 kB in UTF-8.',
    {
      expression: 'attestation',
    },
  )
}

/** Compares the members that both state by what identifies them. Names and texts do not count, since HelseID fills them in. */
function contradicted(vouched: Stated, sent: Stated): Issue[] {
  return Object.entries(vouched).flatMap(([path, stated]) => {
    const other = sent[path as Path]
    return other === undefined || same(stated, other) ? [] : [contradiction(path)]
  })
}

function contradiction(path: string): Issue {
  const text = `${path} differs from the access token: leave it out of the header, or get a new token.`
  return { severity: 'error', type: 'conflict', code: 'attestation-contradicts-token', text, expression: `attestation.${path}` }
}

/** Whether two values are the same. A side that names no system states only the identifier or the code. */
function same(one: NonNullable<Stated[Path]>, other: NonNullable<Stated[Path]>): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  const systems = one.system === undefined || other.system === undefined || one.system === other.system
  return systems && keyOf(one) === keyOf(other)
}

function keyOf(element: { id: string } | { code: string }): string {
  return 'id' in element ? element.id : element.code
}

/** One attestation from what both sides state: the first takes precedence. */
export function attestationOf(
  vouched: Stated,
  sent: Stated,
  { fallback, unknownMembers }: { fallback: number | undefined; unknownMembers: string[] },
): Attestation {
  const both: Stated = { ...sent, ...vouched }
  const purposeOfUse = both['care_relationship.purpose_of_use']
  const decision = both['care_relationship.decision_ref.id']
  const patient = both['patients[0].identifier']
  return {
    toa: both.toa ?? fallback,
    practitioner: {
      identifier: both['practitioner.identifier'],
      hprNumber: both['practitioner.hpr_nr'],
      authorization: both['practitioner.authorization'],
      legalEntity: both['practitioner.legal_entity'],
      pointOfCare: both['practitioner.point_of_care'],
      department: both['practitioner.department'],
    },
    careRelation: {
      healthcareService: both['care_relationship.healthcare_service'],
      purposeOfUse,
      purpose:
        purposeOfUse && (purposeOfUse.system ?? PURPOSE_OF_USE) === PURPOSE_OF_USE
          ? purposes.find((purpose) => purpose === purposeOfUse.code)
          : undefined,
      purposeOfUseDetails: both['care_relationship.purpose_of_use_details'],
      decisionRef:
        decision === undefined
          ? undefined
          : {
              id: decision,
              description: both['care_relationship.decision_ref.description'],
              userSelected: both['care_relationship.decision_ref.user_selected'],
            },
    },
    patient: patient && {
      identifier: patient,
      pointOfCare: both['patients[0].point_of_care'],
      department: both['patients[0].department'],
    },
    unknownMembers,
  }
}
