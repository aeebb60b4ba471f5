import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem, type Result } from '../problem/problem.ts'
import { changed as changedAt } from '../testing/sent.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import type { Attestation } from './attestation.ts'
import { readAttestation } from './read-attestation.ts'

const OID = 'urn:oid:2.16.578.1.12.4.1'
const PURPOSES = 'urn:oid:2.16.840.1.113883.1.11.20448'
const ISSUED = 1_768_471_200
const nurse = makeIdentityNumber({ birthDate: '1980-03-04', series: 7 })
const patient = makeIdentityNumber({ birthDate: '1950-05-17', series: 3 })

const practitioner = {
  identifier: { id: nurse, system: `${OID}.4.1` },
  hpr_nr: { id: '990000001', system: `${OID}.4.4` },
  authorization: { code: 'SP', system: `${OID}.1.9060` },
  legal_entity: { id: '900000002', system: `${OID}.4.101`, name: 'Oslo' },
  point_of_care: { id: '900000022', system: `${OID}.4.101` },
  department: { id: '705757', system: `${OID}.4.102` },
}
const care = {
  healthcare_service: { code: 'KX17', system: `${OID}.1.8663` },
  purpose_of_use: { code: 'TREAT', system: PURPOSES },
  purpose_of_use_details: { code: '15', system: `${OID}.1.9151` },
  decision_ref: { id: 'visit_17-a', user_selected: false },
}
const patients = [{ identifier: { id: patient, system: `${OID}.4.1` } }]
const whole = { toa: ISSUED - 60, practitioner, care_relationship: care, patients }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function read(header?: unknown, token?: unknown): Result<Attestation> | undefined {
  return readAttestation({ token, issuedAt: ISSUED, header: header === undefined ? undefined : encode(header) })
}

function readable(header?: unknown, token?: unknown): Attestation {
  const attestation = read(header, token)
  assert.ok(attestation && !isProblem(attestation), JSON.stringify(attestation))
  return attestation
}

function faults(header?: unknown, token?: unknown): [string, (string | undefined)[]] {
  const refused = read(header, token)
  assert.ok(isProblem(refused))
  for (const { text } of refused.issues) assert.ok(!text.includes(nurse) && !text.includes(patient), text)
  return [refused.problem, refused.issues.map(({ expression }) => expression)]
}

/** A copy with one member put in another's place; undefined takes it out. */
const changed = (path: string, value: unknown, from: object = whole) => changedAt(from, { [path]: value })

const expected: Attestation = {
  toa: ISSUED - 60,
  practitioner: {
    identifier: { id: nurse, system: `${OID}.4.1`, name: undefined },
    hprNumber: { id: '990000001', system: `${OID}.4.4`, name: undefined },
    authorization: { code: 'SP', system: `${OID}.1.9060`, text: undefined },
    legalEntity: { id: '900000002', system: `${OID}.4.101`, name: 'Oslo' },
    pointOfCare: { id: '900000022', system: `${OID}.4.101`, name: undefined },
    department: { id: '705757', system: `${OID}.4.102`, name: undefined },
  },
  careRelation: {
    healthcareService: { code: 'KX17', system: `${OID}.1.8663`, text: undefined },
    purposeOfUse: { code: 'TREAT', system: PURPOSES, text: undefined },
    purpose: 'TREAT',
    purposeOfUseDetails: { code: '15', system: `${OID}.1.9151`, text: undefined },
    decisionRef: { id: 'visit_17-a', description: undefined, userSelected: false },
  },
  patient: { identifier: { id: patient, system: `${OID}.4.1`, name: undefined }, pointOfCare: undefined, department: undefined },
  unknownMembers: [],
}

test('neither token nor header: nothing is attested', () => {
  assert.equal(read(), undefined)
})

test('what decision_ref does not state is undefined, and nothing is filled in', () => {
  assert.deepEqual(readable(changed('care_relationship.decision_ref', { id: 'visit-1' })).careRelation.decisionRef, {
    id: 'visit-1',
    description: undefined,
    userSelected: undefined,
  })
})

