/** What a data controller sees and changes, on a real database through the routes, and what another organisation never sees. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Parameters as ParametersResource } from '@medplum/fhirtypes'
import * as z from 'zod/mini'
import { publishStandard } from '../areas/agreements/standard-publish.ts'
import { keepMessage } from '../fhir/messages/unattached-messages.ts'
import { logicalId, type RecordId } from '../store/ids.ts'
import { issuesOf, placesOf } from '../testing/answers.ts'
import { nurse, pulse, system } from '../testing/api.ts'
import { bergen, bodo, controller, oslo, REASON, ruleOf, type Scene, scene, vendor } from '../testing/control-scene.ts'
import { changed } from '../testing/sent.ts'
import { type Cell, contract, type ProposeAgreement } from './contract.ts'

let world: Scene
before(async () => {
  world = await scene()
})
after(async () => await world.close())
beforeEach(async () => {
  world.pass(1000)
  await world.newRows()
})

const body = { reason: REASON }
const proposal = (more: Partial<ProposeAgreement> = {}): ProposeAgreement => ({
  controller: bergen,
  receiver: oslo,
  service: 'measurements',
  purposes: ['TREAT'],
  legalBasis: 'pasientjournalloven § 19',
  reason: REASON,
  ...more,
})

/** An agreement proposed by Bergen and signed by Olga of Bergen and Ola of Oslo. */
async function signed(more: Partial<ProposeAgreement> = {}): Promise<string> {
  const { id } = await world.answer(world.owner, contract.proposeAgreement, { body: proposal(more) })
  for (const who of [world.owner, world.osloOwner]) await world.answer(who, contract.signAgreement, { id, body })
  return id
}

async function cell(who = world.reader, direction: 'weOpen' | 'openToUs' = 'weOpen', other: string = oslo): Promise<Cell | undefined> {
  const matrix = await world.answer(who, contract.agreements)
  return matrix[direction].find(({ counterpart }) => counterpart.id === other)
}

test('an agreement from proposal to end, seen from both sides, each step one row with its reason', async () => {
  const made = await world.ask(world.owner, contract.proposeAgreement, { body: proposal() })
  const { id } = z.parse(contract.proposeAgreement.answer, made.body)
  const sign = async (who = world.owner) => await world.answer(who, contract.signAgreement, { id, body })
  assert.equal((await cell())?.status, 'pending')
  await sign()
  assert.equal((await cell())?.status, 'pending')
  assert.equal((await sign(world.osloOwner)).standing, 'in-force')
  assert.equal((await cell())?.status, 'open')
  assert.equal((await cell(world.osloOwner, 'openToUs', bergen))?.status, 'open')

  const closing = { body: { service: 'measurements', receiver: oslo, reason: REASON } }
  await world.answer(world.owner, contract.closeService, closing)
  const closed = await cell()
  assert.deepEqual(
    [closed?.status, closed?.closures.map(({ receiver, reason }) => [receiver.number, reason])],
    ['closed', [[oslo, REASON]]],
  )
  assert.equal((await cell(world.osloOwner, 'openToUs', bergen))?.status, 'closed')
  await world.answer(world.owner, contract.reopenService, closing)
  assert.equal((await cell())?.status, 'open')

  const agreement = await world.answer(world.reader, contract.agreement, { id })
  const [version] = agreement.versions
  assert.deepEqual(
    [agreement.side, agreement.receiver.name, version?.signedByController, version?.signedByReceiver],
    ['controller', 'oslo', 'Olga Owner', 'Ola Oslo'],
  )
  assert.equal((await world.answer(world.osloOwner, contract.endAgreement, { id, body })).standing, 'ended')
  assert.equal((await cell())?.status, 'ended')

  const changes = (await world.newRows()).filter(({ event }) => !event.endsWith('-read'))
  assert.deepEqual(
    changes.map(({ event, name }) => [event, name]),
    [
      ['agreement-proposed', 'Olga Owner'],
      ['agreement-signed', 'Olga Owner'],
      ['agreement-signed', 'Ola Oslo'],
      ['sharing-closed', 'Olga Owner'],
      ['sharing-reopened', 'Olga Owner'],
      ['agreement-ended', 'Ola Oslo'],
    ],
  )
  for (const { event, reason } of changes) assert.ok(reason?.includes(REASON), `${event}: ${reason}`)
  assert.equal(changes[0]?.eventId, made.headers['x-event-id'])
})

