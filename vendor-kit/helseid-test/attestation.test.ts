import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import {
  type Answer,
  authorizationDetails,
  BERGEN,
  CALLBACK,
  makeWorld,
  OSLO,
  pushedRequest,
  READ,
  type Started,
  start,
} from './testing.ts'

const PARAMETERS = 'nhn:tillitsrammeverk:parameters'
const OID = 'urn:oid:2.16.578.1.12.4.1'
const UNIT = '999000111'
const CITIZEN = 'helsevev:news2/citizen'

/** A client may send anything, and a claim holds anything. */
type Members = Record<string, unknown>

let started: Started
before(async () => {
  const world = makeWorld()
  world.people[0] = { ...world.people[0]!, authorizations: ['SP', 'JO'] }
  world.organizations.push({ number: OSLO, name: 'Oslo kommune' }, { number: UNIT, name: 'Oslo legevakt' })
  world.apiScopes.push(CITIZEN)
  for (const client of world.clients) if (client.clientId === 'citizen-portal' || client.clientId === 'vendor') client.scopes.push(CITIZEN)
  started = await start({ world })
})
after(() => started.close())

const attestation = {
  type: PARAMETERS,
  practitioner: {
    authorization: { code: 'SP', system: `${OID}.1.9060` },
    legal_entity: { id: OSLO, system: `${OID}.4.101` },
    point_of_care: { id: UNIT, system: `${OID}.4.101` },
  },
  care_relationship: {
    healthcare_service: { code: 'KX17', system: `${OID}.1.8663` },
    purpose_of_use: { code: 'TREAT', system: 'urn:oid:2.16.840.1.113883.1.11.20448' },
    decision_ref: { id: 'visit-17', user_selected: false },
  },
}
const vouched = (pid: string) => ({
  type: PARAMETERS,
  practitioner: {
    authorization: { code: 'SP', system: `${OID}.1.9060`, text: 'Sykepleier', assigner: 'https://www.helsedirektoratet.no' },
    legal_entity: { id: OSLO, system: `${OID}.4.101`, name: 'Oslo kommune', authority: 'https://www.brreg.no' },
    point_of_care: { id: UNIT, system: `${OID}.4.101`, name: 'Oslo legevakt', authority: 'https://www.brreg.no' },
    identifier: { id: pid, system: `${OID}.4.1`, name: 'Nora Sykepleier', authority: 'https://www.skatteetaten.no' },
    hpr_nr: { id: '9999901', system: `${OID}.4.4`, name: 'Nora Sykepleier', authority: 'https://www.helsedirektoratet.no' },
  },
  care_relationship: {
    healthcare_service: { code: 'KX17', system: `${OID}.1.8663`, assigner: 'https://www.helsedirektoratet.no' },
    purpose_of_use: {
      code: 'TREAT',
      system: 'urn:oid:2.16.840.1.113883.1.11.20448',
      text: 'treatment',
      assigner: 'http://www.hl7.org',
    },
    decision_ref: { id: 'visit-17', user_selected: false },
  },
})
const forOslo = authorizationDetails(`NO:ORGNR:${OSLO}:`)

/** What the token attests: the whole of it, or the member at a path. */
const claimOf = (answer: Answer, ...path: string[]): unknown =>
  path.reduce<unknown>(memberOf, decodeJwt(String(answer.body.access_token))[PARAMETERS])
const pid = () => started.helseId.world.people[0]!.pid

