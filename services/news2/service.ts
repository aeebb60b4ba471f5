/** NEWS2: scores of the National Early Warning Score 2 and the measurements they are made from. docs/services/news2.md */

import { codesAsWritten } from '@helsevev/clinical/codes'
import { observation } from '@helsevev/clinical/search-parameters'
import { statedTokens } from '@helsevev/clinical/statuses'
import { timeOf } from '@helsevev/clinical/time'
import { defineService } from '@helsevev/kernel/fhir/service'
import { echoed } from '@helsevev/kernel/values/echoed'
import type { Observation } from '@medplum/fhirtypes'
import { businessKey } from './fhir/business-key.ts'
import { isVitalSign } from './fhir/measurements.ts'
import { noNews2 } from './fhir/no-news2.ts'
import { noNews2VitalSign } from './fhir/no-news2-vital-sign.ts'
import { isScore, prepare } from './fhir/prepare.ts'
import { responseTexts } from './fhir/response-texts.ts'
import { breach, rules } from './fhir/rules.ts'
import { listSignal } from './fhir/signal.ts'
import { summaryShown } from './fhir/summary-line.ts'
import { identity } from './identity.ts'

const measurementAdvice = 'Helsedirektoratet, Anbefaling om bruk av pasientens måledata, 2026-02-27'

export const news2 = defineService({
  ...identity,
  summary: {
    nb: 'Skåringer etter National Early Warning Score 2 med målingene bak, så status og utvikling følger pasienten mellom virksomheter.',
    nn: 'Skåringar etter National Early Warning Score 2 med målingane bak, så status og utvikling følgjer pasienten mellom verksemder.',
    en: 'National Early Warning Score 2 with its measurements, so that status and trend follow the patient between organisations.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis: [
    {
      law: 'pasientjournalloven',
      clause: '§ 19',
      about:
        'The data controller makes the scores available to health personnel who give, follow up or administer health care to the patient.',
      source: measurementAdvice,
      read: '2026-11-22',
    },
    {
      law: 'helsepersonelloven',
      clause: '§ 45',
      about: 'Health personnel shall give what is necessary for health care to those who give it, unless the patient objects.',
      source: measurementAdvice,
      read: '2026-11-22',
    },
    {
      law: 'pasientjournalloven',
      clause: '§ 22',
      about: 'Every look-up is logged (with pasientjournalforskriften § 14).',
      source: 'Direktoratet for e-helse, Normen faktaark 15',
      read: '2026-11-22',
    },
  ],
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'ETREAT'],
    JO: ['TREAT', 'ETREAT'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'never',
    guardian: true,
    fosterParents: true,
    source: 'no published rule for assessments: the stricter; NEWS2 is not scored under 16; 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'own-data'],
  retention:
    'The data controller decides how long the original stays. The copy follows it: corrected, or entered-in-error. No display window.',
  resources: {
    Observation: {
      profiles: [
        { profile: noNews2, when: isScore },
        { profile: noNews2VitalSign, when: (sent) => isVitalSign(sent, codesAsWritten) },
      ],
      otherwise: ({ code }) => breach('not-news2', 'Observation.code', `Found ${echoed(namesOf(code?.coding))}`),
      interactions: ['read', 'search-type', 'create', 'update'],
      patientElement: 'subject',
      time: timeOf,
      searchParameters: [observation.code, observation.date, observation.status, observation.category, observation.identifier],
      businessKey,
      prepare,
    },
  },
  operations: [responseTexts],
  listSignal,
  patientSummary: [
    {
      section: 'vital-signs',
      type: 'Observation',
      tokens: { status: statedTokens },
      count: 20,
      category: summaryCategoryOf,
      shown: summaryShown,
    },
  ],
})

function summaryCategoryOf(sent: Observation): 'survey' | 'vital-signs' {
  return isScore(sent) ? 'survey' : 'vital-signs'
}

export default news2

/** Codes only, never the sender's words. A code that does not look like one of a code system is not repeated. */
function namesOf(coding: { system?: string; code?: string }[] = []): string {
  const names = coding.flatMap(({ system, code }) =>
    code && /^[A-Za-z0-9.-]{1,20}$/.test(code) && !/^\d{11}$/.test(code) ? [`${code} of ${system ?? 'no code system'}`] : [],
  )
  return names.length > 0 ? names.join(', ') : 'no code'
}