test('one person does not sign for both sides, by whatever name and for whatever organisation', async () => {
  const { id } = await world.answer(world.owner, contract.proposeAgreement, { body: proposal({ receiver: bodo }) })
  const sign = async (who: Parameters<typeof world.ask>[0]) => await world.ask(who, contract.signAgreement, { id, body })
  assert.equal((await sign(world.owner)).status, 200)
  assert.equal(ruleOf(await sign(world.second)), 'already-signed')
  await world.api.sql`
    insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
    values (gen_random_uuid(), ${bodo}, ${world.owner.key}, 'owner', '2025-01-01', 'Test', 'for the test')`
  await world.api.sql`update person set family_name = 'Married' where patient = ${world.owner.key}`
  const both = await sign(controller(bodo, world.owner.number, 'Olga Married'))
  await world.api.sql`update person set family_name = 'Owner' where patient = ${world.owner.key}`
  assert.deepEqual([both.status, ruleOf(both)], [409, 'same-person'])
  const [row] = await world.api.sql<{ event: string; type: string; reason: string }[]>`
    select event, type, reason from access_log where event_id = ${String(both.headers['x-event-id'])}`
  assert.deepEqual(row, { event: 'agreement-sign', type: 'refused-change', reason: `id ${id}: same-person` })
})

test('an agreement of others is as unknown as none: not read, signed, amended or ended', async () => {
  const id = await signed()
  const stranger = await world.person(bodo, ['Berit', 'Bodo'], 'owner')
  for (const reply of [
    await world.ask(stranger, contract.agreement, { id }),
    await world.ask(stranger, contract.signAgreement, { id, body }),
    await world.ask(stranger, contract.amendAgreement, { id, body: { purposes: ['BTG'], reason: REASON } }),
    await world.ask(stranger, contract.endAgreement, { id, body }),
    await world.ask(stranger, contract.agreement, { id: 'nothing' }),
  ])
    assert.deepEqual([reply.status, ruleOf(reply)], [404, 'agreement-unknown'])
  assert.doesNotMatch(JSON.stringify(await world.answer(stranger, contract.agreements)), new RegExp(id))
  assert.equal(ruleOf(await world.ask(stranger, contract.proposeAgreement, { body: proposal() })), 'not-a-party')
  await world.answer(world.owner, contract.endAgreement, { id, body })
})

test('joining a standard agreement is one act, countersigned by who published it; who published does not join for another', async () => {
  const { kernel, sql } = world.api
  const acts = { sql, ids: kernel.ids, clock: kernel.clock, services: [...kernel.services.values()], changes: async () => undefined }
  const publisher = { ...world.osloOwner, person: world.osloOwner.key, name: 'Ola Oslo', organization: oslo, client: 'test' } as never
  const terms = {
    title: 'Felles',
    services: ['measurements'],
    purposes: ['TREAT'],
    sensitiveCodes: [],
    legalBasis: '§ 19',
    validUntil: null,
  }
  const published = await publishStandard(acts, publisher, { ...terms, id: 'common', group: 'common', groupName: 'Felles' })
  assert.ok(!('problem' in published), JSON.stringify(published))
  const common = { id: 'common', body }
  await world.answer(world.officer, contract.joinStandard, common)
  const [row] = await world.newRows()
  assert.deepEqual([row?.event, row?.name, row?.reason?.includes(REASON)], ['standard-agreement-joined', 'Pia Privacy', true])
  const [first] = await world.answer(world.reader, contract.standardAgreements)
  assert.deepEqual(
    [first?.id, first?.publisher.name, first?.signedBy, first?.joined, first?.joinedVersion],
    ['common', 'oslo', 'Ola Oslo', 1, 1],
  )
  assert.equal((await cell(world.reader, 'weOpen', 'common'))?.status, 'open')
  assert.equal(ruleOf(await world.ask(world.osloOwner, contract.joinStandard, common)), 'same-person')
  await world.answer(world.owner, contract.leaveStandard, common)
})