/** A copy with one member put in another's place; undefined takes it out. */
function changed(path: string, value: unknown): Members {
  const copy: Members = structuredClone(attestation)
  const names = path.split('.')
  const last = names.pop() ?? ''
  const holder = names.reduce<unknown>(memberOf, copy)
  assert.ok(isMembers(holder), path)
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return copy
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

function memberOf(within: unknown, name: string): unknown {
  return isMembers(within) ? within[name] : undefined
}

let signedIn: Promise<Answer> | undefined
/** One sign-in for all: what is refused leaves it as it was. */
async function refresh(claims: Record<string, unknown>, of?: Answer): Promise<Answer> {
  signedIn ??= started.signIn('portal', 'nurse')
  const refreshToken = String((of ?? (await signedIn)).body.refresh_token)
  return await started.token('portal', { grant_type: 'refresh_token', refresh_token: refreshToken, scope: READ }, { claims })
}

for (const name of ['assertion_details', 'authorization_details']) {
  test(`an attestation in ${name} of a refresh stands in the token, checked and completed`, async () => {
    const answer = await refresh({ [name]: [forOslo, attestation] })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.deepEqual(claimOf(answer), vouched(pid()))
    assert.equal(answer.body.attestation_unknown_members, undefined)
  })
}

test('each refresh attests anew, and one that does not leaves none from before', async () => {
  const other = changed('care_relationship.decision_ref.id', 'visit-18')
  assert.equal(claimOf(await refresh({ assertion_details: [other, forOslo] }), 'care_relationship', 'decision_ref', 'id'), 'visit-18')
  assert.equal(claimOf(await refresh({ assertion_details: forOslo })), undefined)
})

test('an attestation of the pushed request holds for the sign-in, until a refresh states another, or another organisation', async () => {
  const pushed = await started.signIn('portal', 'nurse', { authorization_details: JSON.stringify([forOslo, attestation]) })
  assert.deepEqual(claimOf(pushed), vouched(pid()))
  assert.deepEqual(claimOf(await refresh({}, pushed)), vouched(pid()))
  const alone = changed('care_relationship.decision_ref.id', 'visit-18')
  assert.equal(claimOf(await refresh({ assertion_details: alone }, pushed), 'care_relationship', 'decision_ref', 'id'), 'visit-18')
  assert.equal(claimOf(await refresh({ assertion_details: authorizationDetails(`NO:ORGNR:${BERGEN}`) }, pushed)), undefined)
  assert.deepEqual(claimOf(await refresh({}, pushed)), vouched(pid()))
})

test('an authorisation that ends takes effect at the next refresh', async () => {
  const { world } = started.helseId
  const pushed = await started.signIn('portal', 'nurse', { authorization_details: JSON.stringify([forOslo, attestation]) })
  const [nurse] = world.people
  world.people[0] = { ...nurse!, authorizations: ['JO'] }
  const refused = await refresh({}, pushed)
  world.people[0] = nurse!
  assert.equal(refused.body.error, 'invalid_authorization_details')
  assert.match(String(refused.body.error_description), /practitioner\.authorization is not held/)
})

const CARE = 'care_relationship'
const accepted: [what: string, details: unknown, path: string[], expected: unknown][] = [
  [
    'OIDs without urn:oid:',
    JSON.parse(JSON.stringify(attestation).replaceAll('urn:oid:', '')),
    ['practitioner', 'legal_entity', 'system'],
    `${OID}.4.101`,
  ],
  [
    'the spelling care_relation',
    { type: PARAMETERS, practitioner: attestation.practitioner, care_relation: attestation.care_relationship },
    ['care_relation', 'purpose_of_use', 'text'],
    'treatment',
  ],
  ['another authorisation held', changed('practitioner.authorization.code', 'JO'), ['practitioner', 'authorization', 'text'], 'Jordmor'],
  ['no authorisation', changed('practitioner.authorization', undefined), ['practitioner', 'authorization'], undefined],
  ['the HPR number', changed('practitioner.hpr_nr', { id: '9999901', system: `${OID}.4.4` }), ['practitioner', 'hpr_nr', 'id'], '9999901'],
  [
    'a name of its own for the legal entity',
    changed('practitioner.legal_entity.name', 'Bergen'),
    ['practitioner', 'legal_entity', 'name'],
    'Oslo kommune',
  ],
  [
    'the legal entity as the place',
    changed('practitioner.point_of_care.id', OSLO),
    ['practitioner', 'point_of_care', 'name'],
    'Oslo kommune',
  ],
  [
    'a department',
    changed('practitioner.department', { id: '705757', system: `${OID}.4.102` }),
    ['practitioner', 'department', 'id'],
    '705757',
  ],
  [
    'where the patient is',
    changed('patients', [{ point_of_care: { id: UNIT, system: `${OID}.4.101` } }]),
    ['patients', '0', 'point_of_care', 'id'],
    UNIT,
  ],
  [
    'details in place of a service',
    changed(CARE, {
      ...attestation.care_relationship,
      healthcare_service: undefined,
      purpose_of_use_details: { code: '15', system: `${OID}.1.9151` },
    }),
    [CARE, 'purpose_of_use_details', 'code'],
    '15',
  ],
]
for (const [what, details, path, expected] of accepted) {
  test(`an attestation with ${what} is accepted`, async () => {
    const answer = await refresh({ assertion_details: [forOslo, details] })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.deepEqual(claimOf(answer, ...path), expected)
  })
}

test('a misspelt member is kept, and told in the answer', async () => {
  const misspelt = changed('practitioner.auhtorization', { code: 'LE' })
  const answer = await refresh({ assertion_details: [forOslo, { ...misspelt, extra: 1 }] })
  assert.deepEqual(answer.body.attestation_unknown_members, ['extra', 'practitioner.auhtorization'])
  assert.deepEqual([claimOf(answer, 'practitioner', 'auhtorization'), claimOf(answer, 'extra')], [{ code: 'LE' }, 1])
})

const refusals: [what: string, details: unknown, says: string][] = [
  ['that is sent twice', [attestation, attestation], 'two of nhn:tillitsrammeverk:parameters'],
  ['without practitioner', changed('practitioner', undefined), 'practitioner is missing'],
  ['of somebody else', changed('practitioner.identifier', { id: '01890195098', system: `${OID}.4.1` }), 'practitioner.identifier'],
  ['with another HPR number', changed('practitioner.hpr_nr', { id: '9999902', system: `${OID}.4.4` }), 'practitioner.hpr_nr'],
  ['with another HPR number as a text', changed('practitioner.hpr_nr', '9999902'), 'practitioner.hpr_nr'],
  ['with an authorisation that is not held', changed('practitioner.authorization.code', 'LE'), 'practitioner.authorization is not held'],
  [
    'with an authorisation of no code',
    changed('practitioner.authorization', { system: `${OID}.1.9060` }),
    'practitioner.authorization.code',
  ],
  [
    'with an authorisation of another list',
    changed('practitioner.authorization.system', `${OID}.1.9034`),
    'practitioner.authorization.system',
  ],
  ['for another legal entity', changed('practitioner.legal_entity.id', BERGEN), 'practitioner.legal_entity'],
  ['without legal entity', changed('practitioner.legal_entity', undefined), 'practitioner.legal_entity is missing'],
  [
    'with a legal entity of eight digits',
    changed('practitioner.legal_entity.id', '99900001'),
    'practitioner.legal_entity.id is nine digits',
  ],
  [
    'with a legal entity of another system',
    changed('practitioner.legal_entity.system', `${OID}.4.102`),
    'practitioner.legal_entity.system',
  ],
  ['with a place that nobody knows', changed('practitioner.point_of_care.id', '999000119'), 'practitioner.point_of_care'],
  ['without purpose', changed(`${CARE}.purpose_of_use`, undefined), `${CARE}.purpose_of_use is missing`],
  ['with a purpose that is none', changed(`${CARE}.purpose_of_use.code`, 'PATRQT'), `${CARE}.purpose_of_use.code`],
  ['with neither service nor details', changed(`${CARE}.healthcare_service`, undefined), `${CARE}.healthcare_service is missing`],
  ['with a service of another list', changed(`${CARE}.healthcare_service.system`, `${OID}.1.9060`), `${CARE}.healthcare_service.system`],
  ['without decision', changed(`${CARE}.decision_ref`, undefined), `${CARE}.decision_ref is missing`],
  ['with a decision of 65 characters', changed(`${CARE}.decision_ref.id`, 'x'.repeat(65)), `${CARE}.decision_ref.id`],
  ['that does not say who chose', changed(`${CARE}.decision_ref.user_selected`, undefined), `${CARE}.decision_ref.user_selected`],
  ['with a reason in words', changed(`${CARE}.decision_ref.description`, 'Falt om'), `${CARE}.decision_ref.description is free text`],
  ['that names the patient', changed('patients', [{ identifier: { id: '01890195098', system: `${OID}.4.1` } }]), 'patients[0].identifier'],
  ['whose patients is no list', changed('patients', {}), 'patients is a list'],
  ['in both spellings', { ...attestation, care_relation: attestation.care_relationship }, 'care_relation and care_relationship are'],
]
for (const [what, details, says] of refusals) {
  test(`an attestation ${what} is refused by name`, async () => {
    const answer = await refresh({ assertion_details: [forOslo, details].flat() })
    assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_authorization_details'])
    assert.ok(String(answer.body.error_description).includes(says), String(answer.body.error_description))
    assert.doesNotMatch(String(answer.body.error_description), /\d{11}/)
  })
}

test('every fault is told at once, at the pushed request those that can be known then', async () => {
  const wrong = {
    ...changed('practitioner.authorization.code', 'LE'),
    patients: [{ identifier: { id: '01890195098' } }],
    care_relationship: { ...attestation.care_relationship, decision_ref: { id: 'a b', user_selected: true, description: 'x' } },
  }
  const details = JSON.stringify([forOslo, wrong])
  const pushed = await started.push('portal', { ...pushedRequest(), authorization_details: details })
  assert.equal(pushed.body.error, 'invalid_authorization_details')
  for (const name of ['decision_ref.id', 'decision_ref.description', 'patients[0].identifier'])
    assert.ok(String(pushed.body.error_description).includes(name))
  const told = String((await refresh({ assertion_details: [forOslo, wrong] })).body.error_description)
  for (const name of ['practitioner.authorization', 'decision_ref.id', 'patients[0].identifier']) assert.ok(told.includes(name))
})

test('an attestation of the pushed request that does not fit who signs in stops at the token', async () => {
  const details = JSON.stringify([forOslo, changed('practitioner.authorization.code', 'LE')])
  const answer = await started.signIn('portal', 'nurse', { authorization_details: details })
  assert.match(String(answer.body.error_description), /practitioner\.authorization is not held/)
})

test('an attestation both ways is HID-DOUBLE-STRUCTURE', async () => {
  const answer = await refresh({ assertion_details: [forOslo, attestation], authorization_details: attestation })
  assert.match(String(answer.body.error_description), /^HID-DOUBLE-STRUCTURE: /)
})

test('a system attests nothing, and the code exchange takes no attestation', async () => {
  const claims = { assertion_details: [forOslo, attestation] }
  const system = await started.token('vendor', { grant_type: 'client_credentials', scope: READ }, { claims })
  assert.match(String(system.body.error_description), /a person attests/)
  const { code, code_verifier } = await started.code('portal', 'nurse')
  const form = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code, code_verifier }
  const exchange = await started.token('portal', form, { claims: { assertion_details: attestation } })
  assert.match(String(exchange.body.error_description), /a person attests/)
})

