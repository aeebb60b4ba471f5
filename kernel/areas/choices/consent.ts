/**
 * A choice of the patient as a FHIR Consent (http://hl7.org/fhir/R4/consent.html), after HL7 Norway's proposal for withdrawing consent
 * (scope patient-privacy, LOINC 59284-0, PBRL5-3). docs/api/consent.md
 */

import type { CodeableConcept, Consent, ConsentProvision, ConsentProvisionActor } from '@medplum/fhirtypes'
import { HPR_SYSTEM, LOINC_SYSTEM, ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import { logicalId } from '../../store/ids.ts'
import { type ChoiceKind, type StoredChoice, stands } from './choice.ts'

export const CONSENT_SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope'
export const PATIENT_CONSENT = '59284-0'
export const LEGAL_BASIS = 'http://hl7.no/fhir/CodeSystem/no-basis-legal-formality-or-basis'
export const CHOICE_KIND = 'http://helsevev.no/fhir/CodeSystem/patient-choice'
export const SERVICE = 'http://helsevev.no/fhir/CodeSystem/information-service'
export const CHOICE_NOTE = 'http://helsevev.no/fhir/StructureDefinition/patient-choice-note'
export const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
/** Information recipient: who may not, or may, see the records. */
export const RECIPIENT = 'IRCP'
/** Custodian: the organisation whose records they are. */
export const CUSTODIAN = 'CST'
export const provisionTypes: Record<ChoiceKind, 'deny' | 'permit'> = {
  'opt-out': 'deny',
  restriction: 'deny',
  block: 'deny',
  consent: 'permit',
}

/** Who made the choice. The patient is shown by number, others by name. */
const performerTypes = { self: 'Patient', representative: 'RelatedPerson', staff: 'Practitioner' } as const

/** `identifier`: the number the patient is shown under. The status is `active` as long as the choice stands. */
export function consentOf(
  choice: StoredChoice,
  { identifier, now, baseUrl }: { identifier: { system: string; value: string }; now: Date; baseUrl: string },
): Consent & { id: string } {
  const { madeAs, madeBy } = choice
  const who = madeAs === 'self' ? { identifier } : madeBy === null ? {} : { display: madeBy }
  return {
    resourceType: 'Consent',
    id: logicalId(choice.patient, choice.id),
    meta: { versionId: versionOf(choice), lastUpdated: (choice.ended ?? choice.made).toISOString() },
    ...(choice.note === null ? {} : { extension: [{ url: CHOICE_NOTE, valueString: choice.note }] }),
    status: stands(choice, now) ? 'active' : 'inactive',
    scope: concept(CONSENT_SCOPE, 'patient-privacy'),
    category: [concept(LOINC_SYSTEM, PATIENT_CONSENT), concept(CHOICE_KIND, choice.kind)],
    patient: { identifier },
    dateTime: choice.made.toISOString(),
    performer: [{ type: performerTypes[madeAs], ...who }],
    policyRule: concept(LEGAL_BASIS, 'PBRL5-3'),
    provision: provisionOf(choice, baseUrl),
  }
}

/** Version 1 when made and 2 when ended; nothing else of a choice changes. */
export function versionOf({ ended }: Pick<StoredChoice, 'ended'>): '1' | '2' {
  return ended === null ? '1' : '2'
}

function provisionOf(choice: StoredChoice, baseUrl: string): ConsentProvision {
  const { service, controller, receiver, practitioner, record, recordPath, patient } = choice
  const actors = [
    ...actor(RECIPIENT, HPR_SYSTEM, practitioner),
    ...actor(RECIPIENT, ORGANIZATION_SYSTEM, receiver),
    ...actor(CUSTODIAN, ORGANIZATION_SYSTEM, controller),
  ]
  const reference = record === null ? undefined : `${baseUrl}/fhir/${recordPath}/${logicalId(patient, record)}`
  return {
    type: provisionTypes[choice.kind],
    ...periodOf(choice),
    ...(actors.length > 0 ? { actor: actors } : {}),
    ...(service === null ? {} : { class: [{ system: SERVICE, code: service }] }),
    ...(reference === undefined ? {} : { data: [{ meaning: 'instance', reference: { reference } }] }),
  }
}

/** The period starts when the choice was made, or later if it began later. In FHIR the end is part of the period. */
function periodOf({ from, until, made }: StoredChoice): Pick<ConsentProvision, 'period'> {
  const start = from > made ? from : made
  return { period: { start: start.toISOString(), ...(until === null ? {} : { end: new Date(until.getTime() - 1).toISOString() }) } }
}

function actor(role: string, system: string, value: string | null): ConsentProvisionActor[] {
  return value === null ? [] : [{ role: concept(PARTICIPATION, role), reference: { identifier: { system, value } } }]
}

function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] }
}
