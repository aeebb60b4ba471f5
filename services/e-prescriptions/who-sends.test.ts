/** Who may send which message of e-prescription with a person's token, and who then stands as its sender. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { matchesIn, problemOf, tagsOf } from '@helsevev/kernel/testing/answers'
import { attestation, attestationHeader, nurse, organizations, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { OperationOutcome, PractitionerRole } from '@medplum/fhirtypes'
import ePrescriptions from './service.ts'
import { appRec, type Chain, innerM1, m1, m5, m10, m52, m96, report } from './testing/messages.ts'

const { bergen } = organizations
const scopes = ['helsevev:e-prescriptions/read', 'helsevev:e-prescriptions/write']
const AT = '2026-01-02T09:00:00Z'
const vendor = system(bergen, { scopes })

/** HPR number, profession that is attested, and the period of the right to prescribe. */
const people = {
  doctor: ['990000101', 'LE', '2005-01-01', null],
  'doctor whose right ended': ['990000102', 'LE', '2005-01-01', '2026-01-01'],
  'doctor whose right begins later': ['990000103', 'LE', '2026-02-01', null],
  'doctor without the right': ['990000104', 'LE', null, null],
  dentist: ['990000105', 'TL', '2005-01-01', null],
  nurse: ['990000107', 'SP', null, null],
  pharmacist: ['990000108', 'FA1', null, null],
  'prescription pharmacist': ['990000109', 'FA2', null, null],
} as const
type Name = keyof typeof people

let api: TestApi
before(async () => {
  api = await testApi([ePrescriptions])
  for (const [hpr, code, from, until] of Object.values(people)) {
    await api.sql`insert into practitioner (hpr_number, prescribing_from, prescribing_until) values (${hpr}, ${from}, ${until})`
    await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values (${hpr}, ${code}, '2005-01-01')`
  }
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
let series = 10
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
let ids = 7000

const whoIs = (name: Name) => nurse(bergen, { scopes, name, hprNumber: people[name][0] })

/** The message with the sender's own HPR number, or another that it claims. */
async function sendAs(name: Name, kari: Pick<Person, 'number'>, message: string, claimed: string = people[name][0]) {
  const who = whoIs(name)
  const content = attestation(who, kari.number) as { practitioner: object }
  const authorization = { code: people[name][1], system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  const headers = { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
  const text = message.replaceAll('009990001', claimed)
  return await api.as(who).post('/fhir/e-prescriptions/$e-prescription', text, { 'content-type': 'application/xml', ...headers })
}

const kinds: Record<string, (chain: Chain, id: string) => string> = {
  M1: (chain) => m1(chain, AT),
  M5: (chain, id) => m5(chain, id, AT),
  M10: (chain, id) => m10(chain, id, AT),
  'M10 that cancels': (chain, id) => m10(chain, id, AT, { cancels: uuid(1) }),
  'M5.2': (chain, id) => m52(chain, id, uuid(2), AT),
  M6: (chain, id) => report('M6', chain, id, uuid(3), AT),
  M8: (chain, id) => report('M8', chain, id, uuid(3), AT),
  'M9.6 with an M1 in it': (chain, id) => m96(chain.patient ?? '', id, AT, [[chain.id, 'E']], [innerM1(chain, AT)]),
}

const prescribers = 'doctor, dentist'
const dispensers = 'pharmacist, prescription pharmacist'
const allowed: Record<keyof typeof kinds, string> = {
  M1: prescribers,
  M5: prescribers,
  M10: dispensers,
  'M10 that cancels': dispensers,
  'M5.2': '',
  M6: '',
  M8: '',
  'M9.6 with an M1 in it': '',
}

for (const [kind, make] of Object.entries(kinds)) {
  test(`who may send ${kind} with a person's token`, async () => {
    const may: string[] = []
    for (const name of Object.keys(people) as Name[]) {
      const kari = await api.person((series += 1))
      const reply = await sendAs(name, kari, make({ patient: kari.number, id: uuid((ids += 1)) }, uuid((ids += 1))))
      const stored = await api.sql`select id from record where patient = ${kari.key}`
      if (reply.status === 201) may.push(name)
      else {
        assert.deepEqual(
          [reply.status, problemOf(reply), stored.length],
          [403, 'role-not-open', 0],
          `${name} ${JSON.stringify(reply.body)}`,
        )
        assert.match((reply.body as OperationOutcome).issue[0]?.details?.text ?? '', /is sent by|No person makes/)
      }
    }
    assert.equal(may.join(', '), allowed[kind])
  })
}

test('a system without a person sends every kind for its organisation', async () => {
  for (const [kind, make] of Object.entries(kinds)) {
    const kari = await api.person((series += 1))
    const message = make({ patient: kari.number, id: uuid((ids += 1)) }, uuid((ids += 1)))
    const reply = await api.as(vendor).post('/fhir/e-prescriptions/$e-prescription', message, { 'content-type': 'application/xml' })
    assert.equal(reply.status, 201, `${kind} ${JSON.stringify(reply.body)}`)
  }
})

test('a message that names another health professional as its sender is refused', async () => {
  const kari = await api.person((series += 1))
  const message = m1({ patient: kari.number, id: uuid((ids += 1)) }, AT)
  const reply = await sendAs('doctor', kari, message, people.dentist[0])
  const [issue] = (reply.body as OperationOutcome).issue
  assert.deepEqual([reply.status, issue?.details?.coding?.[0]?.code], [422, 'sender-differs'])
  assert.match(issue?.expression?.[0] ?? '', /HealthcareProfessional/)
  // Zeros in front are another spelling.
  assert.equal((await sendAs('doctor', kari, message, `0${people.doctor[0]}`)).status, 201)
})

test('the sender that is shown is the one who is signed in, for the organisation of the token', async () => {
  const kari = await api.person((series += 1))
  const message = m1({ patient: kari.number, id: uuid((ids += 1)) }, AT)
  assert.equal((await sendAs('doctor', kari, message.replaceAll('Frida', 'Overlege').replaceAll('900000001', '900000009'))).status, 201)
  const reader = nurse(bergen, { scopes })
  const [one] = matchesIn(await api.as(reader).search('MedicationRequest', { 'patient.identifier': kari.number }), 'MedicationRequest')
  const sender = one?.contained?.find((each): each is PractitionerRole => each.resourceType === 'PractitionerRole')
  assert.deepEqual(
    [sender?.practitioner?.identifier?.value, sender?.practitioner?.display, sender?.organization?.identifier?.value],
    [people.doctor[0], 'doctor', bergen],
  )
  assert.equal(sender?.code?.[0]?.coding?.[0]?.code, 'LE')
  assert.doesNotMatch(JSON.stringify(sender), /Overlege|Fjellveien/)
  assert.deepEqual(tagsOf(one), ['sender-organization-differs'])
})

test('what may not be sent is not kept either: without a patient, and about somebody who is not registered', async () => {
  const kept = async () => Number((await api.sql`select count(*)::integer as count from unattached_message`)[0]?.['count'])
  const before = await kept()
  const nobody = { number: '' }
  const unknown = { number: makeIdentityNumber({ birthDate: '1961-02-03', series: 3 }) }
  for (const [who, patient] of [
    [nobody, undefined],
    [unknown, unknown.number],
  ] as const)
    assert.notEqual((await sendAs('nurse', who, m1({ ...(patient ? { patient } : {}), id: uuid((ids += 1)) }, AT))).status, 202)
  assert.notEqual((await sendAs('doctor', nobody, appRec(uuid((ids += 1)), { id: uuid(1), type: 'ERM1' }, AT))).status, 202)
  assert.equal(await kept(), before)
})
