import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  classify,
  findIdentityNumbers,
  holdsIdentityNumber,
  identityNumberSystems,
  kindOfSystem,
  makeIdentityNumber,
  parseIdentityNumber,
  redactIdentityNumbers,
} from './identity-number.ts'

const forms = [
  { name: 'national number, Tenor', number: '13916900281', kind: 'FNR', synthetic: 80 },
  { name: 'national number, SyntPop', number: '13766900083', kind: 'FNR', synthetic: 65 },
  { name: 'D-number, Tenor', number: '53916900003', kind: 'DNR', synthetic: 80 },
  { name: 'D-number, SyntPop', number: '53766900077', kind: 'DNR', synthetic: 65 },
  { name: 'born on a leap day', number: '29820450017', kind: 'FNR', synthetic: 80 },
  { name: 'common help number', number: '83916900026', kind: 'FHN', synthetic: undefined },
  { name: 'rule of 2032, first remainder 0', number: '01813200011', kind: 'FNR', synthetic: 80 },
  { name: 'rule of 2032, first remainder 1', number: '01813200100', kind: 'FNR', synthetic: 80 },
  { name: 'rule of 2032, first remainder 2', number: '01813200038', kind: 'FNR', synthetic: 80 },
  { name: 'rule of 2032, first remainder 3', number: '01813200046', kind: 'FNR', synthetic: 80 },
] as const

for (const { name, number, kind, synthetic } of forms) {
  test(`${name}: ${kind}, valid`, () => {
    assert.deepEqual(classify(number), { kind, system: identityNumberSystems[kind], valid: true, synthetic })
  })
}

const malformed = [
  { name: 'first remainder 4', number: '01813200054', wellFormed: true },
  { name: 'last digit changed', number: '13916900282', wellFormed: true },
  { name: 'two digits swapped', number: '13916902081', wellFormed: true },
  { name: 'ten digits', number: '1391690028', wellFormed: false },
  { name: 'twelve digits', number: '139169002810', wellFormed: false },
  { name: 'a space inside', number: '139169 00281', wellFormed: false },
  { name: 'day 32', number: '32816900000', wellFormed: false },
  { name: 'day 0', number: '00816900000', wellFormed: false },
  { name: 'D-number day 72', number: '72816900000', wellFormed: false },
  { name: 'month 13', number: '01136900000', wellFormed: false },
  { name: 'month 40, between the ordinary and Dolly', number: '01406900000', wellFormed: false },
  { name: 'month 53, after Dolly', number: '01536900000', wellFormed: false },
  { name: 'month 65, before SyntPop', number: '01656900000', wellFormed: false },
  { name: 'month 78, after SyntPop', number: '01786900000', wellFormed: false },
  { name: 'month 80, before Tenor', number: '01806900000', wellFormed: false },
  { name: 'month 93, after Tenor', number: '01936900000', wellFormed: false },
  { name: '31 November', number: '31916900000', wellFormed: false },
  { name: 'leap day in a year that is no leap year', number: '29820300000', wellFormed: false },
]

for (const { name, number, wellFormed } of malformed) {
  test(`${name}: no valid number, ${wellFormed ? 'but of the right form' : 'nor the form of one'}`, () => {
    assert.equal(classify(number), undefined)
    assert.equal(parseIdentityNumber(number)?.valid, wellFormed ? false : undefined)
  })
}

const months = [
  { field: 1, synthetic: undefined },
  { field: 12, synthetic: undefined },
  { field: 41, synthetic: 40 },
  { field: 52, synthetic: 40 },
  { field: 66, synthetic: 65 },
  { field: 77, synthetic: 65 },
  { field: 81, synthetic: 80 },
  { field: 92, synthetic: 80 },
]

for (const { field, synthetic } of months) {
  for (const day of ['01', '41']) {
    const kind = day === '41' ? 'D-number' : 'national number'
    const origin = synthetic ? `synthetic by ${synthetic}` : 'not synthetic'
    test(`day ${day} and month ${field}: ${kind}, ${origin}`, () => {
      const parsed = parseIdentityNumber(`${day}${String(field).padStart(2, '0')}6900000`)
      assert.equal(parsed?.kind, day === '41' ? 'DNR' : 'FNR')
      assert.equal(parsed?.synthetic, synthetic)
    })
  }
}

test('the system is known with and without urn:oid:', () => {
  for (const [kind, system] of Object.entries(identityNumberSystems)) {
    assert.equal(kindOfSystem(system), kind)
    assert.equal(kindOfSystem(system.slice('urn:oid:'.length)), kind)
  }
  assert.equal(kindOfSystem('urn:oid:2.16.578.1.12.4.1.4.4'), undefined)
  assert.equal(kindOfSystem('urn:oid:2.16.578.1.12.4.1.4.101'), undefined)
})

