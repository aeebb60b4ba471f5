/**
 * Home monitoring (Datadeling for digital hjemmeoppfølging, PMD): what people measure at home, and alarms with their follow-up. A copy; the system
 * that collected it stays the master. docs/services/home-monitoring.md
 */
import { defineService } from '@helsevev/kernel/fhir/service'
import type { CodeableConcept, Composition, DetectedIssue, Goal, Identifier, Observation } from '@medplum/fhirtypes'
import { businessKey } from './fhir/business-key.ts'
import { countsIn, measuredIn, timeOf } from './fhir/measurement.ts'
import { prepareGoal, prepareMeasurement } from './fhir/prepare.ts'
import { alertProfile, followUpProfile, goalProfile, measurementProfile } from './fhir/profiles.ts'
import { news2Operation, trendOperation } from './fhir/trend-operation.ts'
import { ALERT_SYSTEM, vkpAlarm } from './fhir/vkp-alarm.ts'
import { identity } from './identity.ts'
import { legalBasis } from './legal-basis.ts'
import { trendCode } from './model/vital-signs.ts'

const codings = (concepts: readonly (CodeableConcept | undefined)[]) => concepts.flatMap((concept) => concept?.coding ?? [])
const identifiers = (list: readonly Identifier[] | undefined) => (list ?? []).map(({ system, value }) => ({ system, code: value }))

/** What was not entered in error or cancelled. */
const valid = ['preliminary', 'final', 'amended', 'corrected'].map((code) => ({ code }))

export const homeMonitoring = defineService({
  ...identity,
  summary: {
    nb: 'Målinger som pasienten gjør hjemme, egne grenseverdier, og varsler med oppfølging.',
    nn: 'Målingar som pasienten gjer heime, eigne grenseverdiar, og varsel med oppfølging.',
    en: 'What the patient measures at home, own thresholds, and alarms with their follow-up.',
  },
  storageMode: 'national-copies',
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
  },
  grounds: ['treatment', 'emergency', 'coordination', 'own-data'],
  retention:
    'The copy, with its versions, is kept while the controller shares the service. The original is kept by the controller under its own rules.',
  resources: {
    Observation: {
      profiles: [{ profile: measurementProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: timeOf,
      searchParameters: [
        { name: 'date', type: 'date', expression: 'Observation.effective' },
        {
          name: 'code',
          type: 'token',
          expression: 'Observation.code',
          equivalents: true,
          values: ({ code, component = [] }: Observation) => codings([code, ...component.map((part) => part.code)]),
        },
        {
          name: 'category',
          type: 'token',
          expression: 'Observation.category',
          values: ({ category = [] }: Observation) => codings(category),
        },
        { name: 'status', type: 'token', expression: 'Observation.status', values: ({ status }: Observation) => [{ code: status }] },
        {
          name: 'identifier',
          type: 'token',
          expression: 'Observation.identifier',
          values: ({ identifier }: Observation) => identifiers(identifier),
        },
        {
          name: 'value-quantity',
          type: 'quantity',
          expression: 'Observation.value',
          quantities: ({ valueQuantity }: Observation) => [valueQuantity],
        },
        {
          name: 'derived-from',
          type: 'reference',
          expression: 'Observation.derivedFrom',
          references: ({ derivedFrom = [] }: Observation) => derivedFrom.map(({ reference }) => reference),
          targets: ['Observation'],
        },
      ],
      businessKey,
      prepare: prepareMeasurement,
      measurements: (observation: Observation, codes) =>
        measuredIn(observation, codes.canonical).flatMap((one) =>
          one.value !== undefined && countsIn(observation, one)
            ? [{ code: trendCode(one.kind), value: one.value, unit: one.kind.unit }]
            : [],
        ),
    },
    Goal: {
      profiles: [{ profile: goalProfile }],
      interactions: ['read', 'search-type', 'create', 'update', 'delete'],
      patientElement: 'subject',
      time: ({ startDate, statusDate }: Goal) => startDate ?? statusDate,
      searchParameters: [
        { name: 'start-date', type: 'date', expression: 'Goal.start' },
        {
          name: 'lifecycle-status',
          type: 'token',
          expression: 'Goal.lifecycleStatus',
          values: ({ lifecycleStatus }: Goal) => [{ code: lifecycleStatus }],
        },
        {
          name: 'target-measure',
          type: 'token',
          expression: 'Goal.target.measure',
          equivalents: true,
          values: ({ target = [] }: Goal) => codings(target.map(({ measure }) => measure)),
        },
      ],
      businessKey: ({ identifier }: Goal) => {
        const known = identifier?.find(({ system, value }) => system && value)
        return known && `${known.system}|${known.value}`
      },
      prepare: prepareGoal,
    },
    Composition: {
      profiles: [{ profile: followUpProfile }],
      interactions: ['read', 'search-type'],
      patientElement: 'subject',
      time: ({ event, date }: Composition) => event?.[0]?.period?.start ?? date,
      searchParameters: [
        { name: 'date', type: 'date', expression: 'Composition.event.period.start' },
        { name: 'type', type: 'token', expression: 'Composition.type', values: ({ type }: Composition) => codings([type]) },
        {
          name: 'entry',
          type: 'reference',
          expression: 'Composition.section.entry',
          references: ({ section = [] }: Composition) => section.flatMap(({ entry = [] }) => entry.map(({ reference }) => reference)),
          targets: ['DetectedIssue'],
        },
      ],
      businessKey: ({ identifier }: Composition) => identifier && `${identifier.system ?? ''}|${identifier.value}`,
    },
    DetectedIssue: {
      profiles: [{ profile: alertProfile }],
      interactions: ['read', 'search-type'],
      patientElement: 'patient',
      time: ({ identifiedDateTime, identifiedPeriod }: DetectedIssue) => identifiedDateTime ?? identifiedPeriod?.start,
      searchParameters: [
        { name: 'identified', type: 'date', expression: 'DetectedIssue.identified' },
        { name: 'code', type: 'token', expression: 'DetectedIssue.code', values: ({ code }: DetectedIssue) => codings([code]) },
      ],
      businessKey: ({ identifier }: DetectedIssue) => identifier?.find(({ system }) => system === ALERT_SYSTEM)?.value,
    },
  },
  operations: [trendOperation, news2Operation],
  patientSummary: [{ section: 'vital-signs', type: 'Observation', tokens: { status: valid }, count: 20 }],
  adapters: [vkpAlarm],
})

export default homeMonitoring
