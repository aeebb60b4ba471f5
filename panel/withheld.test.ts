import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle, OperationOutcomeIssue } from '@medplum/fhirtypes'
import { nothingIn, withheldByAgreement, withheldByPatient } from './withheld.ts'

const nothing = 'http://helsevev.no/fhir/CodeSystem/nothing'
const issue = (code: OperationOutcomeIssue['code'], said: string, cause?: string, count?: number): OperationOutcomeIssue => ({
  severity: 'warning',
  code,
  details: {
    coding: [{ system: nothing, code: said }, ...(cause ? [{ system: 'http://helsevev.no/fhir/CodeSystem/withheld', code: cause }] : [])],
  },
  ...(count === undefined
    ? {}
    : { extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/withheld-count', valueInteger: count }] }),
})
const answer = (...issues: OperationOutcomeIssue[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  ...(issues.length > 0 ? { entry: [{ resource: { resourceType: 'OperationOutcome', issue: issues } }] } : {}),
})

const noAgreement = issue('suppressed', 'withheld')
const restricted = issue('suppressed', 'withheld-by-patient', 'GeneralBlock', 3)

for (const [name, bundle, status] of [
  ['no outcome at all', answer(), 'unknown'],
  ['none', answer(issue('informational', 'none')), 'none'],
  ['unknown', answer(issue('informational', 'unknown')), 'unknown'],
  ['none beside unknown', answer(issue('informational', 'none'), issue('informational', 'unknown')), 'unknown'],
  ['no agreement', answer(noAgreement), 'withheld'],
  ['the patient', answer(restricted), 'withheld-by-patient'],
  ['the patient, and no agreement', answer(restricted, noAgreement), 'withheld'],
  ['a reason that is not known here', answer(issue('suppressed', 'something-new')), 'withheld'],
  ['more pages, and nothing else', answer(issue('incomplete', 'more')), 'unknown'],
] as const) {
  test(`an empty answer that tells of ${name} is ${status}`, () => assert.equal(nothingIn(bundle), status))
}

test('each cause comes with its count where it is told, and a lack of agreement is none of them', () => {
  const bundle = answer(noAgreement, restricted, issue('suppressed', 'withheld-by-patient', 'Reservation'))
  assert.deepEqual(withheldByPatient(bundle), [{ cause: 'GeneralBlock', count: 3 }, { cause: 'Reservation' }])
  assert.deepEqual([withheldByAgreement(bundle), withheldByAgreement(answer(restricted))], [true, false])
  assert.deepEqual(withheldByPatient(answer()), [])
})
