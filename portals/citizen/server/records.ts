/** The records that a person has, by name alone, from $everything (docs/api/everything.md): to restrict one, and to know who has any. */
import { z } from 'zod'
import type { RecordName } from '../contract.ts'

const text = z.string()
const concept = z.object({
  text: text.optional(),
  coding: z.array(z.object({ display: text.optional(), code: text.optional() })).optional(),
})
const concepts = z
  .union([concept, z.array(concept)])
  .optional()
  .catch(undefined)
const name = z.object({ text: text.optional(), family: text.optional(), given: z.array(text).optional() })
const period = z.object({ start: text.optional() }).optional().catch(undefined)
const resource = z.object({
  resourceType: text,
  id: text,
  meta: z.object({ lastUpdated: text.optional() }).optional(),
  extension: z.array(z.object({ url: text, valueIdentifier: z.object({ value: text.optional() }).optional() })).optional(),
  contained: z
    .array(
      z.object({ resourceType: text, type: concepts, code: concepts, practitioner: z.object({ display: text.optional() }).optional() }),
    )
    .optional()
    .catch(undefined),
  code: concept.optional().catch(undefined),
  type: concepts,
  title: text.optional().catch(undefined),
  name: z
    .union([text, z.array(name)])
    .optional()
    .catch(undefined),
  description: z.union([text, concept]).optional().catch(undefined),
  effectiveDateTime: text.optional(),
  effectivePeriod: period,
  recordedDate: text.optional(),
  recordedOn: text.optional(),
  identifiedDateTime: text.optional(),
  issued: text.optional(),
  date: text.optional(),
  startDate: text.optional(),
  period,
  performedDateTime: text.optional(),
  performedPeriod: period,
  authoredOn: text.optional(),
  whenHandedOver: text.optional(),
  sent: text.optional(),
})
type Resource = z.infer<typeof resource>
const bundle = z.object({ entry: z.array(z.object({ fullUrl: text.optional(), resource: z.unknown() })).optional() })

const controllerExtension = 'http://helsevev.no/fhir/StructureDefinition/data-controller'
const address = /\/fhir\/([a-z0-9-]+)\/([A-Za-z]+)\/([a-z-]+)$/

/** Parts of a report, which a choice about the report covers (docs/decisions/0043-a-restriction-follows-the-fact.md). */
const parts: readonly string[] = ['PractitionerRole', 'Specimen', 'ServiceRequest']

/** The records that a choice can be about, the newest of each service first. */
export function recordsIn(answer: unknown): RecordName[] {
  const found = (bundle.parse(answer).entry ?? []).flatMap(({ fullUrl, resource: sent }) => {
    const place = address.exec(fullUrl ?? '')
    const one = resource.safeParse(sent).data
    if (!place || !one) return []
    const [, service = '', type = '', id = ''] = place
    if (parts.includes(type)) return []
    const controller = one.extension?.find(({ url }) => url === controllerExtension)?.valueIdentifier?.value
    const date = dateOf(one)
    const code = one.code?.coding?.[0]?.code
    return {
      reference: `${service}/${type}/${id}`,
      service,
      type,
      label: labelOf(one),
      ...(code === undefined ? {} : { code }),
      ...(date === undefined ? {} : { date }),
      ...(one.meta?.lastUpdated === undefined ? {} : { registered: one.meta.lastUpdated }),
      ...(controller === undefined ? {} : { controller }),
    }
  })
  const newest = ({ date, registered = '' }: RecordName) => date ?? registered
  return found.toSorted((one, other) => one.service.localeCompare(other.service) || newest(other).localeCompare(newest(one)))
}

/** When it was, by the first that is stated. */
function dateOf(one: Resource): string | undefined {
  return (
    one.effectiveDateTime ??
    one.effectivePeriod?.start ??
    one.identifiedDateTime ??
    one.issued ??
    one.recordedDate ??
    one.recordedOn ??
    one.performedDateTime ??
    one.performedPeriod?.start ??
    one.whenHandedOver ??
    one.authoredOn ??
    one.sent ??
    one.date ??
    one.startDate ??
    one.period?.start
  )
}

/** The words that it was registered with; empty when there are only codes, and the type and the date must say it. */
function labelOf({ code, type, title, description, name: named, contained = [] }: Resource): string {
  const words = (one: z.infer<typeof concept> | undefined) => one?.text ?? one?.coding?.find(({ display }) => display)?.display
  const first = (one: Resource['type']) => words(Array.isArray(one) ? one[0] : one)
  const person = Array.isArray(named) ? named[0] : undefined
  const fullName = person && (person.text ?? [...(person.given ?? []), person.family].filter(Boolean).join(' '))
  const device = contained.find(({ resourceType }) => resourceType === 'Device')
  const medication = contained.find(({ resourceType }) => resourceType === 'Medication')
  const about = typeof description === 'string' ? description : words(description)
  const all = [
    title,
    words(code),
    first(type),
    about,
    fullName,
    typeof named === 'string' ? named : undefined,
    first(device?.type),
    first(medication?.code),
  ]
  return all.find((one) => one?.trim()) ?? ''
}