// biome-ignore format: a table, one row to a line
const twice: [what: string, from: string, to: string][] = [
  ['the purpose',                             '"code":"TREAT"',       '"code":"BTG","code":"TREAT"'],
  ['the purpose, spelt with an escape',       '"code":"TREAT"',       '"\\u0063ode":"BTG","code":"TREAT"'],
  ['the patients',                            '"patients":',          '"patients":[],"patients":'],
  ['who chose, with the same value',          '"user_selected":false', '"user_selected":false,"user_selected":false'],
  ['a member that nobody knows',              '"toa":',               '"other":{"a":1,"a":2},"toa":'],
]
for (const [what, from, to] of twice) {
  test(`an attestation that has ${what} twice in one object is refused`, () => {
    const json = JSON.stringify(whole)
    assert.ok(json.includes(from))
    const sent = Buffer.from(json.replace(from, to)).toString('base64url')
    const refused = readAttestation({ token: undefined, issuedAt: ISSUED, header: sent })
    assert.ok(isProblem(refused) && refused.problem === 'attestation-invalid', JSON.stringify(refused))
    assert.match(refused.issues[0]?.text ?? '', /is sent twice in one object/)
  })
}

const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('urn:oid:', ''))
const { care_relationship: _, ...rest } = whole
const ways: [what: string, header: unknown][] = [
  ['as the framework has it', whole],
  ['under the member attestation', { attestation: whole }],
  ['with its type', { type: 'nhn:tillitsrammeverk:parameters', ...whole }],
  ['with the spelling care_relation', { ...rest, care_relation: care }],
  ['with OIDs without urn:oid:', bare(whole)],
  ['with URN:OID: in capitals', JSON.parse(JSON.stringify(whole).replaceAll('urn:oid:', 'URN:OID:'))],
  [
    'with value where the model has id',
    JSON.parse(
      JSON.stringify({ ...whole, care_relationship: undefined })
        .replaceAll('"id"', '"value"')
        .replace(/\}$/, `,"care_relationship":${JSON.stringify(care)}}`),
    ),
  ],
  ['with hpr_nr as a text', changed('practitioner.hpr_nr', '990000001')],
  ['with the names of those who vouch', changed('practitioner.authorization.assigner', 'Helsedirektoratet')],
  ['with null for what is not said', changed('practitioner.legal_entity.authority', null)],
]
for (const [what, header] of ways) {
  test(`${what}, an attestation is read into the same`, () => {
    assert.deepEqual(readable(header), expected)
  })
}

const elements = [
  'practitioner.identifier',
  'practitioner.hpr_nr',
  'practitioner.authorization',
  'practitioner.legal_entity',
  'practitioner.point_of_care',
  'practitioner.department',
  'care_relationship.healthcare_service',
  'care_relationship.purpose_of_use',
  'care_relationship.purpose_of_use_details',
  'care_relationship.decision_ref',
  'practitioner',
  'care_relationship',
  'patients',
  'toa',
]
for (const path of elements) {
  test(`${path} may be absent: what must be there is not the reader's to say`, () => {
    assert.deepEqual(readable(changed(path, null)), readable(changed(path, undefined)))
  })
}
test('an empty object attests nothing, and is an attestation', () => {
  const { toa, patient: whom, careRelation, unknownMembers } = readable({})
  assert.deepEqual(
    [toa, whom, careRelation.purpose, careRelation.decisionRef, unknownMembers],
    [undefined, undefined, undefined, undefined, []],
  )
})
test('a patient of whom only the place is said is nobody', () => {
  assert.equal(readable(changed('patients', [{ point_of_care: { id: '900000022' } }])).patient, undefined)
  assert.equal(readable(changed('patients', [])).patient, undefined)
})

const purposes: [code: string, system: string | undefined, purpose: string | undefined][] = [
  ['TREAT', PURPOSES, 'TREAT'],
  ['ETREAT', PURPOSES, 'ETREAT'],
  ['COC', PURPOSES, 'COC'],
  ['BTG', undefined, 'BTG'],
  ['BTG', '2.16.840.1.113883.1.11.20448', 'BTG'],
  ['BTG', 'urn:oid:2.16.840.1.113883.1.11.20449', undefined],
  ['btg', PURPOSES, undefined],
  ['PATRQT', PURPOSES, undefined],
]
for (const [code, system, purpose] of purposes) {
  test(`purpose ${code} of ${system ?? 'no system'} is ${purpose ?? 'none that is known'}, and is kept as sent`, () => {
    const { careRelation } = readable(changed('care_relationship.purpose_of_use', { code, system }))
    assert.deepEqual([careRelation.purpose, careRelation.purposeOfUse?.code], [purpose, code])
  })
}

