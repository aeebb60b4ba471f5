/**
 * A prescription that the patient keeps from those who act for them (Vergeinnsynsreservasjon) is kept with all that is about it, the line
 * of the medication list too, by every reader.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { services } from '@helsevev/server/services'
import { m1, m5, m10, m52 } from '@helsevev/service-e-prescriptions/testing/messages'
import { type MadeLine, m251, pharmacyList } from '@helsevev/service-medication-list/made-up/messages'

const { bergen, oslo } = organizations
const writing = services.flatMap(({ id }) => [`helsevev:${id}/read`, `helsevev:${id}/write`])
const staff = nurse(bergen, { scopes: [...writing, 'helsevev:persons/read'] })
const citizenScopes = [...services.map(({ id }) => `helsevev:${id}/citizen`), 'helsevev:persons/citizen', 'helsevev:access-log/citizen']
const [gp, pharmacy] = [bergen, oslo].map((one) => system(one, { scopes: writing })) as [Who, Who]
type Who = ReturnType<typeof system>
type Person = Awaited<ReturnType<TestApi['person']>>

let api: TestApi
before(async () => {
  api = await testApi(services, () => new Date('2026-01-15T10:00:00Z'))
  for (const service of ['e-prescriptions', 'medication-list'])
    await api.agreement({ controller: oslo, receiver: bergen, service } as never)
})
after(async () => await api.close())

let ids = 500
const nextId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`
const citizen = (person: Person) => system(bergen, { kind: 'citizen', pid: person.number, client: 'citizen-portal', scopes: citizenScopes })

async function sent(path: string, message: string, who: Who): Promise<void> {
  const { status, body } = await api.as(who).post(`/fhir/${path}`, message, { 'content-type': 'application/xml' })
  assert.equal(status, 201, JSON.stringify(body))
}

/** Two drugs in the list, one of them of a prescription that is kept from representatives. */
async function treated(series: number, { isListFirst = false } = {}) {
  const kari = await api.person(series)
  const [kept, open] = [nextId(), nextId()]
  const chain = { patient: kari.number, id: kept }
  const recall = nextId()
  const line = (name: string, prescription: string): MadeLine => ({
    id: nextId(),
    name,
    atc: 'A10BA02',
    dose: '1 tablett',
    changed: '2026-01-10T09:00:00+01:00',
    prescription,
  })
  const list = { patient: kari.number, id: nextId(), time: '2026-01-10T09:00:00+01:00', note: 'Samtale om Zyban' }
  const lines = [line('Zyban depottab 150 mg', kept), line('Metformin tab 500 mg', open)]
  const proposed = { ...list, id: nextId(), note: '', lines: [line('Zyban fra apotek', kept)] }
  const messages: [string, string, Who][] = [
    ['e-prescriptions/$e-prescription', m1(chain, '2026-01-02T09:00:00Z', { hiddenFromRepresentatives: true }), gp],
    ['e-prescriptions/$e-prescription', m10(chain, nextId(), '2026-01-03T09:00:00Z'), pharmacy],
    ['e-prescriptions/$e-prescription', m5(chain, recall, '2026-01-05T09:00:00Z'), gp],
    ['e-prescriptions/$e-prescription', m52(chain, nextId(), recall, '2026-01-05T09:00:10Z', '2'), gp],
    ['e-prescriptions/$e-prescription', m1({ patient: kari.number, id: open }, '2026-01-02T09:00:00Z'), gp],
    ['medication-list/$medication-list', m251({ ...list, lines }), gp],
    ['medication-list/$medication-list', pharmacyList('M25.2', proposed), pharmacy],
  ]
  for (const message of isListFirst ? messages.toReversed() : messages) await sent(...message)
  return { kari, kept, open }
}

