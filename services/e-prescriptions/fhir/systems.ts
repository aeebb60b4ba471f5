/** Systems and extensions of this service. Codes of Volven are in `clinical/systems.ts`. */
import type { Extension, Identifier } from '@medplum/fhirtypes'

const OURS = 'http://helsevev.no/fhir'

/** ReseptId: the MsgId of an M1. */
export const RESEPT_ID = `${OURS}/NamingSystem/resept-id`
/** The MsgId of an M10. */
export const M10_ID = `${OURS}/NamingSystem/m10-id`
/** The MsgId of any message, which is the key of its record. */
export const MESSAGE_ID = `${OURS}/NamingSystem/e-prescription-message`

/** What a message is, such as `M5.2`. */
export const MESSAGE_KIND = `${OURS}/CodeSystem/e-prescription-message`
/** `M1Pending` and `M1Failed`: not in Reseptformidleren. */
export const LOCAL_STATE = `${OURS}/CodeSystem/prescription-local-state`
export const STATUS_REASON = `${OURS}/CodeSystem/prescription-status-reason`
export const TASK_CODE = `${OURS}/CodeSystem/prescription-task`

/** Numbers of FEST, as SFM and Direktoratet for medisinske produkter write them. */
export const FEST = 'http://ehelse.no/fhir/CodeSystem/FEST'
export const ARTICLE_NUMBER = 'http://dmp.no/fhir/NamingSystem/fest-varenummer'

const url = (name: string) => `${OURS}/StructureDefinition/${name}`

export const extensionUrls = {
  /** An element of the message that FHIR has no element for: `path`, and `value` with `unit` where it has one. */
  element: url('e-prescription-element'),
  /** When the message was made (GenDate). */
  messageTime: url('e-prescription-message-time'),
  /** What the messages of others make of a prescription. */
  state: url('prescription-state'),
  /** A locked prescription: it exists, and its content is not here. */
  locked: url('prescription-locked'),
  /** Vergeinnsynsreservasjon: hidden from those who represent the patient. */
  hiddenFromRepresentatives: url('prescription-hidden-from-representatives'),
  /** The prescription has a reference number, which is not stored. */
  hasReferenceNumber: url('prescription-has-reference-number'),
  reimbursement: url('prescription-reimbursement'),
  /** OppdatertFest: the age of the copy of FEST that was used. */
  festUpdated: url('prescription-fest-updated'),
  unlicensed: url('prescription-unlicensed'),
  applicationArea: url('dosage-application-area'),
  use: url('dosage-use'),
  shortDose: url('dosage-short-dose'),
  /** Words, short dose and structure disagree; none of them is chosen. */
  contradiction: url('dosage-contradiction'),
  /** What a statement of Reseptformidleren says of a prescription (list 7408), and why it was recalled (7500). */
  statedState: url('prescription-stated-state'),
  statedRecall: url('prescription-stated-recall'),
  previousPrescription: url('prescription-previous'),
  /** AnnulleringsId of a cancellation. */
  cancels: url('dispense-cancels'),
  /** Avsluttet: the pharmacy ends the prescription. */
  concluded: url('dispense-concluded'),
  /** Status 7503 of an M5.2, or of 8258 of an AppRec. */
  answer: url('e-prescription-answer'),
  /** The MsgId that is answered. */
  answers: url('e-prescription-answers'),
  /** M9.6: prescriptions exist that need their reference number. */
  lockedExist: url('prescriptions-locked-exist'),
} as const

export function extensionOf(resource: { extension?: Extension[] | undefined }, name: keyof typeof extensionUrls): Extension | undefined {
  return resource.extension?.find(({ url: own }) => own === extensionUrls[name])
}

/** An identifier is compared as written, except that a UUID is in small letters, so that one id is one. */
export function identifierOf(system: string, value: string): Identifier {
  const named: Readonly<Record<string, string>> = { [RESEPT_ID]: 'ReseptId', [M10_ID]: 'M10id', [MESSAGE_ID]: 'MsgId' }
  return { type: { text: named[system] ?? system }, system, value: idText(value) }
}

const UUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i

export function idText(value: string): string {
  const [, uuid] = UUID.exec(value.trim()) ?? []
  return uuid?.toLowerCase() ?? value.trim()
}

/** The value of the identifier of that system. */
export function identifierValue(system: string, identifiers: readonly (Identifier | undefined)[] | undefined): string | undefined {
  return identifiers?.find((one) => one?.system === system)?.value
}
