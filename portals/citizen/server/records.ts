/** The records that a person has, by name alone, from $everything (docs/api/everything.md): to restrict one, and to know who has any. */
import { z } from 'zod'
import type { RecordName } from '../contract.ts'

const text = z.string()
const concept = z.object({
  text: text.optional(),
  coding: z.array(z.object({ display: text.optional(), code: text.optional() })).optional(),
})
const resource = z.object({
  resourceType: text,
  id: text,
  extension: z.array(z.object({ url: text, valueIdentifier: z.object({ value: text.optional() }).optional() })).optional(),
  code: concept.optional().catch(undefined),
  type: z
    .union([concept, z.array(concept)])
    .optional()
    .catch(undefined),
  description: z.object({ text: text.optional() }).optional().catch(undefined),
  effectiveDateTime: text.optional(),
  effectivePeriod: z.object({ start: text.optional() }).optional(),
  recordedDate: text.optional(),
  issued: text.optional(),
  period: z.object({ start: text.optional() }).optional().catch(undefined),
  performedDateTime: text.optional(),
})
const bundle = z.object({ entry: z.array(z.object({ fullUrl: text.optional(), resource: z.unknown() })).optional() })

const controllerExtension = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
const address = /\/fhir\/([a-z0-9-]+)\/([A-Za-z]+)\/([a-z-]+)$/

export function recordsIn(answer: unknown): RecordName[] {
  return (bundle.parse(answer).entry ?? []).flatMap(({ fullUrl, resource: sent }) => {
    const place = address.exec(fullUrl ?? '')
    const found = resource.safeParse(sent).data
    if (!place || !found) return []
    const [, service = '', type = '', id = ''] = place
    const controller = found.extension?.find(({ url }) => url === controllerExtension)?.valueIdentifier?.value
    const date =
      found.effectiveDateTime ??
      found.effectivePeriod?.start ??
      found.issued ??
      found.recordedDate ??
      found.performedDateTime ??
      found.period?.start
    return {
      reference: `${service}/${type}/${id}`,
      service,
      type,
      label: labelOf(found),
      ...(date === undefined ? {} : { date }),
      ...(controller === undefined ? {} : { controller }),
    }
  })
}

function labelOf({ code, type, description }: z.infer<typeof resource>): string {
  const words = (one: z.infer<typeof concept> | undefined) => one?.text ?? one?.coding?.find(({ display }) => display)?.display
  const first = Array.isArray(type) ? type[0] : type
  return words(code) ?? words(first) ?? description?.text ?? code?.coding?.[0]?.code ?? ''
}
