/**
 * Look-ups of a prescriber in Reseptformidleren and their answers: prescriptions (M9.5 and M9.6 of 2008 to 2021, and those of
 * Kjernejournal), dispensings of a prescription (M9.7 and M9.8) and the list of medicines (M9.11 and M9.12 of 2014 to 2021). One structure
 * reads all years.
 */
import { group, list, optional, required } from '../fields.ts'
import { amount, boolean, coded, date, dateTime, decimal, integer, opened, text } from '../types.ts'
import { contact, FK1, identifier, sharedAddress } from './common.ts'
import type { ListMessage } from './medication-list.ts'

/** Samtykke, until 2015. */
const consent = optional('Samtykke', coded(1101))
/** Komprimering: whether the answer may be compressed. */
const compression = optional('Komprimering', integer)

/** M9.5 M95 */
export const prescriptionQuery = group('M95', {
  /** Fnr */
  patient: optional('Fnr', text),
  /** AlleResepter: whether all are asked for. */
  all: required('AlleResepter', coded(1101)),
  /** RefNr */
  referenceNumbers: list('RefNr', text),
  consent,
  compression,
})

/** M9.5 KJ */
export const prescriptionQueryOfCore = group('M95KJ', {
  /** Fnr */
  patient: required('Fnr', text),
})

/** PasientInfo */
const patientInfo = group('PasientInfo', {
  /** Fnr */
  patient: required('Fnr', text),
  /** AndreFnr */
  otherNumbers: list('AndreFnr', text),
})

/** Utlevering */
const dispensed = group('Utlevering', {
  /** Varenr */
  articleNumber: optional('Varenr', text),
  /** NavnFormStyrke */
  name: required('NavnFormStyrke', text),
  /** Pakningsstr */
  packageSize: optional('Pakningsstr', amount),
  /** AntallPakningerUtlevertTotalt */
  packagesInAll: required('AntallPakningerUtlevertTotalt', decimal),
  /** AntallPakningerUtlevertSiste */
  packagesLast: required('AntallPakningerUtlevertSiste', decimal),
  /** TidspunktSisteUtlevering */
  lastTime: required('TidspunktSisteUtlevering', dateTime),
})

const states = {
  /** SendtSLVDato */
  applicationSent: optional('SendtSLVDato', date),
  /** Status 7408 */
  status: optional('Status', coded(7408)),
  /** StatusSoknadSlv 7436 */
  applicationStatus: optional('StatusSoknadSlv', coded(7436)),
}

/** Reseptinfo, of 2009. */
const prescriptionInfo = group('Reseptinfo', {
  ...states,
  /** SvarSLVDato */
  applicationAnswered: optional('SvarSLVDato', date),
  /** InnvilgetGodkjFritak */
  applicationGranted: optional('InnvilgetGodkjFritak', boolean),
})

/** Tilbakekalling, of 2021. */
const recalled = group('Tilbakekalling', {
  /** Tidspunkt */
  time: optional('Tidspunkt', dateTime),
  /** Arsak 7500 */
  reason: required('Arsak', coded(7500)),
  /** Merknad */
  note: optional('Merknad', text),
})

/** Fornying, of 2021. */
const renewal = group('Fornying', {
  /** NyReseptId */
  newPrescriptionId: optional('NyReseptId', text),
  /** ForrigeReseptId */
  previousPrescriptionId: optional('ForrigeReseptId', text),
})

/** Seponering, of 2021. */
const discontinued = group('Seponering', {
  /** Tidspunkt */
  time: required('Tidspunkt', dateTime),
  /** Arsak 7494 */
  reason: required('Arsak', coded(7494)),
  /** Merknad */
  note: optional('Merknad', text),
})

/** Listeelement */
const found = group(
  'Listeelement',
  {
    /** ReseptId */
    prescriptionId: required('ReseptId', text),
    /** NavnUtleverer */
    dispenserName: optional('NavnUtleverer', text),
    ...states,
    /** TilbakekallingStatus, of 2015 and 2018. */
    isRecalled: optional('TilbakekallingStatus', boolean),
    /** Arsak 7500, of 2015 and 2018. */
    recallReason: optional('Arsak', coded(7500)),
    /** Tilbakekalling */
    recall: optional('Tilbakekalling', recalled),
    /** Fornying */
    renewal: optional('Fornying', renewal),
    /** Seponering */
    discontinuation: optional('Seponering', discontinued),
    /** Utlevering */
    dispensed: list('Utlevering', dispensed),
    /** Reseptinfo, of 2009. */
    info: optional('Reseptinfo', prescriptionInfo),
    /** UtleveringsrapportId, of 2009. */
    reportIds: list('UtleveringsrapportId', text),
  },
  { oneOf: ['status', 'info'] },
)

