/**
 * Every message that can be read: the element and the schema that it is found by, and its structure. A message is found by the local name
 * of its element and the schema that its namespace names, such as `m251` in `http://www.kith.no/xmlstds/eresept/m251/2013-10-08`.
 */
import type { Group, Type, ValueOf } from './fields.ts'
import type { Message } from './message.ts'
import * as dispense from './messages/dispense.ts'
import * as lookUp from './messages/look-up.ts'
import * as lists from './messages/medication-list.ts'
import * as multidose from './messages/multidose.ts'
import * as prescription from './messages/prescription.ts'
import * as recall from './messages/recall.ts'
import { receipt } from './messages/receipt.ts'

interface Kind<B> {
  readonly element: string
  /** The part of the namespace before the date. */
  readonly schema: string
  /** Dates of the schemas, the newest last. */
  readonly versions: readonly [...string[], string]
  readonly type: Type<B> & { group: Group }
  /** Set for what extends a message, in a namespace of its own. It comes as an attachment of the message, as base64. */
  readonly isExtension?: true
}

// biome-ignore format: a table, one row to a line
const kinds = {
  'M1': { element: 'Resept', schema: 'm1', versions: ['2010-05-01', '2013-10-08'], type: prescription.prescription },
  'M1 extension': { element: 'ReseptUtvidelse', schema: 'm1', versions: ['2013-10-08'], type: prescription.prescriptionExtension, isExtension: true },
  'ReseptDokLegemiddel': { element: 'ReseptDokLegemiddel', schema: 'm1', versions: ['2010-05-01', '2013-10-08'], type: prescription.prescribedDrug },
  'M5': { element: 'Tilbakekalling', schema: 'm5', versions: ['2013-04-16'], type: recall.recall },
  'M5 extension': { element: 'TilbakekallingUtvidelse', schema: 'm5', versions: ['2013-04-16'], type: recall.recallExtension, isExtension: true },
  'M5.2': { element: 'KvitteringTilbakekalling', schema: 'm52', versions: ['2013-12-01'], type: recall.recallReceipt },
  'M6': { element: 'UtleveringsrapportRekvirent', schema: 'm6', versions: ['2010-05-01', '2013-10-08'], type: dispense.dispenseReportToPrescriber },
  'M7': { element: 'SlettetReseptRF', schema: 'm7', versions: ['2008-05-01'], type: recall.deletedPrescription },
  'M8': { element: 'UtleveringsrapportFastlege', schema: 'm8', versions: ['2010-06-07', '2013-10-08'], type: dispense.dispenseReportToGeneralPractitioner },
  'M10': { element: 'Utleveringsrapport', schema: 'm10', versions: ['2010-06-07', '2013-10-08'], type: dispense.dispenseReport },
  'Utlevering': { element: 'Utlevering', schema: 'utlevering', versions: ['2010-05-01', '2013-10-08'], type: dispense.dispensing },
  'M25.1': { element: 'LegemidlerIBruk', schema: 'm251', versions: ['2013-10-08'], type: lists.medicationList },
  'M25.1 extension': { element: 'LegemidlerIbrukUtvidelse', schema: 'm251', versions: ['2013-10-08'], type: lists.medicationListExtension, isExtension: true },
  'M25.2': { element: 'LegemidlerIBruk', schema: 'm252', versions: ['2013-10-08'], type: lists.pharmacyChanges },
  'M25.3': { element: 'LegemidlerIBruk', schema: 'm253', versions: ['2013-10-08'], type: lists.multidoseDispensings },
  'M25.4': { element: 'LegemidlerIBruk', schema: 'm254', versions: ['2013-10-08'], type: lists.lines },
  'KritiskInformasjon': { element: 'KritiskInformasjon', schema: 'ki', versions: ['2013-04-25'], type: lists.criticalInformation },
  'M9.5': { element: 'M95', schema: 'm95', versions: ['2008-10-03', '2015-05-01', '2018-07-01', '2021-02-01'], type: lookUp.prescriptionQuery },
  'M9.5 KJ': { element: 'M95KJ', schema: 'm95kj', versions: ['2015-05-01'], type: lookUp.prescriptionQueryOfCore },
  'M9.6': { element: 'M96', schema: 'm96', versions: ['2009-03-18', '2015-05-01', '2018-07-01', '2021-02-01'], type: lookUp.prescriptionsFound },
  'M9.6 KJ': { element: 'M96KJ', schema: 'm96kj', versions: ['2015-05-01'], type: lookUp.prescriptionsFoundOfCore },
  'M9.7': { element: 'M97', schema: 'm97', versions: ['2015-05-01', '2018-07-01'], type: lookUp.dispensingQuery },
  'M9.8': { element: 'M98', schema: 'm98', versions: ['2015-10-15', '2018-07-01'], type: lookUp.dispensingsFound },
  'M9.11': { element: 'M911', schema: 'm911', versions: ['2014-01-21', '2018-07-01', '2021-10-01'], type: lookUp.listQuery },
  'M9.12': { element: 'M912', schema: 'm912', versions: ['2014-01-21', '2018-07-01', '2021-10-01'], type: lookUp.listsFound },
  'M27.1': { element: 'M271', schema: 'm271', versions: ['2013-04-16'], type: multidose.multidoseRegistration },
  'M27.2': { element: 'M272', schema: 'm272', versions: ['2013-04-16'], type: multidose.multidoseRegistrationAnswer },
  'M28': { element: 'M28', schema: 'm28', versions: ['2012-06-11'], type: multidose.multidoseChange },
  'AppRec': { element: 'AppRec', schema: 'apprec', versions: ['2004-11-21', '2012-02-15'], type: receipt },
} as const satisfies Record<string, Kind<unknown>>

export type KindName = keyof typeof kinds

type ExtensionOf<K extends KindName> = `${K} extension` extends KindName ? ValueOf<(typeof kinds)[`${K} extension`]['type']> : never

/** A message of one kind. */
export type MessageOf<K extends KindName> = Message<K, ValueOf<(typeof kinds)[K]['type']>, ExtensionOf<K>>

/** Any message; `kind` says which. */
export type AnyMessage = { [K in KindName]: MessageOf<K> }[KindName]

/** The kinds without their types, for what treats all alike. */
export const kindRows: readonly (readonly [KindName, Kind<unknown>])[] = Object.entries(kinds) as [KindName, Kind<unknown>][]
