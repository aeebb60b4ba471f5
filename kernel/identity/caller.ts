/** Who calls, as the verified access token says (security profile of HelseID, claim names of the token). */
export interface Caller {
  /** A citizen's token holds a scope that ends in `/citizen`: whoever it is, they ask as a citizen and not as health personnel. */
  kind: 'person' | 'system' | 'citizen'
  /** National identity number of the signed-in person. Never logged, never stored: the log holds the person key. */
  pid: string | undefined
  name: string
  hprNumber: string | undefined
  /** Legal entity the caller acts for. */
  organization: string | undefined
  organizationChild: string | undefined
  /** Vendor acting for the organisation, in tokens of multi-tenant clients. */
  supplier: string | undefined
  multiTenant: boolean
  client: string
  scopes: readonly string[]
  /** What HelseID put in the token of the trust framework's attestation, as it stands there; undefined when nothing. */
  attestation: unknown
  /** When the token was issued (iat), seconds since 1970. */
  issuedAt: number
}
