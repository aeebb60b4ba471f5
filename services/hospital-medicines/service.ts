/**
 * Medicines given in hospital and nursing home: each dose that was given, and the orders behind them, as the institution reports them by
 * LMDI. A copy for each institution. docs/services/hospital-medicines.md
 */
import { countingStatus } from '@helsevev/clinical/status-operation'
import { defineService } from '@helsevev/kernel/fhir/service'
import { administrationKey, orderKey } from './fhir/business-key.ts'
import { lmdi } from './fhir/lmdi.ts'
import { isOlder, prepareAdministration, prepareOrder } from './fhir/prepare.ts'
import { administrationProfile, orderProfile } from './fhir/profiles.ts'
import { administrationParameters, orderParameters } from './fhir/search-parameters.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { rules } from './model/rules.ts'

export const hospitalMedicines = defineService({
  ...identity,
  summary: {
    nb: 'Legemidler som er gitt på sykehus og sykehjem: hva, hvor mye, når og på hvilken måte.',
    nn: 'Legemiddel som er gitt på sjukehus og sjukeheim: kva, kor mykje, når og på kva måte.',
    en: 'Medicines that were given in hospitals and nursing homes: what, how much, when and by which way.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    TL: ['TREAT', 'ETREAT', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    JO: ['TREAT', 'ETREAT', 'BTG'],
    FA1: ['TREAT', 'ETREAT'],
    AA: ['TREAT', 'ETREAT', 'BTG'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'no own rule for medicines given in hospital was found: the row of kjernejournal, helsenorge.no, 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention: 'The copy and its versions are kept while the institution shares the service; the original, by the rules of the institution.',
  resources: {
    MedicationAdministration: {
      profiles: [{ profile: administrationProfile }],
      interactions: ['read', 'search-type', 'create', 'update'],
      patientElement: 'subject',
      time: ({ effectiveDateTime, effectivePeriod }) => effectiveDateTime ?? effectivePeriod?.start,
      searchParameters: administrationParameters,
      businessKey: administrationKey,
      prepare: prepareAdministration,
      isOlder,
      presence: ({ status }) => (status === 'entered-in-error' ? 'never' : {}),
    },
    MedicationRequest: {
      profiles: [{ profile: orderProfile }],
      interactions: ['read', 'search-type', 'create', 'update'],
      patientElement: 'subject',
      time: ({ authoredOn }) => authoredOn,
      searchParameters: orderParameters,
      businessKey: orderKey,
      prepare: prepareOrder,
      isOlder,
      presence: ({ status }) => (status === 'entered-in-error' ? 'never' : {}),
    },
  },
  operations: [
    countingStatus({
      summary: 'Whether something was given in hospital: some, none, unknown or withheld, how often, and who has reported. Opens none.',
      counts: {
        given: (records) => records.count('MedicationAdministration', { present: true }),
        orders: (records) => records.count('MedicationRequest', { present: true }),
      },
    }),
  ],
  adapters: [lmdi],
})

export default hospitalMedicines
