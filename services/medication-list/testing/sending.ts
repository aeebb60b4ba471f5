/** The medication list of tests: a doctor reads the list through the API, changes it and sends it back. */
import assert from 'node:assert/strict'
import { resourceOf } from '@helsevev/kernel/testing/answers'
import {
  attestation,
  attestationHeader,
  NOW,
  nurse,
  organizations,
  type Reply,
  system,
  type TestApi,
  testApi,
} from '@helsevev/kernel/testing/api'
import type { Bundle, Extension, List, MedicationStatement, OperationOutcome, ParametersParameter } from '@medplum/fhirtypes'
import { extensionUrls, partOf } from '../fhir/systems.ts'
import { type MadeLine, m251 } from '../made-up/messages.ts'
import medicationList from '../service.ts'

const { bergen, oslo, bodo } = organizations
const scopes = ['helsevev:persons/read', 'helsevev:medication-list/read', 'helsevev:medication-list/write']
export type Person = Awaited<ReturnType<TestApi['person']>>
export type Who = ReturnType<typeof nurse>

export const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const gp: Who = nurse(bergen, { scopes, name: 'Frida Fastlege' })
/** The doctor that made-up messages name as their sender. */
export const sender: Who = nurse(bergen, { scopes, name: 'Frida Fastlege', hprNumber: '9990001' })
export const hospital: Who = nurse(oslo, { scopes, name: 'Stian Sykehuslege' })
export const homeCare: Who = nurse(bodo, { scopes, name: 'Hanne Hjemmelege' })
/** The systems of two of them. */
export const [practice, ward] = [bergen, oslo].map((one) => system(one, { scopes })) as [Who, Who]

export interface Sending {
  kari: Person
  /** As read. */
  from: readonly ParametersParameter[]
  lines: readonly unknown[]
  who?: Who
  code?: string
  more?: readonly unknown[]
  readAt?: string
  /** Bundle.identifier. */
  identifier?: string
}

/** What the tests of a file do, with the hooks of that file. `clock.now` is the time of the server. */
export function sendingTests({ before, after }: Pick<typeof import('node:test'), 'before' | 'after'>, beginsAt = 10) {
  const clock = { now: NOW }
  let made: TestApi | undefined
  let series = beginsAt
  let messages = 5000
  const messageId = () => {
    messages += 1
    return uuid(messages)
  }
  before(async () => {
    made = await testApi([medicationList], () => clock.now)
    for (const controller of [bergen, oslo, bodo])
      for (const receiver of [bergen, oslo, bodo]) if (controller !== receiver) await made.agreement({ controller, receiver })
    // In messages of doctors, the sender is the one who is signed in.
    await made.sql`insert into practitioner (hpr_number) values ('9990001')`
    await made.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('9990001', 'LE', '2005-01-01')`
    await made.sql`update practitioner set prescribing_from = '2005-01-01' where hpr_number = '990000001'`
    for (const code of ['LE', 'TL', 'FA1'])
      await made.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', ${code}, '2005-01-01')`
  })
  after(async () => await made?.close())
  const api = (): TestApi => made ?? assert.fail()
  const headers = (who: Who, { number }: Person, code = 'LE') => {
    if (who.kind !== 'person') return {}
    const content = attestation(who, number, 'TREAT', undefined, clock.now) as { practitioner: object }
    const authorization = { code, system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
    return { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
  }
  const post = async (message: string, who: Who, kari: Person): Promise<Reply> =>
    await api()
      .as(who)
      .post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers(who, kari) })
  return {
    clock,
    api,
    headers,
    post,
    async somebody(): Promise<Person> {
      series += 1
      return await api().person(series)
    },
    /** The id of a message that none has had. */
    messageId,
    async read(kari: Person, who = gp, more: Record<string, string> = {}): Promise<ParametersParameter[]> {
      const form = new URLSearchParams({ 'patient.identifier': kari.number, ...more }).toString()
      const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers(who, kari) }
      const reply = await api().as(who).post('/fhir/medication-list/$getMedication', form, sent)
      return resourceOf(reply, 'Parameters').parameter ?? []
    },
    async send({ kari, from, lines, who = gp, code = 'LE', more = [], readAt, identifier }: Sending): Promise<Reply> {
      const composition = { resourceType: 'Composition', status: 'final', subject: { identifier: kari.identifier } }
      const entry = [composition, ...lines].map((resource) => ({ resource }))
      const version = from.filter(({ name }) => name === 'listVersion')
      const valueInstant = readAt ?? from.find(({ name }) => name === 'readAt')?.valueInstant
      const named = identifier === undefined ? {} : { identifier: { system: 'urn:ietf:rfc:3986', value: identifier } }
      const body = {
        resourceType: 'Parameters',
        parameter: [
          { name: 'medication', resource: { resourceType: 'Bundle', ...named, type: 'document', entry } },
          ...version,
          { name: 'readAt', valueInstant },
          ...more,
        ],
      }
      return await api()
        .as(who)
        .post('/fhir/medication-list/$sendMedication', body, headers(who, kari, code))
    },
    /** A list that the practice has sent as M25.1, by a person. */
    async given(kari: Person, lines: readonly MadeLine[], time = CHANGED): Promise<void> {
      const reply = await post(m251({ patient: kari.number, id: messageId(), time, lines }), sender, kari)
      assert.equal(reply.status, 201, JSON.stringify(reply.body))
    },
  }
}

