/** If-Match on updates and deletes: RFC 9110 section 13.1.1, http://hl7.org/fhir/R4/http.html#concurrency */
import { type Problem, problem } from '../../problem/problem.ts'

/** `W/"3"`, as the server writes it, or the same without the mark of a weak ETag. */
const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/
/** Written without quotation marks by many clients. */
const BARE = /^\d{1,9}$/

/**
 * Undefined when one of the ETags is that of the current version. `*` is refused: it names no version, and would overwrite what somebody
 * else has written since.
 */
export function checkIfMatch(sent: string | undefined, current: number): Problem | undefined {
  if (sent === undefined) return problem('if-match-required')
  const versions = sent.split(',').map((part) => versionOf(part.trim()))
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

function versionOf(text: string): string | undefined {
  return BARE.test(text) ? text : ENTITY_TAG.exec(text)?.[1]
}
