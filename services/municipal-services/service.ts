/**
 * Overview of municipal services (Oversikt over kommunale tjenester, OKT): which health and care services a person gets from which
 * municipality, at what extent, since when, and who to call. One EpisodeOfCare is one service. docs/services/municipal-services.md
 */
import { episodeOfCare } from '@helsevev/clinical/search-parameters'
import { defineService } from '@helsevev/kernel/fhir/service'
import { businessKeyOf, sensitiveCodesOf } from './fhir/episode-of-care.ts'
import { oktEvent } from './fhir/okt-event.ts'
import { prepareEpisodeOfCare } from './fhir/prepare.ts'
import { municipalServiceProfile } from './fhir/profile.ts'
import { NOTICE, statusOperation } from './fhir/status-operation.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { typeTokens } from './model/iplos.ts'
import { rules } from './model/rules.ts'

export const municipalServices = defineService({
  ...identity,
  summary: {
    nb: 'Hvilke helse- og omsorgstjenester personen får fra kommunen, hvor mye, siden når, og hvem som kan ringes.',
    nn: 'Kva helse- og omsorgstenester personen får frå kommunen, kor mykje, sidan når, og kven ein kan ringje.',
    en: 'Which health and care services the person gets from the municipality, how much, since when, and who to call.',
  },
  // The processor keeps a separate area for each municipality; the original stays in the municipality's record system.
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'ETREAT', 'COC'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
    JO: ['TREAT', 'ETREAT'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
    source: 'helsenorge.no, youth access: services and appointments of the youth, with the consent of a parent; 2026-11-22',
  },
  contractCodes: { list: 'Volven 9151 (IPLOS)', form: /^[1-9][0-9]?$/, tokensOf: typeTokens },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention:
    'The copy and its versions are kept while the municipality shares the service; the original, under its own rules. No display window.',
  standingNotice: {
    severity: 'information',
    code: 'informational',
    details: { coding: [{ system: 'http://helsevev.no/fhir/CodeSystem/notice', code: 'categories-not-listed' }], text: NOTICE },
  },
  resources: {
    EpisodeOfCare: {
      profiles: [{ profile: municipalServiceProfile }],
      interactions: ['read', 'search-type', 'create', 'update'],
      patientElement: 'patient',
      time: ({ period }) => period?.start,
      searchParameters: [episodeOfCare.status, episodeOfCare.type, episodeOfCare.identifier, episodeOfCare.date],
      businessKey: businessKeyOf,
      prepare: prepareEpisodeOfCare,
      sensitiveCodes: sensitiveCodesOf,
    },
  },
  operations: [statusOperation],
  patientSummary: [
    {
      section: 'municipal-services',
      type: 'EpisodeOfCare',
      tokens: { status: [{ code: 'active' }, { code: 'onhold' }, { code: 'planned' }, { code: 'waitlist' }] },
      count: 50,
    },
  ],
  adapters: [oktEvent],
})

export default municipalServices