test('a vendor that is switched off is refused on its next call, for that organisation alone, until it is switched on', async () => {
  const ehr = (organization: string) => system(organization, { supplier: vendor, multiTenant: true, client: 'vendor-ehr' })
  const patient = await world.api.person(90)
  const write = async (organization: string) => await world.api.as(ehr(organization)).post('/fhir/measurements/Observation', pulse(patient))
  assert.equal((await write(bergen)).status, 201)
  const given = { number: vendor, body }
  assert.equal((await world.answer(world.owner, contract.withdrawDelegation, given)).standing, 'off')
  assert.equal(ruleOf(await world.ask(world.owner, contract.withdrawDelegation, given)), 'withdrawn-already')
  const refused = await write(bergen)
  assert.deepEqual([refused.status, ruleOf(refused)], [403, 'delegation-withdrawn'])
  assert.equal((await write(oslo)).status, 201)
  const row = (await world.answer(world.reader, contract.vendors)).find(({ number }) => number === vendor)
  assert.deepEqual(
    [row?.name, row?.delegation, row?.answered, row?.refused, row?.withdrawnBy, row?.reason],
    ['vendor', 'off', 1, 1, 'Olga Owner', REASON],
  )
  // On the same day, the list of refusals shows which vendor makes the mistake.
  const refusals = await world.answer(world.reader, contract.refusals)
  const found = refusals.rows.find(({ problem }) => problem === 'delegation-withdrawn')
  assert.deepEqual(
    [found?.day, found?.client, found?.vendor, found?.service, found?.requests, found?.openings, found?.unseen],
    ['2026-01-15', 'vendor-ehr', { number: vendor, name: 'vendor' }, 'measurements', 1, 0, []],
  )
  assert.ok(!(await world.answer(world.osloOwner, contract.refusals)).rows.some(({ client }) => client === 'vendor-ehr'))
  assert.equal((await world.answer(world.owner, contract.restoreDelegation, given)).standing, 'on')
  assert.ok([200, 201].includes((await write(bergen)).status))
})

test('calls that were refused before the log could have a row of them are counted for the organisation and for the vendor', async () => {
  const { kernel } = world.api
  for (let at = 0; at < 3; at++)
    kernel.refusedCalls.count('invalid-token', { client: 'vendor-late', organization: bergen, supplier: vendor })
  kernel.refusedCalls.count('busy', undefined)
  const { rows } = await world.answer(world.reader, contract.refusals)
  const found = rows.filter(({ client }) => client === 'vendor-late')
  assert.deepEqual(
    found.map(({ day, problem, vendor: by, service, requests }) => [day, problem, by?.number, service, requests]),
    [['2026-01-15', 'invalid-token', vendor, null, 3]],
  )
  assert.ok(!(await world.answer(world.osloOwner, contract.refusals)).rows.some(({ client }) => client === 'vendor-late'))
  const [listed] = (await world.answer(world.reader, contract.vendors)).filter(({ number }) => number === vendor)
  const byReason = rows.reduce((sum, row) => sum + (row.vendor?.number === vendor ? row.requests : 0), 0)
  assert.deepEqual([listed?.refused, byReason >= 3], [byReason, true])

  const ask = async (more: Parameters<typeof system>[1]) => await world.get(system(bergen, more), '/fhir/$refused-calls')
  const own = await ask({ client: 'vendor-late', supplier: vendor, multiTenant: true })
  assert.deepEqual(
    (own.body as ParametersResource).parameter?.map(({ part }) => part?.slice(0, 4).map((each) => Object.values(each)[1])),
    [['2026-01-15', 'invalid-token', bergen, 3]],
  )
  assert.deepEqual(((await ask({ client: 'vendor-other', supplier: vendor, multiTenant: true })).body as ParametersResource).parameter, [])
  assert.equal(ruleOf(await world.get(nurse(bergen), '/fhir/$refused-calls')), 'access-denied')
})