const ENTITY = 'practitioner.legal_entity'
const DECISION = 'care_relationship.decision_ref'
const wrong: [what: string, header: unknown, places: string[]][] = [
  ['a list', [], ['']],
  ['a number', 7, ['']],
  ['null', null, ['']],
  ['a list under attestation', { attestation: [] }, ['']],
  ['a practitioner that is a text', changed('practitioner', 'Nora'), ['.practitioner']],
  ['an identifier that is a text', changed(ENTITY, '900000002'), [`.${ENTITY}`]],
  ['an identifier without id', changed(ENTITY, { name: 'Oslo' }), [`.${ENTITY}.id`]],
  ['an id that is a number', changed(`${ENTITY}.id`, 900000002), [`.${ENTITY}.id`]],
  ['an empty id', changed(`${ENTITY}.id`, ''), [`.${ENTITY}.id`]],
  ['an id that is an object', changed(`${ENTITY}.id`, {}), [`.${ENTITY}.id`]],
  ['an id of 256 characters', changed(`${ENTITY}.id`, 'x'.repeat(256)), []],
  ['an id of 257 characters', changed(`${ENTITY}.id`, 'x'.repeat(257)), [`.${ENTITY}.id`]],
  ['id and value that are the same', changed(`${ENTITY}.value`, '900000002'), []],
  ['id and value that differ', changed(`${ENTITY}.value`, '900000001'), [`.${ENTITY}.value`]],
  ['hpr_nr that is a number', changed('practitioner.hpr_nr', 990000001), ['.practitioner.hpr_nr']],
  ['a code that is a text', changed('practitioner.authorization', 'SP'), ['.practitioner.authorization']],
  ['a code of 64 characters', changed('practitioner.authorization.code', 'x'.repeat(64)), []],
  ['a code of 65 characters', changed('practitioner.authorization.code', 'x'.repeat(65)), ['.practitioner.authorization.code']],
  ['a name of 512 characters', changed(`${ENTITY}.name`, 'x'.repeat(512)), []],
  ['a name of 513 characters', changed(`${ENTITY}.name`, 'x'.repeat(513)), [`.${ENTITY}.name`]],
  ['a line feed in a name', changed(`${ENTITY}.name`, 'Oslo\nBergen'), [`.${ENTITY}.name`]],
  ['a null character in a name', changed(`${ENTITY}.name`, 'Os\u0000lo'), [`.${ENTITY}.name`]],
  ['a change of direction in a name', changed(`${ENTITY}.name`, 'Os\u202elo'), [`.${ENTITY}.name`]],
  ['half a character in an authority', changed(`${ENTITY}.authority`, '\ud800'), [`.${ENTITY}.authority`]],
  ['toa as a text', changed('toa', '1768471200'), ['.toa']],
  ['toa in parts of seconds', changed('toa', 1768471200.5), ['.toa']],
  ['toa of 0', changed('toa', 0), []],
  ['toa in the year 5138', changed('toa', 99_999_999_999), []],
  ['toa in milliseconds', changed('toa', 100_000_000_000), ['.toa']],
  ['toa before 1970', changed('toa', -1), ['.toa']],
  ['toa without end', changed('toa', 1e300), ['.toa']],
  ['a decision of 64 characters', changed(`${DECISION}.id`, 'aZ09_-'.padEnd(64, 'x')), []],
  ['a decision of 65 characters', changed(`${DECISION}.id`, 'x'.repeat(65)), [`.${DECISION}.id`]],
  ['a decision with a blank', changed(`${DECISION}.id`, 'a b'), [`.${DECISION}.id`]],
  ['a decision with a letter of Norwegian', changed(`${DECISION}.id`, 'besøk'), [`.${DECISION}.id`]],
  ['a decision with a line end', changed(`${DECISION}.id`, 'a\n'), [`.${DECISION}.id`]],
  ['user_selected as a text', changed(`${DECISION}.user_selected`, 'true'), [`.${DECISION}.user_selected`]],
  ['a reason of 512 characters', changed(`${DECISION}.description`, 'x'.repeat(512)), []],
  ['a reason of 513 characters', changed(`${DECISION}.description`, 'x'.repeat(513)), [`.${DECISION}.description`]],
  ['an escape in a reason', changed(`${DECISION}.description`, 'a\u001b[31m'), [`.${DECISION}.description`]],
  ['both spellings', { ...whole, care_relation: care }, ['.care_relationship']],
  ['patients that is an object', changed('patients', patients[0]), ['.patients']],
  ['two patients', changed('patients', [patients[0], patients[0]]), ['.patients']],
  ['a patient that is a number', changed('patients', [patient]), ['.patients[0]']],
  [
    'several faults',
    { toa: 'now', practitioner: { legal_entity: { id: 1, system: 2 } }, patients: [{ identifier: {} }] },
    ['.toa', `.${ENTITY}.id`, `.${ENTITY}.system`, '.patients[0].identifier.id'],
  ],
]
for (const [what, header, places] of wrong) {
  test(`${what}: ${places.length === 0 ? 'accepted' : `refused at ${places.map((place) => `attestation${place}`).join(', ')}`}`, () => {
    if (places.length === 0) assert.ok(readable(header))
    else assert.deepEqual(faults(header), ['attestation-invalid', places.map((place) => `attestation${place}`)])
    // In a token, where HelseID has put it, the same holds.
    if (places.length > 0 && header !== undefined) assert.equal(faults(undefined, header)[0], 'attestation-invalid')
  })
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const headers: [what: string, text: string, accepted: boolean][] = [
  ['nothing', '', false],
  ['a blank', ' ', false],
  ['JSON that is not encoded', '{}', false],
  ['JSON cut short', Buffer.from('{"toa":').toString('base64url'), false],
  ['ordinary base64 with +', `${Buffer.from('{"a":"¾¾"}').toString('base64')}+`, false],
  ['filled up with =', `${Buffer.from('{}').toString('base64url')}=`, true],
  ['sent twice', `${encode(whole)}, ${encode(whole)}`, false],
  ['what is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url'), false],
  ['8192 bytes', encode({ a: 'x'.repeat(8192 - 8) }), true],
  ['8193 bytes', encode({ a: 'x'.repeat(8193 - 8) }), false],
  ['9 kB', encode({ a: 'x'.repeat(9000) }), false],
  ['64 levels', Buffer.from(nested(64)).toString('base64url'), true],
  ['65 levels', Buffer.from(nested(65)).toString('base64url'), false],
  ['1600 levels', Buffer.from(nested(1600)).toString('base64url'), false],
]
for (const [what, header, accepted] of headers) {
  test(`a header of ${what} is ${accepted ? 'read' : 'refused'}`, () => {
    const attestation = readAttestation({ token: undefined, issuedAt: ISSUED, header })
    assert.equal(isProblem(attestation) ? attestation.problem : 'read', accepted ? 'read' : 'attestation-invalid')
  })
}

