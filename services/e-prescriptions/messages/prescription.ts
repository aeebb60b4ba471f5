/** An M1 as a MedicationRequest. */
import type { MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import type { Prescribing } from '@helsevev/clinical/e-prescription/messages/drug'
import { conceptOf, quantityOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import { dosagesOf } from '@helsevev/clinical/e-prescription-fhir/dosage'
import {
  annotations,
  commonExtensions,
  messageIdentifier,
  noteIssues,
  notesOf,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { medicationOf } from '@helsevev/clinical/e-prescription-fhir/medication'
import { senderRole } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, idText, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { RELEASE_SYSTEM } from '@helsevev/kernel/codes/release-codes'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { keepDecimal } from '@helsevev/kernel/values/json'
import type { Extension, MedicationRequest, MedicationRequestDispenseRequest, Quantity } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { placed } from './placed.ts'

/** Packages, as a unit of `Quantity`. */
const PACKAGE = 'pakning'
/** Hidden from those who represent the patient (Volven 9603). */
export const HIDDEN_FROM_REPRESENTATIVES = { system: RELEASE_SYSTEM, code: 'NORN_FORANS' }
/** Shown instead of what is not here. */
export const MASKED = 'Låst resept: innholdet vises bare med referansenummer'
export const NOT_STATED = 'Ikke oppgitt i meldingen'

export function prescriptionOf(sent: Sent<MessageOf<'M1'>>): MedicationRequest {
  const { body } = sent.message
  return body.isLocked === true ? lockedOf(sent) : openOf(sent)
}

/** What is stored of a locked prescription: that it exists, and until when. */
function lockedOf(sent: Sent<MessageOf<'M1'>>): MedicationRequest {
  const { body } = sent.message
  const resource: MedicationRequest = {
    resourceType: 'MedicationRequest',
    ...(body.hiddenFromRepresentatives ? { meta: { security: [HIDDEN_FROM_REPRESENTATIVES] } } : {}),
    extension: [
      { url: extensionUrls.messageTime, valueDateTime: sent.time },
      { url: extensionUrls.locked, valueBoolean: true },
      ...earlier(sent),
      ...hidden(body),
    ],
    identifier: [identifierOf(RESEPT_ID, sent.id), messageIdentifier(sent)],
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: MASKED },
    subject: {},
    authoredOn: body.authoredOn ?? sent.time,
    ...(body.validUntil === undefined ? {} : { dispenseRequest: { validityPeriod: periodOf(body) } }),
  }
  return withIssues(resource, [flag('locked-prescription', 'Resept/LastResept'), ...numberIssues(body)])
}

function openOf(sent: Sent<MessageOf<'M1'>>): MedicationRequest {
  const { body, extension, head } = sent.message
  const { drug, supply } = body
  const document = drug ?? supply
  const medication = medicationOf(drug, supply)
  const requester = senderRole(head?.sender, body.specialty)
  const { dosages, isContradictory } = dosagesOf(prescribingOf(body), extension?.dosage)
  const category = conceptOf(document?.itemGroup, 7402)
  const substitution = drug?.substitutionAllowed?.code
  const resource = withoutEmpty<MedicationRequest>({
    resourceType: 'MedicationRequest',
    ...(body.hiddenFromRepresentatives ? { meta: { security: [HIDDEN_FROM_REPRESENTATIVES] } } : {}),
    contained: [...(medication ? [medication] : []), ...(requester ? [requester] : [])],
    extension: [
      ...commonExtensions(sent, placed),
      ...earlier(sent),
      ...hidden(body),
      ...ownExtensions(body),
      ...unclear(substitution, drug),
      ...otherWords(sent),
    ],
    identifier: [identifierOf(RESEPT_ID, sent.id), messageIdentifier(sent)],
    // Others complete it (fhir/derived.ts).
    status: 'active',
    intent: 'order',
    category: category ? [category] : [],
    ...(medication ? { medicationReference: { reference: '#medication' } } : { medicationCodeableConcept: { text: NOT_STATED } }),
    subject: {},
    authoredOn: body.authoredOn ?? sent.time,
    ...(requester ? { requester: { reference: '#sender' } } : {}),
    note: [...annotations(drug?.note, supply?.note), ...notesOf(sent)],
    dosageInstruction: dosages,
    dispenseRequest: dispenseRequestOf(body),
    ...(substitution === '1' || substitution === '2' ? { substitution: { allowedBoolean: substitution === '1' } } : {}),
  })
  return withIssues(resource, [
    ...noteIssues(sent),
    ...(isContradictory ? [flag('dose-contradiction', 'Resept/ReseptDokLegemiddel/Forskrivning')] : []),
    ...numberIssues(body),
  ])
}

type Body = MessageOf<'M1'>['body']

/** The message that an M1 goes on from (RefToParent of its head): M1 has no element of its own for the prescription that it renews. */
function earlier({ id, message }: Sent<MessageOf<'M1'>>): Extension[] {
  const parent = message.head?.conversation?.parent
  if (parent === undefined || idText(parent) === idText(id)) return []
  return [{ url: extensionUrls.previousPrescription, valueIdentifier: identifierOf(RESEPT_ID, parent) }]
}

/** A code of substitution other than yes and no is kept. */
function unclear(code: string | undefined, drug: Body['drug']): Extension[] {
  if (code === '1' || code === '2' || drug?.substitutionAllowed === undefined) return []
  const { display, text } = drug.substitutionAllowed
  const valueString = [code, display, text].filter(Boolean).join(' ')
  const path = { url: 'path', valueString: 'Resept/ReseptDokLegemiddel/BytteresRekvirent' }
  return [{ url: extensionUrls.element, extension: [path, { url: 'value', valueString }] }]
}

/** How it is taken; of consumables and food, their instruction. */
export function prescribingOf({ drug, supply }: Pick<Body, 'drug' | 'supply'>): Prescribing {
  const words = supply?.instruction
  return drug?.prescribing ?? { dosings: [], ...(words === undefined ? {} : { doseText: words }) }
}

/** The words of the message come before those of its extension, which are kept. */
function otherWords({ message: { body, extension } }: Sent<MessageOf<'M1'>>): Extension[] {
  const words = extension?.dosage?.doseText
  if (words === undefined || prescribingOf(body).doseText === undefined) return []
  const path = { url: 'path', valueString: 'ReseptUtvidelse/Dosering/Doseringstekst' }
  return [{ url: extensionUrls.element, extension: [path, { url: 'value', valueString: words }] }]
}

function numberIssues({ referenceNumber }: Body): Issue[] {
  return referenceNumber === undefined ? [] : [flag('reference-number-left-out', 'Resept/RefNr')]
}

function hidden({ hiddenFromRepresentatives, referenceNumber }: Body): Extension[] {
  return [
    ...(hiddenFromRepresentatives ? [{ url: extensionUrls.hiddenFromRepresentatives, valueBoolean: true }] : []),
    ...(referenceNumber === undefined ? [] : [{ url: extensionUrls.hasReferenceNumber, valueBoolean: true }]),
  ]
}

function ownExtensions({ drug, supply, festUpdated }: Body): Extension[] {
  const basis = conceptOf((drug ?? supply)?.reimbursementBasis, 7427)
  const code = conceptOf(drug?.reimbursementCode, 7434)
  const reimbursement = [
    ...(basis ? [{ url: 'basis', valueCodeableConcept: basis }] : []),
    ...(code ? [{ url: 'code', valueCodeableConcept: code }] : []),
  ]
  return [
    ...(festUpdated === undefined ? [] : [{ url: extensionUrls.festUpdated, valueDateTime: festUpdated }]),
    ...(reimbursement.length > 0 ? [{ url: extensionUrls.reimbursement, extension: reimbursement }] : []),
    ...(drug?.unlicensed ? [{ url: extensionUrls.unlicensed, valueBoolean: true }] : []),
  ]
}

/** From the day that the pharmacy may hand it out. Dates that contradict each other leave the last day, which ends the prescription. */
function periodOf({ authoredOn, earliestDispense, validUntil }: Body) {
  const start = earliestDispense ?? authoredOn
  const isOrdered = start !== undefined && (validUntil === undefined || start <= validUntil)
  return { ...(isOrdered ? { start } : {}), ...(validUntil === undefined ? {} : { end: validUntil }) }
}

function dispenseRequestOf(body: Body): MedicationRequestDispenseRequest {
  const { drug, supply } = body
  const quantity = handedOut(drug ?? supply)
  const period = periodOf(body)
  const repeats = drug?.repeats
  return {
    ...(Object.keys(period).length > 0 ? { validityPeriod: period } : {}),
    ...(repeats !== undefined && repeats >= 0 && repeats < 2 ** 31 ? { numberOfRepeatsAllowed: repeats } : {}),
    ...(quantity ? { quantity } : {}),
  }
}

/** Packages, or an amount. */
export function handedOut(document: { packages?: string; amount?: { value?: string; unit?: string } } | undefined): Quantity | undefined {
  const { packages, amount } = document ?? {}
  if (packages === undefined) return amount && quantityOf(amount)
  const quantity: Quantity = { value: Number(packages), unit: PACKAGE }
  keepDecimal(quantity, 'value', packages)
  return quantity
}
