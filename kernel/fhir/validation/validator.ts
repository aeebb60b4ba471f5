/**
 * Validation behind an interface of the kernel, so that compiled profiles can replace the engine (architecture decision 5). `@medplum/core`
 * checks structure, cardinality, data types and the invariants of FHIR; the kernel checks required codes and profiles.
 */
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core'
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes'
import type { Codes } from '../../codes/codes.ts'
import type { Issue } from '../../problem/problem.ts'
import { loadDefinitions } from './definitions.ts'
import { createPlainCheck } from './plain.ts'
import type { Profile } from './profile.ts'
import { checkProfile } from './profile-rules.ts'
import { checkRequiredCodes } from './required-codes.ts'

export interface Validator {
  /**
   * Every error of the resource by FHIR R4 and, when given, by a profile. Warnings of the engine come only with errors. Empty when there
   * are none.
   */
  validate(resource: Resource, profile?: Profile): Issue[]
}

/** Makes a validator for the given resource types. Reads the definitions once. */
export async function createValidator(resourceTypes: Iterable<string>, codes: Codes): Promise<Validator> {
  const definitions = await loadDefinitions(resourceTypes)
  indexStructureDefinitionBundle([...definitions.structures.values()])
  const isPlain = createPlainCheck(definitions)
  return {
    validate(resource, profile) {
      const base = isPlain(resource) ? [] : [...checkStructure(resource), ...checkRequiredCodes(resource, definitions)]
      return profile ? [...base, ...checkProfile(resource, profile, codes)] : base
    },
  }
}

export function checkStructure(resource: Resource): Issue[] {
  try {
    return validateResource(resource).map(toIssue)
  } catch (error) {
    if (error instanceof OperationOutcomeError) return (error.outcome.issue ?? []).map(toIssue)
    throw error
  }
}

function toIssue(issue: OperationOutcomeIssue): Issue {
  // The engine writes a choice element as value[x]; FHIRPath calls it value.
  const expression = issue.expression?.[0]?.replaceAll('[x]', '')
  return {
    severity: issue.severity === 'fatal' || issue.severity === 'error' ? 'error' : 'warning',
    type: issue.code ?? 'invalid',
    code: 'structure',
    text: sentence(issue.details?.text ?? 'Does not follow FHIR R4', expression),
    ...(expression ? { expression } : {}),
  }
}

function sentence(text: string, expression: string | undefined): string {
  const element = expression?.split('.').at(-1) ?? 'element'
  if (text === 'Missing required property') return `FHIR R4 requires ${element} here.`
  if (text.startsWith('Invalid additional property'))
    return `FHIR R4 4.0.1 knows no ${element} here. Remove it, or send it as an extension of the profile.`
  return text.endsWith('.') ? text : `${text}.`
}
