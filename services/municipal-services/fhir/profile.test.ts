import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profileCheck } from '@helsevev/kernel/fhir/validation/profile-rules'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Resource } from '@medplum/fhirtypes'
import { testCodes } from '../testing/codes.ts'
import { reportedService } from '../testing/records.ts'
import { municipalServiceProfile } from './profile.ts'

const check = profileCheck(municipalServiceProfile, testCodes())
function faultsOf(sent: Resource): Issue[] {
  const issues: Issue[] = []
  check(sent, issues)
  return issues
}

const IPLOS = { system: 'urn:oid:2.16.578.1.12.4.1.1.9151', code: '15' }

for (const [name, change, place] of [
  ['a service as it should be', {}, undefined],
  ['a paused service', { status: 'onhold' }, undefined],
  ['a service entered in error', { status: 'entered-in-error' }, undefined],
  ['on hold as the guide writes it', { status: 'on-hold' }, 'EpisodeOfCare.status'],
  ['a planned service', { status: 'planned' }, 'EpisodeOfCare.status'],
  ['a patient by reference alone', { patient: { reference: 'Patient/1' } }, 'EpisodeOfCare.patient.identifier'],
  ['no period', { period: undefined }, 'EpisodeOfCare.period'],
  ['no start', { period: { end: '2026-06-15' } }, 'EpisodeOfCare.period.start'],
  ['no type: a service can lack its code', { type: undefined }, undefined],
  ['a type of words', { type: [{ text: 'Hjemmesykepleie' }] }, 'EpisodeOfCare.type[0].coding'],
  ['two codings in one type', { type: [{ coding: [IPLOS, IPLOS] }] }, 'EpisodeOfCare.type[0].coding'],
  ['a diagnosis', { diagnosis: [{ condition: { display: 'x' } }] }, 'EpisodeOfCare.diagnosis'],
  ['a care manager', { careManager: { display: 'x' } }, 'EpisodeOfCare.careManager'],
] as const) {
  test(`profile: ${name} ${place ? `is refused at ${place}` : 'passes'}`, () => {
    const sent = JSON.parse(JSON.stringify({ ...reportedService('100200406'), ...change })) as Resource
    assert.deepEqual(
      faultsOf(sent).map(({ expression }) => expression),
      place ? [place] : [],
    )
  })
}
