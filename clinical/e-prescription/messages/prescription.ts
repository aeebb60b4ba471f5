/** M1 Resept (2010-05-01, 2013-10-08) and its extension of 2022. */
import { group, list, optional, required, type ValueOf } from '../fields.ts'
import { amount, boolean, coded, date, dateTime, decimal, integer, text } from '../types.ts'
import { organization, practitioner, sharedAddress } from './common.ts'
import { breastProsthesis, consumable, nutrition, prescribing } from './drug.ts'

const M1 = 'http://www.kith.no/xmlstds/eresept/m1/2013-10-08'

const documentFields = {
  /** Varegruppekode 7402 */
  itemGroup: required('Varegruppekode', coded(7402)),
  /** Antall: packages. */
  packages: optional('Antall', decimal),
  /** Merknad */
  note: optional('Merknad', text),
  /** RefHjemmel 7427 */
  reimbursementBasis: optional('RefHjemmel', coded(7427)),
}

/** LegemiddelUtenMt: a drug without marketing authorisation. */
const unlicensed = group('LegemiddelUtenMt', {
  /** Begrunnelse */
  reason: required('Begrunnelse', text),
  /** Produsent */
  manufacturer: required('Produsent', text),
  /** DirektesoknadSlv */
  directApplication: required('DirektesoknadSlv', boolean),
})

/** ReseptDokLegemiddel: the drug of a prescription, of a line of M25 and of a dispensing. */
export const prescribedDrug = group(
  'ReseptDokLegemiddel',
  {
    ...documentFields,
    /** KomLegemdlAdm */
    administrationComment: optional('KomLegemdlAdm', text),
    /** RefKode 7434, 7435, 7110 or 7170 */
    reimbursementCode: optional('RefKode', coded(7434, 7435, 7110, 7170)),
    /** Reiterasjon: repeats after the first dispensing. */
    repeats: required('Reiterasjon', integer),
    /** BytteresRekvirent: whether the pharmacy may substitute. */
    substitutionAllowed: optional('BytteresRekvirent', coded(1101)),
    /** Mengde: the quantity, where no packages are stated. */
    amount: optional('Mengde', amount),
    /** LegemiddelUtenMt */
    unlicensed: optional('LegemiddelUtenMt', unlicensed),
    /** Forskrivning */
    prescribing: required('Forskrivning', prescribing),
  },
  { atMostOneOf: ['packages', 'amount'], namespace: M1, isOwn: true },
)

export type PrescribedDrug = ValueOf<typeof prescribedDrug>

/** ReseptDokHandelsvare: consumables and food. */
export const prescribedSupply = group(
  'ReseptDokHandelsvare',
  {
    ...documentFields,
    /** Bruksveiledning */
    instruction: optional('Bruksveiledning', text),
    /** ProdGruppe 7403 */
    productGroup: optional('ProdGruppe', coded(7403)),
    /** Brystprotese */
    breastProsthesis: optional('Brystprotese', breastProsthesis),
    /** Naringsmiddel */
    nutrition: optional('Naringsmiddel', nutrition),
    /** MedForbMatr */
    consumable: optional('MedForbMatr', consumable),
  },
  { atMostOneOf: ['breastProsthesis', 'nutrition', 'consumable'], namespace: M1, isOwn: true },
)

/** Instituert: who began the treatment. */
const initiator = group('Instituert', {
  /** Organisasjon */
  organization: optional('Organisasjon', organization),
  /** Helseperson */
  practitioner: optional('Helseperson', practitioner),
})

/** EkspAnm: a request that a named pharmacy dispenses it. */
const dispatchRequest = group('EkspAnm', {
  /** Vilkar */
  isConditional: required('Vilkar', boolean),
  /** MetodeEkspedering */
  method: required('MetodeEkspedering', coded()),
  /** Utleverer */
  dispenser: required('Utleverer', text),
  /** Kontaktperson */
  contact: required('Kontaktperson', text),
  /** Adresse */
  address: optional('Adresse', sharedAddress),
  /** Merknad */
  note: optional('Merknad', text),
  /** OrgNrUtleverer */
  dispenserNumber: required('OrgNrUtleverer', text),
  /** UtlevererNavn */
  dispenserName: required('UtlevererNavn', text),
})

