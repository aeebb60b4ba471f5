/** Codes and telephone numbers that are accepted, and close ones that are not. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { guardianScopeOf } from './guardian.ts'
import { isPhone } from './phone.ts'
import { isRelation, meaningOf } from './relations.ts'
import { roleOf } from './roles.ts'

const phones: { text: string; isPhone: boolean }[] = parse(readFileSync(new URL('phone.cases.yaml', import.meta.url), 'utf8'))
for (const row of phones) {
  test(`"${row.text}" is ${row.isPhone ? '' : 'not '}a telephone number`, () => assert.equal(isPhone(row.text), row.isPhone))
}

// biome-ignore format: a table, one row to a line
const codes: [system: string, code: string, meaning: string | undefined, relation: boolean][] = [
  ['http://hl7.no/fhir/CodeSystem/no-basis-family-relation', 'søsken', 'sibling',           true],
  ['http://hl7.no/fhir/CodeSystem/no-basis-family-relation', 'toString', undefined,         false],
  ['http://hl7.no/fhir/CodeSystem/no-basis-family-relation', 'dødfødtBarn', undefined,      false],
  ['http://terminology.hl7.org/CodeSystem/v3-RoleCode',      'DAUC',   'daughter',          true],
  ['http://terminology.hl7.org/CodeSystem/v3-RoleCode',      'GUARD',  'guardian',          false],
  ['http://terminology.hl7.org/CodeSystem/v2-0131',          'N',      'next-of-kin',       false],
  ['http://terminology.hl7.org/CodeSystem/v2-0131',          'C',      'emergency-contact', true],
  ['http://elsewhere.example/relations',                     'DAUC',   undefined,           false],
]
for (const [system, code, meaning, relation] of codes) {
  test(`${code} of ${system} is ${meaning ?? 'no relation that is known'}`, () => {
    const found = meaningOf({ system, code })
    assert.deepEqual([found, found !== undefined && isRelation(found)], [meaning, relation])
  })
}

// biome-ignore format: a table, one row to a line
const roles: [system: string, code: string, role: string | undefined][] = [
  ['http://helsevev.no/fhir/CodeSystem/responsible-role',            'primary-contact', 'primary-contact'],
  ['http://helsevev.no/fhir/CodeSystem/responsible-role',            'KA01',            undefined],
  ['urn:oid:2.16.578.1.12.4.1.1.8663',                               'KA01',            'gp'],
  ['http://ehelse.no/fhir/CodeSystem/no-kodeverk-8663',              'KA01',            'gp'],
  ['urn:oid:2.16.578.1.12.4.1.1.8663',                               'KP02',            undefined],
  ['http://terminology.hl7.org/CodeSystem/v3-ParticipationFunction', 'PCP',             'gp'],
]
for (const [system, code, role] of roles) {
  test(`${code} of ${system} is ${role ?? 'another role'}`, () => assert.equal(roleOf({ system, code }), role))
}

test('the scope of a guardian is one of four', () => {
  assert.deepEqual(['oekonomiskeInteresser', 'alt', undefined].map(guardianScopeOf), ['oekonomiskeInteresser', undefined, undefined])
})
