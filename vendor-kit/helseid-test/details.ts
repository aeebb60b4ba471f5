/** What a client says about a request beyond OAuth's parameters: a list of objects, or one alone, each with a type (RFC 9396). */

/** Organisation, and attestation of the trust framework. */
export const ORGANIZATION_TYPE = 'helseid_authorization'
export const ATTESTATION_TYPE = 'nhn:tillitsrammeverk:parameters'

/** Details that are refused, with the OAuth error to answer. */
export class DetailsError extends Error {
  readonly error: 'access_denied' | 'invalid_authorization_details'

  constructor(error: DetailsError['error'], message: string) {
    super(message)
    this.error = error
  }
}

/** The details with their paths: `where` alone for a bare object, `where[0]` in a list. */
export function listDetails(details: unknown, where: string): { path: string; detail: unknown }[] {
  if (details === undefined) return []
  if (!Array.isArray(details)) return [{ path: where, detail: details }]
  return details.map((detail, index) => ({ path: `${where}[${index}]`, detail }))
}

export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
}
