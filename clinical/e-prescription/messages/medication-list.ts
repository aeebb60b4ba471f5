/**
 * M25 LegemidlerIBruk (2013-10-08): the list that the doctor sends (M25.1), the changes that a pharmacy proposes (M25.2), what a pharmacy
 * packs and dispenses (M25.3) and the lines alone (M25.4); the extension of M25.1 of 2022; and critical information (2013-04-25).
 */
import { group, list, optional, required, type ValueOf } from '../fields.ts'
import type { Message } from '../message.ts'
import { boolean, coded, date, dateTime, opened, text, url } from '../types.ts'
import { organization, practitioner } from './common.ts'
import type { Dispensing } from './dispense.ts'
import type { PrescribedDrug } from './prescription.ts'

const KI = 'http://www.kith.no/xmlstds/eresept/ki/2013-04-25'

/** Rolle: who is what to the patient, or to a line. */
const role = group(
  'Rolle',
  {
    /** Rolle 7490 */
    role: required('Rolle', coded(7490)),
    /** Helseperson */
    practitioner: optional('Helseperson', practitioner),
    /** Organisasjon */
    organization: optional('Organisasjon', organization),
  },
  { oneOf: ['practitioner', 'organization'] },
)

/** Svar */
const answer = group('Svar', {
  /** Kode 7493 */
  code: required('Kode', coded(7493)),
  /** Merknad */
  note: optional('Merknad', text),
})

/** Sporsmal: between doctor and pharmacy. */
const question = group('Sporsmal', {
  /** Kode 7495 */
  code: required('Kode', coded(7495)),
  /** Merknad */
  note: optional('Merknad', text),
  /** Tidspunkt */
  time: required('Tidspunkt', dateTime),
  /** Stiller: HER-id of who asks. */
  asker: required('Stiller', text),
  /** Mottaker: HER-id of who is asked. */
  recipient: optional('Mottaker', text),
  /** Svar */
  answer: optional('Svar', answer),
})

/** Seponering */
const discontinuation = group('Seponering', {
  /** Tidspunkt: the drug must not be taken from this instant. */
  time: required('Tidspunkt', dateTime),
  /** Arsak 7494 */
  reason: required('Arsak', coded(7494)),
  /** Merknad */
  note: optional('Merknad', text),
})

const lineFields = {
  /** Id of the line, which never changes: PLL-id. */
  id: required('Id', text),
  /** Type 7491: E electronic, P paper, U without prescription. */
  type: required('Type', coded(7491)),
  /** ReseptId: the MsgId of the M1, or a reference of a prescription on paper. */
  prescriptionId: optional('ReseptId', text),
  /** UtlopsdatoResept */
  prescriptionValidUntil: optional('UtlopsdatoResept', date),
  /** SistEndret: of anything under this id. */
  lastChanged: required('SistEndret', dateTime),
  /** DatoOppstart: the start, or the wished start. */
  start: optional('DatoOppstart', date),
  /** MedEndring: set on a renewal with change, and later. */
  withChange: optional('MedEndring', boolean),
  /** Rolle: R prescribed, I began, S ended. */
  roles: list('Rolle', role),
  /** ReseptDokLegemiddelB64 */
  drug: required('ReseptDokLegemiddelB64', opened<Message<'ReseptDokLegemiddel', PrescribedDrug>>('ReseptDokLegemiddel')),
}

/** Legemiddelreaksjon */
const drugReaction = group(
  'Legemiddelreaksjon',
  {
    /** Atc 7180 */
    atc: optional('Atc', coded(7180)),
    /** Virkestoff */
    substances: list('Virkestoff', text),
    /** VirkestoffId */
    substanceIds: list('VirkestoffId', text),
    /** MerkevareId */
    brandId: optional('MerkevareId', text),
    /** Hjelpestoffreaksjon */
    isExcipientReaction: optional('Hjelpestoffreaksjon', boolean),
    /** Varenavn */
    brandName: optional('Varenavn', text),
  },
  { namespace: KI, isOwn: true },
)

