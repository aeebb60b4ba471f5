/** Every row of the contract at a running server: the right answer for the right role, and the right refusal for all others. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publishStandard } from '../areas/agreements/standard-publish.ts'
import { keepMessage } from '../fhir/messages/unattached-messages.ts'
import type { Adapter, InformationService } from '../fhir/service.ts'
import type { Caller } from '../identity/caller.ts'
import { logicalId, type RecordId } from '../store/ids.ts'
import { asResource } from '../testing/answers.ts'
import { attestation, attestationHeader, nurse, pulse, system } from '../testing/api.ts'
import { bergen, bodo, controller, elevenDigits, oslo, REASON, ruleOf, type Scene, type Somebody, scene } from '../testing/control-scene.ts'
import { measurements } from '../testing/measurements.ts'
import type { Given, Input } from '../wire/contract.ts'
import { type ControlContract, contract } from './contract.ts'
import { rolesWith } from './permissions.ts'

type Name = keyof ControlContract

/** A message in which the patient's number is missing. */
const reading: Adapter = {
  name: 'reading',
  summary: 'Readings of a test.',
  accepts: 'xml',
  convert: (body, { patient }) =>
    patient === undefined
      ? { kind: 'unattached', reason: 'no-identity-number', text: 'The reading names nobody.', label: '' }
      : {
          kind: 'record-set',
          patient,
          key: String(body),
          version: new Date('2026-01-10T08:00:00Z'),
          rank: 'a',
          entries: [{ fullUrl: 'urn:uuid:1', resource: asResource(pulse({ identifier: patient }), 'Observation') }],
          issues: [],
        },
}

let world: Scene
let foreigner: Somebody
before(async () => {
  world = await scene([{ ...measurements, adapters: [reading] } as InformationService])
  foreigner = await world.person(bodo, ['Berit', 'Bodo'], 'owner')
})
after(async () => await world.close())

let made = 0
/** Another number each time. */
const another = (from: number) => from + ++made
const body = { reason: REASON }

interface Request<R extends Name> {
  /** Makes what a correct request needs, and the request. */
  given(): Promise<Given<ControlContract[R]>>
  /** The refusal of an owner of another organisation; left out where that owner is answered about the own organisation. */
  elsewhere?: string
}

const terms = { service: 'measurements', purposes: ['TREAT'], legalBasis: 'pasientjournalloven § 19' }
const proposed = async () =>
  (await world.answer(world.owner, contract.proposeAgreement, { body: { controller: bergen, receiver: oslo, ...terms, ...body } })).id
