import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followUpFindings as apiFollowUpFindings } from '@helsevev/kernel/areas/follow-up/follow-up'
import { misuseFindings as apiMisuseFindings } from '@helsevev/kernel/areas/misuse/cases'
import { controllerRoles, permissions } from '@helsevev/kernel/control/contract'
import { assertComplete, assertOwnWords, wordedBy } from '@helsevev/portal/testing/texts'
import { followUpFindings, misuseFindings, purposes, refusals, waitingKinds } from '../contract.ts'
import { pages } from '../routes.ts'
import { texts } from './texts.ts'

const known = wordedBy(texts)
const isWorded = (...keys: string[]) => {
  for (const key of keys) assert.ok(known.has(key), key)
}

test('every text is there in bokmål, nynorsk and English, and the sign-in page is worded', () => {
  assertComplete(texts)
  assertOwnWords(texts)
})

test('every reason why the API says no has a sentence', () => {
  isWorded(...[...refusals, 'organisation-refused'].map((code) => `refused.${code}`), 'problem.person-unknown')
})

test('every page, purpose, role, permission and kind of waiting has a name', () => {
  isWorded(
    ...Object.keys(pages)
      .filter((page) => page !== 'cell')
      .map((page) => `title.${page}`),
  )
  isWorded(...purposes.map((purpose) => `purpose.${purpose}`))
  isWorded(...controllerRoles.flatMap((role) => [`role.${role}.name`, `role.${role}.text`, `questions.as.${role}`]))
  isWorded(...permissions.map((permission) => `permission.${permission}`))
  isWorded(...waitingKinds.flatMap((kind) => ['name', 'some', 'none', 'unknown'].map((one) => `home.${kind}.${one}`)))
})

test('findings are those of the API, each with a name and a sentence', () => {
  assert.deepEqual([followUpFindings, misuseFindings], [apiFollowUpFindings, apiMisuseFindings])
  isWorded(...followUpFindings.flatMap((one) => [`followUps.findings.${one}.name`, `followUps.findings.${one}.text`]))
  isWorded(...misuseFindings.flatMap((one) => [`misuse.findings.${one}.name`, `misuse.findings.${one}.text`]))
})
