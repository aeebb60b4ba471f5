/** What a data controller sees and changes, on a real database through the routes; and what another organisation never gets. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { publishStandard } from '../areas/agreements/standard-publish.ts'
import { keepMessage } from '../fhir/messages/unattached-messages.ts'
import { logicalId, type RecordId } from '../store/ids.ts'
import { type Loose, nurse, pulse, system } from '../testing/api.ts'
import { bergen, bodo, controller, oslo, REASON, ruleOf, type Scene, scene, vendor } from '../testing/control-scene.ts'

let world: Scene
before(async () => {
  world = await scene()
})
after(async () => await world.close())
beforeEach(async () => {
  world.pass(1000)
  await world.newRows()
})

const proposal = (more: Record<string, unknown> = {}) => ({
  controller: bergen,
  receiver: oslo,
  service: 'measurements',
  purposes: ['TREAT'],
  legalBasis: 'pasientjournalloven § 19',
  reason: REASON,
  ...more,
})

/** Proposed by Bergen; signed by Olga of Bergen and Ola of Oslo. */
async function signed(more: Record<string, unknown> = {}): Promise<string> {
  const made = await world.post(world.owner, '/control/agreements', proposal(more))
  assert.equal(made.status, 200, JSON.stringify(made.body))
  for (const who of [world.owner, world.osloOwner]) {
    const reply = await world.post(who, `/control/agreements/${made.body.id}/sign`, { reason: REASON })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
  }
  return made.body.id
}

async function cell(who = world.reader, direction: 'weOpen' | 'openToUs' = 'weOpen', other: string = oslo): Promise<Loose> {
  const { body } = await world.get(who, '/control/agreements')
  return body[direction].find(({ counterpart }: Loose) => counterpart.id === other)
}

test('an agreement from proposal to end, seen from both sides, each step one row with its reason', async () => {
  const made = await world.post(world.owner, '/control/agreements', proposal())
  const { id } = made.body
  assert.equal((await cell()).status, 'pending')
  const path = `/control/agreements/${id}`
  await world.post(world.owner, `${path}/sign`, { reason: REASON })
  assert.equal((await cell()).status, 'pending')
  assert.equal((await world.post(world.osloOwner, `${path}/sign`, { reason: REASON })).body.standing, 'in-force')
  assert.equal((await cell()).status, 'open')
  assert.equal((await cell(world.osloOwner, 'openToUs', bergen)).status, 'open')

  const closure = { service: 'measurements', receiver: oslo, reason: REASON }
  assert.equal((await world.post(world.owner, '/control/closures', closure)).status, 200)
  const closed = await cell()
  assert.deepEqual([closed.status, closed.closures[0].receiver.number, closed.closures[0].reason], ['closed', oslo, REASON])
  assert.equal((await cell(world.osloOwner, 'openToUs', bergen)).status, 'closed')
  assert.equal((await world.post(world.owner, '/control/closures/reopen', closure)).status, 200)
  assert.equal((await cell()).status, 'open')

  const { body: agreement } = await world.get(world.reader, path)
  assert.deepEqual(
    [agreement.side, agreement.receiver.name, agreement.versions[0].signedByController, agreement.versions[0].signedByReceiver],
    ['controller', 'oslo', 'Olga Owner', 'Ola Oslo'],
  )
  assert.equal((await world.post(world.osloOwner, `${path}/end`, { reason: REASON })).body.standing, 'ended')
  assert.equal((await cell()).status, 'ended')

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
  const made = await world.post(world.owner, '/control/agreements', proposal({ receiver: bodo }))
  const path = `/control/agreements/${made.body.id}/sign`
  assert.equal((await world.post(world.owner, path, { reason: REASON })).status, 200)
  assert.equal(ruleOf(await world.post(world.second, path, { reason: REASON })), 'already-signed')
  await world.api.sql`
    insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
    values (gen_random_uuid(), ${bodo}, ${world.owner.key}, 'owner', '2025-01-01', 'Test', 'for the test')`
  await world.api.sql`update person set family_name = 'Married' where patient = ${world.owner.key}`
  const both = await world.post(controller(bodo, world.owner.number, 'Olga Married'), path, { reason: REASON })
  await world.api.sql`update person set family_name = 'Owner' where patient = ${world.owner.key}`
  assert.deepEqual([both.status, ruleOf(both)], [409, 'same-person'])
})

