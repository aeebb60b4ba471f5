/** The smallest answer that a row permits: for a test that passes it on. */
import type * as z from 'zod/mini'

export function sampleOf(schema: z.core.$ZodType): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape).flatMap(([name, value]) => (value._zod.def.type === 'optional' ? [] : [[name, sampleOf(value)]])),
      )
    case 'array':
      return [sampleOf(def.element)]
    case 'tuple':
      return def.items.map(sampleOf)
    case 'nullable':
      return null
    case 'enum':
      return Object.values(def.entries)[0]
    case 'string':
      return 'text'
    case 'number':
      return 1
    case 'boolean':
      return true
    default:
      throw new Error(`No sample of ${def.type} is known.`)
  }
}
