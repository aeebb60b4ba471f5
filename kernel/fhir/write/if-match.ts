/** If-Match on updates and deletes: RFC 9110 section 13.1.1, http://hl7.org/fhir/R4/http.html#concurrency */
import { type Problem, problem } from '../../problem/problem.ts'

/** `W/"3"`, as the server writes it, or the same without the mark of a weak ETag. */
const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/
/** A version without the quotation marks that make it an ETag: http://hl7.org/fhir/R4/http.html#concurrency */
const BARE = /^(?:W\/)?[\w.-]+$/

/**
 * Undefined when one of the ETags is that of the current version. `*` is refused: it names no version, and would overwrite what somebody
 * else has written since.
 */
export function checkIfMatch(sent: string | undefined, current: number): Problem | undefined {
  if (sent === undefined) return problem('if-match-required')
  const parts = sent.split(',').map((part) => part.trim())
  if (parts.some((part) => BARE.test(part)))
    return problem('if-match-required', 'If-Match is an ETag, which has quotation marks: send W/"3", as the server wrote it, and not 3.')
  const versions = parts.map((part) => ENTITY_TAG.exec(part)?.[1])
  if (versions.includes(undefined))
    return problem(
      'if-match-required',
      'If-Match is the ETag of the version you read, as in W/"3", or several with a comma. It is never *, which names no version.',
    )
  if (versions.includes(String(current))) return undefined
  return problem(
    'version-conflict',
    `The current version is W/"${current}". Read it, apply your change to it, and send that ETag in If-Match.`,
  )
}