async function actsFor(kari: Person, who: Person, kind: string, areas: string): Promise<void> {
  await api.sql`
    insert into representation (patient, representative, kind, areas, valid_from, valid_until, source, registered, registered_by)
    values (${kari.key}, ${who.key}, ${kind}, ${areas}, '2020-01-01', '2030-01-01', 'test', '2020-01-01', 'test')`
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const search =
  (type: string, service: string, more: Record<string, string> = {}) =>
  async (who: Who, kari: Person) =>
    await api
      .as(who)
      .post(`/fhir/${service}/${type}/_search`, new URLSearchParams({ 'patient.identifier': kari.number, ...more }).toString(), form)
const operation = (path: string) => async (who: Who, kari: Person) =>
  await api.as(who).post(`/fhir/${path}`, new URLSearchParams({ 'patient.identifier': kari.number }).toString(), form)

/** Every way in which a person who acts for the patient may read, each with what the patient is shown there of the kept prescription. */
const readers: Record<string, { ask: (who: Who, kari: Person, kept: string) => Promise<Reply>; patientSees: RegExp }> = {
  'lines of the list': { ask: search('MedicationStatement', 'medication-list'), patientSees: /Zyban/ },
  'present lines': { ask: search('MedicationStatement', 'medication-list', { present: 'true' }), patientSees: /Zyban depottab/ },
  'the number of lines': { ask: search('MedicationStatement', 'medication-list', { _summary: 'count' }), patientSees: /"total":3/ },
  'lines by text': { ask: search('MedicationStatement', 'medication-list', { 'code:text': 'Zyban' }), patientSees: /Zyban/ },
  'lines by ReseptId': {
    ask: async (who, kari, kept) => await search('MedicationStatement', 'medication-list', { prescription: kept })(who, kari),
    patientSees: /Zyban/,
  },
  'the list': { ask: search('List', 'medication-list'), patientSees: /Samtale om Zyban/ },
  prescriptions: { ask: search('MedicationRequest', 'e-prescriptions'), patientSees: /KEPT/ },
  dispensings: { ask: search('MedicationDispense', 'e-prescriptions'), patientSees: /KEPT/ },
  recalls: { ask: search('Task', 'e-prescriptions'), patientSees: /KEPT/ },
  answers: { ask: search('Communication', 'e-prescriptions'), patientSees: /KEPT/ },
  'the status of the list': { ask: operation('medication-list/$status'), patientSees: /some/ },
  'the status of prescriptions': { ask: operation('e-prescriptions/$status'), patientSees: /some/ },
  'the list as a document': { ask: operation('medication-list/$getMedication'), patientSees: /Zyban depottab/ },
  'the summary': { ask: operation('Patient/$summary'), patientSees: /Zyban depottab/ },
  'everything, as a download': { ask: operation('Patient/$everything'), patientSees: /Zyban depottab/ },
}

/** As text, with the kept prescription by one name. */
function textOf({ body }: Reply, kept: string): string {
  return (typeof body === 'string' ? body : JSON.stringify(body)).replaceAll(kept, 'KEPT')
}

const representatives: readonly (readonly [kind: string, areas: string])[] = [
  ['guardian', '{3,PersonalInterests}'],
  ['power-of-attorney', '{3}'],
]
let series = 20
for (const [kind, areas] of representatives)
  for (const isListFirst of [false, true])
    test(`what is kept from representatives: ${kind}, ${isListFirst ? 'the list came first' : 'the prescription came first'}`, async () => {
      const { kari, kept } = await treated((series += 1), { isListFirst })
      const other = await api.person((series += 1))
      await actsFor(kari, other, kind, areas)
      for (const [name, { ask, patientSees }] of Object.entries(readers)) {
        const [own, acting] = [await ask(citizen(kari), kari, kept), await ask(citizen(other), kari, kept)]
        assert.equal(acting.status, own.status, `${name}: ${JSON.stringify(acting.body)}`)
        if (own.status !== 200) continue
        assert.match(textOf(own, kept), patientSees, name)
        assert.doesNotMatch(textOf(acting, kept), name === 'lines by ReseptId' ? /Zyban/ : /Zyban|KEPT|withheld|SUBSETTED/, name)
      }
      const seen = await readers['lines of the list']?.ask(citizen(other), kari, kept)
      assert.match(JSON.stringify(seen?.body), /Metformin/)
      for (const name of ['lines of the list', 'the list', 'the list as a document', 'prescriptions']) {
        const reader = readers[name] ?? assert.fail()
        assert.match(textOf(await reader.ask(staff, kari, kept), kept), reader.patientSees, `${name} for staff`)
      }
    })

test('one line, its versions and the log say nothing to a representative', async () => {
  const { kari, kept } = await treated((series += 1))
  const guardian = await api.person((series += 1))
  await actsFor(kari, guardian, 'guardian', '{3,PersonalInterests}')
  const lines = await search('MedicationStatement', 'medication-list')(citizen(kari), kari)
  const found = ((lines.body as { entry: { resource: { id: string } }[] }).entry ?? []).map(({ resource }) => resource)
  const [hidden] = found.filter((one) => JSON.stringify(one).includes(kept))
  for (const path of [`MedicationStatement/${hidden?.id}`, `MedicationStatement/${hidden?.id}/_history`]) {
    const statuses = await Promise.all(
      [citizen(kari), citizen(guardian)].map(async (who) => (await api.as(who).get(`/fhir/medication-list/${path}`)).status),
    )
    assert.deepEqual(statuses, [200, 404], path)
  }
  await search('MedicationStatement', 'medication-list')(staff, kari)
  const log = async (who: Who) => JSON.stringify((await operation('AuditEvent/_search')(who, kari)).body)
  assert.match(await log(citizen(kari)), /"resources","valueString":"3"/)
  assert.doesNotMatch(await log(citizen(guardian)), /"resources"|Zyban/)
})

test('a line is shown again when its prescription is another', async () => {
  const { kari, open } = await treated((series += 1))
  const guardian = await api.person((series += 1))
  await actsFor(kari, guardian, 'guardian', '{3,PersonalInterests}')
  const line: MadeLine = {
    id: nextId(),
    name: 'Zyban depottab 150 mg',
    dose: '1',
    changed: '2026-01-11T09:00:00+01:00',
    prescription: open,
  }
  const list = m251({ patient: kari.number, id: nextId(), time: '2026-01-11T09:00:00+01:00', lines: [line] })
  await sent('medication-list/$medication-list', list, gp)
  const reply = await search('MedicationStatement', 'medication-list', { present: 'true' })(citizen(guardian), kari)
  assert.match(JSON.stringify(reply.body), /Zyban/)
})

test('a list of which every line is kept is not said to be empty, and one that was sent empty is', async () => {
  const guardianReads = async (lines: readonly string[]): Promise<string> => {
    const [kari, guardian] = [await api.person((series += 1)), await api.person((series += 1))]
    await actsFor(kari, guardian, 'guardian', '{3,PersonalInterests}')
    const kept = nextId()
    const message = m1({ patient: kari.number, id: kept }, '2026-01-02T09:00:00Z', { hiddenFromRepresentatives: true })
    await sent('e-prescriptions/$e-prescription', message, gp)
    const changed = '2026-01-10T09:00:00+01:00'
    const made = lines.map((name): MadeLine => ({ id: nextId(), name, dose: '1 tablett', changed, prescription: kept }))
    await sent('medication-list/$medication-list', m251({ patient: kari.number, id: nextId(), time: changed, lines: made }), gp)
    return JSON.stringify((await operation('medication-list/$getMedication')(citizen(guardian), kari)).body)
  }
  assert.doesNotMatch(await guardianReads(['Zyban depottab 150 mg']), /nilknown|Zyban/)
  assert.match(await guardianReads([]), /nilknown/)
})