test('an agreement of others is as unknown as none: not read, signed, amended or ended', async () => {
  const id = await signed()
  const stranger = await world.person(bodo, ['Berit', 'Bodo'], 'owner')
  const path = `/control/agreements/${id}`
  for (const reply of [
    await world.get(stranger, path),
    await world.post(stranger, `${path}/sign`, { reason: REASON }),
    await world.post(stranger, `${path}/amend`, { purposes: ['BTG'], reason: REASON }),
    await world.post(stranger, `${path}/end`, { reason: REASON }),
    await world.get(stranger, '/control/agreements/nothing'),
  ])
    assert.deepEqual([reply.status, ruleOf(reply)], [404, 'agreement-unknown'])
  const { body } = await world.get(stranger, '/control/agreements')
  assert.doesNotMatch(JSON.stringify(body), new RegExp(id))
  const foreign = await world.post(stranger, '/control/agreements', proposal())
  assert.equal(ruleOf(foreign), 'not-a-party')
  await world.post(world.owner, `${path}/end`, { reason: REASON })
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
  const joined = await world.post(world.officer, '/control/standard-agreements/common/join', { reason: REASON })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  const [row] = await world.newRows()
  assert.deepEqual([row?.event, row?.name, row?.reason?.includes(REASON)], ['standard-agreement-joined', 'Pia Privacy', true])
  const { body } = await world.get(world.reader, '/control/standard-agreements')
  assert.deepEqual(
    [body[0].id, body[0].publisher.name, body[0].signedBy, body[0].joined, body[0].joinedVersion],
    ['common', 'oslo', 'Ola Oslo', 1, 1],
  )
  assert.equal((await cell(world.reader, 'weOpen', 'common')).status, 'open')
  assert.equal(ruleOf(await world.post(world.osloOwner, '/control/standard-agreements/common/join', { reason: REASON })), 'same-person')
  assert.equal((await world.post(world.owner, '/control/standard-agreements/common/leave', { reason: REASON })).status, 200)
})

test('a vendor that is switched off is refused on its next call, for that organisation alone, until it is switched on', async () => {
  const ehr = (organization: string) => system(organization, { supplier: vendor, multiTenant: true, client: 'vendor-ehr' })
  const patient = await world.api.person(90)
  const write = async (organization: string) => await world.api.as(ehr(organization)).post('/fhir/measurements/Observation', pulse(patient))
  assert.equal((await write(bergen)).status, 201)
  assert.equal((await world.post(world.owner, `/control/vendors/${vendor}/withdraw`, { reason: REASON })).body.standing, 'off')
  assert.equal(ruleOf(await world.post(world.owner, `/control/vendors/${vendor}/withdraw`, { reason: REASON })), 'withdrawn-already')
  const refused = await write(bergen)
  assert.deepEqual([refused.status, ruleOf(refused)], [403, 'delegation-withdrawn'])
  assert.equal((await write(oslo)).status, 201)
  const { body } = await world.get(world.reader, '/control/vendors')
  const row = body.find(({ number }: Loose) => number === vendor)
  assert.deepEqual(
    [row.name, row.delegation, row.answered, row.refused, row.withdrawnBy, row.reason],
    ['vendor', 'off', 1, 1, 'Olga Owner', REASON],
  )
  // The same day the refusals say whose mistake it is.
  const { body: refusals } = await world.get(world.reader, '/control/refusals')
  const found = refusals.rows.find(({ problem }: Loose) => problem === 'delegation-withdrawn')
  assert.deepEqual(
    [found.day, found.client, found.vendor, found.service, found.requests],
    ['2026-01-15', 'vendor-ehr', { number: vendor, name: 'vendor' }, 'measurements', 1],
  )
  assert.ok(!(await world.get(world.osloOwner, '/control/refusals')).body.rows.some(({ client }: Loose) => client === 'vendor-ehr'))
  assert.equal((await world.post(world.owner, `/control/vendors/${vendor}/restore`, { reason: REASON })).body.standing, 'on')
  assert.ok([200, 201].includes((await write(bergen)).status))
})

