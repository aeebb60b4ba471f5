/**
 * The base definition of a resource type as the elements of a snapshot (http://hl7.org/fhir/R4/profiling.html#snapshot), made from the
 * tables that the validator compiles and from `r4/texts.json`. Definitions are the short texts of FHIR: the long ones stand at hl7.org.
 */
import { readFileSync } from 'node:fs'
import type { ElementDefinition } from '@medplum/fhirtypes'
import { type ElementRow, type ElementType, r4 } from './r4.ts'

interface Texts {
  short?: string
  binding?: [strength: 'required' | 'extensible' | 'preferred' | 'example', valueSet: string]
  modifier?: string
  summary?: true
}

const BASE = 'http://hl7.org/fhir/StructureDefinition/'
let texts: Record<string, Record<string, Texts>> | undefined

/** The elements of a resource type, in the order of FHIR. */
export function baseSnapshot(type: string): ElementDefinition[] {
  const rows = r4().type(type)?.rows ?? []
  const [top] = rows
  if (!top) return []
  const elements = [elementOf(type, type, top, type)]
  for (const row of r4().type('DomainResource')?.rows ?? [])
    if (row.path !== '.') elements.push(elementOf(type, 'DomainResource', row, type))
  for (const row of rows.slice(1)) {
    elements.push(elementOf(type, type, row, type))
    if (hasOwnElements(rows, row)) elements.push(...inherited(`${type}.${row.path}`, row.types[0]?.code ?? ''))
  }
  return elements
}

/** The elements of a data type below an element: `Observation.code` gets id, extension, coding and text. */
export function typeElements(path: string, type: string): ElementDefinition[] {
  const own = (r4().type(type)?.rows ?? []).filter((row) => row.path !== '.' && row.path !== 'id' && row.path !== 'extension')
  const base = r4().type(type)?.base === 'BackboneElement' ? 'BackboneElement' : 'Element'
  return [...inherited(path, base), ...own.map((row) => elementOf(path, type, row, type))]
}

function hasOwnElements(rows: readonly ElementRow[], { path }: ElementRow): boolean {
  return rows.some((row) => row.path.startsWith(`${path}.`))
}

function inherited(path: string, base: string): ElementDefinition[] {
  return (r4().type(base)?.rows ?? []).flatMap((row) => (row.path === '.' ? [] : [elementOf(path, base, row, base)]))
}

function elementOf(holder: string, from: string, row: ElementRow, type: string): ElementDefinition {
  const path = row.path === '.' ? holder : `${holder}.${row.path}`
  const { short = path, binding, modifier, summary } = textsOf(from, row.path)
  const max = row.max === Number.POSITIVE_INFINITY ? '*' : `${row.max}`
  const constraint = row.invariants.map((key) => ({
    key: key.split('.').at(-1) ?? key,
    severity: 'error' as const,
    human: r4().invariant(key)?.human ?? key,
    expression: r4().invariant(key)?.expression ?? 'true',
  }))
  return {
    id: path,
    path,
    short,
    definition: short,
    min: row.min,
    max,
    base: { path: row.path === '.' ? type : `${from}.${row.path}`, min: row.min, max },
    ...(row.sameAs === undefined ? {} : { contentReference: `#${type}.${row.sameAs}` }),
    ...(row.path === '.' || row.types.length === 0 ? {} : { type: row.types.map((one) => typeOf(one)) }),
    ...(constraint.length > 0 ? { constraint } : {}),
    isModifier: row.isModifier,
    ...(row.isModifier ? { isModifierReason: modifier ?? short } : {}),
    ...(summary ? { isSummary: true } : {}),
    ...(binding ? { binding: { strength: binding[0], valueSet: binding[1] } } : {}),
  }
}

function typeOf({ code, targets }: ElementType): NonNullable<ElementDefinition['type']>[number] {
  const name = code.replace('System.', 'http://hl7.org/fhirpath/System.')
  if (targets.length === 0) return { code: name }
  const urls = targets.map((target) => `${BASE}${target}`)
  return code === 'Reference' ? { code, targetProfile: urls } : { code, profile: urls }
}

/** The elements of a type that FHIR marks as summary, by path in the type: http://hl7.org/fhir/R4/elementdefinition-definitions.html */
export function summaryPaths(type: string): string[] {
  return Object.entries(allTexts()[type] ?? {}).flatMap(([path, { summary }]) => (summary ? [path] : []))
}

function textsOf(type: string, path: string): Texts {
  return allTexts()[type]?.[path] ?? {}
}

/** Read when the first profile or summary is asked for: a server that nobody asks does without them. */
function allTexts(): Record<string, Record<string, Texts>> {
  texts ??= JSON.parse(readFileSync(new URL('./r4/texts.json', import.meta.url), 'utf8')) as Record<string, Record<string, Texts>>
  return texts
}