/** EEA */
const eea = group('EEA', {
  /** EEADok 7416; EOSDok in 2010. */
  document: required('EEADok|EOSDok', coded(7416)),
  /** EEACardId */
  card: optional('EEACardId', text),
  /** EEAId */
  id: optional('EEAId', text),
  /** EEATrygdekontorNavn */
  officeName: optional('EEATrygdekontorNavn|EEAtrygdekontorNavn', text),
  /** EEATrygdekontorNr */
  officeNumber: optional('EEATrygdekontorNr|EEAtrygdekontorNr', text),
  /** EEAGyldighetFra */
  validFrom: optional('EEAGyldighetFra|EEAgyldighetFra', date),
  /** EEAGyldighet */
  validUntil: optional('EEAGyldighet|EEAgyldighet', date),
})

/** Utlending: the rights of a person from abroad. */
const foreigner = group('Utlending', {
  /** ArbeidstakerNorge */
  worksInNorway: optional('ArbeidstakerNorge', boolean),
  /** Konvensjonsland */
  conventionCountry: optional('Konvensjonsland', coded()),
  /** EEA */
  eea: optional('EEA', eea),
})

/** Resept. The MsgId of the message is its ReseptId. */
export const prescription = group(
  'Resept',
  {
    /** Forskrivningsdato */
    authoredOn: required('Forskrivningsdato', date),
    /** Utloper: the last day that it is valid. */
    validUntil: required('Utloper', date),
    /** Vernepliktig */
    isConscript: optional('Vernepliktig', boolean),
    /** SoktIndividRefusjon */
    individualReimbursementApplied: optional('SoktIndividRefusjon', boolean),
    /** Frikort */
    hasExemptionCard: optional('Frikort', boolean),
    /** Vergeinnsynsreservasjon: hidden from those who represent the patient. */
    hiddenFromRepresentatives: optional('Vergeinnsynsreservasjon', boolean),
    /** TilEgenPraksis */
    forOwnPractice: optional('TilEgenPraksis', boolean),
    /** RekvLegensNavn */
    inDoctorsName: optional('RekvLegensNavn', boolean),
    /** RefNr: the number without which a locked prescription is not shown. */
    referenceNumber: optional('RefNr', text),
    /** Spesialitet 7426 */
    specialty: optional('Spesialitet', coded(7426)),
    /** ReseptDokLegemiddel */
    drug: optional('ReseptDokLegemiddel', prescribedDrug),
    /** ReseptDokHandelsvare */
    supply: optional('ReseptDokHandelsvare', prescribedSupply),
    /** Instituert */
    initiator: optional('Instituert', initiator),
    /** EkspAnm */
    dispatchRequest: optional('EkspAnm', dispatchRequest),
    /** Utlending */
    foreigner: optional('Utlending', foreigner),
    /** OppdatertFest: the age of the copy of FEST that was used. */
    festUpdated: required('OppdatertFest', dateTime),
    /** TidligsteUtlevering */
    earliestDispense: optional('TidligsteUtlevering', date),
    /** UtskrevetSykehus */
    dischargedFromHospital: optional('UtskrevetSykehus', boolean),
    /** LastResept: locked, found with the reference number alone. */
    isLocked: optional('LastResept', boolean),
  },
  { oneOf: ['drug', 'supply'] },
)

/** Seponering of the extensions: the end of the treatment. */
export const extensionDiscontinuation = group('Seponering', {
  /** Tidspunkt: the drug must not be taken from this instant. */
  time: required('Tidspunkt', dateTime),
  /** Arsak 7494 */
  reason: required('Arsak', coded(7494)),
  /** Merknad */
  note: optional('Merknad', text),
})

/** Dosering of the extension */
const extensionDosage = group('Dosering', {
  /** ForholdsregelInntak 7479 */
  instructions: list('ForholdsregelInntak', coded(7479)),
  /** Doseringstekst */
  doseText: optional('Doseringstekst', text),
  /** Tilleggstekst: what the label says after the dose. */
  additionalText: optional('Tilleggstekst', text),
})

/** ReseptUtvidelse */
export const prescriptionExtension = group(
  'ReseptUtvidelse',
  {
    /** Dosering */
    dosage: optional('Dosering', extensionDosage),
    /** Seponering */
    discontinuation: optional('Seponering', extensionDiscontinuation),
    /** Diagnose */
    diagnosis: optional('Diagnose', coded(7110, 7170)),
  },
  { kept: ['@version'] },
)