test('the vendor that carries the request is not switched off by it', async () => {
  const caller = controller(bergen, world.owner.number, 'Olga Owner', { supplier: vendor, multiTenant: true })
  const reply = await world.post(caller, `/control/vendors/${vendor}/withdraw`, { reason: REASON })
  assert.equal(ruleOf(reply), 'carries-this-request')
})

test('telephones of own units are listed and changed; those of others are not found', async () => {
  const { sql } = world.api
  await sql`insert into organization (number, name, type, part_of) values ('900000031', 'Legevakt', 'municipality', ${bergen}), ('900000032', 'Oslo unit', 'municipality', ${oslo})`
  for (const [organization, value] of [
    ['900000031', 'a'],
    ['900000032', 'b'],
  ])
    await sql`
      insert into organization_unit (organization, system, value, name, phone, valid_from)
      values (${organization ?? ''}, 'urn:x', ${value ?? ''}, 'Mottak', '+47 50 00 00 01', '2025-01-01')`
  const unit = { organization: '900000031', system: 'urn:x', value: 'a', phone: '+47 50 00 00 02', reason: REASON }
  assert.equal((await world.post(world.owner, '/control/units/phone', unit)).status, 200)
  const [row] = await world.newRows()
  assert.deepEqual([row?.event, row?.reason], ['phone-changed', `Mottak, +47 50 00 00 01 to +47 50 00 00 02: ${REASON}`])
  const { body } = await world.get(world.reader, '/control/units')
  assert.deepEqual(
    body.items.map(({ name, phone }: Loose) => [name, phone]),
    [
      ['bergen', null],
      ['Legevakt', null],
      ['Mottak', '+47 50 00 00 02'],
    ],
  )
  assert.equal(ruleOf(await world.post(world.owner, '/control/units/phone', unit)), 'nothing-changed')
  for (const phone of ['call me', '12', '+47 '.repeat(5), world.stranger.number])
    assert.equal(ruleOf(await world.post(world.owner, '/control/units/phone', { ...unit, phone })), 'phone-invalid', phone)
  const foreign = { ...unit, organization: '900000032', value: 'b' }
  assert.equal((await world.post(world.owner, '/control/units/phone', foreign)).status, 404)
  const foreignOrganization = { ...unit, organization: oslo, system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: oslo }
  assert.equal((await world.post(world.owner, '/control/units/phone', foreignOrganization)).status, 404)
})

