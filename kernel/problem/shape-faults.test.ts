import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as mini from 'zod/mini'
import { readConsent } from '../areas/choices/read-consent.ts'
import { readQuestion } from '../areas/questions/read-communication.ts'
import { readRelatedPerson } from '../areas/representation/read-related-person.ts'
import { readSentWorklist } from '../areas/worklists/list-resource.ts'
import { contract } from '../control/contract.ts'
import { problemOfFault } from '../control/fault.ts'
import { received } from '../wire/serve.ts'
import { type Issue, isProblem } from './problem.ts'
import { shapeRule } from './shape-faults.ts'

const consent = (more: object) => ({ resourceType: 'Consent', status: 'active', scope: {}, category: [{}], policyRule: {}, ...more })
const issuesOf = (answer: unknown): Issue[] => (isProblem(answer) ? answer.issues : assert.fail('not refused'))

/** What the control API answers to the body of a change. */
function changed(name: keyof typeof contract, body: unknown): Issue[] {
  const read = received(contract[name], { parameters: {}, query: {}, headers: {}, body })
  return 'fault' in read ? problemOfFault(contract[name], read.fault).issues : assert.fail('not refused')
}

// biome-ignore format: a table, one row to a line
const rows: [what: string, issues: () => Issue[], expression: string, text: RegExp][] = [
  ['an element that is missing',          () => issuesOf(readConsent(consent({}))), 'Consent.provision', /^This is missing and is required\. Add it as an object with members \(docs\/api\/consent\.md\)\.$/],
  ['an element of another kind',          () => issuesOf(readConsent(consent({ category: 'x', provision: { type: 'deny' } }))), 'Consent.category', /^This takes a list\. Send it in that form/],
  ['a code that is none of those taken',  () => issuesOf(readConsent(consent({ provision: { type: 'perhaps' } }))), 'Consent.provision.type', /^The value here is one of deny, permit\. Send that/],
  ['a code that is missing',              () => issuesOf(readConsent(consent({ provision: {} }))), 'Consent.provision.type', /^This is missing and is required\. The value here is one of deny, permit/],
  ['a list that is empty',                () => issuesOf(readConsent(consent({ category: [], provision: { type: 'deny' } }))), 'Consent.category', /^At least 1 entry is needed here\. Add what is missing/],
  ['more entries than have a place',      () => issuesOf(readConsent(consent({ provision: { type: 'deny', class: [{}, {}] } }))), 'Consent.provision.class', /^At most 1 entry is taken here\. Send less/],
  ['an element without a place',          () => issuesOf(readConsent(consent({ verification: [], provision: { type: 'deny' } }))), 'Consent.verification', /Leave it out/],
  ['no body at all',                      () => issuesOf(readConsent(undefined)), 'Consent', /^This is missing and is required/],
  ['a relation without what it needs',    () => issuesOf(readRelatedPerson({ resourceType: 'RelatedPerson' })), 'RelatedPerson.relationship', /^This is missing and is required\. Add it as a list \(docs\/api\/related-person\.md\)/],
  ['a question without what it needs',    () => issuesOf(readQuestion({ resourceType: 'Communication' })), 'Communication.payload', /^This is missing and is required/],
  ['a worklist without a time',           () => issuesOf(readSentWorklist({ resourceType: 'List', status: 'current', mode: 'working' }, '1', new Date(0))), 'List.date', /^This is missing and is required\. Add it as a text \(docs\/api\/worklist\.md\)/],
  ['a change without a member',           () => changed('grantRole', {}), 'role', /^This is missing and is required\. The value here is one of owner, /],
  ['a change with a member of another kind', () => changed('grantRole', { reason: 7 }), 'reason', /^This takes a text\. Send it in that form \(docs\/api\/control\.md\)/],
  ['a change with an unknown member',     () => changed('grantRole', { colour: 'red' }), 'colour', /Leave it out/],
]
for (const [what, issues, expression, text] of rows)
  test(`${what} is refused by element, rule and remedy, and not in words of the program`, () => {
    const found = issues()
    assert.match(found.find((issue) => issue.expression === expression)?.text ?? JSON.stringify(found), text)
    for (const issue of found) assert.doesNotMatch(issue.text, /Invalid|received|undefined|expected/)
  })

test('the words that a schema states itself are kept, and nothing that was sent is repeated', () => {
  const schema = mini.strictObject({
    number: mini.string().check(mini.regex(/^\d{9}$/, 'Nine digits.')),
    code: mini.string().check(mini.regex(/^a$/)),
  })
  const sent = { number: 'secret', code: 'secret' }
  const texts = schema.safeParse(sent).error?.issues.map((issue) => shapeRule(issue, sent, 'docs/x.md'))
  assert.deepEqual(texts, ['Nine digits.', 'This does not have the form that is taken here. Send it as in docs/x.md.'])
})
