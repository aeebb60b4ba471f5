import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import type { Bundle, Observation, OperationOutcome } from '@medplum/fhirtypes'
import { news2 } from '../service.ts'
import { answer, codes, exampleNames, readExample } from '../testing/context.ts'

const validator = createValidator(codes)

for (const name of exampleNames) {
  const request = readExample<Observation | Bundle<Observation>>(`${name}.request`)

  test(`${name} is answered as its example says`, async () => {
    assert.deepEqual(await answer(request), readExample<Observation | OperationOutcome>(`${name}.answer`))
  })

  test(`${name} follows FHIR R4 and, where it is not refused for its code, the profile, before and after`, async () => {
    const answered = await answer(request)
    const sent = request.resourceType === 'Bundle' ? (request.entry ?? []).flatMap(({ resource }) => resource ?? []) : [request]
    for (const observation of answered.resourceType === 'Observation' ? [...sent, answered] : sent) {
      const profile = news2.resources['Observation']?.profiles.find(({ when }) => when?.(observation))?.profile
      const errors = validator.validate(observation, profile).filter(({ severity }) => severity === 'error')
      assert.deepEqual(errors, [])
    }
  })
}
