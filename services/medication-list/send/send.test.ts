/** $sendMedication through the API: a doctor reads the list, changes it, and sends it back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { problemOf, resourceOf } from '@helsevev/kernel/testing/answers'
import { attestation, attestationHeader, NOW, nurse, organizations, type Reply, system, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import type { Bundle, Extension, List, MedicationStatement, OperationOutcome, Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, partOf } from '../fhir/systems.ts'
import { type MadeLine, m251, pharmacyList } from '../made-up/messages.ts'
import medicationList from '../service.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:medication-list/read', 'helsevev:medication-list/write']
let now = NOW
let api: TestApi
before(async () => {
  api = await testApi([medicationList], () => now)
  for (const [controller, receiver] of [
    [bergen, oslo],
    [oslo, bergen],
  ] as const)
    await api.agreement({ controller, receiver })
  for (const code of ['LE', 'TL', 'FA1'])
    await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', ${code}, '2005-01-01')`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
type Who = ReturnType<typeof nurse>
let series = 700
const somebody = async (): Promise<Person> => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const [gp, hospital] = [nurse(bergen, { scopes, name: 'Frida Fastlege' }), nurse(oslo, { scopes, name: 'Stian Sykehuslege' })] as [Who, Who]
const practice = system(bergen, { scopes })

const headers = (who: Who, { number }: Person, code: string) => {
  const content = attestation(who, number, 'TREAT', undefined, now) as { practitioner: object }
  const authorization = { code, system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  return { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
}
const read = async (kari: Person, who = gp, more: Record<string, string> = {}): Promise<ParametersParameter[]> => {
  const form = new URLSearchParams({ 'patient.identifier': kari.number, ...more }).toString()
  const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers(who, kari, 'LE') }
  const reply = await api.as(who).post('/fhir/medication-list/$getMedication', form, sent)
  return resourceOf(reply, 'Parameters').parameter ?? []
}
const documentIn = (parameters: readonly ParametersParameter[]): Bundle => {
  const resource = parameters.find(({ name }) => name === 'medication')?.resource
  assert.ok(resource?.resourceType === 'Bundle')
  return resource
}
const linesIn = (parameters: readonly ParametersParameter[]): MedicationStatement[] =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : []))
const listIn = (parameters: readonly ParametersParameter[]): List | undefined =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'List' ? [resource] : []))[0]

interface Sending {
  kari: Person
  /** As read. */
  from: readonly ParametersParameter[]
  lines: readonly unknown[]
  who?: Who
  code?: string
  more?: readonly unknown[]
  readAt?: string
}
const send = async ({ kari, from, lines, who = gp, code = 'LE', more = [], readAt }: Sending): Promise<Reply> => {
  const composition = { resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } }
  const entry = [composition, ...lines].map((resource) => ({ resource }))
  const version = from.filter(({ name }) => name === 'listVersion')
  const valueInstant = readAt ?? from.find(({ name }) => name === 'readAt')?.valueInstant
  const body = {
    resourceType: 'Parameters',
    parameter: [{ name: 'medication', resource: { resourceType: 'Bundle', type: 'document', entry } }, ...version, { name: 'readAt', valueInstant }, ...more],
  }
  return await api.as(who).post('/fhir/medication-list/$sendMedication', body, headers(who, kari, code))
}
const codesOf = ({ body }: Reply): string[] =>
  ((body as OperationOutcome).issue ?? []).map(({ details }) => details?.coding?.[0]?.code ?? '').filter((code) => code !== 'version-conflict')
const changesIn = (reply: Reply): string[] =>
  (resourceOf(reply, 'Parameters').parameter ?? [])
    .filter(({ name }) => name === 'result')
    .map(({ part = [] }) => `${part[0]?.valueIdentifier?.value?.slice(-2)} ${part[1]?.valueCode}`)

const CHANGED = '2026-01-10T09:00:00+01:00'
const metformin: MadeLine = {
  id: uuid(1),
  name: 'Metformin tab 500 mg',
  atc: 'A10BA02',
  dose: '1 tablett morgen og kveld',
  start: '2025-03-01',
  changed: CHANGED,
  prescription: uuid(101),
}
const paracet: MadeLine = { id: uuid(2), name: 'Paracet tab 500 mg', atc: 'N02BE01', dose: '1-2 ved behov', use: '3', start: '2025-06-01', changed: CHANGED }

/** A list that the practice has sent as M25.1. */
let messages = 5000
async function given(kari: Person, lines: readonly MadeLine[], time = CHANGED): Promise<void> {
  const message = m251({ patient: kari.number, id: uuid((messages += 1)), time, lines })
  // A person sends, so that the list is the shared one.
  const reply = await api.as(gp).post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers(gp, kari, 'LE') })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
}
const dosed = (line: MedicationStatement | undefined, text: string): MedicationStatement => {
  assert.ok(line)
  return { ...line, dosage: [{ ...line.dosage?.[0], text }] }
}
const ended = (line: MedicationStatement | undefined, time = '2026-01-15T09:00:00+01:00'): MedicationStatement => {
  assert.ok(line)
  const reason = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7494', code: '1' }] }
  const extension: Extension[] = [{ url: 'timedate', valueDateTime: time }, { url: 'reason', valueCodeableConcept: reason }]
  return { ...line, extension: [...(line.extension ?? []), { url: extensionUrls.discontinuation, extension }] }
}

test('what was read is sent back with one change: equal lines stay as they are, and the list is a new version', async () => {
  const kari = await somebody()
  await given(kari, [metformin, paracet])
  const from = await read(kari)
  const [one, other] = linesIn(from)
  const reply = await send({ kari, from, lines: [one, dosed(other, '2 ved behov')], more: [{ name: 'basis', valueCode: 'Admission' }, { name: 'with', valueString: 'Pasienten' }] })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(changesIn(reply), ['01 unchanged', '02 changed'])
  const after = await read(kari)
  const lines = linesIn(after)
  assert.deepEqual(
    lines.map(({ id, meta, dosage }) => [id, meta?.versionId, dosage?.[0]?.text]),
    [
      [one?.id, '1', metformin.dose],
      [other?.id, '2', '2 ved behov'],
    ],
  )
  const [answered] = resourceOf(reply, 'Parameters').parameter ?? []
  assert.equal(after.find(({ name }) => name === 'listVersion')?.valueIdentifier?.value, answered?.valueIdentifier?.value)
  const list = listIn(after)
  const sender = list?.contained?.find((resource) => resource.resourceType === 'PractitionerRole')
  const [settled] = extensionsOf(list ?? {}, 'reconciliation')
  assert.deepEqual([sender?.practitioner?.identifier?.value, partOf(settled, 'basis')?.valueCode, partOf(settled, 'with')?.valueString], ['990000001', 'Admission', 'Pasienten'])
})
