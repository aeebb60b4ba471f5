/** Representation in both directions: powers of attorney given and withdrawn, and consent for a youth. docs/api/related-person.md */
import { classify } from '@helsevev/kernel/values/identity-number'
import { z } from 'zod'
import type { Relation } from '../contract.ts'
import type { Some } from './people.ts'

const kindSystem = 'http://helsevev.no/fhir/CodeSystem/representation'
const areaExtension = 'http://helsevev.no/fhir/StructureDefinition/representation-area'
export const relationHandlers: Some<'relations' | 'givePower' | 'giveConsent' | 'endRelation'> = {
  relations: async ({ api }) => ({ relations: relationsIn(await api.post('/fhir/RelatedPerson/_search', new URLSearchParams())) }),

  async givePower({ api }, { body: { identityNumber, familyName, areas, until } }) {
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
  },

  async giveConsent({ api, session }, { body: { person, until } }) {
    const youth = Object.hasOwn(session.others, person) ? session.others[person] : undefined
    if (!youth) return { code: 'person-changed' }
    const made = await api.post('/fhir/RelatedPerson', {
      resourceType: 'RelatedPerson',
      patient: { identifier: youth },
      relationship: [{ coding: [{ system: kindSystem, code: 'parental-consent' }] }],
      ...(until === undefined ? {} : { period: { end: until } }),
    })
    return { relation: relationOf(relatedPerson.parse(made)) }
  },

  async endRelation({ api }, { id }) {
    await api.put(`/fhir/RelatedPerson/${id}`, { resourceType: 'RelatedPerson', active: false })
    return undefined
  },
}

const text = z.string()
const relatedPerson = z.object({
  resourceType: z.literal('RelatedPerson'),
  id: text,
  active: z.boolean(),
  extension: z.array(z.object({ url: text, valueCode: text.optional() })).optional(),
  /** Absent where the requesting person is the patient. */
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
    // A power of attorney is ended by either of the two; a consent, by the parent who gave it.
    mayEnd: found.active && (kind === 'power-of-attorney' || (kind === 'parental-consent' && mine)),
  }
}
