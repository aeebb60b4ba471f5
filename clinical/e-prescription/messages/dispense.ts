/**
 * Dispensings: Utlevering (2010-05-01, 2013-10-08) in M10 to Reseptformidleren, M6 to the prescriber and M8 to the general practitioner.
 */
import { group, list, optional, required, type ValueOf } from '../fields.ts'
import { amount, boolean, coded, date, text } from '../types.ts'
import { sharedIdentifier } from './common.ts'
import { prescribedDrug, prescribedSupply } from './prescription.ts'

const UL = 'http://www.kith.no/xmlstds/eresept/utlevering/2013-10-08'

/** Utleverer */
const dispenser = group('Utleverer', {
  /** HerId */
  identifier: required('HerId', sharedIdentifier),
  /** Navn */
  name: required('Navn', text),
})

/** Intervensjon: what the pharmacy changed or asked about. */
const intervention = group('Intervensjon', {
  /** Kode 7412 */
  code: optional('Kode', coded(7412)),
  /** EndringsType 7413 */
  changeType: optional('EndringsType', coded(7413)),
  /** KonfKunde */
  customerAsked: optional('KonfKunde', boolean),
  /** KonfLege: who was asked. */
  doctorAsked: optional('KonfLege', sharedIdentifier),
  /** Begrunnelse */
  reason: optional('Begrunnelse', text),
})

/** Utlevering */
export const dispensing = group(
  'Utlevering',
  {
    /** ReseptId */
    prescriptionId: required('ReseptId', text),
    /** Utleveringsdato */
    whenHandedOver: required('Utleveringsdato', date),
    /** Annullering: this message cancels an earlier one. */
    isCancellation: required('Annullering', boolean),
    /** Avsluttet: whether the prescription is used up. */
    concluded: optional('Avsluttet', coded(1101)),
    /** ByttereservasjonKunde */
    customerRefusedSubstitution: optional('ByttereservasjonKunde', boolean),
    /** AnnulleringsId: the M10 that is cancelled. */
    cancelledId: optional('AnnulleringsId', text),
    /** Batchnr */
    batch: optional('Batchnr', text),
    /** ReseptDokLegemiddel: what was handed out. */
    drug: optional('ReseptDokLegemiddel', prescribedDrug),
    /** ReseptDokHandelsvare */
    supply: optional('ReseptDokHandelsvare', prescribedSupply),
    /** Utleverer */
    dispenser: required('Utleverer', dispenser),
    /** Intervensjon */
    interventions: list('Intervensjon', intervention),
  },
  { atMostOneOf: ['drug', 'supply'], namespace: UL, isOwn: true },
)

export type Dispensing = ValueOf<typeof dispensing>

/** RekvirentPapir: who wrote a prescription on paper. */
const paperPrescriber = group(
  'RekvirentPapir',
  {
    /** Ident */
    identifier: optional('Ident', sharedIdentifier),
    /** Fornavn */
    given: optional('Fornavn', text),
    /** Etternavn */
    family: optional('Etternavn', text),
    /** Spesialitet 7426 */
    specialty: optional('Spesialitet', coded(7426)),
    /** Inst */
    institution: optional('Inst', text),
    /** Dept */
    department: optional('Dept', text),
    /** RekvirentNordisk */
    isNordic: optional('RekvirentNordisk', boolean),
    /** InstitusjonsID */
    institutionCode: optional('InstitusjonsID', coded()),
  },
  { namespace: UL, isOwn: true },
)

/** Egenandel */
const ownShare = group('Egenandel', {
  /** StartEgenandelsperiode */
  periodStart: required('StartEgenandelsperiode', date),
  /** BetaltEgenandel */
  paid: required('BetaltEgenandel', amount),
})

/** M10 Utleveringsrapport */
export const dispenseReport = group('Utleveringsrapport', {
  /** Utlevering */
  dispensing: required('Utlevering', dispensing),
  /** Kanselleringskode 7411 */
  cancellationReason: optional('Kanselleringskode', coded(7411)),
  /** ReservasjonRapportFastlege: the patient wants no report to the general practitioner. */
  notToGeneralPractitioner: required('ReservasjonRapportFastlege', boolean),
  /** PrisLegemiddelUtenMt */
  unlicensedPrice: optional('PrisLegemiddelUtenMt', amount),
  /** AnsattId */
  employee: required('AnsattId', text),
  /** Egenandel */
  ownShares: list('Egenandel', ownShare),
  /** Papirresept */
  isPaper: optional('Papirresept', boolean),
  /** RekvirentPapir */
  paperPrescriber: optional('RekvirentPapir', paperPrescriber),
})

/** M6 UtleveringsrapportRekvirent */
export const dispenseReportToPrescriber = group('UtleveringsrapportRekvirent', {
  /** Utlevering */
  dispensing: required('Utlevering', dispensing),
  /** ReferanseM10: the MsgId of the M10. */
  reportId: required('ReferanseM10', text),
})

/** M8 UtleveringsrapportFastlege */
export const dispenseReportToGeneralPractitioner = group('UtleveringsrapportFastlege', {
  /** Utlevering */
  dispensing: required('Utlevering', dispensing),
  /** ReferanseM10: the MsgId of the M10. */
  reportId: required('ReferanseM10', text),
  /** Papirresept */
  isPaper: optional('Papirresept', boolean),
  /** RekvirentPapir */
  paperPrescriber: optional('RekvirentPapir', paperPrescriber),
})