test('the vendor that carries the request is not switched off by it', async () => {
  const caller = controller(bergen, world.owner.number, 'Olga Owner', { supplier: vendor, multiTenant: true })
  const reply = await world.ask(caller, contract.withdrawDelegation, { number: vendor, body })
  assert.equal(ruleOf(reply), 'carries-this-request')
})

test('telephones of own units are listed and changed; those of others are not found', async () => {
  const { sql } = world.api
  await sql`
    insert into organization (number, name, type, part_of)
    values ('900000031', 'Legevakt', 'municipality', ${bergen}), ('900000032', 'Oslo unit', 'municipality', ${oslo})`
  for (const [organization, value] of [
    ['900000031', 'a'],
    ['900000032', 'b'],
  ])
    await sql`
      insert into organization_unit (organization, system, value, name, phone, valid_from)
      values (${organization ?? ''}, 'urn:x', ${value ?? ''}, 'Mottak', '+47 50 00 00 01', '2025-01-01')`
  const unit = { organization: '900000031', system: 'urn:x', value: 'a', phone: '+47 50 00 00 02', reason: REASON }
  const change = async (more: Partial<typeof unit> = {}) =>
    await world.ask(world.owner, contract.changePhone, { body: { ...unit, ...more } })
  assert.equal((await change()).status, 200)
  const [row] = await world.newRows()
  assert.deepEqual([row?.event, row?.reason], ['phone-changed', `Mottak, +47 50 00 00 01 to +47 50 00 00 02: ${REASON}`])
  const { items } = await world.answer(world.reader, contract.units)
  assert.deepEqual(
    items.map(({ name, phone }) => [name, phone]),
    [
      ['bergen', null],
      ['Legevakt', null],
      ['Mottak', '+47 50 00 00 02'],
    ],
  )
  assert.equal(ruleOf(await change()), 'nothing-changed')
  for (const phone of ['call me', '12', '+47 '.repeat(5), world.stranger.number])
    assert.equal(ruleOf(await change({ phone })), 'phone-invalid', phone)
  assert.equal((await change({ organization: '900000032', value: 'b' })).status, 404)
  assert.equal((await change({ organization: oslo, system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: oslo })).status, 404)
})

