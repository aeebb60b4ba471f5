/** The claims of HelseID's tokens, under HelseID's names. */
import { createHash } from 'node:crypto'
import type { Organization } from './organization.ts'
import type { TestClient, TestPerson } from './world.ts'

const PID = 'helseid://claims/identity/pid'
const PID_PSEUDONYM = 'helseid://claims/identity/pid_pseudonym'
const SECURITY_LEVEL = 'helseid://claims/identity/security_level'
const ASSURANCE_LEVEL = 'helseid://claims/identity/assurance_level'
const NETWORK = 'helseid://claims/identity/network'
const HPR_NUMBER = 'helseid://claims/hpr/hpr_number'

/** Which claims each identity scope puts in the ID token and the userinfo answer. */
export const CLAIMS_BY_SCOPE: Record<string, string[]> = {
  openid: ['sub', 'idp', 'amr', 'auth_time'],
  profile: ['name', 'given_name', 'family_name'],
  'helseid://scopes/identity/pid': [PID],
  'helseid://scopes/identity/pid_pseudonym': [PID_PSEUDONYM],
  'helseid://scopes/identity/security_level': [SECURITY_LEVEL],
  'helseid://scopes/identity/assurance_level': [ASSURANCE_LEVEL],
  'helseid://scopes/identity/network': [NETWORK],
  'helseid://scopes/hpr/hpr_number': [HPR_NUMBER],
}

/** Scopes that say something about a person: for sign-in only. */
export const IDENTITY_SCOPES: ReadonlySet<string> = new Set([...Object.keys(CLAIMS_BY_SCOPE), 'offline_access'])

const ASSURANCE = { '2': 'low', '3': 'substantial', '4': 'high' } as const

/** HelseID's subject is a Base64 hash; this one is of the test person's id, so that it holds over restarts. */
export function subjectOf(person: TestPerson): string {
  return createHash('sha256').update(`helseid-test person ${person.id}`).digest('base64')
}

export function personClaims(person: TestPerson): Record<string, unknown> {
  const securityLevel = person.securityLevel ?? '4'
  return {
    [PID]: person.pid,
    [PID_PSEUDONYM]: createHash('sha256').update(`helseid-test pseudonym ${person.id}`).digest('base64'),
    [SECURITY_LEVEL]: securityLevel,
    [ASSURANCE_LEVEL]: ASSURANCE[securityLevel],
    [NETWORK]: 'internett',
    ...(person.hprNumber ? { [HPR_NUMBER]: person.hprNumber } : {}),
    name: person.name,
    given_name: person.givenName,
    family_name: person.familyName,
    idp: 'helseid-test',
  }
}

export function clientClaims(client: TestClient, organization: Organization): Record<string, unknown> {
  return {
    client_amr: 'private_key_jwt',
    'helseid://claims/client/client_name': client.name,
    'helseid://claims/client/client_tenancy': client.tenancy,
    ...(organization.parent ? { 'helseid://claims/client/claims/orgnr_parent': organization.parent } : {}),
    ...(organization.child ? { 'helseid://claims/client/claims/orgnr_child': organization.child } : {}),
    ...(organization.supplier ? { 'helseid://claims/client/claims/orgnr_supplier': organization.supplier } : {}),
  }
}
