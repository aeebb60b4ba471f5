/**
 * Reads a RelatedPerson as what a citizen may register: a power of attorney to another person, or a parent's consent that a youth signs in.
 * A RelatedPerson with any other element is refused as a whole. docs/api/related-person.md
 */
import { z } from 'zod'
import { type Issue, problemWith, type Result } from '../../problem/problem.ts'
import { resourceFaults } from '../../problem/shape-faults.ts'
import { period } from '../../values/dates.ts'
import { classify, holdsIdentityNumber, kindOfSystem } from '../../values/identity-number.ts'
import { RELATION_AREA, RELATION_KIND } from './related-person.ts'

const identifier = z.looseObject({ system: z.string().optional(), value: z.string().max(64).optional() })

const FORM = {
  type: 'RelatedPerson',
  code: 'invalid-related-person',
  page: 'docs/api/related-person.md',
  noPlace: 'A relation has no place for this element. Leave it out.',
} as const

const shape = z.strictObject({
  resourceType: z.literal('RelatedPerson'),
  id: z.unknown().optional(),
  meta: z.unknown().optional(),
  language: z.unknown().optional(),
  text: z.unknown().optional(),
  active: z.literal(true).optional(),
  patient: z.looseObject({ identifier: identifier.optional() }).optional(),
  identifier: z.array(identifier).max(1).optional(),
  name: z
    .array(z.looseObject({ family: z.string().max(200).optional() }))
    .max(1)
    .optional(),
  relationship: z
    .array(z.looseObject({ coding: z.array(z.looseObject({ system: z.string().optional(), code: z.string().optional() })).max(10) }))
    .min(1)
    .max(5),
  extension: z
    .array(z.strictObject({ url: z.literal(RELATION_AREA), valueCode: z.string().max(8) }))
    .max(20)
    .optional(),
  period: z.strictObject({ start: z.string().optional(), end: z.string().optional() }).optional(),
})

type RelatedPersonBody = z.infer<typeof shape>

export interface RelationRequest {
  kind: 'power-of-attorney' | 'parental-consent'
  /** Undefined when the patient is the citizen who sends the request. */
  patientNumber: string | undefined
  /** The person who is to act, in a power of attorney. */
  receiver: { number: string; familyName: string } | undefined
  areas: string[]
  from: Date | undefined
  until: Date | undefined
}

export function readRelatedPerson(sent: unknown): Result<RelationRequest> {
  const parsed = shape.safeParse(sent)
  if (!parsed.success) return problemWith('invalid-related-person', resourceFaults(parsed.error.issues, sent, FORM))
  const issues: Issue[] = []
  const fault = (element: string, text: string): undefined => void issues.push(issue(`RelatedPerson.${element}`, text))
  const kind = kindOf(parsed.data, fault)
  const relation: RelationRequest = {
    kind: kind ?? 'power-of-attorney',
    patientNumber: numberOf('patient.identifier', parsed.data.patient?.identifier, fault),
    receiver: kind === 'power-of-attorney' ? receiverOf(parsed.data, fault) : undefined,
    areas: (parsed.data.extension ?? []).map(({ valueCode }) => valueCode),
    from: timeOf('start', parsed.data.period?.start, fault),
    until: timeOf('end', parsed.data.period?.end, fault),
  }
  if (kind === 'parental-consent') {
    if (relation.patientNumber === undefined && issues.length === 0) fault('patient.identifier', 'Name the youth by identifier.')
    if (parsed.data.identifier !== undefined) fault('identifier', 'The parent who consents is the one who is signed in. Leave it out.')
  }
  return issues.length > 0 ? problemWith('invalid-related-person', issues) : relation
}

type Fault = (element: string, text: string) => undefined

function kindOf({ relationship }: RelatedPersonBody, fault: Fault): RelationRequest['kind'] | undefined {
  const codes = relationship.flatMap(({ coding }) => coding).flatMap(({ system, code }) => (system === RELATION_KIND ? [code] : []))
  const [code] = codes
  if (codes.length === 1 && (code === 'power-of-attorney' || code === 'parental-consent')) return code
  return fault(
    'relationship',
    `Expected one code of ${RELATION_KIND}: power-of-attorney or parental-consent. A registrar registers the other kinds.`,
  )
}

function receiverOf({ identifier: sent, name }: RelatedPersonBody, fault: Fault): RelationRequest['receiver'] {
  const familyName = name?.[0]?.family?.trim()
  const number = sent?.[0] === undefined ? undefined : numberOf('identifier[0]', sent[0], fault)
  if (sent?.[0] === undefined) fault('identifier', 'Give the identity number of the person who is to act for you.')
  if (!familyName) fault('name', 'Give the family name of the person who is to act for you, as name.family. It must agree with the number.')
  else if (/\p{Cc}/u.test(familyName) || !familyName.isWellFormed() || holdsIdentityNumber(familyName))
    fault('name', 'A family name holds neither numbers of people nor control characters.')
  if (number !== undefined && !classify(number))
    fault('identifier[0].value', 'This is no identity number. Check each digit with the person who is to act for you.')
  return number === undefined || !familyName ? undefined : { number, familyName }
}

function numberOf(element: string, sent: z.infer<typeof identifier> | undefined, fault: Fault): string | undefined {
  if (sent === undefined) return undefined
  if (sent.value === undefined) return fault(element, 'Give system and value.')
  if (sent.system !== undefined && kindOfSystem(sent.system) === undefined)
    return fault(`${element}.system`, 'Expected the system of national identity numbers, D-numbers or help numbers.')
  return sent.value.trim()
}

/** The last day is part of the period. */
function timeOf(bound: 'start' | 'end', text: string | undefined, fault: Fault): Date | undefined {
  if (text === undefined) return undefined
  return period(text)?.[bound] ?? fault(`period.${bound}`, 'Expected a date or a time, such as 2026-01-31 or 2026-01-31T12:00:00+01:00.')
}

function issue(expression: string, text: string): Issue {
  return { severity: 'error', type: 'invalid', code: 'invalid-related-person', text, expression }
}