test('look-ups of our records are counted by receiver and purpose, emergency access is listed, and adoption comes with use', async () => {
  const { api } = world
  const patient = await api.person(91)
  await api.sql`update person set given_name = 'Per', family_name = 'Pasient' where patient = ${patient.key}`
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(patient))
  await api.sql`update sharing_agreement set ended = now(), ended_by = 'x' where ended is null and controller = ${bergen}`
  await api.agreement({ controller: bergen, receiver: oslo, purposes: ['TREAT', 'BTG'] })
  await api.agreement({ controller: bergen, receiver: bodo })
  await api.agreement({ controller: oslo, receiver: bergen })
  const look = async (purpose: string, visit = 'visit-1') => {
    const { attestation, attestationHeader } = await import('../testing/api.ts')
    const who = nurse(oslo)
    const header = attestationHeader(
      changed(attestation(who, patient.number, purpose, 'Bevisstløs ved ankomst', api.kernel.clock()), {
        'care_relationship.decision_ref.id': visit,
      }),
    )
    const form = { 'patient.identifier': `${patient.identifier.system}|${patient.number}` }
    const reply = await api.as(who).search('Observation', form, { attestation: header })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return String(reply.headers['x-event-id'])
  }
  await look('TREAT')
  await look('TREAT', 'visit-2')
  const eventId = await look('BTG')
  await look('BTG')

  const use = await world.answer(world.reader, contract.use, { query: { by: 'week', service: 'measurements' } })
  assert.deepEqual(
    use.rows.map((one) => [one.period, one.receiver?.number, one.purpose, one.lookUps, one.requests, one.patients]),
    [
      ['2026-01-12', oslo, 'BTG', 1, 2, 1],
      ['2026-01-12', oslo, 'TREAT', 2, 2, 1],
    ],
  )
  assert.deepEqual(use.totals, [{ period: '2026-01-12', lookUps: 3, requests: 4, patients: 1 }])
  assert.deepEqual((await world.answer(world.osloOwner, contract.use)).rows, [])
  const before = { query: { from: '2026-01-01', until: '2026-01-15' } }
  assert.deepEqual((await world.answer(world.reader, contract.use, before)).rows, [])

  const adoptionOf = async (number: string) => {
    const { rows } = await world.answer(world.reader, contract.adoption)
    const row = rows.find(({ counts, organization }) => counts === 'of-our-records' && organization.number === number)
    return [row?.weeks, row?.hardlyUsed]
  }
  assert.deepEqual(await adoptionOf(oslo), [[0, 0, 0, 3], true])
  assert.deepEqual(await adoptionOf(bodo), [[0, 0, 0, 0], true])
  // More requests of one opening are no more use.
  await look('TREAT')
  assert.deepEqual(await adoptionOf(oslo), [[0, 0, 0, 3], true])
  await look('TREAT', 'visit-3')
  assert.deepEqual(await adoptionOf(oslo), [[0, 0, 0, 4], false])

  await world.newRows()
  await world.answer(world.reader, contract.followUps)
  assert.deepEqual(
    (await world.newRows()).map((row) => [row.event, row.name, row.patient]),
    [['follow-ups-read', 'Rune Reader', '0']],
  )
  const listed = await world.answer(world.officer, contract.followUps)
  // Who names the patient has looked at something about the patient.
  assert.deepEqual(
    (await world.newRows()).map((row) => [row.event, row.name, row.patient]),
    [['follow-ups-read', 'Pia Privacy', patient.key]],
  )
  assert.deepEqual(
    listed.items.map((one) => [one.eventId, one.name, one.reason, one.patient, one.opened.map((of) => [of.service, of.requests])]),
    [[eventId, 'Nora Nurse', 'Bevisstløs ved ankomst', { name: 'Per Pasient', birthDate: '1950-05-17' }, [['measurements', 2]]]],
  )
  const withoutNames = await world.answer(world.reader, contract.followUps)
  assert.deepEqual(
    withoutNames.items.map(({ patient: told }) => told),
    [undefined],
  )
  assert.doesNotMatch(JSON.stringify(withoutNames), /Pasient/)
  assert.doesNotMatch(JSON.stringify(listed), new RegExp(patient.number))

  const closing = { id: eventId, body: { finding: 'justified' as const, reason: 'Ambulansen bekrefter det' } }
  const misnamed = await world.post(world.officer, `/control/follow-ups/${eventId}/close`, { ...closing.body, finding: 'fine' })
  assert.deepEqual([misnamed.status, placesOf(misnamed)], [400, ['finding']])
  assert.match(issuesOf(misnamed)[0]?.details?.text ?? '', /justified, not-justified, reported/)
  const stranger = await world.person(bodo, ['Berit', 'Bodo'], 'privacy-officer')
  const foreign = await world.ask(stranger, contract.closeFollowUp, closing)
  assert.deepEqual([foreign.status, ruleOf(foreign)], [404, 'not-found'])
  await world.newRows()
  assert.equal((await world.answer(world.officer, contract.closeFollowUp, closing)).standing, 'justified')
  assert.deepEqual(
    (await world.newRows()).map(({ event, reason }) => [event, reason]),
    [['follow-up-closed', `${eventId}: justified`]],
  )
  assert.equal(ruleOf(await world.ask(world.owner, contract.closeFollowUp, closing)), 'closed-already')
  assert.equal((await world.answer(world.osloOwner, contract.followUps)).items.length, 1)
  const [closed] = (await world.answer(world.reader, contract.followUps, { query: { status: 'closed' } })).items
  assert.deepEqual([closed?.finding, closed?.closedBy, closed?.note], ['justified', 'Pia Privacy', 'Ambulansen bekrefter det'])
})