const N = '13916900281'
const texts = [
  { name: 'alone', text: N, found: true },
  { name: 'in a path', text: `/fhir/news2/Patient/${N}`, found: true },
  { name: 'in a query', text: `?patient.identifier=urn:oid:2.16.578.1.12.4.1.4.1|${N}&_count=20`, found: true },
  { name: 'after an encoded bar', text: `identifier=urn%3Aoid%3A2.16.578.1.12.4.1.4.1%7C${N}`, found: true },
  { name: 'after an encoded space, whose code ends in digits', text: `q=%20${N}`, found: true },
  { name: 'with wrong check digits', text: 'fnr=13916900299', found: true },
  { name: 'with an impossible date, as in published examples', text: 'fnr=12345678900', found: true },
  { name: 'parted by a space', text: `${N.slice(0, 6)} ${N.slice(6)}`, found: true },
  { name: 'parted by a hyphen', text: `${N.slice(0, 6)}-${N.slice(6)}`, found: true },
  { name: 'parted by an encoded space', text: `x=${N.slice(0, 6)}%20${N.slice(6)}`, found: true },
  { name: 'parted by a plus', text: `x=${N.slice(0, 6)}+${N.slice(6)}`, found: true },
  { name: 'parted by an encoded no-break space', text: `x=${N.slice(0, 6)}%C2%A0${N.slice(6)}`, found: true },
  { name: 'after letters', text: `fnr${N}`, found: true },
  { name: 'its digits percent-encoded', text: `x=${[...N].map((digit) => `%3${digit}`).join('')}`, found: true },
  { name: 'behind a malformed escape', text: `x=%zz&y=%31${N.slice(1)}`, found: true },
  { name: 'ten digits', text: 'x=1391690028', found: false },
  { name: 'twelve digits', text: 'x=139169002810', found: false },
  { name: 'milliseconds since 1970', text: 't=1794950000000', found: false },
  { name: 'an organisation number', text: 'organisation=964338531', found: false },
  { name: 'six and five digits that are no date', text: '400000 12345', found: false },
  { name: 'six and five digits inside longer runs', text: '20261122-1234567', found: false },
  { name: 'an instant', text: '2026-11-22T10:15:30.123Z', found: false },
  { name: 'a UUID with eleven digits in a row', text: 'urn:uuid:0c6f1f0e-5b7c-4d0e-9f3a-a12345678901', found: false },
  { name: 'a digest with eleven digits in a row', text: `sha256:${'ab12345678901cde'.repeat(4)}`, found: false },
  { name: 'an OID', text: 'urn:oid:2.16.578.1.12.4.1.1.9151', found: false },
]

for (const { name, text, found } of texts) {
  test(`${name}: ${found ? 'looks like an identity number' : 'does not look like an identity number'}`, () => {
    assert.equal(holdsIdentityNumber(text), found)
  })
}

test('a text is redacted wherever a number stands, and nowhere else', () => {
  assert.equal(
    redactIdentityNumbers(`look-up of ${N}, ${N.slice(0, 6)} ${N.slice(6)} and 964338531 took 12 ms`),
    'look-up of [identity number], [identity number] and 964338531 took 12 ms',
  )
  assert.equal(redactIdentityNumbers('nothing here'), 'nothing here')
})

const requests = fc.record({
  birthDate: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  kind: fc.constantFrom('FNR' as const, 'DNR' as const, 'FHN' as const),
  offset: fc.constantFrom(65 as const, 80 as const),
  gender: fc.constantFrom('male' as const, 'female' as const),
  series: fc.integer({ min: 0, max: 150 }),
})

test('a made number parses back to what was asked for, always the same', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const number = makeIdentityNumber(request)
      const parsed = classify(number)
      assert.equal(parsed?.kind, request.kind)
      assert.equal(parsed?.synthetic, request.kind === 'FHN' ? undefined : request.offset)
      assert.ok(Number(number.slice(2, 4)) > 65, 'month is offset')
      if (request.kind !== 'FHN') assert.equal(Number(number[8]) % 2 === 1, request.gender === 'male')
      assert.equal(makeIdentityNumber(request), number)
    }),
    { numRuns: 300 },
  )
})

test('numbers made for one date differ', () => {
  const made = Array.from({ length: 150 }, (_, series) => makeIdentityNumber({ birthDate: '2016-05-17', series }))
  assert.equal(new Set(made).size, 150)
})

test('a date that is none, or has no numbers left, is refused', () => {
  assert.throws(() => makeIdentityNumber({ birthDate: '2023-02-29', series: 0 }), RangeError)
  assert.throws(() => makeIdentityNumber({ birthDate: '1880-01-01', series: 0 }), RangeError)
  assert.throws(() => makeIdentityNumber({ birthDate: '2016-05-17', series: 1000 }), RangeError)
})

test('what looks like a number is found where it stands', () => {
  assert.deepEqual(findIdentityNumbers(`a ${N}`), [{ start: 2, end: 13 }])
})
