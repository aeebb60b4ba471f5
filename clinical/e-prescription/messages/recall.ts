/** M5 Tilbakekalling with its extension, M5.2 its receipt, and M7 that Reseptformidleren has deleted a prescription. */
import { group, optional, required } from '../fields.ts'
import { coded, dateTime, text } from '../types.ts'
import { extensionDiscontinuation } from './prescription.ts'

/** M5 Tilbakekalling */
export const recall = group('Tilbakekalling', {
  /** ReseptId of the prescription that is recalled. */
  prescriptionId: required('ReseptId', text),
  /** Merknad */
  note: optional('Merknad', text),
  /** Arsak 7500 */
  reason: required('Arsak', coded(7500)),
  /** NyReseptId: of the prescription that follows, at 7500 1 and 3. */
  newPrescriptionId: optional('NyReseptId', text),
})

/** TilbakekallingUtvidelse */
export const recallExtension = group(
  'TilbakekallingUtvidelse',
  {
    /** Seponering */
    discontinuation: required('Seponering', extensionDiscontinuation),
  },
  { kept: ['@version'] },
)

/** M5.2 KvitteringTilbakekalling */
export const recallReceipt = group('KvitteringTilbakekalling', {
  /** ReseptId */
  prescriptionId: required('ReseptId', text),
  /** Status 7503: 1 recalled, 2 under dispensing, recalled when it ends. */
  status: required('Status', coded(7503)),
})

/** M7 SlettetReseptRF: it names no prescription; the M5 that it answers is an attachment of the message. */
export const deletedPrescription = group('SlettetReseptRF', {
  /** Tidspunkt */
  time: required('Tidspunkt', dateTime),
})