test('a misuse case is shown in full to the roles that judge it, without the patient to a reader, and not at all to others', async () => {
  const patient = await world.api.person(92)
  await world.api.sql`update person set given_name = 'Kjell', family_name = 'Kjendis' where patient = ${patient.key}`
  const record = '4711' as RecordId
  await world.api.sql`
    insert into misuse_case (patient, id, rule, organization, actor_name, actor_person, first_at, last_at, events, facts, opened)
    values (${patient.key}, ${record}, 'same-family-name', ${bergen}, 'Olga Owner', ${world.owner.key}, '2026-01-14', '2026-01-14', '{}',
      '{"family-name": "Kjendis", "bearers": 3}', '2026-01-15')`
  const id = logicalId(patient.key, record)
  const [full] = (await world.answer(world.officer, contract.misuseCases)).items
  assert.deepEqual([full?.id, full?.patient?.name], [id, 'Kjell Kjendis'])
  assert.match(full?.why?.nb ?? '', /Kjendis/)
  for (const told of [
    await world.answer(world.reader, contract.misuseCases),
    await world.answer(world.reader, contract.misuseCase, { id }),
  ])
    assert.doesNotMatch(JSON.stringify(told), /Kjendis|Kjell/)
  assert.equal((await world.ask(world.osloOwner, contract.misuseCase, { id })).status, 404)
  const judged = { id, body: { finding: 'no-breach' as const, reason: 'Har forklart hvorfor' } }
  assert.equal((await world.ask(world.osloOwner, contract.closeMisuseCase, judged)).status, 404)
  assert.equal(ruleOf(await world.ask(world.owner, contract.closeMisuseCase, judged)), 'same-person')
  await world.newRows()
  await world.answer(world.officer, contract.closeMisuseCase, judged)
  assert.deepEqual(
    (await world.newRows()).map(({ event }) => event),
    ['misuse-case-closed'],
  )
})

test('a patient is answered once, by another person than the one who looked; a reader sees neither the words nor the patient', async () => {
  const patient = await world.api.person(93)
  const { sql } = world.api
  await sql`update person set given_name = 'Sporre', family_name = 'Undrende' where patient = ${patient.key}`
  const looked = await world.person(bergen, ['Lise', 'Looked'], 'owner')
  const form = { 'patient.identifier': `${patient.identifier.system}|${patient.number}` }
  await world.api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(patient))
  const seen = await world.api.as(nurse(bergen, { pid: looked.number, name: 'Lise Looked' })).search('Observation', form)
  assert.equal(seen.status, 200, JSON.stringify(seen.body))
  const eventId = String(seen.headers['x-event-id'])
  await sql`
    insert into patient_question (patient, id, log_segment, log_seq, event_id, controller, question, asked, asked_by, asked_as)
    select patient, 77, segment, seq, event_id, ${bergen}, 'Hvorfor så Undrende-familien på dette?', now(), patient, 'self'
    from access_log where event_id = ${eventId}`
  const id = logicalId(patient.key, '77' as RecordId)
  const [full] = (await world.answer(world.officer, contract.questions)).items
  assert.deepEqual(
    [full?.id, full?.patient?.name, full?.name, full?.eventId, full?.question],
    [id, 'Sporre Undrende', 'Lise Looked', eventId, 'Hvorfor så Undrende-familien på dette?'],
  )
  const little = await world.answer(world.reader, contract.questions)
  assert.equal(little.items[0]?.id, id)
  assert.doesNotMatch(JSON.stringify(little), /Undrende/)
  assert.deepEqual((await world.answer(world.osloOwner, contract.questions)).items, [])
  const answer = { answer: 'Hun hadde vakt og målte pulsen din.', role: 'personvernombud' }
  const answering = async (who: Parameters<typeof world.ask>[0], more: Partial<typeof answer> = {}) =>
    await world.ask(who, contract.answerQuestion, { id, body: { ...answer, ...more } })
  assert.equal((await answering(world.osloOwner)).status, 404)
  assert.equal(ruleOf(await answering(looked)), 'same-person')
  assert.equal(ruleOf(await answering(world.officer, { answer: 'Kort' })), 'answer-invalid')
  await world.newRows()
  const answered = await answering(world.officer)
  assert.deepEqual([answered.status, answered.body], [200, { id, standing: 'answered' }])
  assert.deepEqual(
    (await world.newRows()).map(({ event, eventId: row }) => [event, row]),
    [['question-answered', answered.headers['x-event-id']]],
  )
  assert.equal(ruleOf(await answering(world.owner)), 'answered-already')
})

