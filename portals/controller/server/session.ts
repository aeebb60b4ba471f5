/** What the session of this portal remembers. */
import type { Organization } from '../contract.ts'

export interface Content {
  organizations: Organization[]
  /** Number of the one that is acted for. */
  organization?: string
}