test('look-ups of our records are counted by receiver and purpose, emergency access lands in the list, and use stands beside adoption', async () => {
  const { api } = world
  const patient = await api.person(91)
  await api.sql`update person set given_name = 'Per', family_name = 'Pasient' where patient = ${patient.key}`
  await api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(patient))
  await api.sql`update sharing_agreement set ended = now(), ended_by = 'x' where ended is null and controller = ${bergen}`
  await api.agreement({ controller: bergen, receiver: oslo, purposes: ['TREAT', 'BTG'] })
  await api.agreement({ controller: bergen, receiver: bodo })
  await api.agreement({ controller: oslo, receiver: bergen })
  const look = async (purpose: string) => {
    const { attestation, attestationHeader } = await import('../testing/api.ts')
    const who = nurse(oslo)
    const header = attestationHeader(attestation(who, patient.number, purpose, 'Bevisstløs ved ankomst', api.kernel.clock()))
    const form = { 'patient.identifier': `${patient.identifier.system}|${patient.number}` }
    const reply = await api.as(who).search('Observation', form, { attestation: header })
    assert.equal(reply.status, 200, JSON.stringify(reply.body))
    return String(reply.headers['x-event-id'])
  }
  await look('TREAT')
  await look('TREAT')
  const eventId = await look('BTG')

  const { body: use } = await world.get(world.reader, '/control/use?by=week&service=measurements')
  assert.deepEqual(
    use.rows.map(({ period, receiver, purpose, lookUps, patients }: Loose) => [period, receiver.number, purpose, lookUps, patients]),
    [
      ['2026-01-12', oslo, 'BTG', 1, 1],
      ['2026-01-12', oslo, 'TREAT', 2, 1],
    ],
  )
  assert.deepEqual((await world.get(world.osloOwner, '/control/use')).body.rows, [])
  assert.deepEqual((await world.get(world.reader, '/control/use?from=2026-01-01&until=2026-01-15')).body.rows, [])

  const { body: adoption } = await world.get(world.reader, '/control/adoption')
  const rowOf = (counts: string, number: string) =>
    adoption.rows.find((row: Loose) => row.counts === counts && row.organization.number === number)
  assert.deepEqual([rowOf('of-our-records', oslo).weeks, rowOf('of-our-records', oslo).hardlyUsed], [[0, 0, 0, 3], true])
  assert.deepEqual([rowOf('of-our-records', bodo).weeks, rowOf('of-our-records', bodo).hardlyUsed], [[0, 0, 0, 0], true])
  await look('TREAT')
  const { body: later } = await world.get(world.reader, '/control/adoption')
  const oftener = later.rows.find((row: Loose) => row.counts === 'of-our-records' && row.organization.number === oslo)
  assert.deepEqual([oftener.weeks, oftener.hardlyUsed], [[0, 0, 0, 4], false])

  const listed = await world.get(world.officer, '/control/follow-ups')
  assert.deepEqual(
    listed.body.items.map((one: Loose) => [one.eventId, one.name, one.reason, one.patient]),
    [[eventId, 'Nora Nurse', 'Bevisstløs ved ankomst', { name: 'Per Pasient', birthDate: '1950-05-17' }]],
  )
  const withoutNames = await world.get(world.reader, '/control/follow-ups')
  assert.deepEqual(
    withoutNames.body.items.map((one: Loose) => one.patient),
    [undefined],
  )
  assert.doesNotMatch(JSON.stringify(withoutNames.body), /Pasient/)
  assert.doesNotMatch(JSON.stringify(listed.body), new RegExp(patient.number))

  const closing = { finding: 'justified', reason: 'Ambulansen bekrefter det' }
  const stranger = await world.person(bodo, ['Berit', 'Bodo'], 'privacy-officer')
  const foreign = await world.post(stranger, `/control/follow-ups/${eventId}/close`, closing)
  assert.deepEqual([foreign.status, ruleOf(foreign)], [404, 'not-found'])
  await world.newRows()
  assert.equal((await world.post(world.officer, `/control/follow-ups/${eventId}/close`, closing)).body.standing, 'justified')
  assert.deepEqual(
    (await world.newRows()).map(({ event, reason }) => [event, reason]),
    [['follow-up-closed', `${eventId}: justified`]],
  )
  assert.equal(ruleOf(await world.post(world.owner, `/control/follow-ups/${eventId}/close`, closing)), 'closed-already')
  assert.equal((await world.get(world.osloOwner, '/control/follow-ups')).body.items.length, 1)
  const [closed] = (await world.get(world.reader, '/control/follow-ups?status=closed')).body.items
  assert.deepEqual([closed.finding, closed.closedBy, closed.note], ['justified', 'Pia Privacy', 'Ambulansen bekrefter det'])
})

