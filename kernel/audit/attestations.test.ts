import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Attestation } from '../identity/attestation.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { makeIdentityNumber } from '../values/identity-number.ts'
import { changedAttestation, createAttestations } from './attestations.ts'

const practitioner = makeIdentityNumber({ birthDate: '1980-03-04', series: 7 })
const patient = makeIdentityNumber({ birthDate: '1950-05-17', series: 8 })
let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(async () => await database.close())

const id = (value: string, system: string, name?: string) => ({ id: value, system: `urn:oid:${system}`, name })
const code = (value: string, system: string, text?: string) => ({ code: value, system: `urn:oid:${system}`, text })

function attestation(more: Partial<Attestation['careRelation']> = {}, toa = 1_768_471_200): Attestation {
  return {
    toa,
    practitioner: {
      identifier: id(practitioner, '2.16.578.1.12.4.1.4.1', 'Nora Nurse'),
      hprNumber: id('990000001', '2.16.578.1.12.4.1.4.4'),
      authorization: code('SP', '2.16.578.1.12.4.1.1.9060'),
      legalEntity: id('900000001', '2.16.578.1.12.4.1.4.101'),
      pointOfCare: id('900000011', '2.16.578.1.12.4.1.4.101', 'Bergen legevakt'),
      department: id('705592', '2.16.578.1.12.4.1.4.102', 'Mottak'),
    },
    careRelation: {
      healthcareService: code('KX17', '2.16.578.1.12.4.1.1.8663', 'Legevakt'),
      purposeOfUse: code('BTG', '2.16.840.1.113883.1.11.20448'),
      purpose: 'BTG',
      purposeOfUseDetails: { code: 'BLAALYS', system: 'https://terminology.dips.com/decisiontemplate', text: 'Blålys' },
      decisionRef: { id: 'decision-1', description: 'Bevisstløs', userSelected: true },
      ...more,
    },
    patient: {
      identifier: id(patient, '2.16.578.1.12.4.1.4.1'),
      pointOfCare: id('900000011', '2.16.578.1.12.4.1.4.101'),
      department: undefined,
    },
    unknownMembers: ['practitioner.auhtorization'],
  }
}

const stored = async () => await database.sql`select * from log_attestation order by decision_description`

test('what was attested is kept, and no identity number', async () => {
  await createAttestations(database.sql)(attestation())
  const { id: _id, digest: _digest, ...row } = (await stored())[0] ?? {}
  assert.deepEqual(row, {
    authorization: 'SP',
    point_of_care: '900000011',
    point_of_care_name: 'Bergen legevakt',
    department_system: 'urn:oid:2.16.578.1.12.4.1.4.102',
    department: '705592',
    department_name: 'Mottak',
    healthcare_service_system: 'urn:oid:2.16.578.1.12.4.1.1.8663',
    healthcare_service: 'KX17',
    healthcare_service_text: 'Legevakt',
    purpose_details_system: 'https://terminology.dips.com/decisiontemplate',
    purpose_details: 'BLAALYS',
    purpose_details_text: 'Blålys',
    decision_description: 'Bevisstløs',
    user_selected: true,
    claims: null,
    patient_point_of_care: '900000011',
    patient_department: null,
    unknown_members: ['practitioner.auhtorization'],
  })
})

test('the same content at another time, by another process, for another patient is one row', async () => {
  const one = createAttestations(database.sql)
  const ids = await Promise.all([
    one(attestation()),
    one(attestation({}, 1_768_471_999)),
    createAttestations(database.sql)({ ...attestation(), patient: undefined }),
    createAttestations(database.sql)(attestation({ decisionRef: { id: 'decision-2', description: 'Bevisstløs', userSelected: true } })),
  ])
  // The place where the patient was received is kept; without a patient there is no such place.
  assert.equal(new Set(ids).size, 2)
  assert.equal((await stored()).length, 2)
})

test('an identity number in a free text is taken out, control characters too, and what is too long is cut', async () => {
  const description = `Ring ${patient}\0\u0007 straks ${'æ'.repeat(600)}`
  await createAttestations(database.sql)(attestation({ decisionRef: { id: 'x', description, userSelected: false } }))
  const [row] = await database.sql<{ text: string }[]>`
    select decision_description as text from log_attestation where decision_description like 'Ring%'`
  assert.match(row?.text ?? '', /^Ring \[identity number\]\s+straks æ+$/)
  assert.equal(row?.text.length, 512)
})

test('an attestation without anything in it is kept as such', async () => {
  const empty: Attestation = {
    toa: undefined,
    practitioner: {
      identifier: undefined,
      hprNumber: undefined,
      authorization: undefined,
      legalEntity: undefined,
      pointOfCare: undefined,
      department: undefined,
    },
    careRelation: {
      healthcareService: undefined,
      purposeOfUse: undefined,
      purpose: undefined,
      purposeOfUseDetails: undefined,
      decisionRef: undefined,
    },
    patient: undefined,
    unknownMembers: [],
  }
  assert.match(await createAttestations(database.sql)(empty), /^\d+$/)
  assert.equal(await changedAttestation(database.sql), undefined)
})

test('the runtime role can change none of it', async () => {
  await assert.rejects(database.sql`update log_attestation set user_selected = false`, { code: '42501' })
  await assert.rejects(database.sql`delete from log_attestation`, { code: '42501' })
})

test('one that the owner changed is found', async () => {
  await database.owner`alter table log_attestation disable trigger user`
  await database.owner`update log_attestation set user_selected = not user_selected where decision_description = 'Bevisstløs'`
  await database.owner`alter table log_attestation enable trigger user`
  assert.notEqual(await changedAttestation(database.sql), undefined)
})
