/** What the portal's server reads and sends for a reconciliation, through the API and the database. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { attestation, attestationHeader, NOW, nurse, organizations, type TestApi, testApi } from '@helsevev/kernel/testing/api'
import { parseJson, writeJson } from '@helsevev/kernel/values/json'
import type { Bundle, Parameters } from '@medplum/fhirtypes'
import { type MadeLine, m251, practice } from '../../made-up/messages.ts'
import { type Decision, nothingWritten, pairKey, type Written } from '../../model/reconciliation-act.ts'
import type { ReconciliationBasis } from '../../model/reconciliation-request.ts'
import { sendRefusals } from '../../send/words.ts'
import medicationList from '../../service.ts'
import { readFor, withoutPlaces } from './read.ts'
import { send, type WritingApi } from './send.ts'

const { bergen, oslo } = organizations
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
  await api.sql`insert into practitioner_authorization (hpr_number, code, valid_from) values ('990000001', 'LE', '2005-01-01')`
  await api.sql`update practitioner set prescribing_from = '2005-01-01' where hpr_number = '990000001'`
})
after(async () => await api.close())

type Person = Awaited<ReturnType<TestApi['person']>>
type Who = ReturnType<typeof nurse>
let series = 100
const somebody = async (): Promise<Person> => await api.person((series += 1))
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const [gp, hospital] = [nurse(bergen, { scopes, name: 'Frida Fastlege' }), nurse(oslo, { scopes, name: 'Stian Sykehuslege' })] as [Who, Who]

/** The API as the portal asks it, for that person about that patient. */
function portalOf(kari: Person, who = gp, code = 'LE'): WritingApi {
  const content = attestation(who, kari.number, 'TREAT', undefined, now) as { practitioner: object }
  const authorization = { code, system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  const headers = { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
  const asked = async (path: string, parameters: Record<string, string> = {}) => {
    const form = new URLSearchParams({ ...parameters, 'patient.identifier': kari.number }).toString()
    const reply = await api.as(who).post(path, form, { 'content-type': 'application/x-www-form-urlencoded', ...headers })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return reply.body
  }
  return {
    search: async (service, type, parameters) => (await asked(`/fhir/${service}/${type}/_search`, parameters)) as Bundle,
    operation: async (service, operation, parameters) => (await asked(`/fhir/${service}/$${operation}`, parameters)) as Parameters,
    write: async (service, operation, body) => {
      const { status, body: answer } = await api.as(who).post(`/fhir/${service}/$${operation}`, body, headers)
      return { status, answer }
    },
  }
}

const CHANGED = '2026-01-10T09:00:00+01:00'
const made = (number: number, name: string, more: Partial<MadeLine> = {}): MadeLine => ({
  id: uuid(number),
  name,
  atc: 'C07AB02',
  form: ['25', 'Depottablett'],
  dose: '1 tablett morgen',
  start: '2025-03-01',
  changed: CHANGED,
  ...more,
})
const two = [made(1, 'Metoprolol Depottab 50 mg'), made(2, 'Selo-Zok Depottab 100 mg')]

let messages = 9000
async function withList(lines: readonly MadeLine[] = two): Promise<Person> {
  const kari = await somebody()
  const content = attestation(gp, kari.number, 'TREAT', undefined, now) as { practitioner: object }
  const authorization = { code: 'LE', system: 'urn:oid:2.16.578.1.12.4.1.1.9060' }
  const headers = { attestation: attestationHeader({ ...content, practitioner: { ...content.practitioner, authorization } }) }
  const from = { ...practice, person: { hpr: '990000001', given: 'Frida', family: 'Fastlege' } }
  const message = m251({ patient: kari.number, id: uuid((messages += 1)), time: CHANGED, lines, from })
  const reply = await api.as(gp).post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  return kari
}

const read = async (kari: Person, who = gp) => {
  const { data, basis } = await readFor(portalOf(kari, who), now)
  const subject = { identifier: kari.identifier }
  // As it goes to the page and back.
  return { data, basis: parseJson(writeJson({ ...basis, subject })) as ReconciliationBasis }
}
const act = { kind: 'Other', with: 'Pasienten' } as const
const deciding = (decisions: Record<string, Decision>, more: Partial<Written> = {}): Written => ({
  ...nothingWritten,
  act,
  decisions,
  ...more,
})
const [one, other] = [`line:${uuid(1)}`, `line:${uuid(2)}`]
const keep: Decision = { kind: 'confirm' }
const sending = async (kari: Person, basis: ReconciliationBasis, written: Written, who = gp, code = 'LE') => {
  now = new Date(now.getTime() + 60_000)
  return await send(portalOf(kari, who, code), { basis, written, writer: { name: 'X', hprNumber: '990000001' }, now, id: randomUUID })
}

test('a pair is marked as intended, with who, when and why; a later version takes the mark away', async () => {
  const kari = await withList()
  const standings = async () => (await read(kari)).data.pairs.map(({ rows, standing, by, note }) => [pairKey(...rows), standing, by, note])
  const key = pairKey(one, other)
  assert.deepEqual(await standings(), [[key, 'candidate', undefined, undefined]])
  const first = await read(kari)
  const marked = await sending(
    kari,
    first.basis,
    deciding({ [one]: keep, [other]: keep }, { marked: [{ rows: [one, other], note: 'Opptrapping' }] }),
  )
  assert.equal(marked?.outcome, 'sent')
  assert.deepEqual(await standings(), [[key, 'intended', 'Frida Fastlege', 'Opptrapping']])
  const second = await read(kari, hospital)
  assert.ok(second.data.pairs[0]?.time)
  assert.deepEqual(withoutPlaces(second.data).pairs[0]?.by, undefined, 'who prescribes shows where the person lives')
  // The mark stands over a version that says nothing of it.
  assert.equal((await sending(kari, second.basis, deciding({ [one]: keep, [other]: keep })))?.outcome, 'sent')
  assert.deepEqual(await standings(), [[key, 'intended', 'Frida Fastlege', 'Opptrapping']])
  const third = await read(kari)
  assert.equal((await sending(kari, third.basis, deciding({ [one]: keep, [other]: keep }, { unmarked: [key] })))?.outcome, 'sent')
  assert.deepEqual(await standings(), [[key, 'candidate', undefined, undefined]])
})

test('of two who send, the second learns which lines were changed, by whom and when, and nothing is overwritten', async () => {
  const kari = await withList()
  const [mine, theirs] = [await read(kari), await read(kari, hospital)]
  const change: Decision = { kind: 'change', note: 'Svimmel', content: { dose: '0,5 tablett morgen' } }
  assert.equal((await sending(kari, theirs.basis, deciding({ [one]: change, [other]: keep }), hospital))?.outcome, 'sent')
  const refused = await sending(kari, mine.basis, deciding({ [one]: { ...keep }, [other]: { kind: 'end', reason: 'A' } }))
  assert.equal(refused?.outcome, 'conflict')
  const changes = refused.outcome === 'conflict' ? refused.changes : []
  assert.deepEqual(changes.map(({ line, by }) => [line, by?.startsWith('Stian Sykehuslege')]).sort(), [
    [uuid(1), true],
    [uuid(2), undefined],
  ])
  const { data } = await read(kari)
  assert.deepEqual(
    data.rows.map(({ dose }) => dose),
    ['0,5 tablett morgen', '1 tablett morgen'],
  )
})

test('rows are those that were read: an undecided one, or one more, is not sent', async () => {
  const kari = await withList()
  const { basis } = await read(kari)
  assert.equal(await sending(kari, basis, deciding({ [one]: keep })), undefined)
  assert.equal(await sending(kari, basis, deciding({ [one]: keep, [other]: { kind: 'leave' } })), undefined)
})

test('a nurse is refused with the reason, and the words of the API come back where a line is wrong', async () => {
  const kari = await withList()
  const { basis } = await read(kari)
  const kept = deciding({ [one]: keep, [other]: keep })
  const refused = await sending(kari, basis, kept, gp, 'SP')
  assert.deepEqual(refused, { outcome: 'refused', reason: 'role-not-open' })
  const old = await sending(kari, { ...basis, readAt: new Date(now.getTime() - 5 * 3_600_000).toISOString() }, kept)
  assert.equal(old?.outcome, 'invalid')
  const [fault] = old.outcome === 'invalid' ? old.faults : []
  assert.match(fault?.text ?? '', /Read it again/)
  assert.equal(fault?.code, 'look-up-too-old', 'the page has words of its own for it')
})

test('a refusal of a line is known by its code and its drug; one that the page has no words for comes in those of the API', async () => {
  const kari = await withList()
  const { basis } = await read(kari)
  const refusing = (...issue: { code: string; text: string }[]): WritingApi => ({
    ...portalOf(kari),
    write: async () => ({
      status: 422,
      answer: { resourceType: 'OperationOutcome', issue: issue.map(({ code, text }) => ({ details: { coding: [{ code }], text } })) },
    }),
  })
  const sentence = sendRefusals['rule-8-same-drug']
  const answer = await send(refusing({ code: 'rule-8-same-drug', text: `Selo-Zok: ${sentence}` }, { code: 'dom-3', text: 'Unused.' }), {
    basis,
    written: deciding({ [one]: keep, [other]: keep }),
    writer: { name: 'X', hprNumber: '990000001' },
    now,
    id: randomUUID,
  })
  assert.deepEqual(answer, {
    outcome: 'invalid',
    faults: [{ code: 'rule-8-same-drug', drug: 'Selo-Zok', text: `Selo-Zok: ${sentence}` }, { text: 'Unused.' }],
  })
})

test('where no list is known, the page says so, and what the patient states becomes the first', async () => {
  const kari = await somebody()
  const { data, basis } = await read(kari)
  assert.deepEqual(data.gaps, [
    { source: 'list', why: 'unknown' },
    { source: 'prescriptions', why: 'withheld' },
  ])
  const sent = await sending(kari, basis, deciding({}, { stated: [{ id: 's', drug: 'Tran', dose: '1 ss daglig', use: '1' }] }))
  assert.equal(sent?.outcome, 'sent')
  const { data: later } = await read(kari)
  assert.deepEqual(
    later.rows.map(({ drug, dose }) => [drug, dose]),
    [['Tran', '1 ss daglig']],
  )
})
