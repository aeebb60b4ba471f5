/** Every row of this portal against a running portal, in front of an API that answers with one of each. */
import { after, before, describe, test } from 'node:test'
import { browser } from '@helsevev/portal/testing/browser'
import { type Requests, walk } from '@helsevev/portal/testing/walk'
import { aboutHeader, contract, session } from '../contract.ts'
import { actsFor, practitioners, type TestPortal, testPortal } from './testing/portal.ts'
import { summaryOf } from './testing/summary.ts'

const line = 'abcdef-ghijk'
const number = '998877665'
const searchset = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
})
const concept = (system: string, code: string) => ({ coding: [{ system, code }] })

const auditEvent = {
  resourceType: 'AuditEvent',
  id: line,
  subtype: [{ code: 'search-type' }],
  recorded: '2026-03-01T12:00:00Z',
  outcome: '0',
  agent: [{ who: { type: 'Patient' }, name: 'Ida Testesen' }],
  entity: [{ detail: [{ type: 'resources', valueString: '3' }] }],
}
const communication = (kind: string) => ({
  resourceType: 'Communication',
  id: line,
  category: [concept('x', kind)],
  about: [{ reference: `AuditEvent/${line}` }],
  recipient: [{ identifier: { value: number }, display: 'Bergen kommune' }],
  sent: '2026-03-01T12:00:00Z',
  payload: [{ contentString: 'Hvorfor?' }],
})
const consent = {
  resourceType: 'Consent',
  id: line,
  status: 'active',
  category: [concept('http://loinc.org', '59284-0'), concept('http://helsevev.no/fhir/CodeSystem/patient-choice', 'restriction')],
  dateTime: '2026-03-01T12:00:00Z',
  provision: { type: 'deny' },
}
const relatedPerson = {
  resourceType: 'RelatedPerson',
  id: 'a.b',
  active: true,
  relationship: [concept('http://helsevev.no/fhir/CodeSystem/representation', 'power-of-attorney')],
  name: [{ text: 'Ola Testesen' }],
  period: { start: '2026-01-01' },
}
const everything = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: `https://helsevev.example/fhir/news2/Observation/${line}`,
      resource: { resourceType: 'Observation', id: line, code: { text: 'NEWS2' } },
    },
  ],
}
const lastVisit = { resourceType: 'Parameters', parameter: [{ name: 'lastVisit', valueInstant: '2026-03-01T12:00:00Z' }] }

const noticeSettings = {
  resourceType: 'Parameters',
  parameter: [
    { name: 'sms', valueString: '+4799999999' },
    { name: 'topic', valueCode: 'emergency' },
    { name: 'language', valueCode: 'nb' },
  ],
}

let it: TestPortal
before(async () => {
  it = await testPortal()
  const services = [{ id: 'news2', open: true }]
  const bodies: Record<string, object> = {
    'POST /fhir/RelatedPerson/$acts-for': actsFor([{ self: true, name: 'Ida Testesen', number: '17866412308', services }]),
    'POST /fhir/AuditEvent/_search': searchset(auditEvent),
    'POST /fhir/Communication/_search': searchset(communication('question'), communication('notice')),
    'POST /fhir/Communication': communication('question'),
    'POST /fhir/Communication/$seen': {},
    'POST /fhir/Consent/_search': searchset(consent),
    'POST /fhir/Consent': consent,
    [`PUT /fhir/Consent/${line}`]: { ...consent, status: 'inactive' },
    'POST /fhir/RelatedPerson/_search': searchset(relatedPerson),
    'POST /fhir/RelatedPerson': relatedPerson,
    'PUT /fhir/RelatedPerson/a.b': relatedPerson,
    'POST /fhir/Patient/$everything': everything,
    'POST /fhir/Patient/$summary': summaryOf([{ code: '48765-2', lines: ['Penicillin'], codes: [] }]),
    'POST /fhir/Patient/$last-visit': lastVisit,
    'POST /fhir/Patient/$notice-settings': noticeSettings,
    'POST /fhir/Patient/$set-notice-settings': noticeSettings,
  }
  for (const [asked, body] of Object.entries(bodies)) it.issuer.answers[asked] = { body }
})
after(async () => await it.close())

const headers = { [aboutHeader]: 'me' }
const requests: Requests<typeof contract & typeof session> = {
  me: () => ({}),
  stay: () => ({ body: {} }),
  signOut: () => ({ body: { everywhere: true } }),
  people: () => ({}),
  choosePerson: () => ({ body: { person: 'me' } }),
  log: () => ({ headers, body: { from: '2026-01-01', to: '2026-03-31' } }),
  questions: () => ({ headers }),
  ask: () => ({ headers, body: { line, text: 'Hvorfor?' } }),
  notices: () => ({}),
  noticesSeen: () => ({ body: { ids: [line] } }),
  noticeSettings: () => ({}),
  setNoticeSettings: () => ({ body: { sms: '999 99 999', topics: ['emergency'], language: 'nb' } }),
  choices: () => ({ headers }),
  choose: () => ({ headers, body: { kind: 'restriction', service: 'news2' } }),
  endChoice: () => ({ id: line }),
  organizations: () => ({}),
  practitioner: () => ({ body: { hprNumber: practitioners[0]?.hprNumber ?? '' } }),
  records: () => ({ headers }),
  relations: () => ({}),
  givePower: () => ({ body: { identityNumber: '188521 50080', familyName: 'Testesen', areas: ['1'] } }),
  giveConsent: async () => ({ body: { person: await youth() } }),
  endRelation: () => ({ id: 'a.b' }),
  panel: () => ({ headers, service: 'municipal-services' }),
  lastVisit: () => ({ headers }),
  download: () => ({ headers, body: { format: 'pdf', language: 'nn', withNumber: false } }),
}

let page: ReturnType<typeof browser>
/** The id of a person that the session knows. */
async function youth(): Promise<string> {
  const services = [{ id: 'news2', open: true }]
  it.issuer.answers['POST /fhir/RelatedPerson/$acts-for'] = {
    body: actsFor([
      { self: true, name: 'Ida Testesen', number: '17866412308', services },
      { name: 'Oda Testesen', number: '18852150080', services },
    ]),
  }
  const { people } = await page.answer(contract.people)
  return people.find(({ isSelf }) => !isSelf)?.id ?? ''
}

walk({
  runner: { before, describe, test },
  contract: { ...session, ...contract },
  requests,
  arrive: () => browser(it.app, 'citizen'),
  async signIn(arrived) {
    page = arrived
    await arrived.signIn(it.issuer)
  },
})