test('a case of misuse is told in full to whoever judges it, without whom it is about to a reader, and not at all to others', async () => {
  const patient = await world.api.person(92)
  await world.api.sql`update person set given_name = 'Kjell', family_name = 'Kjendis' where patient = ${patient.key}`
  const record = '4711' as RecordId
  await world.api.sql`
    insert into misuse_case (patient, id, rule, organization, actor_name, actor_person, first_at, last_at, events, facts, opened)
    values (${patient.key}, ${record}, 'same-family-name', ${bergen}, 'Olga Owner', ${world.owner.key}, '2026-01-14', '2026-01-14', '{}',
      '{"family-name": "Kjendis", "bearers": 3}', '2026-01-15')`
  const id = logicalId(patient.key, record)
  const [full] = (await world.get(world.officer, '/control/misuse-cases')).body.items
  assert.deepEqual([full.id, full.patient.name], [id, 'Kjell Kjendis'])
  assert.match(full.why.nb, /Kjendis/)
  for (const path of ['/control/misuse-cases', `/control/misuse-cases/${id}`]) {
    const reply = await world.get(world.reader, path)
    assert.equal(reply.status, 200)
    assert.doesNotMatch(JSON.stringify(reply.body), /Kjendis|Kjell/)
  }
  assert.equal((await world.get(world.osloOwner, `/control/misuse-cases/${id}`)).status, 404)
  const judged = { finding: 'no-breach', reason: 'Har forklart hvorfor' }
  assert.equal((await world.post(world.osloOwner, `/control/misuse-cases/${id}/close`, judged)).status, 404)
  assert.equal(ruleOf(await world.post(world.owner, `/control/misuse-cases/${id}/close`, judged)), 'same-person')
  await world.newRows()
  assert.equal((await world.post(world.officer, `/control/misuse-cases/${id}/close`, judged)).status, 200)
  assert.deepEqual(
    (await world.newRows()).map(({ event }) => event),
    ['misuse-case-closed'],
  )
})

test('a patient is answered once, by another than who looked; a reader is told neither the words nor whose they are', async () => {
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
  const [full] = (await world.get(world.officer, '/control/questions')).body.items
  assert.deepEqual(
    [full.id, full.patient.name, full.name, full.eventId, full.question],
    [id, 'Sporre Undrende', 'Lise Looked', eventId, 'Hvorfor så Undrende-familien på dette?'],
  )
  const little = await world.get(world.reader, '/control/questions')
  assert.equal(little.body.items[0].id, id)
  assert.doesNotMatch(JSON.stringify(little.body), /Undrende/)
  assert.deepEqual((await world.get(world.osloOwner, '/control/questions')).body.items, [])
  const answer = { answer: 'Hun hadde vakt og målte pulsen din.', role: 'personvernombud' }
  const path = `/control/questions/${id}/answer`
  assert.equal((await world.post(world.osloOwner, path, answer)).status, 404)
  assert.equal(ruleOf(await world.post(looked, path, answer)), 'same-person')
  assert.equal(ruleOf(await world.post(world.officer, path, { ...answer, answer: 'Kort' })), 'answer-invalid')
  await world.newRows()
  const answered = await world.post(world.officer, path, answer)
  assert.deepEqual([answered.status, answered.body.standing], [200, 'answered'])
  assert.deepEqual(
    (await world.newRows()).map(({ event, eventId: row }) => [event, row]),
    [['question-answered', answered.headers['x-event-id']]],
  )
  assert.equal(ruleOf(await world.post(world.owner, path, answer)), 'answered-already')
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
  const listed = await world.get(world.reader, '/control/messages')
  assert.deepEqual(
    listed.body.items.map(({ id, label }: Loose) => [id, label]),
    [[message.id, 'R-1']],
  )
  assert.deepEqual((await world.get(world.osloOwner, '/control/messages')).body.items, [])
  for (const action of ['read', 'discard'])
    assert.equal(
      ruleOf(await world.post(world.osloOwner, `/control/messages/${message.id}/${action}`, { reason: REASON })),
      'message-unknown',
    )
  await world.newRows()
  const read = await world.post(world.officer, `/control/messages/${message.id}/read`, { reason: REASON })
  assert.match(read.body.text, /<Patient>/)
  assert.doesNotMatch(read.body.text, /\d{11}/)
  const discarded = await world.post(world.officer, `/control/messages/${message.id}/discard`, { reason: REASON })
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
    (await world.get(world.owner, `/control/counterparts?name=${name}`)).body.map(({ name: found }: Loose) => found)
  assert.deepEqual(await names('OSL'), ['oslo'])
  assert.deepEqual(await names(oslo), ['oslo'])
  assert.deepEqual(await names('%25%25'), [])
})