test('members that the framework does not know are told by their path, and harm nothing', () => {
  const misspelt = changed('practitioner.auhtorization', { code: 'LE' }, changed('practitioner.authorization', undefined))
  const { practitioner: by, unknownMembers } = readable({ ...misspelt, constructor: { prototype: { toa: 1 } }, hasOwnProperty: 1 })
  assert.equal(by.authorization, undefined)
  assert.deepEqual(unknownMembers, ['attestation.constructor', 'attestation.hasOwnProperty', 'attestation.practitioner.auhtorization'])
})
test('unknown members on both sides are told once each, those beside a wrapped attestation too', () => {
  assert.deepEqual(readable({ attestation: { x: 1 }, y: 1 }, { x: 1 }).unknownMembers, ['attestation.x', 'attestation.y'])
})
test('the name of an unknown member is told when it can do no harm', () => {
  const { unknownMembers } = readable({ [patient]: 1, '<b>': 1, 'a\u0000': 1, '': 1, ['x'.repeat(65)]: 1, ok_1: 1 })
  assert.deepEqual(unknownMembers, ['attestation.[identity number]', 'attestation.?', 'attestation.ok_1'])
})
test('at most 32 unknown members are told', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`m${at}`, at]))
  assert.equal(readable(many).unknownMembers.length, 32)
})
test('nothing is taken from a prototype that the sender names', () => {
  for (const text of [
    '{"__proto__":{"toa":5}}',
    '{"practitioner":{"__proto__":{"identifier":{"id":"1"}}}}',
    '{"attestation":{"__proto__":{"toa":5}}}',
  ]) {
    const fromHeader = readAttestation({ token: undefined, issuedAt: ISSUED, header: Buffer.from(text).toString('base64url') })
    // Another parser reads the token, which may keep such a member as an own member.
    const fromToken = readAttestation({ token: JSON.parse(text), issuedAt: ISSUED, header: encode({ toa: 7 }) })
    for (const [attestation, toa] of [
      [fromHeader, undefined],
      [fromToken, 7],
    ] as const) {
      assert.ok(attestation && !isProblem(attestation))
      assert.deepEqual([attestation.toa, attestation.practitioner.identifier], [toa, undefined])
    }
  }
  assert.ok(!('toa' in {}))
})
test('SQL and HTML in a text are text', () => {
  const words = `'); drop table record; -- <script>alert("æøå")</script>`
  assert.equal(readable(changed(`${DECISION}.description`, words)).careRelation.decisionRef?.description, words)
})

