/** The claims of a record system that hands a session over: parsed on arrival, and compared with its token and with the registers. */
import type { Attestation } from '@helsevev/kernel/identity/attestation'
import type { Caller } from '@helsevev/kernel/identity/caller'
import { readAttestation } from '@helsevev/kernel/identity/read-attestation'
import { isProblem, problem, type Result } from '@helsevev/kernel/problem/problem'
import { classify } from '@helsevev/kernel/values/identity-number'
import type * as z from 'zod/mini'
import { type Purpose, purposes } from '../contract.ts'
import type { createBody } from '../handover.ts'
import { digitsOf } from '../identity-number.ts'
import type { ClinicianPortalOptions } from './options.ts'
import type { Content } from './sessions.ts'

/**
 * The scope of clients that may open the portal for their users. It is independent of the scopes of the API: such a client need not be
 * allowed to read what the portal shows.
 */
export const launchScope = 'helsevev:clinician/launch'

const known = new Set(['patient_identifier', 'practitioner_authorization', 'practitioner_auhtorization', 'access_basis'])

/** Members that are not used. They are reported, so that none is lost without notice. */
export const unknownMembers = (claims: object): string[] => Object.keys(claims).filter((name) => !known.has(name))

/**
 * The purpose that belongs to a basis of access, when the token attests none. The elevated bases are not accepted: emergency access needs
 * the person's reason, which the page asks for.
 */
const purposeOfBasis: Record<string, Purpose> = {
  SAMTYKKE: 'TREAT',
  FORHOYET_SAMTYKKE: 'TREAT',
  HPMOTTATTSAMTYKKE: 'TREAT',
  AKUTT: 'ETREAT',
  FORHOYET_AKUTT: 'ETREAT',
  HPAKUTT: 'ETREAT',
  UNNTAK: 'COC',
  HPUNNTAK: 'COC',
}

/** What the session is to remember, and the patient to open. */
export interface HandedOver {
  content: Content
  identityNumber: string
  purpose: Purpose
}

export async function readClaims(
  caller: Caller,
  { claims }: z.infer<typeof createBody>,
  options: Pick<ClinicianPortalOptions, 'organizationsOf' | 'authorizationsOf'>,
): Promise<Result<HandedOver>> {
  if (caller.kind !== 'person' || !caller.pid) return problem('person-login-required')
  if (!caller.hprNumber) return problem('health-personnel-required')
  if (!caller.organization) return problem('organisation-missing')
  const attested = readAttestation({ token: caller.attestation, issuedAt: caller.issuedAt, header: undefined })
  if (isProblem(attested)) return attested
  const { practitioner } = attested ?? {}
  if (practitioner?.identifier && practitioner.identifier.id !== caller.pid) return problem('attestation-practitioner-mismatch')
  if (practitioner?.legalEntity && practitioner.legalEntity.id !== caller.organization) return problem('attestation-legal-entity-mismatch')

  const employers = await options.organizationsOf(caller.hprNumber)
  const employer = employers.find(({ number }) => number === caller.organization)
  if (!employer) return problem('access-denied', 'The person is not registered here as working for the organisation of the token.')
  const place = practitioner?.pointOfCare?.id ?? caller.organizationChild ?? employer.number
  if (![employer, ...employer.units].some(({ number }) => number === place)) return problem('point-of-care-unknown')

  const said = claims.practitioner_authorization ?? claims.practitioner_auhtorization ?? practitioner?.authorization
  const held = await options.authorizationsOf(caller.hprNumber, employer.role)
  const authorization = said ? held.find((code) => code === said.code) : held[0]
  if (!authorization) return problem('authorization-not-held', undefined, { expression: 'claims.practitioner_authorization' })

  const identityNumber = digitsOf(claims.patient_identifier.id)
  const system = classify(identityNumber)?.system
  if (!system) return problem('identity-number-invalid', undefined, { expression: 'claims.patient_identifier.id' })
  if (claims.patient_identifier.system !== undefined && withPrefix(claims.patient_identifier.system) !== system)
    return problem('identity-number-invalid', 'The number is not one of that system.', { expression: 'claims.patient_identifier.system' })
  if (attested?.patient && attested.patient.identifier.id !== identityNumber) return problem('attestation-for-another-patient')

  const purpose = purposeOf(attested, claims.access_basis?.code)
  if (!purpose) return problem('access-basis-mismatch', undefined, { expression: 'claims.access_basis.code' })
  const person = { name: caller.name, identityNumber: caller.pid, hprNumber: caller.hprNumber }
  return {
    content: { person, organizations: [employer], organization: employer.number, place, authorization },
    identityNumber,
    purpose,
  }
}

const withPrefix = (system: string) => (system.startsWith('urn:oid:') ? system : `urn:oid:${system}`)

function purposeOf(attested: Attestation | undefined, basis: string | undefined): Purpose | undefined {
  const attestedPurpose = purposes.find((purpose) => purpose === attested?.careRelation.purpose)
  return attestedPurpose ?? (basis === undefined ? undefined : purposeOfBasis[basis])
}
