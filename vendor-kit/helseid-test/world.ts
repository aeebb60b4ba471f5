/** Who and what the test identity provider knows. The object is live: what is changed in it takes effect at the next request. */
import type { JWK } from 'jose'

/** A text of the pages in each of their languages. */
export interface Said {
  nb: string
  nn: string
  en: string
}

/** A made-up person who may be chosen on the sign-in page. */
export interface TestPerson {
  /** Stands in the sign-in form and in tests; never the identity number. */
  id: string
  /** Made-up national identity number (month +65 or +80). */
  pid: string
  name: string
  givenName: string
  familyName: string
  hprNumber?: string
  /** Codes of list 9060 that HelseID finds in the register of health personnel; an attestation can state no other. */
  authorizations?: string[]
  /** In words, for the sign-in page: “sykepleier, legevakt”. */
  role: string
  /** The same in the languages of the pages, where it is known in them. */
  roles?: Said
  employer?: { number: string; name: string }
  /** The client that the person mostly signs in through: the sign-in page groups by it, and by `story`. */
  client?: string
  /** What the person shows, together with others of the same story; the same object for each of them. */
  story?: Said
  /** Default '4', the level that health services demand. */
  securityLevel?: '2' | '3' | '4'
}

export type Tenancy = 'single-tenant' | 'multi-tenant' | 'none'
type Grant = 'authorization_code' | 'client_credentials' | 'refresh_token' | 'urn:ietf:params:oauth:grant-type:token-exchange'

export interface TestClient {
  clientId: string
  name: string
  /** The name on the pages, where it differs between their languages. */
  names?: Said
  /** `multi-tenant`: one client of a vendor for many customers; `single-tenant`: the client of one organisation; `none`: acts for none. */
  tenancy: Tenancy
  /** Organisation number of the owner: the vendor, or the tenant itself. */
  organization: string
  /** Sub-units the client may state: a single-tenant client only these, a multi-tenant client any when absent. */
  children?: string[]
  grants: Grant[]
  redirectUris?: string[]
  postLogoutRedirectUris?: string[]
  /** The API scopes it may ask for. Identity scopes are open to every client that signs people in. */
  scopes: string[]
  /** Public keys. Absent: a key pair is made and kept in `<dataDirectory>/vendor-keys/<clientId>.json`. */
  jwks?: { keys: JWK[] }
}

/** The customer has delegated, in Altinn, that the supplier may act for it in HelseID. */
export interface Delegation {
  customer: string
  supplier: string
}

export interface TestWorld {
  people: TestPerson[]
  clients: TestClient[]
  delegations: Delegation[]
  /** The API's short name, as it stands in `aud`. */
  apiAudience: string
  apiScopes: string[]
  organizations: { number: string; name: string }[]
}