const vouched = {
  practitioner: {
    ...practitioner,
    legal_entity: { ...practitioner.legal_entity, name: 'Oslo kommune', authority: 'Brønnøysundregistrene' },
  },
  care_relationship: care,
}

test('the token’s attestation alone is read, and dated by the token', () => {
  const attestation = readable(undefined, vouched)
  assert.deepEqual([attestation.toa, attestation.patient, attestation.practitioner.legalEntity?.name], [ISSUED, undefined, 'Oslo kommune'])
})
test('the header completes the token: when, at whom, and why in words', () => {
  const header = { toa: ISSUED - 60, patients, care_relationship: { decision_ref: { description: 'Falt om på gata' } } }
  const attestation = readable(header, vouched)
  assert.deepEqual([attestation.toa, attestation.patient?.identifier.id], [ISSUED - 60, patient])
  assert.deepEqual(attestation.careRelation.decisionRef, { id: 'visit_17-a', description: 'Falt om på gata', userSelected: false })
})
test('what both state, HelseID has the names of', () => {
  assert.equal(readable(whole, vouched).practitioner.legalEntity?.name, 'Oslo kommune')
})
test('a header without toa is dated by the token only when the token attests too', () => {
  assert.equal(readable({ patients }, vouched).toa, ISSUED)
  assert.equal(readable({ patients }, {}).toa, ISSUED)
  assert.equal(readable({ patients }).toa, undefined)
})

const against: [what: string, path: string, value: unknown, contradicts: boolean][] = [
  ['the same practitioner', 'practitioner.identifier', { id: nurse }, false],
  ['another practitioner', 'practitioner.identifier', { id: patient, system: `${OID}.4.1` }, true],
  ['the same number in another system', 'practitioner.identifier', { id: nurse, system: `${OID}.4.2` }, true],
  ['the same system without urn:oid:', ENTITY, { id: '900000002', system: '2.16.578.1.12.4.1.4.101' }, false],
  ['another name', ENTITY, { id: '900000002', name: 'Oslo legevakt' }, false],
  ['another legal entity', ENTITY, { id: '900000001' }, true],
  ['another place', 'practitioner.point_of_care', { id: '900000023' }, true],
  ['another department', 'practitioner.department', { id: '1' }, true],
  ['another HPR number', 'practitioner.hpr_nr', '990000002', true],
  ['the same HPR number as a text', 'practitioner.hpr_nr', '990000001', false],
  ['another authorisation', 'practitioner.authorization', { code: 'LE' }, true],
  ['another service', 'care_relationship.healthcare_service', { code: 'S03' }, true],
  ['a purpose that opens more', 'care_relationship.purpose_of_use', { code: 'BTG' }, true],
  ['other details', 'care_relationship.purpose_of_use_details', { code: '1' }, true],
  ['another decision', `${DECISION}.id`, 'other', true],
  ['another chooser', `${DECISION}.user_selected`, true, true],
  ['the same chooser', `${DECISION}.user_selected`, false, false],
  ['a reason that the token has not', `${DECISION}.description`, 'Falt om', false],
]
for (const [what, path, value, contradicts] of against) {
  test(`a header with ${what} than the token has ${contradicts ? 'contradicts it' : 'goes with it'}`, () => {
    const header = changed(path, value, {})
    if (contradicts) assert.deepEqual(faults(header, vouched), ['attestation-contradicts-token', [`attestation.${path}`]])
    else assert.ok(readable(header, vouched))
  })
}

test('toa and patient of a token count too, and every contradiction is told', () => {
  const header = { ...whole, toa: 1, patients: [{ identifier: { id: nurse } }] }
  assert.deepEqual(faults(header, whole), ['attestation-contradicts-token', ['attestation.toa', 'attestation.patients[0].identifier']])
})
