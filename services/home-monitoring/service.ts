/**
 * Home monitoring (Datadeling for digital hjemmeoppfølging, PMD): what people measure at home, and alarms with their follow-up. A copy; the
 * system that collected it stays the master. docs/services/home-monitoring.md
 */

import { codings, detectedIssue, goal, observation } from '@helsevev/clinical/search-parameters'
import { statedTokens } from '@helsevev/clinical/statuses'
import { withNames } from '@helsevev/clinical/summary-names'
import { timeOf } from '@helsevev/clinical/time'
import { defineService } from '@helsevev/kernel/fhir/service'
import type { Observation } from '@medplum/fhirtypes'
import { businessKey } from './fhir/business-key.ts'
import { listSignal } from './fhir/list-signal.ts'
import { countsIn, measuredIn } from './fhir/measurement.ts'
import { prepareGoal, prepareMeasurement } from './fhir/prepare.ts'
import { alertProfile, followUpProfile, goalProfile, measurementProfile } from './fhir/profiles.ts'
import { news2Operation, trendOperation } from './fhir/trend-operation.ts'
import { ALERT_SYSTEM, vkpAlarm } from './fhir/vkp-alarm.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { rules } from './model/rules.ts'
import { trendCode } from './model/vital-signs.ts'

/** What is asked for and not measured. */
const answered: ReadonlySet<string> = new Set(['questionnaire-score', 'frailty'])

function summaryCategoryOf(sent: Observation): 'survey' | 'vital-signs' {
  return measuredIn(sent).some(({ kind }) => answered.has(kind.name)) ? 'survey' : 'vital-signs'
}

export const homeMonitoring = defineService({
  ...identity,
  summary: {
    nb: 'Målinger som pasienten gjør hjemme, egne grenseverdier, og varsler med oppfølging.',
    nn: 'Målingar som pasienten gjer heime, eigne grenseverdiar, og varsel med oppfølging.',
    en: 'What the patient measures at home, own thresholds, and alarms with their follow-up.',
  },
  storageMode: 'national-copies',
  rules,
  legalBasis,
  readers: {
    LE: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    SP: ['TREAT', 'ETREAT', 'COC', 'BTG'],
    PS: ['TREAT', 'COC'],
    HF: ['TREAT', 'COC'],
    ET: ['TREAT', 'COC'],
    FT: ['TREAT', 'COC'],
  },
  representation: {
    area: '3',
    parentsOfUnder12: true,
    parentsOf12To15: false,
    youth: 'with-parental-consent',
    guardian: true,
    fosterParents: true,
    source: 'helsenorge.no, youth access: tools that a youth uses, with the consent of a parent; 2026-11-22',
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention:
    'The copy and its versions are kept while the controller shares the service. The controller keeps the original under its own rules.',
  resources: {
    Observation: {
      profiles: [{ profile: measurementProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: timeOf,
      searchParameters: [
        observation.date,
        // The numbers of a panel are components: a search for one of them finds the panel.
        {
          ...observation.code,
          expression: 'Observation.code | Observation.component.code',
          values: ({ code, component = [] }) => codings(code, ...component.map((part) => part.code)),
        },
        observation.category,
        observation.status,
        observation.identifier,
        observation.valueQuantity,
        observation.valueString,
        { ...observation.derivedFrom, targets: ['Observation'] },
      ],
      businessKey,
      prepare: prepareMeasurement,
      measurements: (sent, codes) =>
        measuredIn(sent, codes.canonical).flatMap((one) =>
          one.value !== undefined && countsIn(sent, one)
            ? [{ code: trendCode(one.kind), value: one.value, unit: one.kind.unit, ...(one.written ? { written: one.written } : {}) }]
            : [],
        ),
    },
    Goal: {
      profiles: [{ profile: goalProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: ({ startDate, statusDate }) => startDate ?? statusDate,
      searchParameters: [
        goal.startDate,
        goal.lifecycleStatus,
        {
          name: 'target-measure',
          type: 'token',
          expression: 'Goal.target.measure',
          equivalents: true,
          values: ({ target = [] }) => codings(...target.map(({ measure }) => measure)),
        },
      ],
      businessKey: ({ identifier }) => {
        const known = identifier?.find(({ system, value }) => system && value)
        return known && `${known.system}|${known.value}`
      },
      prepare: prepareGoal,
    },
    Composition: {
      profiles: [{ profile: followUpProfile }],
      interactions: ['read', 'search-type'],
      patientElement: 'subject',
      time: ({ event, date }) => event?.[0]?.period?.start ?? date,
      searchParameters: [
        {
          name: 'date',
          type: 'date',
          expression: 'Composition.event.period',
          dates: ({ event, date }) => event?.map(({ period }) => period) ?? [date],
        },
        { name: 'type', type: 'token', expression: 'Composition.type', values: ({ type }) => codings(type) },
        { name: 'title', type: 'string', expression: 'Composition.title', texts: ['title'] },
        {
          name: 'entry',
          type: 'reference',
          expression: 'Composition.section.entry',
          references: ({ section = [] }) => section.flatMap(({ entry = [] }) => entry.map(({ reference }) => reference)),
          targets: ['DetectedIssue'],
        },
      ],
      businessKey: ({ identifier }) => identifier && `${identifier.system ?? ''}|${identifier.value}`,
    },
    DetectedIssue: {
      profiles: [{ profile: alertProfile }],
      interactions: ['read', 'search-type'],
      patientElement: 'patient',
      time: ({ identifiedDateTime, identifiedPeriod }) => identifiedDateTime ?? identifiedPeriod?.start,
      searchParameters: [detectedIssue.identified, detectedIssue.code],
      businessKey: ({ identifier }) => identifier?.find(({ system }) => system === ALERT_SYSTEM)?.value,
    },
  },
  operations: [trendOperation, news2Operation],
  listSignal,
  patientSummary: [
    {
      section: 'vital-signs',
      type: 'Observation',
      tokens: { status: statedTokens },
      count: 20,
      category: summaryCategoryOf,
      shown: withNames,
    },
  ],
  adapters: [vkpAlarm],
})

export default homeMonitoring
