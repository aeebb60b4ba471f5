/** Which entries are one fact with two sources. Each row changes one thing in the entry of the second organisation. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf } from '@helsevev/kernel/codes/tables'
import type { AllergyIntolerance, Condition, DeviceUseStatement, Flag } from '@medplum/fhirtypes'
import type { Entry } from './entry.ts'
import { factsIn } from './facts.ts'

const KJ = 'http://nhn.no/kj/fhir/StructureDefinition/'
const volven = (list: number, code: string, display?: string) => ({
  coding: [{ system: `urn:oid:2.16.578.1.12.4.1.1.${list}`, code, ...(display ? { display } : {}) }],
})
const hl7 = (list: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }] })
const patient = { reference: 'Patient/1' }
const by = (organization: string, recorded: string) => ({
  recorder: { reference: `#${organization}` },
  recordedDate: recorded,
  contained: [{ resourceType: 'PractitionerRole' as const, id: organization, organization: { display: organization } }],
  extension: [
    { url: `${KJ}KjUpdater`, valueReference: { display: organization } },
    { url: `${KJ}KjUpdatedDateTime`, valueDateTime: recorded },
    { url: 'http://helsevev.no/fhir/StructureDefinition/data-controller', valueIdentifier: { value: organization } },
  ],
})
const allergy: AllergyIntolerance = {
  resourceType: 'AllergyIntolerance',
  id: 'a',
  meta: { versionId: '3', lastUpdated: '2026-01-10T10:00:00Z' },
  patient,
  clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
  verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
  category: ['food'],
  criticality: 'high',
  code: volven(7514, '10', 'Peanøtt'),
  reaction: [{ manifestation: [volven(7497, '1', 'Anafylaktisk reaksjon'), volven(7497, '4')] }],
  note: [{ text: 'Ved andre gangs bruk', time: '2026-01-01' }],
  ...by('oslo', '2026-01-10T10:00:00Z'),
}
const other: AllergyIntolerance = { ...allergy, id: 'b', meta: { versionId: '1' }, ...by('bergen', '2026-01-12T10:00:00Z') }
const withExtension = (url: string, value: object) => ({ extension: [...(other.extension ?? []), { url, ...value }] })
const condition: Condition = {
  resourceType: 'Condition',
  id: 'a',
  subject: patient,
  clinicalStatus: hl7('condition-clinical', 'active'),
  category: [volven(7651, '5')],
  code: volven(7110, 'E271', 'Addisons sykdom'),
}
const flag: Flag = {
  resourceType: 'Flag',
  id: 'a',
  subject: patient,
  status: 'active',
  category: [volven(7651, '8')],
  code: volven(7522, '1'),
  period: { start: '2026-01-01' },
}
const implant: DeviceUseStatement = {
  resourceType: 'DeviceUseStatement',
  id: 'a',
  subject: patient,
  status: 'active',
  device: { reference: '#device' },
  contained: [{ resourceType: 'Device', id: 'device', type: volven(7518, '9', 'Pacemaker') }],
}

// biome-ignore format: a table, one row to a line
const rows: [what: string, one: Entry, second: Entry, facts: 1 | 2][] = [
  ['the same of another organisation',            allergy, other, 1],
  ['the code without its words',                  allergy, { ...other, code: volven(7514, '10') }, 2],
  ['the words of a reaction in other letters',    allergy, { ...other, reaction: [{ manifestation: [volven(7497, '1', 'Anafylaksi'), volven(7497, '4')] }] }, 1],
  ['the reactions in another order',              allergy, { ...other, reaction: [{ manifestation: [volven(7497, '4'), volven(7497, '1')] }] }, 1],
  ['the list in another spelling',                allergy, { ...other, code: { coding: [{ system: 'http://ehelse.no/fhir/CodeSystem/no-kodeverk-7514', code: '10', display: 'Peanøtt' }] } }, 1],
  ['another source of the information (7498)',    allergy, { ...other, ...withExtension(`${KJ}KjSourceOfInformation`, { valueCodeableConcept: volven(7498, '2') }) }, 1],
  ['another severity',                            allergy, { ...other, criticality: 'low' }, 2],
  ['another reaction',                            allergy, { ...other, reaction: [{ manifestation: [volven(7497, '2')] }] }, 2],
  ['one reaction more',                           allergy, { ...other, reaction: [...allergy.reaction ?? [], { manifestation: [volven(7497, '2')] }] }, 2],
  ['a severity of the reaction',                  allergy, { ...other, reaction: [{ ...allergy.reaction?.[0], severity: 'severe' }] as AllergyIntolerance['reaction'] & object }, 2],
  ['another certainty',                           allergy, { ...other, verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed') }, 2],
  ['refuted by one',                              allergy, { ...other, verificationStatus: hl7('allergyintolerance-verification', 'refuted') }, 2],
  ['ended by one',                                allergy, { ...other, clinicalStatus: hl7('allergyintolerance-clinical', 'inactive') }, 2],
  ['entered in error by one',                     allergy, { ...other, verificationStatus: hl7('allergyintolerance-verification', 'entered-in-error') }, 2],
  ['an end of its validity',                      allergy, { ...other, ...withExtension(`${KJ}KjValidUntil`, { valueDate: '2030-01-01' }) }, 2],
  ['another note',                                allergy, { ...other, note: [{ text: 'Tåler små mengder' }] }, 2],
  ['another onset',                               allergy, { ...other, onsetDateTime: '2020' }, 2],
  ['a text that says more than the code',         allergy, { ...other, code: { ...volven(7514, '10', 'Peanøtt'), text: 'Peanøtt, tåler olje' } }, 2],
  ['another code',                                allergy, { ...other, code: volven(7514, '11', 'Peanøtt') }, 2],
  ['another category',                            allergy, { ...other, category: ['medication'] }, 2],
  ['a code of ICD-10 with its point',             condition, { ...condition, id: 'b', code: volven(7110, 'E27.1', 'Addisons sykdom') }, 1],
  ['another consequence',                         { ...condition, evidence: [{ code: [volven(7513, '1')] }] }, { ...condition, id: 'b', evidence: [{ code: [volven(7513, '2')] }] }, 2],
  ['the same period',                             flag, { ...flag, id: 'b' }, 1],
  ['another period',                              flag, { ...flag, id: 'b', period: { start: '2026-01-02' } }, 2],
  ['a device under another local id',             implant, { ...implant, id: 'b', device: { reference: '#1' }, contained: [{ resourceType: 'Device', id: '1', type: volven(7518, '9', 'Pacemaker') }] }, 1],
  ['a device with another model',                 implant, { ...implant, id: 'b', contained: [{ resourceType: 'Device', id: 'device', modelNumber: '2', type: volven(7518, '9', 'Pacemaker') }] }, 2],
]
for (const [what, one, second, expected] of rows)
  test(`${what}: ${expected === 1 ? 'one fact with two sources' : 'two facts'}`, () => {
    for (const entries of [
      [one, second],
      [second, one],
    ])
      assert.deepEqual(
        factsIn(entries)
          .map((fact) => fact.length)
          .sort(),
        expected === 1 ? [2] : [1, 1],
      )
  })

test('who registered it first stands first, whatever the order of the answer, and each entry stands once', () => {
  const third = { ...other, id: 'c', criticality: 'low' as const }
  assert.deepEqual(
    factsIn([other, third, allergy]).map((fact) => fact.map(({ id }) => id)),
    [['a', 'b'], ['c']],
  )
  assert.deepEqual(factsIn([]), [])
})

test('what the reader may not see is no source: one entry alone is one fact, as where there is no other', () => {
  assert.deepEqual(factsIn([other]), [[other]])
})

test('the spellings of the installation are used where they are at hand', () => {
  const { canonical } = codesOf({
    aliases: [{ alias: 'urn:local:icd', system: 'urn:oid:2.16.578.1.12.4.1.1.7110' }],
    codes: [],
    equivalences: [],
  })
  const local = { ...condition, id: 'b', code: { coding: [{ system: 'urn:local:icd', code: 'E27.1', display: 'Addisons sykdom' }] } }
  assert.deepEqual([factsIn([condition, local], canonical).length, factsIn([condition, local]).length], [1, 2])
})