const closedOut = async () => {
  const closing = { service: 'measurements', receiver: String(another(910000000)), ...body }
  await world.api.sql`insert into organization (number, name, type) values (${closing.receiver}, 'Kommune', 'municipality')`
  return closing
}
const standard = async () => {
  const { kernel, sql } = world.api
  const acts = { sql, ids: kernel.ids, clock: kernel.clock, services: [...kernel.services.values()], changes: async () => undefined }
  const publisher = { ...world.osloOwner, person: world.osloOwner.key, name: 'Ola Oslo', organization: oslo, client: 'test' } as never
  const id = `common-${another(0)}`
  const { service, ...more } = terms
  await publishStandard(acts, publisher, {
    ...more,
    title: 'Felles',
    services: [service],
    sensitiveCodes: [],
    validUntil: null,
    id,
    group: id,
    groupName: 'Felles',
  })
  return id
}
const patient = async () => {
  const somebody = await world.api.person(another(100))
  await world.api.sql`update person set given_name = 'Per', family_name = 'Pasient' where patient = ${somebody.key}`
  return somebody
}
let renewed = 0
async function lookedAt(purpose: string) {
  const who = nurse(oslo)
  const somebody = await patient()
  await world.api.as(system(bergen)).post('/fhir/measurements/Observation', pulse(somebody))
  await world.api.sql`
    update sharing_agreement set ended = '2025-01-01', ended_by = 'test'
    where service = 'measurements' and controller = ${bergen} and receiver = ${oslo} and ended is null`
  renewed += 1000
  const from = new Date(Date.UTC(2025, 0, 2) + renewed)
  await world.api.agreement({ controller: bergen, receiver: oslo, purposes: ['TREAT', 'BTG'], from })
  const header = attestationHeader(attestation(who, somebody.number, purpose, 'Bevisstløs ved ankomst', world.api.kernel.clock()))
  const reply = await world.api
    .as(who)
    .search('Observation', { 'patient.identifier': `${somebody.identifier.system}|${somebody.number}` }, { attestation: header })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return { key: somebody.key, eventId: String(reply.headers['x-event-id']) }
}
const toOpen = async () => {
  const receiver = String(another(930000000))
  await world.api.sql`insert into organization (number, name, type) values (${receiver}, 'Kommune', 'municipality')`
  return { service: 'measurements', receiver, ...body }
}
const toLift = async () => {
  const { number: identityNumber } = await patient()
  const hprNumber = String(another(7_000_000))
  await world.api.sql`insert into practitioner (hpr_number) values (${hprNumber})`
  const identifiedAt = new Date(world.api.kernel.clock().getTime() - 60_000).toISOString()
  return { identityNumber, hprNumber, identified: 'passport' as const, identifiedAt, ...body }
}
/** Asked for by a person who confirms nothing in these tests. */
const lift = async () => {
  const asking = await world.person(bergen, ['Aud', 'Asks'])
  await world.api.sql`
    insert into controller_role (id, organization, person, role, valid_from, granted_by, reason)
    values (${world.api.kernel.ids.uuid()}, ${bergen}, ${asking.key}, 'privacy-officer', '2020-01-01', 'Kari', 'test')`
  return (await world.answer(asking, contract.askBlockLift, { body: await toLift() })).id
}
const misuseCase = async () => {
  const { key } = await patient()
  const id = String(another(4700)) as RecordId
  await world.api.sql`
    insert into misuse_case (patient, id, rule, organization, actor_name, first_at, last_at, events, facts, opened)
    values (${key}, ${id}, 'same-family-name', ${bergen}, 'Nora Nurse', '2026-01-14', '2026-01-14', '{}',
      '{"family-name": "Pasient", "bearers": 3}', '2026-01-15')`
  return logicalId(key, id)
}
const question = async () => {
  const { key, eventId } = await lookedAt('TREAT')
  const id = String(another(70)) as RecordId
  await world.api.sql`
    insert into patient_question (patient, id, log_segment, log_seq, event_id, controller, question, asked, asked_by, asked_as)
    select patient, ${id}, segment, seq, event_id, ${bergen}, 'Hvorfor?', now(), patient, 'self'
    from access_log where event_id = ${eventId}`
  return logicalId(key, id)
}
const message = async () => {
  const { kernel, sql } = world.api
  const id = kernel.ids.uuid()
  const more = { service: 'measurements', adapter: 'reading', controller: bergen, received: kernel.clock(), mediaType: 'application/xml' }
  await keepMessage(sql, { id, ...more, reason: 'person-unknown', detail: 'Nobody.', label: id, content: Buffer.from(id) })
  return id
}
const role = async () => {
  const { number } = await world.person(bergen, ['Nils', 'New'])
  return (await world.answer(world.owner, contract.grantRole, { body: { identityNumber: number, role: 'reader', ...body } })).id
}

/** The request, after what it is to find was made. */
const once = <Request>(_made: unknown, request: Request): Request => request