export const documentIn = (parameters: readonly ParametersParameter[]): Bundle => {
  const resource = parameters.find(({ name }) => name === 'medication')?.resource
  assert.ok(resource?.resourceType === 'Bundle')
  return resource
}
export const linesIn = (parameters: readonly ParametersParameter[]): MedicationStatement[] =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'MedicationStatement' ? [resource] : []))
export const listIn = (parameters: readonly ParametersParameter[]): List | undefined =>
  (documentIn(parameters).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'List' ? [resource] : []))[0]

export const codesOf = ({ body }: Reply): string[] =>
  ((body as OperationOutcome).issue ?? [])
    .map(({ details }) => details?.coding?.[0]?.code ?? '')
    .filter((code) => code !== 'version-conflict')
export const changesIn = (reply: Reply): string[] =>
  (resourceOf(reply, 'Parameters').parameter ?? [])
    .filter(({ name }) => name === 'result')
    .map(({ part = [] }) => `${part[0]?.valueIdentifier?.value?.slice(-2)} ${part[1]?.valueCode}`)

/** Each line of a refused send: which, what happened, there and here, and who changed it. */
export const told = ({ body }: Reply): string[] =>
  ((body as OperationOutcome).issue ?? []).flatMap(({ extension = [], details }) => {
    const [about] = extension.filter(({ url }) => url === extensionUrls.sentLine)
    const part = (name: string) => partOf(about, name)
    if (!about) return []
    const who = part('by')?.valueString
    return [
      [part('line')?.valueIdentifier?.value?.slice(-2), details?.coding?.[0]?.code, part('there')?.valueCode, part('here')?.valueCode, who]
        .filter(Boolean)
        .join(' '),
    ]
  })

export const CHANGED = '2026-01-10T09:00:00+01:00'
export const metformin: MadeLine = {
  id: uuid(1),
  name: 'Metformin tab 500 mg',
  atc: 'A10BA02',
  dose: '1 tablett morgen og kveld',
  start: '2025-03-01',
  changed: CHANGED,
  prescription: uuid(101),
}
export const paracet: MadeLine = {
  id: uuid(2),
  name: 'Paracet tab 500 mg',
  atc: 'N02BE01',
  dose: '1-2 ved behov',
  use: '3',
  start: '2025-06-01',
  changed: CHANGED,
}

export const dosed = (line: MedicationStatement | undefined, text: string): MedicationStatement => {
  assert.ok(line)
  return { ...line, dosage: [{ ...line.dosage?.[0], text }] }
}
export const ended = (line: MedicationStatement | undefined, time = '2026-01-15T09:00:00+01:00'): MedicationStatement => {
  assert.ok(line)
  const reason = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7494', code: 'A' }] }
  const extension: Extension[] = [
    { url: 'timedate', valueDateTime: time },
    { url: 'reason', valueCodeableConcept: reason },
  ]
  return { ...line, extension: [...(line.extension ?? []), { url: extensionUrls.discontinuation, extension }] }
}

export const typed = (line: MedicationStatement | undefined, type: string, prescription?: string): MedicationStatement => {
  assert.ok(line)
  const { basedOn: _basedOn, identifier = [], ...rest } = line
  const valueCodeableConcept = { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7491', code: type }] }
  const extension = (rest.extension ?? []).map((one) =>
    one.url === extensionUrls.amendment ? { ...one, extension: [{ url: 'typeresept', valueCodeableConcept }] } : one,
  )
  const basedOn =
    prescription === undefined
      ? {}
      : { basedOn: [{ identifier: { system: 'http://helsevev.no/fhir/NamingSystem/resept-id', value: prescription } }] }
  return { ...rest, ...basedOn, identifier: identifier.slice(0, 1), extension }
}
export const fresh = (line: MedicationStatement): MedicationStatement => {
  const { id: _id, meta: _meta, ...rest } = line
  return { ...rest, identifier: [{ system: 'http://helsevev.no/fhir/NamingSystem/pll-id', value: uuid(9) }] }
}
