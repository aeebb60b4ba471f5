/** Who calls, as the verified access token says (security profile of HelseID, claim names of the token). */
export interface Caller {
  kind: 'person' | 'system'
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
}
