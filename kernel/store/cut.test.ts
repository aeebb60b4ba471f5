/** What is left of stored text that points to hidden records. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cutText } from './cut.ts'
import { logicalId, type PatientKey, type RecordId, useIdKey } from './ids.ts'

useIdKey({ key: Buffer.alloc(16), since: 0n })
const id = (key: string) => logicalId('7' as PatientKey, key as RecordId)
const hidden = new Set(['11' as RecordId])
const to = (key: string, type = 'Observation') => ({ reference: `${type}/${id(key)}` })

const rows: [what: string, sent: object, left: object][] = [
  ['one of two references goes', { result: [to('11'), to('12')] }, { result: [to('12')] }],
  ['a list that held no other goes whole', { result: [to('11')] }, {}],
  ['a reference with its display goes whole', { derivedFrom: { ...to('11'), display: 'HIV' }, status: 'final' }, { status: 'final' }],
  ['a reference by address goes', { result: [{ reference: `https://x.test/fhir/a/Observation/${id('11')}` }] }, {}],
  ['a reference to one version goes', { result: [{ reference: `Observation/${id('11')}/_history/2` }] }, {}],
  ['a reference in an extension takes the extension with it', { extension: [{ url: 'a', valueReference: to('11') }] }, {}],
  ['free text and tags go with it', { result: [to('11')], conclusion: 'HIV', note: [{ text: 'HIV' }], meta: { tag: [{ code: 'x' }] } }, {}],
  [
    'text in extensions goes with it, dates stay',
    {
      result: [to('11')],
      extension: [
        { url: 'a', valueString: 'HIV' },
        { url: 'b', valueDateTime: '2026' },
      ],
    },
    { extension: [{ url: 'b', valueDateTime: '2026' }] },
  ],
]
for (const [what, sent, left] of rows) {
  test(what, () => {
    const whole = { resourceType: 'DiagnosticReport', id: id('1'), ...sent }
    const cut = { resourceType: 'DiagnosticReport', id: id('1'), meta: {}, ...left }
    assert.deepEqual(JSON.parse(cutText(JSON.stringify(whole), hidden, false)), cut)
  })
}

test('text that points to nothing hidden is served as it is stored', () => {
  const text = `{"resourceType":"DiagnosticReport","result":[{"reference":"Observation/${id('12')}"}],"conclusion":"Fine","n":1.0}`
  assert.equal(cutText(text, hidden, true), text)
})

test('a reader who is told that records are withheld finds SUBSETTED, and decimals stand as they were sent', () => {
  const members = `"hasMember":[{"reference":"Observation/${id('11')}"}]`
  const text = `{"resourceType":"Observation","id":"a","valueQuantity":{"value":11.0},${members}}`
  const cut = cutText(text, hidden, true)
  assert.match(cut, /"value":11\.0\b/)
  assert.match(cut, /"code":"SUBSETTED"/)
  assert.doesNotMatch(cutText(text, hidden, false), /SUBSETTED/)
})