test('a message of ours is listed, read and discarded, each with one row; that of another organisation is as unknown as none', async () => {
  const { kernel, sql } = world.api
  const message = {
    id: kernel.ids.uuid(),
    service: 'measurements',
    adapter: 'none',
    controller: bergen,
    received: kernel.clock(),
    reason: 'person-unknown',
    detail: 'Nobody has that number.',
    label: 'R-1',
    mediaType: 'application/xml',
    content: Buffer.from(`<Patient>${world.stranger.number}</Patient>`),
  }
  await keepMessage(sql, message)
  const { id } = message
  assert.deepEqual(
    (await world.answer(world.reader, contract.messages)).items.map((one) => [one.id, one.label]),
    [[id, 'R-1']],
  )
  assert.deepEqual((await world.answer(world.osloOwner, contract.messages)).items, [])
  for (const row of [contract.readMessage, contract.discardMessage])
    assert.equal(ruleOf(await world.ask(world.osloOwner, row, { id, body })), 'message-unknown')
  await world.newRows()
  const read = await world.ask(world.officer, contract.readMessage, { id, body })
  const { text } = z.parse(contract.readMessage.answer, read.body)
  assert.match(text, /<Patient>/)
  assert.doesNotMatch(text, /\d{11}/)
  const discarded = await world.ask(world.officer, contract.discardMessage, { id, body })
  assert.equal(discarded.status, 200, JSON.stringify(discarded.body))
  const rows = await world.newRows()
  assert.deepEqual(
    rows.map(({ event, eventId, reason }) => [event, eventId, reason?.includes(REASON)]),
    [
      ['message-read', read.headers['x-event-id'], true],
      ['message-discarded', discarded.headers['x-event-id'], true],
    ],
  )
})

const periods: [query: string, status: number][] = [
  ['from=2025-10-16&until=2026-01-16', 200],
  ['from=2025-10-15&until=2026-01-16', 400],
  ['from=2026-01-15&until=2026-01-15', 400],
  ['from=2026-01-15&until=2026-01-16', 200],
  ['from=2026-02-30', 400],
  ['from=yesterday', 400],
  ['by=month', 400],
  ['service=nothing', 400],
]
for (const [query, status] of periods) {
  test(`figures of ${query}: ${status}`, async () => {
    assert.equal((await world.get(world.reader, `/control/use?${query}`)).status, status)
  })
}

test('counterparts are found by a part of the name or a number, and signs of a pattern are letters', async () => {
  const names = async (name: string) =>
    (await world.answer(world.owner, contract.counterparts, { query: { name } })).map(({ name: found }) => found)
  assert.deepEqual(await names('OSL'), ['oslo'])
  assert.deepEqual(await names(oslo), ['oslo'])
  assert.deepEqual(await names('%%'), [])
})
