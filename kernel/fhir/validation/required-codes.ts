/** Required bindings of elements of type `code` (http://hl7.org/fhir/R4/terminologies.html#required), such as Observation.status. */
import type { Resource } from '@medplum/fhirtypes'
import type { Issue } from '../../problem/problem.ts'
import type { Definitions } from './definitions.ts'

export function checkRequiredCodes(resource: Resource, definitions: Definitions): Issue[] {
  const issues: Issue[] = []
  walk(resource, resource.resourceType, resource.resourceType, definitions, issues)
  return issues
}

/** `path` is the path of the element in its definition (`Quantity.comparator`); `expression` is the FHIRPath from the resource. */
function walk(value: object, path: string, expression: string, definitions: Definitions, issues: Issue[]): void {
  for (const [key, child] of Object.entries(value)) {
    if (child === null || key === 'resourceType') continue
    const { elementPath, type } = locate(path, key, definitions)
    const values = Array.isArray(child) ? child : [child]
    for (const [index, item] of values.entries()) {
      const here = Array.isArray(child) ? `${expression}.${key}[${index}]` : `${expression}.${key}`
      if (typeof item === 'string') checkCode(item, elementPath, here, definitions, issues)
      else if (typeof item === 'object' && item !== null) walk(item, nextPath(item, elementPath, type), here, definitions, issues)
    }
  }
}

function checkCode(code: string, path: string, expression: string, definitions: Definitions, issues: Issue[]): void {
  const binding = definitions.requiredCodes.get(path)
  if (!binding || binding.codes.has(code)) return
  const some = binding.codes.size <= 12 ? ` Use one of: ${[...binding.codes].join(', ')}.` : ''
  issues.push({
    severity: 'error',
    type: 'code-invalid',
    code: 'required-code',
    text: `The code is not in ${binding.valueSet}.${some}`,
    expression,
  })
}

function locate(path: string, key: string, definitions: Definitions): { elementPath: string; type: string | undefined } {
  const elements = definitions.structures.get(path.split('.')[0] ?? '')?.snapshot?.element ?? []
  const exact = elements.find((element) => element.path === `${path}.${key}`)
  if (exact) return { elementPath: `${path}.${key}`, type: exact.type?.[0]?.code }
  for (const element of elements) {
    if (!element.path?.endsWith('[x]') || !`${path}.${key}`.startsWith(element.path.slice(0, -3))) continue
    const suffix = `${path}.${key}`.slice(element.path.length - 3)
    const type = element.type?.find((candidate) => candidate.code?.toLowerCase() === suffix.toLowerCase())
    if (type?.code) return { elementPath: element.path, type: type.code }
  }
  return { elementPath: `${path}.${key}`, type: undefined }
}

function nextPath(item: object, elementPath: string, type: string | undefined): string {
  if ('resourceType' in item && typeof item.resourceType === 'string') return item.resourceType
  return !type || type === 'BackboneElement' || type === 'Element' ? elementPath : type
}
