/**
 * The test record system, mounted in development next to the test identity provider: made-up users of one municipality, made-up patients.
 */
import { EHR_CLIENT, EHR_PATH, ehrTest } from '@helsevev/ehr-test'
import { classify } from '@helsevev/kernel/values/identity-number'
import type { FastifyPluginAsync } from 'fastify'
import type { SmartEhr } from './env.ts'
import type { SeedWorld } from './seed/world.ts'

export interface TestEhr {
  plugin: FastifyPluginAsync
  /** As the clinician portal knows it; its address is known once the server listens. */
  asSmartEhr(): SmartEhr
}

const USER = 'nurse-bergen'
const PATIENTS = ['astrid', 'gunnar', 'signe', 'per', 'amina', 'emil', 'berit', 'solveig']

export function testEhr(world: SeedWorld, origin: () => string): TestEhr {
  const organization = world.staff.find(({ id }) => id === USER)?.employers[0]?.number ?? ''
  const users = world.staff.flatMap(({ id, name, hprNumber, employers }) =>
    hprNumber && employers.some(({ number }) => number === organization) ? [{ id, name: name.join(' '), hprNumber }] : [],
  )
  const patients = world.patients.flatMap(({ id, givenName, familyName, identifiers }) => {
    const value = identifiers.at(-1)?.value ?? ''
    const system = classify(value)?.system
    return PATIENTS.includes(id) && system ? [{ id, name: `${givenName} ${familyName}`, identifier: { system, value } }] : []
  })
  return {
    plugin: ehrTest({ origin, users, patients }),
    asSmartEhr: () => ({ iss: `${origin()}${EHR_PATH}/fhir`, clientId: EHR_CLIENT, organization, name: 'Testjournalen' }),
  }
}
