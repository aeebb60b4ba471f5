/** $sendMedication through the API: a doctor reads the list, changes it, and sends it back. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { resourceOf } from '@helsevev/kernel/testing/answers'
import { NOW } from '@helsevev/kernel/testing/api'
import { extensionsOf, partOf } from '../fhir/systems.ts'
import type { MadeLine } from '../made-up/messages.ts'
import {
  changesIn,
  codesOf,
  dosed,
  ended,
  gp,
  linesIn,
  listIn,
  metformin,
  paracet,
  sender,
  sendingTests,
  uuid,
} from '../testing/sending.ts'

const { api, clock, given, headers, read, send, somebody } = sendingTests({ before, after })

test('what was read is sent back with one change: equal lines stay as they are, and the list is a new version', async () => {
  const kari = await somebody()
  await given(kari, [metformin, paracet])
  const from = await read(kari)
  const [one, other] = linesIn(from)
  const reply = await send({
    kari,
    from,
    lines: [one, dosed(other, '2 ved behov')],
    more: [
      { name: 'basis', valueCode: 'Admission' },
      { name: 'with', valueString: 'Pasienten' },
    ],
  })
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
  assert.deepEqual(
    [sender?.practitioner?.identifier?.value, partOf(settled, 'basis')?.valueCode, partOf(settled, 'with')?.valueString],
    ['990000001', 'Admission', 'Pasienten'],
  )
})

test('a line is added, ended and removed, and each says who, when and why', async () => {
  const kari = await somebody()
  const wrong: MadeLine = { ...paracet, id: uuid(3), name: 'Feil tab 1 mg' }
  await given(kari, [metformin, paracet, wrong])
  const from = await read(kari)
  const [one, other, third] = linesIn(from)
  const { identifier: _identifier, id: _id, meta: _meta, ...fresh } = dosed(other, '1 ved kvalme')
  const lines = [one, ended(other), { ...third, status: 'entered-in-error' }, fresh]
  const reply = await send({ kari, from, lines })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(
    changesIn(reply).map((text) => text.split(' ')[1]),
    ['unchanged', 'ended', 'removed', 'added'],
  )
  const after = linesIn(await read(kari))
  assert.deepEqual(
    after.map(({ status }) => status),
    ['active', 'stopped', 'active'],
  )
  const stopped = after[1]
  const [ender] = extensionsOf(stopped ?? {}, 'registered').filter((part) => JSON.stringify(part).includes('"S"'))
  assert.deepEqual(
    [
      stopped?.statusReason?.[0]?.coding?.[0]?.code,
      stopped?.effectivePeriod?.end,
      partOf(ender, 'provider')?.valueReference?.identifier?.value,
      stopped?.dateAsserted,
    ],
    ['A', '2026-01-15T09:00:00+01:00', '990000001', NOW.toISOString()],
  )
  assert.match(after[2]?.identifier?.[0]?.value ?? '', /^[0-9a-f-]{36}$/)
})

test('the first list of a person needs no version, and an empty one is sent on purpose', async () => {
  const kari = await somebody()
  const from = await read(kari)
  assert.deepEqual([(await send({ kari, from, lines: [] })).status, codesOf(await send({ kari, from, lines: [] }))], [422, ['list-empty']])
  const purposely = [{ name: 'createPLL', valueBoolean: false }]
  const reply = await send({ kari, from, lines: [], more: purposely })
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  const list = listIn(await read(kari))
  assert.deepEqual([list?.emptyReason?.coding?.[0]?.code, list?.entry], ['nilknown', undefined])
})

test('the list is read as it was at an instant', async () => {
  const kari = await somebody()
  await given(kari, [metformin])
  clock.now = new Date(NOW.getTime() + 60_000)
  const from = await read(kari)
  await send({ kari, from, lines: [dosed(linesIn(from)[0], 'ny')] })
  clock.now = new Date(NOW.getTime() + 120_000)
  const doseAt = async (at: string) => linesIn(await read(kari, gp, { at })).map(({ dosage }) => dosage?.[0]?.text)
  assert.deepEqual(await doseAt(NOW.toISOString()), [metformin.dose])
  assert.deepEqual(await doseAt(new Date(NOW.getTime() + 59_999).toISOString()), [metformin.dose])
  assert.deepEqual(await doseAt(new Date(NOW.getTime() + 60_000).toISOString()), ['ny'])
  assert.deepEqual(await doseAt('2026-01-01T00:00:00Z'), [])
  clock.now = NOW
})

test('the example of a sent list is answered as its file says', async () => {
  const folder = new URL('../fhir/examples/', import.meta.url)
  // Register series 1, which the examples are about.
  const kari = await api().person(1)
  const message = readFileSync(new URL('1-list.request.xml', folder), 'utf8')
  await api()
    .as(sender)
    .post('/fhir/medication-list/$medication-list', message, { 'content-type': 'application/xml', ...headers(sender, kari, 'LE') })
  const request = JSON.parse(readFileSync(new URL('2-send.request.json', folder), 'utf8'))
  const reply = await api()
    .as(gp)
    .post('/fhir/medication-list/$sendMedication', request, headers(gp, kari, 'LE'))
  assert.equal(reply.status, 201, JSON.stringify(reply.body))
  assert.deepEqual(JSON.parse(JSON.stringify(reply.body)), JSON.parse(readFileSync(new URL('2-send.answer.json', folder), 'utf8')))
})
