/**
 * Attempts to be faster than a change. A choice that was acknowledged to the patient holds for every later request, by every interaction.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { storeChoice } from '../areas/choices/make.ts'
import type { Caller } from '../identity/caller.ts'
import { isProblem } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import { idOf, problemOf, valuesOf } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, organizations, pulse, type Reply, system, type TestApi, testApi } from '../testing/api.ts'
import type { SentBody } from '../testing/sent.ts'

const { bergen, oslo } = organizations
const path = '/fhir/measurements/Observation'
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }

let api: TestApi
let series = 1
before(async () => {
  api = await testApi()
  await api.agreement({ controller: oslo, receiver: bergen, purposes: ['TREAT', 'BTG'] })
})
after(async () => await api.close())

interface Patient {
  number: string
  key: PatientKey
  record: string
}

async function patient(): Promise<Patient> {
  const { number, key, identifier } = await api.person(series++)
  return { number, key, record: idOf(await api.as(system(oslo)).post(path, pulse({ identifier }))) }
}

const citizen = ({ number }: Patient): Caller =>
  system(bergen, { kind: 'citizen', pid: number, name: 'Kari', client: 'citizen-portal', scopes: ['helsevev:privacy/citizen'] })

const coding = (canonical: string, code: string) => ({ coding: [{ system: canonical, code }] })
function consent(kind: string, provision: SentBody = {}): SentBody {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: coding('http://terminology.hl7.org/CodeSystem/consentscope', 'patient-privacy'),
    category: [coding('http://loinc.org', '59284-0'), coding('http://helsevev.no/fhir/CodeSystem/patient-choice', kind)],
    policyRule: coding('http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', 'PBRL5-3'),
    provision: { type: kind === 'consent' ? 'permit' : 'deny', ...provision },
  }
}
const nora = {
  actor: [
    {
      role: coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP'),
      reference: { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '990000001' } },
    },
  ],
}
const optOut = { class: [{ system: 'http://helsevev.no/fhir/CodeSystem/information-service', code: 'measurements' }] }

const makes = async (who: Patient, sent: SentBody): Promise<Reply> => await api.as(citizen(who)).post('/fhir/Consent', sent)
const shown = ({ body }: Reply): boolean => JSON.stringify(body ?? '').includes('valueQuantity')

const headers = (who: Patient) => ({ attestation: attestationHeader(attestation(nurse(bergen), who.number)) })
const doors: [name: string, ask: (who: Patient) => Promise<boolean>][] = [
  ['a search', async (who) => shown(await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': who.number }))],
  ['a read by id', async (who) => shown(await api.as(nurse(bergen)).get(`${path}/${who.record}`))],
  [
    'an operation',
    async (who) => {
      const form = new URLSearchParams({ 'patient.identifier': who.number }).toString()
      const reply = await api.as(nurse(bergen)).post('/fhir/measurements/$count', form, asForm)
      return Number(valuesOf(reply).count) > 0
    },
  ],
  [
    'a batch',
    async (who) => {
      const entry = [{ request: { method: 'GET', url: `Observation/${who.record}` } }]
      return shown(await api.as(nurse(bergen)).post('/fhir/measurements', { resourceType: 'Bundle', type: 'batch', entry }, headers(who)))
    },
  ],
]

const changes: [what: string, sent: SentBody][] = [
  ['a block', consent('block', nora)],
  ['a restriction', consent('restriction')],
  ['an opt-out', consent('opt-out', optOut)],
]

for (const [what, sent] of changes) {
  for (const [door, ask] of doors) {
    test(`${what} that is acknowledged between the decision and ${door} wins`, async () => {
      const who = await patient()
      assert.equal(await ask(who), true)
      const { facts } = api.kernel
      let made: Reply | undefined
      api.kernel.facts = async (request) => {
        const found = await facts(request)
        if (made === undefined && request.caller.kind === 'person') {
          api.kernel.facts = facts
          made = await makes(who, sent)
        }
        return found
      }
      try {
        assert.equal(await ask(who), false)
        assert.equal(made?.status, 201)
      } finally {
        api.kernel.facts = facts
      }
    })
  }
}

test('readers by every door, while a patient blocks: a request after the acknowledgement is shown nothing', async () => {
  const who = await patient()
  let acknowledged = false
  const late: boolean[] = []
  const early: boolean[] = []
  const ask = async (door: (who: Patient) => Promise<boolean>) => {
    const isLate = acknowledged
    const saw = await door(who)
    ;(isLate ? late : early).push(saw)
  }
  // On a busy machine the others may be served late. This one has certainly seen what is about to be blocked.
  for (const [, door] of doors) await ask(door)
  const asked: Promise<void>[] = []
  let blocking: Promise<void> | undefined
  for (let round = 0; round < 25; round += 1) {
    asked.push(...doors.filter(([name]) => name !== 'a read by id').map(([, door]) => ask(door)))
    if (round === 8)
      blocking = storeChoice(
        { ...api.kernel, sql: api.sql },
        [who.key],
        { kind: 'block', practitioner: '990000001' },
        { person: who.key, as: 'self' },
      ).then((made) => {
        assert.ok(!isProblem(made) && made.created)
        acknowledged = true
      })
    await new Promise((done) => setImmediate(done))
  }
  await blocking
  asked.push(...doors.map(([, door]) => ask(door)))
  await Promise.all(asked)
  assert.ok(early.includes(true))
  assert.ok(late.length >= doors.length)
  assert.deepEqual([...new Set(late)], [false])
})

test('a consent that is withdrawn opens nothing to a look-up that was decided while it held', async () => {
  const who = await patient()
  await makes(who, consent('restriction'))
  const id = idOf(await makes(who, consent('consent')))
  const [, search] = doors[0] ?? assert.fail()
  assert.equal(await search(who), true)
  const { facts } = api.kernel
  api.kernel.facts = async (request) => {
    const found = await facts(request)
    if (request.caller.kind === 'person') {
      api.kernel.facts = facts
      await api.as(citizen(who)).put(`/fhir/Consent/${id}`, { resourceType: 'Consent', status: 'inactive' })
    }
    return found
  }
  try {
    assert.equal(await search(who), false)
  } finally {
    api.kernel.facts = facts
  }
})

test('a patient whose choices change all the time is never shown by mistake: the look-up is told to come back', async () => {
  const who = await patient()
  const { facts } = api.kernel
  let id = 0
  api.kernel.facts = async (request) => {
    const found = await facts(request)
    id += 1
    await api.sql`
      insert into patient_choice (patient, id, kind, practitioner, valid_from, made, made_by, made_as)
      values (${who.key}, ${id}, 'block', '990000009', '2025-01-01', '2025-01-01', 1, 'self')`
    return found
  }
  try {
    const reply = await api.as(nurse(bergen)).search('Observation', { 'patient.identifier': who.number })
    assert.deepEqual([reply.status, problemOf(reply)], [429, 'busy'])
  } finally {
    api.kernel.facts = facts
  }
})
