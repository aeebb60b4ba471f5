/** Systems and extensions of records that are made from messages of e-prescription. Codes of Volven are in `../systems.ts`. */
import type { Identifier } from '@medplum/fhirtypes'

const OURS = 'http://helsevev.no/fhir'

/** ReseptId: the MsgId of an M1. */
export const RESEPT_ID = `${OURS}/NamingSystem/resept-id`
/** The MsgId of an M10. */
export const M10_ID = `${OURS}/NamingSystem/m10-id`
/** The MsgId of any message. */
export const MESSAGE_ID = `${OURS}/NamingSystem/e-prescription-message`
/** Id of a line of the medication list, which never changes. */
export const PLL_ID = `${OURS}/NamingSystem/pll-id`

/** What a message is, such as `M5.2`. */
export const MESSAGE_KIND = `${OURS}/CodeSystem/e-prescription-message`

/** Numbers of FEST, as SFM and Direktoratet for medisinske produkter write them. */
export const FEST = 'http://ehelse.no/fhir/CodeSystem/FEST'
export const ARTICLE_NUMBER = 'http://dmp.no/fhir/NamingSystem/fest-varenummer'

export const extensionUrl = (name: string) => `${OURS}/StructureDefinition/${name}`

/** Extensions that the records of all messages may have. */
export const messageExtensions = {
  /** An element of the message that FHIR has no element for: `path`, and `value` with `unit` where it has one. */
  element: extensionUrl('e-prescription-element'),
  /** When the message was made (GenDate). */
  messageTime: extensionUrl('e-prescription-message-time'),
  applicationArea: extensionUrl('dosage-application-area'),
  use: extensionUrl('dosage-use'),
  shortDose: extensionUrl('dosage-short-dose'),
  /** Preparattype (7424) of a Medication. */
  preparationType: extensionUrl('drug-preparation-type'),
  /** Words, short dose and structure disagree; none of them is chosen. */
  contradiction: extensionUrl('dosage-contradiction'),
} as const

const texts: Readonly<Record<string, string>> = { [RESEPT_ID]: 'ReseptId', [M10_ID]: 'M10id', [MESSAGE_ID]: 'MsgId', [PLL_ID]: 'PLL' }

/** An identifier is compared as written, except that a UUID is in small letters, so that one id is one. */
export function identifierOf(system: string, value: string): Identifier {
  return { type: { text: texts[system] ?? system }, system, value: idText(value) }
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
