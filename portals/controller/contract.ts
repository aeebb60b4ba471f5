/** What this portal's server and client say to each other beside what every portal does. */

/** A data controller. */
export interface Organization {
  number: string
  name: string
}

/** What the page is told of who is signed in. */
export interface Acting {
  organizations: Organization[]
  /** The one the person acts for now; absent until it is chosen. */
  organization?: Organization
}