const unknownAgreement = 'agreement-unknown'
const requests: { [R in Name]: Request<R> } = {
  me: { given: async () => ({}) },
  roles: { given: async () => ({}) },
  grantRole: {
    given: async () => ({ body: { identityNumber: (await world.person(bergen, ['Gro', 'Granted'])).number, role: 'reader', ...body } }),
  },
  endRole: { given: async () => ({ id: await role(), body }), elsewhere: 'not-found' },
  agreements: { given: async () => ({}) },
  agreement: { given: async () => ({ id: await proposed() }), elsewhere: unknownAgreement },
  proposeAgreement: {
    given: async () => ({ body: { controller: bergen, receiver: oslo, ...terms, ...body } }),
    elsewhere: 'not-a-party',
  },
  amendAgreement: { given: async () => ({ id: await proposed(), body: { purposes: ['BTG'], ...body } }), elsewhere: unknownAgreement },
  signAgreement: { given: async () => ({ id: await proposed(), body }), elsewhere: unknownAgreement },
  endAgreement: { given: async () => ({ id: await proposed(), body }), elsewhere: unknownAgreement },
  counterparts: { given: async () => ({ query: { name: 'oslo' } }) },
  closeService: { given: async () => ({ body: await closedOut() }) },
  reopenService: {
    given: async () => {
      const closing = await closedOut()
      await world.answer(world.owner, contract.closeService, { body: closing })
      return { body: closing }
    },
    elsewhere: 'not-closed',
  },
  standardAgreements: { given: async () => ({}) },
  joinStandard: { given: async () => ({ id: await standard(), body }) },
  leaveStandard: {
    given: async () => {
      const id = await standard()
      await world.answer(world.officer, contract.joinStandard, { id, body })
      return { id, body }
    },
    elsewhere: 'not-joined',
  },
  caseOfficers: { given: async () => ({}) },
  openToCaseOfficers: { given: async () => ({ body: await toOpen() }) },
  closeToCaseOfficers: {
    given: async () => ({ id: (await world.answer(world.owner, contract.openToCaseOfficers, { body: await toOpen() })).id, body }),
    elsewhere: 'not-found',
  },
  vendors: { given: async () => ({}) },
  withdrawDelegation: { given: async () => ({ number: String(another(920000000)), body }) },
  restoreDelegation: {
    given: async () => {
      const number = String(another(920000000))
      await world.answer(world.owner, contract.withdrawDelegation, { number, body })
      return { number, body }
    },
    elsewhere: 'not-withdrawn',
  },
  units: { given: async () => ({ query: { count: '10' } }) },
  changePhone: {
    given: async () => ({
      body: {
        organization: bergen,
        system: 'urn:oid:2.16.578.1.12.4.1.4.101',
        value: bergen,
        phone: `55 ${String(another(100000))}`,
        ...body,
      },
    }),
    elsewhere: 'not-found',
  },
  use: { given: async () => ({ query: { by: 'week', from: '2026-01-01', until: '2026-01-20' } }) },
  refusals: { given: async () => ({}) },
  adoption: { given: async () => ({}) },
  indicators: { given: async () => ({}) },
  followUps: { given: async () => once(await lookedAt('BTG'), { query: { status: 'open' as const } }) },
  closeFollowUp: {
    given: async () => ({ id: (await lookedAt('BTG')).eventId, body: { finding: 'justified', ...body } }),
    elsewhere: 'not-found',
  },
  misuseCases: { given: async () => once(await misuseCase(), {}) },
  misuseCase: { given: async () => ({ id: await misuseCase() }), elsewhere: 'not-found' },
  closeMisuseCase: { given: async () => ({ id: await misuseCase(), body: { finding: 'no-breach', ...body } }), elsewhere: 'not-found' },
  questions: { given: async () => once(await question(), {}) },
  answerQuestion: {
    given: async () => ({ id: await question(), body: { answer: 'Hun hadde vakt og målte pulsen din.', role: 'personvernombud' } }),
    elsewhere: 'not-found',
  },
  blockLifts: { given: async () => once(await lift(), { query: { status: 'open' as const } }) },
  askBlockLift: { given: async () => ({ body: await toLift() }) },
  confirmBlockLift: { given: async () => ({ id: await lift(), body }), elsewhere: 'not-found' },
  messages: { given: async () => once(await message(), {}) },
  readMessage: { given: async () => ({ id: await message(), body }), elsewhere: 'message-unknown' },
  attachMessage: {
    given: async () => ({ id: await message(), body: { identityNumber: (await patient()).number, ...body } }),
    elsewhere: 'message-unknown',
  },
  discardMessage: { given: async () => ({ id: await message(), body }), elsewhere: 'message-unknown' },
}

