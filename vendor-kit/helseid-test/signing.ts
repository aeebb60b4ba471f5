/** What HelseID accepts of a signature that a client makes. */

/** HelseID: RSA, RSA-PSS and ECDSA; no shared secret, no `none`. */
export const SIGNING_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const

/** Seconds two clocks may differ. */
export const CLOCK_TOLERANCE = 5
