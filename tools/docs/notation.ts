/** Shapes of a wire as they stand in the docs: the notation of TypeScript, with the names that the contract gives them. */
import type * as z from 'zod/mini'

export type Names = ReadonlyMap<z.core.$ZodType, string>

/** Schemas that a module exports, by name: `roleGrant` is `RoleGrant`. */
export function namesIn(...modules: readonly object[]): Names {
  const found = modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, z.core.$ZodType] => isSchema(entry[1]))
  return new Map(found.map(([name, schema]) => [schema, name.charAt(0).toUpperCase() + name.slice(1)]))
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

/** In one line; what has a name is named. */
export function notation(schema: z.core.$ZodType, names: Names): string {
  return names.get(schema) ?? inline(schema, names)
}

/** A named object, one member to a line. */
export function declaration(name: string, schema: z.core.$ZodType, names: Names): string {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type !== 'object') return `${name} = ${inline(schema, names)}`
  return [`${name} {`, ...members(def.shape, names).map((member) => `  ${member}`), '}'].join('\n')
}

/** Every named shape that a schema holds, itself first. */
export function shapesIn(schema: z.core.$ZodType, names: Names): z.core.$ZodType[] {
  const inner = innerOf(schema).flatMap((one) => shapesIn(one, names))
  return names.has(schema) ? [schema, ...inner] : inner
}

function innerOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.values(def.shape)
    case 'array':
      return [def.element]
    case 'optional':
    case 'nullable':
    case 'readonly':
      return [def.innerType]
    case 'union':
      return def.options
    case 'tuple':
      return def.items
    case 'record':
      return [def.valueType]
    default:
      return []
  }
}

function inline(schema: z.core.$ZodType, names: Names): string {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const of = (one: z.core.$ZodType) => notation(one, names)
  switch (def.type) {
    case 'object':
      return pageOf(def.shape, names) ?? `{ ${members(def.shape, names).join('; ')} }`
    case 'array':
      return /^[^{]* \| /.test(of(def.element)) ? `(${of(def.element)})[]` : `${of(def.element)}[]`
    case 'nullable':
      return `${of(def.innerType)} | null`
    case 'optional':
    case 'readonly':
      return of(def.innerType)
    case 'union':
      return def.options.map(of).join(' | ')
    case 'tuple':
      return `[${def.items.map(of).join(', ')}]`
    case 'record':
      return `Record<${of(def.keyType)}, ${of(def.valueType)}>`
    case 'enum':
      return Object.values(def.entries).map(quoted).join(' | ')
    case 'literal':
      return def.values.map(quoted).join(' | ')
    case 'undefined':
      return 'nothing'
    case 'custom':
      return 'object'
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'unknown':
      return def.type
    default:
      throw new Error(`The notation of the zod type ${def.type} is missing in tools/docs/notation.ts.`)
  }
}

const quoted = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value))

function members(shape: z.core.$ZodShape, names: Names): string[] {
  return Object.entries(shape).map(([name, value]) => `${name}${value._zod.def.type === 'optional' ? '?' : ''}: ${notation(value, names)}`)
}

/** A part of a list. */
function pageOf(shape: z.core.$ZodShape, names: Names): string | undefined {
  const { items } = shape
  const isPage = Object.keys(shape).join() === 'items,count,skip,more'
  return isPage && items ? `Page<${notation(items, names).slice(0, -2)}>` : undefined
}
