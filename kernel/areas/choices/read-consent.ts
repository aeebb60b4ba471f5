/**
 * Reads a Consent as a choice. A Consent with an element that would narrow or widen it, and that a choice has no place for, is refused:
 * without that element it would be another choice than the one that was requested. Every fault is returned with its element.
 */

import { z } from 'zod'
import { HPR_SYSTEM, LOINC_SYSTEM, ORGANIZATION_SYSTEM, seriesOf } from '../../codes/systems.ts'
import { type Issue, problemWith, type Result } from '../../problem/problem.ts'
import { resourceFaults } from '../../problem/shape-faults.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { period } from '../../values/dates.ts'
import { kindOfSystem } from '../../values/identity-number.ts'
import type { ChoiceKind, NewChoice } from './choice.ts'
import {
  CHOICE_KIND,
  CHOICE_NOTE,
  CONSENT_SCOPE,
  CUSTODIAN,
  LEGAL_BASIS,
  PARTICIPATION,
  PATIENT_CONSENT,
  provisionTypes,
  RECIPIENT,
  SERVICE,
} from './consent.ts'

const coding = z.looseObject({ system: z.string().optional(), code: z.string().optional() })
const concept = z.looseObject({ coding: z.array(coding).max(20).optional() })
const reference = z.looseObject({
  reference: z.string().max(2000).optional(),
  identifier: z.looseObject({ system: z.string().optional(), value: z.string().optional() }).optional(),
})

const FORM = {
  type: 'Consent',
  code: 'invalid-consent',
  page: 'docs/api/consent.md',
  noPlace: 'A choice has no place for this element. Leave it out if the choice means the same without it.',
} as const

/** The token and the clock decide who made the choice and when, so those elements are not read; neither is the narrative. */
const shape = z.strictObject({
  resourceType: z.literal('Consent'),
  id: z.unknown().optional(),
  meta: z.unknown().optional(),
  language: z.unknown().optional(),
  text: z.unknown().optional(),
  dateTime: z.unknown().optional(),
  performer: z.unknown().optional(),
  status: z.literal('active'),
  extension: z
    .array(z.strictObject({ url: z.literal(CHOICE_NOTE), valueString: z.string() }))
    .max(1)
    .optional(),
  scope: concept,
  category: z.array(concept).min(1).max(20),
  patient: reference.optional(),
  policyRule: concept,
  provision: z.strictObject({
    type: z.enum(['deny', 'permit']),
    period: z.strictObject({ start: z.string().optional(), end: z.string().optional() }).optional(),
    actor: z
      .array(z.strictObject({ role: concept, reference }))
      .max(3)
      .optional(),
    class: z.array(coding).max(1).optional(),
    data: z
      .array(z.strictObject({ meaning: z.literal('instance'), reference }))
      .max(1)
      .optional(),
  }),
})

type ConsentBody = z.infer<typeof shape>
type Fault = (element: string, text: string) => undefined

/** `identityNumber` is undefined when no patient is named, which a citizen may leave out. */
export function readConsent(sent: unknown): Result<{ identityNumber: string | undefined; choice: NewChoice }> {
  const parsed = shape.safeParse(sent)
  if (!parsed.success) return problemWith('invalid-consent', resourceFaults(parsed.error.issues, sent, FORM))
  const issues: Issue[] = []
  const fault: Fault = (element, text) => void issues.push(issue(`Consent.${element}`, text))
  const consent = parsed.data
  checkPolicy(consent, fault)
  const identityNumber = numberOf(consent.patient, fault)
  const choice = choiceOf(consent, fault)
  return issues.length > 0 ? problemWith('invalid-consent', issues) : { identityNumber, choice }
}

function checkPolicy({ scope, category, policyRule }: ConsentBody, fault: Fault): void {
  if (!has([scope], CONSENT_SCOPE, 'patient-privacy')) fault('scope', `Expected patient-privacy of ${CONSENT_SCOPE}.`)
  if (!has(category, LOINC_SYSTEM, PATIENT_CONSENT)) fault('category', `One category is ${PATIENT_CONSENT} of ${LOINC_SYSTEM}.`)
  if (!has([policyRule], LEGAL_BASIS, 'PBRL5-3')) fault('policyRule', `Expected PBRL5-3 of ${LEGAL_BASIS}.`)
}

function numberOf(patient: ConsentBody['patient'], fault: Fault): string | undefined {
  if (patient === undefined) return undefined
  const { system, value } = patient.identifier ?? {}
  if (value === undefined) return fault('patient.identifier', 'Name the patient by identifier, with system and value.')
  if (system !== undefined && kindOfSystem(system) === undefined)
    return fault('patient.identifier.system', 'Expected the system of national identity numbers, D-numbers or help numbers.')
  return value.trim()
}

