/**
 * Which texts can be literal references: an absolute address, one relative to the service, an address within a Bundle, or one within the
 * resource. http://hl7.org/fhir/R4/references.html#literal, by the text of the R4 ballot (3.3.0, 2018May), which is the nearest copy that
 * was at hand; the rule ref-1 and the types are those of the definitions of R4 (4.0.1).
 */
import { r4 } from './r4.ts'

/** The part of the pattern of R4 that is relative to the service, `{Type}/{id}` with or without a version. */
const RELATIVE = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/
/** RFC 3986: no credentials, a host, and the characters that an address may have; others stand with per cent signs. */
const ABSOLUTE =
  /^https?:\/\/(?:[A-Za-z0-9\-._~]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:[/?#](?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=|]|%[0-9A-Fa-f]{2})*)?$/
/** What follows is the business of who gave it: it is replaced by the id of the entry, or refused as `reference-not-resolved`. */
const IN_BUNDLE = /^urn:(?:uuid|oid):[A-Za-z0-9\-._]{1,256}$/i
const IN_RESOURCE = /^#[A-Za-z0-9\-.]{0,64}$/
/** http://hl7.org/fhir/R4/http.html#trules: the type, and parameters. */
const SEARCH = /^([A-Z][A-Za-z]{1,63})\?\S+$/
const ABSOLUTE_SEARCH = /\/([A-Z][A-Za-z]{1,63})\?[^/]*$/

/** Whether a text can be the address of a resource. It may name nothing that is there. */
export function isLiteral(text: string): boolean {
  const [, type, id, version] = RELATIVE.exec(text) ?? []
  // A path of dots leads to another place (RFC 3986 section 5.2.4).
  if (type !== undefined) return isType(type) && [id, version].every((part) => part !== '.' && part !== '..')
  if (ABSOLUTE.test(text)) return !isType(ABSOLUTE_SEARCH.exec(text)?.[1] ?? '')
  return IN_BUNDLE.test(text) || IN_RESOURCE.test(text)
}

/** Whether a text is a search in place of an address, which a transaction resolves. */
export function isSearch(text: string): boolean {
  return isType(SEARCH.exec(text)?.[1] ?? '')
}

function isType(name: string): boolean {
  return name !== 'Resource' && name !== 'DomainResource' && r4().type(name)?.kind === 'resource'
}
