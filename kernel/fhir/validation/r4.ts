/**
 * The definitions of FHIR R4 4.0.1, of every resource type and data type, as `tools/r4-definitions.ts` writes them from those of hl7.org
 * (http://hl7.org/fhir/R4/downloads.html, CC0). Reading them takes 3 ms; a type is understood when a resource of it comes.
 */
import { readFileSync } from 'node:fs'

/** One element of a type, such as `component.value[x]`. */
export interface ElementRow {
  /** The path in the type; `.` for the type itself. */
  path: string
  min: number
  /** The greatest number; Infinity for `*`. */
  max: number
  types: readonly ElementType[]
  /** The path in the type whose elements this one has, such as `referenceRange` for `component.referenceRange`. */
  sameAs: string | undefined
  /** The canonical URL of the value set that is required here. */
  valueSet: string | undefined
  /** The element changes what others mean: http://hl7.org/fhir/R4/conformance-rules.html#isModifier */
  isModifier: boolean
  /** The keys of invariants that are errors, without those of every element, resource and extension. */
  invariants: readonly string[]
}

export interface ElementType {
  /** `CodeableConcept`, `Reference`, `System.String` */
  code: string
  /** For a Reference, the types that it may point to; for a Quantity, the narrower type. Empty when there is no limit. */
  targets: readonly string[]
}

interface TypeRows {
  kind: 'resource' | 'complex-type' | 'primitive-type'
  base: string | undefined
  rows: readonly ElementRow[]
}

export interface R4 {
  /** Undefined for a name that R4 does not have. */
  type(name: string): TypeRows | undefined
  /** What an invariant says, in words and in FHIRPath. */
  invariant(key: string): { human: string; expression: string } | undefined
  /** The keys of all invariants that are errors. */
  invariants(): string[]
  /** The codes of a value set by system; undefined for one without a list. */
  valueSet(url: string): Readonly<Record<string, readonly string[]>> | undefined
  /** The names of all types, resources and data types. */
  types(): string[]
}

interface File {
  types: Record<string, { kind: TypeRows['kind']; base?: string; rows: string[] }>
  invariants: Record<string, { human: string; expression: string }>
  valueSets: Record<string, Record<string, string[]>>
}

let known: R4 | undefined

/** The definitions, read once. */
export function r4(): R4 {
  known ??= readR4()
  return known
}

function readR4(): R4 {
  const file = JSON.parse(readFileSync(new URL('./r4/definitions.json', import.meta.url), 'utf8')) as File
  const parsed = new Map<string, TypeRows>()
  const own = <T>(from: Record<string, T>, name: string): T | undefined => (Object.hasOwn(from, name) ? from[name] : undefined)
  return {
    type(name) {
      const type = own(file.types, name)
      if (!type) return undefined
      const rows = parsed.get(name) ?? { kind: type.kind, base: type.base, rows: type.rows.map(rowOf) }
      parsed.set(name, rows)
      return rows
    },
    invariant: (key) => own(file.invariants, key),
    invariants: () => Object.keys(file.invariants),
    valueSet: (url) => own(file.valueSets, url),
    types: () => Object.keys(file.types),
  }
}

function rowOf(text: string): ElementRow {
  const [path = '', cardinality = '', ...parts] = text.split(' ')
  const [min = '0', max = '*'] = cardinality.split('..')
  const marked = (mark: string) => parts.find((part) => part.startsWith(mark))?.slice(1)
  const types = parts.find((part) => !/^[@=!^]/.test(part))
  return {
    path,
    min: Number(min),
    max: max === '*' ? Number.POSITIVE_INFINITY : Number(max),
    types: types?.split('|').map(typeOf) ?? [],
    sameAs: marked('@'),
    valueSet: marked('='),
    isModifier: parts.includes('!'),
    invariants: marked('^')?.split(',') ?? [],
  }
}

function typeOf(text: string): ElementType {
  const [code = '', targets] = text.split(/[()]/)
  return { code, targets: targets?.split(',') ?? [] }
}
