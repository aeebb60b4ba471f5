/** Systems and extensions of this service. Codes of Volven are in `clinical/systems.ts`. */
import { messageExtensions, extensionUrl as url } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { Extension } from '@medplum/fhirtypes'

const OURS = 'http://helsevev.no/fhir'

/** `M1Pending` and `M1Failed`: not in Reseptformidleren. */
export const LOCAL_STATE = `${OURS}/CodeSystem/prescription-local-state`
export const STATUS_REASON = `${OURS}/CodeSystem/prescription-status-reason`
export const TASK_CODE = `${OURS}/CodeSystem/prescription-task`

export const extensionUrls = {
  ...messageExtensions,
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
  /** What a statement of Reseptformidleren says of a prescription (list 7408), and why it was recalled (7500). */
  statedState: url('prescription-stated-state'),
  statedRecall: url('prescription-stated-recall'),
  /** The prescription that one renews: by a statement of Reseptformidleren, or by its own M1. */
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
