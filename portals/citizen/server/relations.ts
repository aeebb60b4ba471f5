/** Who acts for me, whom I act for: powers of attorney given and withdrawn, consent for a youth. docs/api/related-person.md */
import { classify } from '@helsevev/kernel/values/identity-number'
import type { Desk } from '@helsevev/portal/server'
import { z } from 'zod'
import type { Relation } from '../contract.ts'
import type { Content } from './people.ts'

const kindSystem = 'http://helsevev.no/fhir/CodeSystem/representation'
const areaExtension = 'http://helsevev.no/fhir/StructureDefinition/representation-area'
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const powerBody = z.strictObject({
  /** Of whoever is to act: as typed, with or without spaces. */
  identityNumber: z.string().max(20),
  familyName: z.string().trim().min(1).max(100),
  areas: z
    .array(z.string().regex(/^\d{1,2}$/))
    .min(1)
    .max(20),
  until: day.optional(),
})
const consentBody = z.strictObject({ person: z.string().min(1).max(64), until: day.optional() })

export function relationRoutes(desk: Desk<Content>): void {
  desk.reads('/api/relations', async ({ api }) => ({
    relations: relationsIn(await api.post('/fhir/RelatedPerson/_search', new URLSearchParams())),
  }))

  desk.changes('POST', '/api/powers', powerBody, async ({ api }, { identityNumber, familyName, areas, until }) => {
    const value = identityNumber.replaceAll(/\s/g, '')
    const number = classify(value)
    if (!number) return { code: 'identity-number-invalid' }
    const made = await api.post('/fhir/RelatedPerson', {
      resourceType: 'RelatedPerson',
      identifier: [{ system: number.system, value }],
      name: [{ family: familyName }],
      relationship: [{ coding: [{ system: kindSystem, code: 'power-of-attorney' }] }],
      extension: areas.map((area) => ({ url: areaExtension, valueCode: area })),
      ...(until === undefined ? {} : { period: { end: until } }),
    })
    return { relation: relationOf(relatedPerson.parse(made)) }
  })

  desk.changes('POST', '/api/parental-consents', consentBody, async ({ api, session }, { person, until }) => {
    const youth = Object.hasOwn(session.others, person) ? session.others[person] : undefined
    if (!youth) return { code: 'person-changed' }
    const made = await api.post('/fhir/RelatedPerson', {
      resourceType: 'RelatedPerson',
      patient: { identifier: youth },
      relationship: [{ coding: [{ system: kindSystem, code: 'parental-consent' }] }],
      ...(until === undefined ? {} : { period: { end: until } }),
    })
    return { relation: relationOf(relatedPerson.parse(made)) }
  })

  desk.changes('PUT', '/api/relations/:id/end', z.strictObject({}), async ({ api, parameters }) => {
    const id = parameters['id'] ?? ''
    if (!/^[a-z0-9.-]{1,128}$/.test(id)) return { code: 'invalid-request' }
    await api.put(`/fhir/RelatedPerson/${id}`, { resourceType: 'RelatedPerson', active: false })
    return undefined
  })
}

const text = z.string()
const relatedPerson = z.object({
  resourceType: z.literal('RelatedPerson'),
  id: text,
  active: z.boolean(),
  extension: z.array(z.object({ url: text, valueCode: text.optional() })).optional(),
  /** Absent where the person asked is the patient. */
  identifier: z.array(z.unknown()).optional(),
  patient: z.object({ display: text.optional() }).optional(),
  relationship: z.array(z.object({ coding: z.array(z.object({ system: text.optional(), code: text.optional() })) })).min(1),
  name: z.array(z.object({ text: text.optional() })).optional(),
  period: z.object({ start: text.optional(), end: text.optional() }).optional(),
})
const searchset = z.object({ entry: z.array(z.object({ resource: z.unknown() })).optional() })

function relationsIn(answer: unknown): Relation[] {
  return (searchset.parse(answer).entry ?? []).flatMap(({ resource }) => {
    const found = relatedPerson.safeParse(resource).data
    return found ? relationOf(found) : []
  })
}

function relationOf(found: z.infer<typeof relatedPerson>): Relation {
  const kind = found.relationship[0]?.coding.find(({ system }) => system === kindSystem)?.code ?? ''
  const mine = found.identifier !== undefined
  const name = mine ? found.patient?.display : found.name?.[0]?.text
  const until = found.period?.end
  return {
    id: found.id,
    kind,
    direction: mine ? 'mine' : 'acts-for-me',
    ...(name === undefined ? {} : { name }),
    active: found.active,
    areas: (found.extension ?? []).filter(({ url }) => url === areaExtension).flatMap(({ valueCode }) => valueCode ?? []),
    from: found.period?.start ?? '',
    ...(until === undefined ? {} : { until }),
    // A power by either of the two; a consent by the parent who gave it.
    mayEnd: found.active && (kind === 'power-of-attorney' || (kind === 'parental-consent' && mine)),
  }
}
