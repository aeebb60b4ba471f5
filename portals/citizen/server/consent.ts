/** Translates a choice to a Consent of the API and back: docs/api/consent.md */
import { hl7, identifierSystems, LOINC } from '@helsevev/clinical/systems'
import { z } from 'zod'
import { type Choice, type ChoiceKind, choiceKinds, type NewChoice, type Organization, type Practitioner } from '../contract.ts'
import type { About } from './people.ts'

const kindSystem = 'http://helsevev.no/fhir/CodeSystem/patient-choice'
const participation = hl7('v3-ParticipationType')

const concept = (system: string, code: string) => ({ coding: [{ system, code }] })

/** Without the service that it begins with: http://hl7.org/fhir/R4/references.html#literal */
function typeAndId(record: string): string {
  return record.slice(record.indexOf('/') + 1)
}

/** Exactly what the person asked for: a part that is left out would make it another choice. */
export function consentOf(choice: NewChoice, about: About): object {
  const { kind, service, controller, receiver, hprNumber, record, until } = choice
  const actor = (role: string, system: string, value: string | undefined) =>
    value === undefined ? [] : [{ role: concept(participation, role), reference: { identifier: { system, value } } }]
  const actors = [
    ...actor('IRCP', identifierSystems.HPR, hprNumber),
    ...actor('IRCP', identifierSystems.ENH, receiver),
    ...actor('CST', identifierSystems.ENH, controller),
  ]
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: concept(hl7('consentscope'), 'patient-privacy'),
    category: [concept(LOINC, '59284-0'), concept(kindSystem, kind)],
    ...(about.identifier ? { patient: { identifier: about.identifier } } : {}),
    policyRule: concept('http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis', 'PBRL5-3'),
    provision: {
      type: kind === 'consent' ? 'permit' : 'deny',
      ...(until === undefined ? {} : { period: { end: until } }),
      ...(actors.length > 0 ? { actor: actors } : {}),
      ...(service === undefined ? {} : { class: [{ system: 'http://helsevev.no/fhir/CodeSystem/information-service', code: service }] }),
      ...(record === undefined ? {} : { data: [{ meaning: 'instance', reference: { reference: typeAndId(record) } }] }),
    },
  }
}

const text = z.string()
const codings = z.object({ coding: z.array(z.object({ system: text.optional(), code: text.optional() })).min(1) })
const period = z.object({ start: text.optional(), end: text.optional() })
const consent = z.object({
  resourceType: z.literal('Consent'),
  id: text,
  meta: z.object({ versionId: text.optional(), lastUpdated: text.optional() }).optional(),
  extension: z.array(z.object({ url: text, valueString: text.optional() })).optional(),
  status: text,
  category: z.array(codings),
  dateTime: text.optional(),
  performer: z.array(z.object({ type: text.optional(), display: text.optional() })).optional(),
  provision: z
    .object({
      period: period.optional(),
      actor: z
        .array(
          z.object({ role: codings, reference: z.object({ identifier: z.object({ system: text.optional(), value: text.optional() }) }) }),
        )
        .optional(),
      class: z.array(z.object({ code: text.optional() })).optional(),
      data: z.array(z.unknown()).optional(),
    })
    .optional(),
})
export type Consent = z.infer<typeof consent>

const searchset = z.object({ entry: z.array(z.object({ resource: z.unknown() })).optional() })

export const parseConsent = (answer: unknown): Consent => consent.parse(answer)

export function consentsIn(answer: unknown): Consent[] {
  return (searchset.parse(answer).entry ?? []).flatMap(({ resource }) => consent.safeParse(resource).data ?? [])
}

const isKind = (code: string | undefined): code is ChoiceKind => choiceKinds.some((kind) => kind === code)

function actorValue({ provision }: Consent, role: string, system: string): string | undefined {
  return provision?.actor?.find((actor) => actor.role.coding[0]?.code === role && actor.reference.identifier.system === system)?.reference
    .identifier.value
}

export const hprNumberIn = (one: Consent) => actorValue(one, 'IRCP', identifierSystems.HPR)

const madeBy = { Patient: 'self', RelatedPerson: 'representative', Practitioner: 'staff' } as const

export interface Names {
  organizations: readonly Organization[]
  practitioners: readonly Practitioner[]
}

/** Undefined for a kind that the portal does not know. */
export function choiceOf(one: Consent, { organizations, practitioners }: Names): Choice | undefined {
  const kind = one.category.flatMap(({ coding }) => coding).find(({ system }) => system === kindSystem)?.code
  if (!isKind(kind)) return undefined
  const named = (number: string | undefined) =>
    number === undefined ? undefined : { number, name: organizations.find((known) => known.number === number)?.name ?? number }
  const hprNumber = hprNumberIn(one)
  const service = one.provision?.class?.[0]?.code
  const controller = named(actorValue(one, 'CST', identifierSystems.ENH))
  const receiver = named(actorValue(one, 'IRCP', identifierSystems.ENH))
  const [performer] = one.performer ?? []
  const note = one.extension?.find(({ url }) => url.endsWith('/patient-choice-note'))?.valueString
  const until = one.provision?.period?.end
  // Version 2 exists when the choice was ended, and shows when.
  const ended = one.meta?.versionId === '2' ? one.meta.lastUpdated : undefined
  return {
    id: one.id,
    kind,
    active: one.status === 'active',
    ...(service === undefined ? {} : { service }),
    ...(controller === undefined ? {} : { controller }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(hprNumber === undefined
      ? {}
      : { practitioner: practitioners.find((known) => known.hprNumber === hprNumber) ?? { hprNumber, name: hprNumber } }),
    record: (one.provision?.data?.length ?? 0) > 0,
    made: one.dateTime ?? '',
    ...(until === undefined ? {} : { until }),
    ...(ended === undefined ? {} : { ended }),
    madeBy: madeBy[performer?.type as keyof typeof madeBy] ?? 'self',
    ...(performer?.display === undefined ? {} : { madeByName: performer.display }),
    ...(note === undefined ? {} : { note }),
  }
}