/** M9.6 M96: the prescriptions themselves are attachments of the message. */
export const prescriptionsFound = group('M96', {
  /** PasientInfo */
  patient: optional('PasientInfo', patientInfo),
  /** LastResept: locked prescriptions exist that are not shown. */
  hasLocked: optional('LastResept', boolean),
  /** Pasientreservasjon */
  isBlockedByPatient: optional('Pasientreservasjon', boolean),
  /** StatusSok 7407: why none was found. */
  searchStatus: optional('StatusSok', coded(7407)),
  /** Listeelement */
  prescriptions: list('Listeelement', found),
})

/** M9.6 KJ */
export const prescriptionsFoundOfCore = group('M96KJ', {
  /** Listeelement */
  prescriptions: list('Listeelement', group('Listeelement of M9.6 KJ', { prescriptionId: required('ReseptId', text) })),
})

/** M9.7 M97 */
export const dispensingQuery = group('M97', {
  consent,
  /** ReseptId */
  prescriptionId: required('ReseptId', text),
  compression,
})

/** M9.8 M98: the dispensings themselves (M10) are attachments of the message. */
export const dispensingsFound = group(
  'M98',
  {
    /** IngenResept: there is no such prescription. */
    isUnknown: optional('IngenResept', boolean),
    /** AntallUtleveringer; AntallUteveringer in 2015. */
    count: optional('AntallUtleveringer|AntallUteveringer', integer),
    /** Pasientreservasjon */
    isBlockedByPatient: optional('Pasientreservasjon', boolean),
  },
  { oneOf: ['isUnknown', 'count', 'isBlockedByPatient'] },
)

/** M9.11 M911 */
export const listQuery = group('M911', {
  /** Fnr */
  patient: required('Fnr', text),
  consent,
  /** InklReseptinfo */
  withPrescriptions: optional('InklReseptinfo', boolean),
  /** InklM25Meldinger */
  withLists: optional('InklM25Meldinger', boolean),
  /** AnstattId, as the schemas spell it: who asks. */
  employee: optional('AnstattId', text),
  compression,
})

/** Ident as in M27.4, or text alone, as of 2021. */
const number = group('Ident or text', identifier.group.fields, { textAs: 'value', namespace: FK1 })
const phone = group('TeleCom or text', contact.group.fields, { textAs: 'value', namespace: FK1 })

/** Multidoselege, as M27.4 has it (2014, 2018), or as of 2021. */
const doctor = group('Multidoselege of M9.12', {
  /** HprNr, as written, also with zeros in front. */
  hprNumber: required('HprNr', text),
  /** Navn, until 2018. */
  name: optional('Navn', text),
  /** Fornavn, of 2021. */
  given: optional('Fornavn', text),
  /** Etternavn, of 2021. */
  family: optional('Etternavn', text),
  /** OrgNavn; Org until 2018. */
  organizationName: required('OrgNavn|Org', text),
  /** HerId */
  organization: required('HerId', number),
  /** AktivTil: the last day. */
  activeUntil: optional('AktivTil', date),
  /** Telefon */
  phone: optional('Telefon', phone),
})

/** Multidoseapotek, as M27.4 has it (2014, 2018), or as of 2021. */
const pharmacy = group('Multidoseapotek of M9.12', {
  /** Navn */
  name: required('Navn', text),
  /** Adresse, until 2018. */
  address: optional('Adresse', sharedAddress),
  /** Herid, of 2021. */
  herId: optional('Herid', text),
  /** Konsesjonsnummer; Konsesjonsnr until 2018. */
  licence: optional('Konsesjonsnummer|Konsesjonsnr', number),
  /** AktivTil: the last day. */
  activeUntil: optional('AktivTil', date),
  /** Telefon */
  phone: optional('Telefon', phone),
})

/** Pasient; Multidosepasient in 2014. */
const patientLists = group(
  'Pasient',
  {
    /** Fnr */
    patient: required('Fnr', text),
    /** AndreFnr */
    otherNumbers: list('AndreFnr', text),
    /** RefMsgId: the MsgId of the newest M25.1. */
    listMessageId: optional('RefMsgId', text),
    /** Multidoselege */
    doctor: optional('Multidoselege', doctor),
    /** Multidoseapotek */
    pharmacy: optional('Multidoseapotek', pharmacy),
    /** VarerIBrukB64: the newest M25.1, M25.2 and M25.3, each whole with its signature. */
    lists: list('VarerIBrukB64', opened<ListMessage>('M25.1', 'M25.2', 'M25.3', 'M25.4')),
  },
  { kept: ['Reseptinfo'] },
)

/** M9.12 M912 */
export const listsFound = group('M912', {
  /** Pasient */
  patient: required('Pasient|Multidosepasient', patientLists),
})
