/** What was given in hospital, in the document about all medicines of a person. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nurse, organizations, system, testApi } from '@helsevev/kernel/testing/api'
import { hospitalMedicines } from '@helsevev/service-hospital-medicines/service'
import { medicationList } from '@helsevev/service-medication-list/service'
import type { Bundle, Composition, Parameters } from '@medplum/fhirtypes'

const { bergen } = organizations

test('$getMedication has a section of what was given, which is unavailable to who may not read it', async () => {
  const api = await testApi([medicationList, hospitalMedicines])
  try {
    const { number, identifier } = await api.person(1)
    const entry = [
      {
        resourceType: 'MedicationAdministration',
        id: 'a',
        identifier: [{ value: '1' }],
        status: 'completed',
        medicationReference: { reference: 'Medication/m' },
        subject: { identifier },
        effectiveDateTime: '2026-01-14T08:00:00+01:00',
        dosage: { route: { text: 'p.o.' }, dose: { value: 1, unit: 'g' } },
      },
      { resourceType: 'Medication', id: 'm', code: { coding: [{ system: 'http://www.whocc.no/atc', code: 'N02BE01' }] } },
    ].map((resource) => ({
      fullUrl: `https://a.example/${resource.resourceType}/${resource.id}`,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    }))
    const delivery = { resourceType: 'Bundle', type: 'transaction', identifier: { value: '1' }, timestamp: '2026-01-14T20:00:00Z', entry }
    const hospital = system(bergen, { scopes: ['helsevev:hospital-medicines/write'] })
    assert.equal((await api.as(hospital).post('/fhir/hospital-medicines/$lmdi', delivery)).status, 200)
    const given = async (...scopes: string[]) => {
      const form = new URLSearchParams({ 'patient.identifier': number }).toString()
      const who = api.as(nurse(bergen, { scopes: ['helsevev:medication-list/read', ...scopes] }))
      const { body } = await who.post('/fhir/medication-list/$getMedication', form, { 'content-type': 'application/x-www-form-urlencoded' })
      const document = (body as Parameters).parameter?.find(({ name }) => name === 'medication')?.resource as Bundle
      const section = (document.entry?.[0]?.resource as Composition | undefined)?.section?.find(
        ({ code }) => code?.coding?.[0]?.code === 'given-in-hospital',
      )
      const named = section?.entry?.map(
        ({ reference }) => document.entry?.find(({ fullUrl }) => fullUrl === reference)?.resource?.resourceType,
      )
      return named ?? section?.emptyReason?.coding?.[0]?.code
    }
    assert.deepEqual(await given('helsevev:hospital-medicines/read'), ['MedicationAdministration'])
    assert.equal(await given(), 'unavailable')
  } finally {
    await api.close()
  }
})
