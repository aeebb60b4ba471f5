/** From the requests of the page to the requests to the API: the log, questions, choices and relations. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { answerOf } from '@helsevev/portal/testing/browser'
import { contract, type LogLine, questionLength } from '../contract.ts'
import { actsFor, signedIn, type TestPortal, testPortal } from './testing/portal.ts'

const childNumber = '18852150080'
const receiverNumber = '25736900052'
const line = 'abcdef-ghijk'

let it: TestPortal
beforeEach(async () => {
  it = await testPortal()
  const services = [{ id: 'news2', open: true }]
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = {
    body: actsFor([
      { self: true, name: 'Ida Testesen', number: '17866412308', birthDate: '1964-06-17', services },
      { name: 'Oda Testesen', number: childNumber, birthDate: '2021-05-18', relation: 'parental-responsibility', services },
    ]),
  }
})
afterEach(async () => await it.close())

async function withChild() {
  const page = await signedIn(it)
  const { people } = await page.answer(contract.people)
  it.issuer.seen.apiRequests.length = 0
  return { page, oda: people[1]?.id ?? '' }
}
const asked = () => it.issuer.seen.apiRequests.at(-1)
const searchset = (...resources: object[]) => ({
  body: { resourceType: 'Bundle', type: 'searchset', total: resources.length, entry: resources.map((resource) => ({ resource })) },
})

const identifiers = { legalEntity: [{ system: 'x', value: '998877665' }], hpr: [{ system: 'y', value: '990000011' }] }
const auditEvent = {
  resourceType: 'AuditEvent',
  id: line,
  contained: [
    { resourceType: 'Organization', id: 'legal-entity', identifier: identifiers.legalEntity, name: 'Bergen kommune' },
    {
      resourceType: 'Practitioner',
      id: 'practitioner',
      identifier: identifiers.hpr,
      name: [{ text: 'Kari Nordmann' }],
      qualification: [{ code: { coding: [{ code: 'SP' }] } }],
    },
    { resourceType: 'Organization', id: 'point-of-care-organization', name: 'Bergen legevakt' },
    { resourceType: 'Patient', id: 'patient', identifier: [{ value: childNumber }] },
  ],
  extension: [
    { url: 'http://helsevev.no/fhir/StructureDefinition/access-basis', valueCode: 'emergency' },
    { url: 'http://helsevev.no/fhir/StructureDefinition/something-withheld', valueBoolean: true },
  ],
  subtype: [{ code: 'search-type' }],
  recorded: '2026-03-01T12:00:00Z',
  outcome: '0',
  purposeOfEvent: [{ coding: [{ code: 'BTG' }], text: 'Bevisstløs på <b>legevakten</b>' }],
  agent: [{ who: { reference: '#role' }, name: 'Kari Nordmann' }],
  entity: [
    {
      detail: [
        { type: 'service', valueString: 'news2' },
        { type: 'resources', valueString: '3' },
      ],
    },
  ],
}

test('a line of the log is told as who, where, what and why, and brings no number of the patient', async () => {
  it.issuer.answers['POST /fhir/AuditEvent/_search'] = searchset(auditEvent, { resourceType: 'OperationOutcome' })
  const { page, oda } = await withChild()
  const expected: LogLine = {
    id: line,
    at: '2026-03-01T12:00:00Z',
    actor: {
      kind: 'staff',
      name: 'Kari Nordmann',
      authorization: 'SP',
      hprNumber: '990000011',
      organization: { number: '998877665', name: 'Bergen kommune' },
      unit: 'Bergen legevakt',
    },
    did: 'looked',
    service: 'news2',
    count: 3,
    purpose: 'BTG',
    basis: 'emergency',
    reason: 'Bevisstløs på <b>legevakten</b>',
    outcome: 'ok',
    withheld: true,
  }
  const { lines } = await page.answer(contract.log, { headers: page.about(oda), body: { from: '2026-01-01', to: '2026-03-31' } })
  assert.deepEqual(lines, [expected])
  const form = new URLSearchParams(asked()?.body)
  assert.deepEqual(form.getAll('date'), ['ge2026-01-01', 'le2026-03-31'])
  assert.equal(form.get('patient.identifier'), `urn:oid:2.16.578.1.12.4.1.4.1|${childNumber}`)
  await page.change('POST', '/api/log', { from: '2026-01-01', to: '2026-03-31' })
  assert.equal(new URLSearchParams(asked()?.body).get('patient.identifier'), null)
  assert.ok(!page.received.some((text) => text.includes(childNumber)))
})

test('nothing is asked about somebody that the session does not know, nor with a form that is none', async () => {
  const { page } = await withChild()
  for (const id of ['', 'x', childNumber, 'constructor', '__proto__'])
    assert.deepEqual((await page.change('POST', '/api/log', { from: '2026-01-01', to: '2026-03-31' }, id)).json(), {
      code: 'person-changed',
    })
  const bodies: [url: string, body: object][] = [
    ['/api/log', { from: 'yesterday', to: '2026-03-31' }],
    ['/api/questions', { line: '../Consent/x', text: 'Hvorfor?' }],
    ['/api/questions', { line, text: ' ' }],
    ['/api/questions', { line, text: 'x'.repeat(questionLength + 1) }],
    ['/api/choices', { kind: 'erase' }],
    ['/api/choices', { kind: 'block' }],
    ['/api/choices', { kind: 'restriction', hprNumber: '1' }],
    ['/api/choices', { kind: 'consent' }],
    ['/api/choices', { kind: 'restriction', controller: '12' }],
    ['/api/choices', { kind: 'restriction', more: true }],
    ['/api/choices', { kind: 'restriction', record: 'https://evil.example/Observation/x' }],
    ['/api/powers', { identityNumber: receiverNumber, familyName: 'Lindberg', areas: [] }],
    ['/api/parental-consents', {}],
  ]
  for (const [url, body] of bodies) assert.equal((await page.change('POST', url, body)).statusCode, 400, JSON.stringify(body))
  for (const url of ['/api/choices/%2e%2e/end', '/api/relations/A%2fb/end'])
    assert.notEqual((await page.change('PUT', url, {})).statusCode, 200)
  assert.equal(it.issuer.seen.apiRequests.length, 0)
})

test('a question goes to the API with its line, and comes back with its answer as text', async () => {
  const question = {
    resourceType: 'Communication',
    id: 'q-a',
    category: [{ coding: [{ code: 'question' }] }],
    about: [{ reference: `https://x/fhir/AuditEvent/${line}` }],
    recipient: [{ identifier: { value: '998877665' }, display: 'Bergen kommune' }],
    sent: '2026-03-02T10:00:00Z',
    payload: [{ contentString: 'Hvorfor?' }],
  }
  const answer = {
    resourceType: 'Communication',
    id: 'q-a-answer',
    category: [{ coding: [{ code: 'answer' }] }],
    inResponseTo: [{ reference: 'https://x/fhir/Communication/q-a' }],
    extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/answered-as', valueString: 'personvernombud' }],
    sent: '2026-03-03T10:00:00Z',
    payload: [{ contentString: '<img src=x onerror=alert(1)>' }],
  }
  it.issuer.answers['POST /fhir/Communication'] = { body: question }
  it.issuer.answers['POST /fhir/Communication/_search'] = searchset(answer, question)
  const { page, oda } = await withChild()
  await page.change('POST', '/api/questions', { line, text: ' Hvorfor? ' }, oda)
  assert.deepEqual(JSON.parse(asked()?.body ?? ''), {
    resourceType: 'Communication',
    status: 'completed',
    about: [{ reference: `AuditEvent/${line}` }],
    subject: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: childNumber } },
    payload: [{ contentString: 'Hvorfor?' }],
  })
  assert.deepEqual((await page.answer(contract.questions, { headers: page.about(oda) })).questions, [
    {
      id: 'q-a',
      line,
      organization: { number: '998877665', name: 'Bergen kommune' },
      text: 'Hvorfor?',
      asked: '2026-03-02T10:00:00Z',
      answer: { id: 'q-a-answer', text: '<img src=x onerror=alert(1)>', answered: '2026-03-03T10:00:00Z', as: 'personvernombud' },
    },
  ])
})

const provision = (body: string | undefined) => JSON.parse(body ?? '').provision
const organization = (value: string) => ({ reference: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.101', value } } })
const role = (code: string) => ({ role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code }] } })
const serviceClass = { system: 'http://helsevev.no/fhir/CodeSystem/information-service', code: 'news2' }

// biome-ignore format: a table, one row to a line
const choices: [choice: object, expected: object][] = [
  [{ kind: 'restriction' }, { type: 'deny' }],
  [{ kind: 'restriction', controller: '998877665', receiver: '887766554' }, { type: 'deny', actor: [{ ...role('IRCP'), ...organization('887766554') }, { ...role('CST'), ...organization('998877665') }] }],
  [{ kind: 'restriction', service: 'news2', record: 'news2/Observation/abc-def' }, { type: 'deny', class: [serviceClass], data: [{ meaning: 'instance', reference: { reference: 'Observation/abc-def' } }] }],
  [{ kind: 'block', hprNumber: '990000011', until: '2027-01-31' }, { type: 'deny', period: { end: '2027-01-31' }, actor: [{ ...role('IRCP'), reference: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000011' } } }] }],
  [{ kind: 'opt-out', service: 'news2' }, { type: 'deny', class: [serviceClass] }],
  [{ kind: 'consent', receiver: '998877665' }, { type: 'permit', actor: [{ ...role('IRCP'), ...organization('998877665') }] }],
]
for (const [choice, expected] of choices) {
  test(`chosen: ${JSON.stringify(choice)}`, async () => {
    it.issuer.answers['POST /fhir/Consent'] = {
      body: {
        resourceType: 'Consent',
        id: 'c-a',
        status: 'active',
        category: [{ coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/patient-choice', code: (choice as { kind: string }).kind }] }],
        provision: expected,
      },
    }
    const { page } = await withChild()
    const answer = answerOf(contract.choose, await page.change('POST', '/api/choices', choice))
    assert.deepEqual(provision(asked()?.body), expected)
    assert.equal(answer.choice.kind, (choice as { kind: string }).kind)
    if ('hprNumber' in choice)
      assert.deepEqual(answer.choice.practitioner, { hprNumber: '990000011', name: 'Kari Sykepleier', authorization: 'SP' })
    if ('controller' in choice) assert.deepEqual(answer.choice.controller, { number: '998877665', name: 'Bergen kommune' })
  })
}

test('a choice ends by its id alone, and a rule of the API is told by its code', async () => {
  const { page } = await withChild()
  it.issuer.answers['PUT /fhir/Consent/c-a'] = { status: 403, code: 'choice-not-yours' }
  assert.deepEqual((await page.change('PUT', '/api/choices/c-a/end', {})).json(), { code: 'refused', reason: 'choice-not-yours' })
  assert.deepEqual(JSON.parse(asked()?.body ?? ''), { resourceType: 'Consent', status: 'inactive' })
})

test('a power of attorney goes by number and family name in the body; a number that is wrong goes nowhere', async () => {
  const made = {
    resourceType: 'RelatedPerson',
    id: 'r-a',
    active: true,
    relationship: [{ coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/representation', code: 'power-of-attorney' }] }],
    name: [{ text: 'Siri Lindberg' }],
    period: { start: '2026-03-01T00:00:00Z' },
  }
  it.issuer.answers['POST /fhir/RelatedPerson'] = { body: made }
  const { page, oda } = await withChild()
  assert.deepEqual(
    (await page.change('POST', '/api/powers', { identityNumber: '12345678901', familyName: 'Lindberg', areas: ['3'] })).json(),
    { code: 'identity-number-invalid' },
  )
  assert.equal(it.issuer.seen.apiRequests.length, 0)
  const answer = await page.answer(contract.givePower, {
    body: { identityNumber: '257369 00052', familyName: 'Lindberg', areas: ['3'], until: '2027-12-31' },
  })
  assert.deepEqual(answer.relation, {
    id: 'r-a',
    kind: 'power-of-attorney',
    direction: 'acts-for-me',
    name: 'Siri Lindberg',
    active: true,
    areas: [],
    from: '2026-03-01T00:00:00Z',
    mayEnd: true,
  })
  assert.equal(JSON.parse(asked()?.body ?? '').identifier[0].value, receiverNumber)
  it.issuer.answers['POST /fhir/RelatedPerson'] = { status: 422, code: 'same-person' }
  assert.deepEqual(
    (await page.change('POST', '/api/powers', { identityNumber: receiverNumber, familyName: 'Hansen', areas: ['3'] })).json(),
    { code: 'refused', reason: 'same-person' },
  )
  // A parent's consent names the child by the id that the session knows, and nobody else.
  await page.change('POST', '/api/parental-consents', { person: oda })
  assert.equal(JSON.parse(asked()?.body ?? '').patient.identifier.value, childNumber)
  assert.deepEqual((await page.change('POST', '/api/parental-consents', { person: childNumber })).json(), { code: 'person-changed' })
  assert.ok(!page.received.some((text) => text.includes(childNumber) || text.includes(receiverNumber)))
})

test('records are named by reference, words, date and controller, and nothing else of them reaches the page', async () => {
  it.issuer.answers['POST /fhir/Patient/$everything'] = {
    body: {
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'https://x/fhir/persons/Patient/p-a', resource: { resourceType: 'OperationOutcome' } },
        {
          fullUrl: 'https://x/fhir/news2/Observation/o-a',
          resource: {
            resourceType: 'Observation',
            id: 'o-a',
            code: { text: 'NEWS2' },
            effectiveDateTime: '2026-03-01',
            note: [{ text: 'secret' }],
            extension: [{ url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: '887766554' } }],
          },
        },
      ],
    },
  }
  const { page } = await withChild()
  assert.deepEqual((await page.answer(contract.records, { headers: page.about('me') })).records, [
    {
      reference: 'news2/Observation/o-a',
      service: 'news2',
      type: 'Observation',
      label: 'NEWS2',
      date: '2026-03-01',
      controller: '887766554',
    },
  ])
})
