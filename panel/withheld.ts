/** What a search reports about what it does not show: the outcome entry of the searchset (docs/api/search-type.md). */
import type { Bundle, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { type Nothing, type WithheldByPatient, withheldCauses } from './panel.ts'

const nothingSystem = 'http://helsevev.no/fhir/CodeSystem/nothing'
const withheldSystem = 'http://helsevev.no/fhir/CodeSystem/withheld'
const unreadableCount = 'http://helsevev.no/fhir/StructureDefinition/unreadable-count'
const withheldCount = 'http://helsevev.no/fhir/StructureDefinition/withheld-count'

/** What the patient's own choices hide from the person who asked. */
export function withheldByPatient(bundle: Bundle): WithheldByPatient[] {
  return issuesIn(bundle)
    .filter((issue) => codesOf(issue, nothingSystem).includes('withheld-by-patient'))
    .flatMap((issue) => {
      const cause = withheldCauses.find((known) => codesOf(issue, withheldSystem).includes(known))
      const count = issue.extension?.find(({ url }) => url === withheldCount)?.valueInteger
      return cause ? [{ cause, ...(count === undefined ? {} : { count }) }] : []
    })
}

/** Whether the answer holds the records of the reader's own organisation alone, whatever others have. */
export function ownRecordsOnly(bundle: Bundle): boolean {
  return issuesIn(bundle).some((issue) => codesOf(issue, nothingSystem).includes('own-only'))
}

/** Whether something is not shown because no agreement opens it. */
export function withheldByAgreement(bundle: Bundle): boolean {
  return issuesIn(bundle).some((issue) => codesOf(issue, nothingSystem).includes('withheld'))
}

/** How many records the answer lacks because they cannot be read. */
export function unreadableIn(bundle: Bundle): number {
  const [issue] = issuesIn(bundle).filter((one) => codesOf(one, nothingSystem).includes('unreadable'))
  return issue?.extension?.find(({ url }) => url === unreadableCount)?.valueUnsignedInt ?? 0
}

/** The meaning of an answer without matches. When it states nothing, nothing is known: an empty list is never read as `none`. */
export function nothingIn(bundle: Bundle): Exclude<Nothing, 'unavailable'> {
  if (withheldByAgreement(bundle)) return 'withheld'
  const issues = issuesIn(bundle)
  const says = (code: string) => issues.some((issue) => codesOf(issue, nothingSystem).includes(code))
  if (says('withheld-by-patient')) return 'withheld-by-patient'
  // A reason that is not known here.
  if (issues.some(({ code }) => code === 'suppressed')) return 'withheld'
  return says('none') && !says('unknown') ? 'none' : 'unknown'
}

function issuesIn(bundle: Bundle): OperationOutcomeIssue[] {
  return (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'OperationOutcome' ? resource.issue : []))
}

function codesOf({ details }: OperationOutcomeIssue, system: string): string[] {
  return (details?.coding ?? []).flatMap((coding) => (coding.system === system && coding.code ? [coding.code] : []))
}
