/** Who asks for a last visit and is no citizen learns who may. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OperationOutcome } from '@medplum/fhirtypes'
import { nurse, organizations, system, type TestApi, testApi } from '../../testing/api.ts'

let api: TestApi
before(async () => {
  api = await testApi()
})
after(async () => await api.close())

for (const [who, caller] of [
  ['a nurse', nurse(organizations.bergen, { scopes: ['helsevev:access-log/read'] })],
  ['a system', system(organizations.bergen, { scopes: ['helsevev:access-log/read'] })],
] as const)
  test(`${who} who asks for a last visit learns who may, and what to do instead`, async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await api.as(caller).post('/fhir/Patient/$last-visit', '', form)
    const [issue] = (reply.body as OperationOutcome).issue
    assert.deepEqual([reply.status, issue?.details?.coding?.[0]?.code], [403, 'access-denied'])
    assert.match(issue?.details?.text ?? '', /for citizens .* _lastUpdated/)
  })
