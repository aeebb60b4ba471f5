/** A WriteContext in memory, and the examples with the service's result. */

import { readdirSync, readFileSync } from 'node:fs'
import { codesAsWritten } from '@helsevev/clinical/codes'
import { SNOMED_CT } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'
import type { WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { Bundle, Observation, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { prepare } from '../fhir/prepare.ts'
import { news2 } from '../service.ts'

const now = new Date('2026-03-10T12:00:00Z')

/** Each spelling stands for itself, except one alias that tests use. */
export const codes: Codes = {
  ...codesAsWritten,
  canonical: (system) => (system === 'urn:oid:2.16.840.1.113883.6.96' ? SNOMED_CT : system),
}

export function context(changes: Partial<WriteContext> = {}): WriteContext {
  const writer = { organizationName: 'Bergen kommune', name: undefined, hprNumber: undefined }
  return { controller: '991000123', now, birthDate: '1950-03-14', resolve: async () => undefined, codes, writer, ...changes }
}

export function readExample<T extends Resource>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fhir/examples/${name}.json`, import.meta.url), 'utf8'))
}

export const exampleNames = readdirSync(new URL('../fhir/examples/', import.meta.url))
  .flatMap((file) => (file.endsWith('.request.json') ? [file.replace('.request.json', '')] : []))
  .sort()

/** The service's answer: the score as it is served, without what the server adds, or why it is refused. */
export async function answer(
  request: Observation | Bundle<Observation>,
  birthDate = '1950-03-14',
): Promise<Observation | OperationOutcome> {
  const entries = request.resourceType === 'Bundle' ? (request.entry ?? []) : [{ resource: request }]
  const resolve = async (reference: string) => entries.find((entry) => 'fullUrl' in entry && entry.fullUrl === reference)?.resource
  const observation = entries.at(-1)?.resource
  if (!observation) throw new Error('The example holds no Observation')
  const declaration = news2.resources['Observation']
  const profile = declaration?.profiles.find(({ when }) => when?.(observation))
  if (!profile && declaration?.otherwise) return outcome([declaration.otherwise(observation)])
  const { resource, issues } = await prepare(observation, context({ birthDate, resolve }))
  if (issues.some(({ severity }) => severity === 'error')) return outcome(issues)
  return resource
}

function outcome(issues: Issue[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity, type, code, text, expression }) => ({
      severity,
      code: type as OperationOutcome['issue'][number]['code'],
      details: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/problem', code }], text },
      ...(expression ? { expression: [expression] } : {}),
    })),
  }
}