const nobodyHere: [what: string, change: Partial<Caller>, expected: string][] = [
  ['a system', { kind: 'system', pid: undefined }, 'person-login-required'],
  ['a citizen', { kind: 'citizen', scopes: ['helsevev:control/citizen'] }, 'access-denied'],
  ['a person of no organisation', { organization: undefined }, 'organisation-missing'],
  ['an owner of Bergen with a token for Oslo', { organization: oslo }, 'controller-role-missing'],
  ['an owner without the scope', { scopes: ['helsevev:measurements/read'] }, 'insufficient-scope'],
  ['an owner whose organisation is not a member', { organization: '900000099' }, 'organisation-not-member'],
  ['an owner through a vendor without terms', { supplier: '900000098', multiTenant: true }, 'supplier-not-member'],
]

for (const name of Object.keys(contract) as Name[]) walk(name)

function walk<R extends Name>(name: R): void {
  const row: ControlContract[Name] = contract[name]
  const { given, elsewhere } = requests[name]
  const allowed = rolesWith[row.permission]
  /** The compiler does not see that the request belongs to the row; the type of the table above ensures it. */
  const ask = async (who: Somebody | Caller, request: unknown) => await world.ask(who, row, ...([request] as unknown as Input<typeof row>))
  const answer = async (who: Somebody, request: unknown) => await world.answer(who, row, ...([request] as unknown as Input<typeof row>))
  const oneRow = async (outcome: string, event: RegExp) => {
    const rows = await world.newRows()
    // A look-up that names patients has a row on each of them, and no other.
    const onEach = new Set(rows.map(({ patient }) => patient)).size === rows.length && rows.every(({ patient }) => patient !== '0')
    assert.ok(rows.length === 1 || onEach, JSON.stringify(rows))
    assert.equal(rows[0]?.outcome, outcome)
    assert.match(rows[0]?.event ?? '', event)
  }

  test(`${name} answers ${allowed.join(', ')} as its row says, and is one row of the log`, async () => {
    const people = { owner: world.owner, 'privacy-officer': world.officer, reader: world.reader }
    for (const one of allowed) {
      const request = await given()
      world.pass(1000)
      await world.newRows()
      const answered = await answer(people[one], request)
      assert.doesNotMatch(JSON.stringify(answered), elevenDigits)
      const event = 'done' in row ? row.done : name === 'attachMessage' ? String.raw`\$reading` : row.event
      await oneRow('ok', new RegExp(`^${event}$`))
      assert.equal((await world.api.sql`select from log_intent`).length, 0, 'its row takes every intent with it')
    }
  })

  test(`${name} refuses everybody else, each in one row of the log`, async () => {
    const request = await given()
    world.pass(1000)
    await world.newRows()
    const roles = { 'privacy-officer': world.officer, reader: world.reader, owner: world.owner }
    const tooLittle = (Object.keys(roles) as (keyof typeof roles)[]).filter((role) => !allowed.includes(role))
    const refused: [who: Somebody | Caller, expected: string][] = [
      ...tooLittle.map((role): [Somebody, string] => [roles[role], 'controller-role-insufficient']),
      [world.stranger, 'controller-role-missing'],
      ...nobodyHere.map(([, change, expected]): [Caller, string] => [
        controller(bergen, world.owner.number, 'Olga Owner', change),
        expected,
      ]),
    ]
    for (const [who, expected] of refused) {
      const reply = await ask(who, request)
      assert.deepEqual([reply.status, ruleOf(reply)], [403, expected])
      await oneRow('refused', new RegExp(`^${row.event}$`))
    }
    const unsigned = await world.api.app.inject({ method: row.method, url: `/control${row.path}` })
    assert.equal(unsigned.statusCode, 401)
    if (elsewhere === undefined) await answer(foreigner, request)
    else assert.equal(ruleOf(await ask(foreigner, request)), elsewhere)
  })
}