/** Allergi */
const allergy = group(
  'Allergi',
  {
    /** Reaksjon 7497 */
    reaction: required('Reaksjon', coded(7497)),
    /** Kommentar */
    note: optional('Kommentar', text),
    /** Oppdatert */
    updated: required('Oppdatert', dateTime),
    /** Kilde 7498 */
    source: required('Kilde', coded(7498)),
    /** Legemiddelreaksjon */
    drug: required('Legemiddelreaksjon', drugReaction),
    /** Avkreftet */
    isRefuted: optional('Avkreftet', boolean),
  },
  { namespace: KI, isOwn: true },
)

/** KritiskInformasjon */
export const criticalInformation = group('KritiskInformasjon', {
  /** Allergi */
  allergies: list('Allergi', allergy),
})

/** Pakkeinfo */
const packing = group('Pakkeinfo', {
  /** Bestillingsfrist */
  orderBy: required('Bestillingsfrist', dateTime),
  /** ForsteDoseringsdato */
  firstDose: optional('ForsteDoseringsdato', date),
  /** SisteDoseringsdato */
  lastDose: optional('SisteDoseringsdato', date),
})

/** SisteUtlevering */
const lastDispensing = group('SisteUtlevering', {
  /** RefM10: the MsgId of the M10. */
  reportId: optional('RefM10', text),
  /** Ompakkingsgrunn 7492 */
  repackingReason: optional('Ompakkingsgrunn', coded(7492)),
  /** DatoForsteDose */
  firstDose: required('DatoForsteDose', date),
  /** DatoSisteDose */
  lastDose: required('DatoSisteDose', date),
  /** Bilderef */
  picture: optional('Bilderef', url),
  /** UtleveringB64 */
  dispensing: required('UtleveringB64', opened<Message<'Utlevering', Dispensing>>('Utlevering')),
})

const around = {
  /** Allergi: critical information of the patient. */
  allergies: list('Allergi', allergy),
  /** Merknad */
  note: optional('Merknad', text),
}
/** Rolle: who is what to the patient. */
const roles = list('Rolle', role)

/** M25.1 LegemidlerIBruk */
export const medicationList = group('LegemidlerIBruk', {
  roles,
  /** EnkeltoppforingLIB */
  lines: list(
    'EnkeltoppforingLIB',
    group('EnkeltoppforingLIB', {
      ...lineFields,
      /** Seponering */
      discontinuation: optional('Seponering', discontinuation),
      /** Sporsmal */
      questions: list('Sporsmal', question),
    }),
  ),
  ...around,
  /** Vikar: whether a substitute sends it. */
  isSubstitute: optional('Vikar', coded(1101)),
})

/** M25.2: from the pharmacy. */
export const pharmacyChanges = group('LegemidlerIBruk', {
  roles,
  /** EnkeltoppforingLIB */
  lines: list('EnkeltoppforingLIB', group('EnkeltoppforingLIB', { ...lineFields, questions: list('Sporsmal', question) })),
  /** Pakkeinfo */
  packing: optional('Pakkeinfo', packing),
  ...around,
})

/** M25.3: what is packed and dispensed. */
export const multidoseDispensings = group('LegemidlerIBruk', {
  roles,
  /** EnkeltoppforingLIB */
  lines: list(
    'EnkeltoppforingLIB',
    group('EnkeltoppforingLIB', {
      ...lineFields,
      /** InngarMultidose 9103 */
      inMultidose: optional('InngarMultidose', coded(9103)),
      /** SisteUtlevering */
      dispensings: list('SisteUtlevering', lastDispensing),
    }),
  ),
  /** Pakkeinfo */
  packing: optional('Pakkeinfo', packing),
  ...around,
})

/** M25.4: lines alone. */
export const lines = group('LegemidlerIBruk', {
  roles,
  /** EnkeltoppforingLIB */
  lines: list('EnkeltoppforingLIB', group('EnkeltoppforingLIB', lineFields)),
  ...around,
})

