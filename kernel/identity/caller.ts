/** The caller, as the verified access token states (security profile of HelseID, claim names of the token). */
export interface Caller {
  /** The token of a citizen has a scope that ends in `/citizen`. Its person asks as a citizen, even when health personnel by profession. */
  kind: 'person' | 'system' | 'citizen'
  /** The national identity number of the signed-in person. It is never logged and never stored: the log holds the person key. */
  pid: string | undefined
  name: string
  hprNumber: string | undefined
  /** The legal entity that the caller acts for. */
  organization: string | undefined
  organizationChild: string | undefined
  /** The vendor that acts for the organisation, in tokens of multi-tenant clients. */
  supplier: string | undefined
  multiTenant: boolean
  client: string
  scopes: readonly string[]
  /** The attestation of the trust framework that HelseID put in the token, as it is there; undefined when there is none. */
  attestation: unknown
  /** The time when the token was issued (iat), in seconds since 1970. */
  issuedAt: number
}