const citizens: [client: string, scope: string, expected: string | undefined][] = [
  ['citizen-portal', CITIZEN, undefined],
  ['portal', CITIZEN, 'invalid_scope'],
]
for (const [client, scope, expected] of citizens) {
  test(`the client ${client} ${expected ? 'does not get' : 'gets'} ${scope}`, async () => {
    const answer = await started.push(client, { ...pushedRequest(), scope: `openid ${scope}` })
    assert.equal(answer.body.error, expected)
  })
}
test('a system is no citizen, whatever its client is registered for', async () => {
  const form = { grant_type: 'client_credentials', scope: CITIZEN }
  const answer = await started.token('vendor', form, { claims: { assertion_details: forOslo } })
  assert.equal(answer.body.error, 'invalid_scope')
  assert.match(String(answer.body.error_description), /for people/)
})

test('a shared secret in the form or as Basic is HID-1008', async () => {
  const url = `${started.helseId.issuer}/connect/token`
  const form = { grant_type: 'client_credentials', scope: READ }
  const basic = { authorization: `Basic ${Buffer.from('vendor:secret').toString('base64')}` }
  for (const [body, headers] of [
    [{ ...form, client_id: 'vendor', client_secret: 'secret' }, {}],
    [form, basic],
  ] as const) {
    const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(body) })
    const answer = (await response.json()) as { error: string; error_description: string }
    assert.deepEqual([response.status, answer.error], [401, 'invalid_client'])
    assert.match(answer.error_description, /^HID-1008: /)
  }
})
