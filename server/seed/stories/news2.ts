/**
 * NEWS2 scores as record systems report them: sub-scores with or without what was measured, in components or as Observations of their own.
 */

import type { Parameter, Scale } from '@helsevev/clinical/news2/chart'
import { totalCode } from '@helsevev/clinical/news2/codes'
import { scoreBreathing, scoreConsciousness, scoreNumber } from '@helsevev/clinical/news2/score'
import { identifierSystems, LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '@helsevev/clinical/systems'
import type { Extension, Observation, ObservationComponent } from '@medplum/fhirtypes'
import type { SeedUnit } from '../organizations.ts'
import type { Random } from '../random.ts'
import { answeredBy, businessIdentifier, type StoryReport } from './story-report.ts'
import { timeBefore } from './times.ts'
import { type Measured, measure, measuredComponents, measuredObservations } from './vital-signs.ts'

const CHOSEN_BY = 'http://helsevev.no/fhir/StructureDefinition/news2-scale2-chosen-by'

const subScores: Record<Exclude<Parameter, 'saturation'>, [code: string, display: string]> = {
  respiration: ['1104301000000104', 'NEWS2 respirasjonsfrekvens'],
  oxygen: ['1104331000000105', 'NEWS2 luft eller oksygen'],
  systolic: ['1104341000000101', 'NEWS2 systolisk blodtrykk'],
  pulse: ['1104351000000103', 'NEWS2 puls'],
  consciousness: ['1104361000000100', 'NEWS2 bevissthet'],
  temperature: ['1104371000000107', 'NEWS2 temperatur'],
}
const saturationScores: Record<Scale, [code: string, display: string]> = {
  1: ['1104311000000102', 'NEWS2 oksygenmetning, skala 1'],
  2: ['1104321000000108', 'NEWS2 oksygenmetning, skala 2'],
}

/** How a record system sends: sub-scores alone, with measured values in the same Observation, or with Observations referred to. */
type Form = 'sub-scores' | 'measured' | 'derived'

export interface Score {
  hoursAgo: number
  /** 0 well, 1 dying. */
  severity: number
  form: Form
  scale?: { chosenBy: { hprNumber: string; name: string } }
  /** Set over what the severity gives. */
  values?: Partial<Measured>
  /** Left out of what is sent, and the total with it; with the form `sub-scores` only. */
  without?: Parameter
  /** Added to the total sent, as by a system that adds up wrongly. */
  totalOff?: number
  pregnant?: boolean
  key: string
}

export function news2(controller: string, unit: SeedUnit, score: Score, random: Random, now: Date): StoryReport[] {
  const measured = { ...measure(random, score.severity), ...score.values }
  const sent = scored(measured, score.scale ? 2 : 1).filter(({ parameter }) => parameter !== score.without)
  const total = sent.reduce((sum, { value }) => sum + value, 0) + (score.totalOff ?? 0)
  const raw = score.form === 'derived' ? rawObservations(controller, unit, score, measured, random, now) : []
  const component: ObservationComponent[] = [
    ...sent.map(({ code, display, value }) => ({
      code: { coding: [{ system: SNOMED_CT, code, display }] },
      valueQuantity: scoreQuantity(value),
    })),
    ...(score.form === 'measured' ? measuredComponents(measured) : []),
    ...(score.pregnant ? [pregnancy] : []),
  ]
  const observation: Omit<Observation, 'subject'> = {
    ...common(unit, score, now),
    identifier: [businessIdentifier(controller, 'measurement', score.key)],
    ...(score.scale && { extension: [chosenBy(score.scale.chosenBy)] }),
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'survey', display: 'Survey' }] }],
    code: { coding: [{ system: SNOMED_CT, code: totalCode, display: 'NEWS2 (National Early Warning Score 2) total score' }] },
    ...(score.without === undefined && { valueQuantity: scoreQuantity(total) }),
    component,
    ...(raw.length > 0 && { derivedFrom: raw.map(({ fullUrl }) => ({ reference: fullUrl })) }),
  }
  return [...raw, { controller, service: 'news2', resource: observation, fullUrl: `urn:uuid:${random.uuid()}`, round: 1 }]
}

function rawObservations(controller: string, unit: SeedUnit, score: Score, measured: Measured, random: Random, now: Date): StoryReport[] {
  return measuredObservations(measured).map((vitalSign, at) => ({
    controller,
    service: 'news2' as const,
    resource: {
      ...vitalSign,
      ...common(unit, score, now),
      identifier: [businessIdentifier(controller, 'measurement', `${score.key}-${at + 1}`)],
    },
    fullUrl: `urn:uuid:${random.uuid()}`,
    round: 1,
  }))
}

function common(unit: SeedUnit, { hoursAgo }: Score, now: Date) {
  const { contained, reference } = answeredBy(unit)
  return {
    resourceType: 'Observation' as const,
    contained,
    status: 'final' as const,
    effectiveDateTime: timeBefore(now, hoursAgo),
    performer: [reference],
  }
}

function scored(measured: Measured, scale: Scale): { parameter: Parameter; code: string; display: string; value: number }[] {
  const breathing = measured.oxygenFlow > 0 ? 'oxygen' : 'air'
  const saturation = scoreNumber('saturation', measured.saturation, scale, breathing)
  const values: Record<Parameter, number | undefined> = {
    respiration: scoreNumber('respiration', measured.respiration),
    saturation,
    oxygen: scoreBreathing(breathing),
    systolic: scoreNumber('systolic', measured.systolic),
    pulse: scoreNumber('pulse', measured.pulse),
    consciousness: scoreConsciousness(measured.consciousness),
    temperature: scoreNumber('temperature', measured.temperature),
  }
  return (Object.keys(values) as Parameter[]).flatMap((parameter) => {
    const value = values[parameter]
    const [code, display] = parameter === 'saturation' ? saturationScores[scale] : subScores[parameter]
    return value === undefined ? [] : [{ parameter, code, display, value }]
  })
}

const pregnancy: ObservationComponent = {
  code: { coding: [{ system: LOINC, code: '82810-3', display: 'Pregnancy status' }] },
  valueCodeableConcept: { coding: [{ system: LOINC, code: 'LA15173-0', display: 'Pregnant' }] },
}

function chosenBy({ hprNumber, name }: { hprNumber: string; name: string }): Extension {
  return { url: CHOSEN_BY, valueReference: { identifier: { system: identifierSystems.HPR, value: hprNumber }, display: name } }
}

function scoreQuantity(value: number) {
  return { value, unit: '{score}', system: UCUM, code: '{score}' }
}
