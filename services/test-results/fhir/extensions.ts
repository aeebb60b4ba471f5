/** Extensions of Pasientens prøvesvar (NILAR 1.6, http://nhn.no/fhir/nilar) and our own, and the identifier systems of the message. */
import type { Extension } from '@medplum/fhirtypes'

const NILAR = 'http://nhn.no/fhir/nilar/StructureDefinition/nilar-'

export const extensionUrls = {
  reportDate: `${NILAR}report-date`,
  approvalDate: `${NILAR}approval-date`,
  comment: `${NILAR}comment`,
  informationItem: `${NILAR}inf-item`,
  reportReference: `${NILAR}diagnostic-report-ref`,
  accredited: `${NILAR}accredited`,
  investigationDate: `${NILAR}investigation-date`,
  statusChangeDate: `${NILAR}status-change-date`,
  medicalValidationDate: `${NILAR}medical-validation-date`,
  counterSignDate: `${NILAR}counter-sign-date`,
  descriptionDate: `${NILAR}description-date`,
  receiptDate: `${NILAR}receipt-date`,
  /** A copy receiver of the report: a Reference with identifier and name. */
  copyReceiver: 'http://helsevev.no/fhir/StructureDefinition/copy-receiver',
  /** Heading of a text result, list 8243, such as FU (findings) or RSB (resistance). */
  heading: 'http://helsevev.no/fhir/StructureDefinition/result-heading',
} as const

/**
 * The source of an identifier in the message. NILAR binds Identifier.system to these codes themselves
 * (http://nhn.no/fhir/nilar/CodeSystem/identifier-source-cs), not to an address made from them.
 */
export const identifierSources = {
  message: 'MsgId',
  request: 'ServReqId',
  requestByProvider: 'ServReqIdByServProvider',
  specimen: 'AnalysedSubjectId',
  specimenByRequester: 'AnalysedSubjectIdByRequester',
  report: 'ServReportId',
  result: 'ResultItemId',
} as const

export function dateExtension(url: string, value: string | undefined): Extension[] {
  return value === undefined ? [] : [{ url, valueDateTime: value }]
}

/** Value of the first extension with this URL. */
export function extensionOf(resource: { extension?: Extension[] | undefined }, url: string): Extension | undefined {
  return resource.extension?.find((extension) => extension.url === url)
}