function choiceOf(consent: ConsentBody, fault: Fault): NewChoice {
  const { provision, extension } = consent
  const actors = actorsOf(provision.actor ?? [], fault)
  const kind = kindOf(consent, actors.practitioner !== undefined, fault)
  if (provisionTypes[kind] !== provision.type) fault('provision.type', `A choice of kind ${kind} has type ${provisionTypes[kind]}.`)
  return {
    kind,
    service: serviceOf(provision.class?.[0], fault),
    ...actors,
    record: recordOf(provision.data?.[0]?.reference.reference, provision.data !== undefined && provision.data.length > 0, fault),
    from: timeOf('start', provision.period?.start, fault),
    until: timeOf('end', provision.period?.end, fault),
    note: extension?.[0]?.valueString,
  }
}

/** The kind that the category gives. Without one it follows from the provision, which can mean any kind but an opt-out. */
function kindOf({ category, provision }: ConsentBody, namesPractitioner: boolean, fault: Fault): ChoiceKind {
  const codes = category.flatMap((one) => one.coding ?? []).flatMap(({ system, code }) => (system === CHOICE_KIND ? [code] : []))
  const [code] = codes
  if (codes.length > 1) fault('category', `At most one category has a code of ${CHOICE_KIND}.`)
  if (code !== undefined && Object.hasOwn(provisionTypes, code)) return code as ChoiceKind
  if (codes.length > 0) fault('category', `The codes of ${CHOICE_KIND} are ${Object.keys(provisionTypes).join(', ')}.`)
  if (provision.type === 'permit') return 'consent'
  return namesPractitioner ? 'block' : 'restriction'
}

const places = {
  [`${RECIPIENT} ${HPR_SYSTEM}`]: 'practitioner',
  [`${RECIPIENT} ${ORGANIZATION_SYSTEM}`]: 'receiver',
  [`${CUSTODIAN} ${ORGANIZATION_SYSTEM}`]: 'controller',
} as const

const EXPECTED_ACTOR = [
  `Expected role ${CUSTODIAN} with an organisation number (${ORGANIZATION_SYSTEM}) as reference.identifier,`,
  `or role ${RECIPIENT} with an organisation number or an HPR number (${HPR_SYSTEM}).`,
].join(' ')

type Actors = Pick<NewChoice, 'practitioner' | 'receiver' | 'controller'>

function actorsOf(sent: NonNullable<ConsentBody['provision']['actor']>, fault: Fault): Actors {
  const actors: Actors = {}
  for (const [index, { role, reference }] of sent.entries()) {
    const element = `provision.actor[${index}]`
    const code = role.coding?.find(({ system }) => system === PARTICIPATION)?.code
    const { system, value } = reference.identifier ?? {}
    const place = places[`${code} ${seriesOf(system)}` as keyof typeof places]
    if (place === undefined || value === undefined) {
      fault(element, EXPECTED_ACTOR)
    } else if (actors[place] !== undefined) fault(element, `This Consent already has a ${place}. Send one Consent for each.`)
    else actors[place] = value.trim()
  }
  return actors
}

function serviceOf(sent: z.infer<typeof coding> | undefined, fault: Fault): string | undefined {
  if (sent === undefined) return undefined
  if (sent.system !== SERVICE || !sent.code)
    return fault('provision.class[0]', `Expected the code of an information service, from ${SERVICE}.`)
  return sent.code
}

/** The reference may be absolute or relative: the logical id at its end names the record. */
function recordOf(text: string | undefined, isNamed: boolean, fault: Fault): NewChoice['record'] {
  if (!isNamed) return undefined
  const id = /(?:^|\/)[A-Za-z]{1,64}\/([a-p]{32}|[a-p]{1,16}-[a-p]{1,16})(?:\/_history\/[0-9]+)?$/.exec(text ?? '')?.[1]
  return (
    (id && parseLogicalId(id)) ||
    fault('provision.data[0].reference', 'Expected a reference to a record, in the form that this server gives: Observation/{id}.')
  )
}

function timeOf(bound: 'start' | 'end', text: string | undefined, fault: Fault): Date | undefined {
  if (text === undefined) return undefined
  return (
    period(text)?.[bound] ??
    fault(`provision.period.${bound}`, 'Expected a date or a time, such as 2026-01-31 or 2026-01-31T12:00:00+01:00.')
  )
}

function has(concepts: readonly z.infer<typeof concept>[], system: string, code: string): boolean {
  return concepts.some(({ coding: codings }) => codings?.some((one) => one.system === system && one.code === code))
}

function issue(expression: string, text: string): Issue {
  return { severity: 'error', type: 'invalid', code: 'invalid-consent', text, expression }
}
