/** What the session of this portal remembers. */
import type { Organization } from '../contract.ts'

export interface Content {
  organizations: Organization[]
  /** Number of the organisation that the person acts for. */
  organization?: string
}