/** Forfatter */
const author = group('Forfatter', {
  /** Helseperson */
  practitioner: required(
    'Helseperson',
    group('Helseperson', {
      /** HprId, as written. */
      hprNumber: required('HprId', text),
      /** Fornavn */
      given: required('Fornavn', text),
      /** Etternavn */
      family: required('Etternavn', text),
      /** Rolle */
      role: optional('Rolle', coded()),
    }),
  ),
  /** Organisasjon */
  organization: optional(
    'Organisasjon',
    group('Organisasjon', {
      /** HerId */
      herId: optional('HerId', text),
      /** OrgId */
      organizationNumber: optional('OrgId', text),
      /** Navn */
      name: required('Navn', text),
    }),
  ),
})

/** A list that lies inside M9.12. */
export type ListMessage =
  | Message<'M25.1', ValueOf<typeof medicationList>, ValueOf<typeof medicationListExtension>>
  | Message<'M25.2', ValueOf<typeof pharmacyChanges>>
  | Message<'M25.3', ValueOf<typeof multidoseDispensings>>
  | Message<'M25.4', ValueOf<typeof lines>>

const written = {
  /** Merknad */
  note: optional('Merknad', text),
  /** Forfatter */
  author: required('Forfatter', author),
}
/** EnkeltoppforingLIB_ref: the id of the line. */
const line = required('EnkeltoppforingLIB_ref', text)

/** LegemidlerIbrukUtvidelse: what M25.1 has no place for, by the ids of its lines. */
export const medicationListExtension = group(
  'LegemidlerIbrukUtvidelse',
  {
    /** Dosering */
    dosages: list(
      'Dosering',
      group('Dosering', {
        line,
        /** ForholdsregelInntak 7479 */
        instructions: list('ForholdsregelInntak', coded(7479)),
        /** Tilleggstekst: what the label says after the dose. */
        additionalText: optional('Tilleggstekst', text),
        /** Doseringstekst */
        doseText: optional('Doseringstekst', text),
      }),
    ),
    /** VarselHandtert: a warning that was seen, such as of two lines with one substance, and what was decided. */
    handledWarnings: list(
      'VarselHandtert',
      group('VarselHandtert', {
        /** EnkeltoppforingLIB_ref: one line, or the two that the warning is about. */
        lines: list('EnkeltoppforingLIB_ref', text),
        /** Id */
        id: required('Id', text),
        /** TypeVarsel */
        type: required('TypeVarsel', coded()),
        /** Kode */
        code: required('Kode', coded()),
        /** Tidspunkt */
        time: optional('Tidspunkt', dateTime),
        ...written,
        /** Referanse */
        reference: optional(
          'Referanse',
          group('Referanse', {
            /** Identifier */
            identifier: required('Identifier', text),
            /** Timestamp */
            time: optional('Timestamp', dateTime),
            /** Type */
            type: required('Type', text),
            /** Display */
            display: required('Display', text),
          }),
        ),
      }),
    ),
    /** MedisinskEndring */
    medicalChanges: list(
      'MedisinskEndring',
      group('MedisinskEndring', {
        line,
        /** Kode */
        codes: list('Kode', coded()),
        /** Tidspunkt */
        time: required('Tidspunkt', dateTime),
        ...written,
      }),
    ),
    /** KommentarBehandling */
    comments: list(
      'KommentarBehandling',
      group('KommentarBehandling', {
        line,
        /** Tidspunkt */
        time: required('Tidspunkt', dateTime),
        ...written,
      }),
    ),
    /** Legemiddelgjennomgang: a review of all medicines. */
    review: optional(
      'Legemiddelgjennomgang',
      group('Legemiddelgjennomgang', {
        /** Tidspunkt */
        time: required('Tidspunkt', dateTime),
        ...written,
      }),
    ),
  },
  { kept: ['@version'] },
)
