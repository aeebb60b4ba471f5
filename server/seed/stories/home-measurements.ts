/**
 * Months of home measurements: people with chronic obstructive lung disease, one of them worse in the last week, and some who follow
 * their weight and blood pressure.
 */
import { LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '@helsevev/clinical/systems'
import type { CodeableConcept, Goal, Observation } from '@medplum/fhirtypes'
import { bergen, helseVest, municipalities } from '../organizations.ts'
import { type Random, randomFrom } from '../random.ts'
import type { SeedPatient } from '../seed-patient.ts'
import { businessIdentifier, organizationNumberSystem, type StoryReport } from './story-report.ts'
import { dayBefore, timeBefore } from './times.ts'
import { measure, measuredObservations } from './vital-signs.ts'

const DAYS = 100

interface Kind {
  name: string
  code: CodeableConcept
  unit: string
  written?: string
  decimals: 0 | 1
}

const concept = (text: string, loinc: string, snomed: string): CodeableConcept => ({
  coding: [
    { system: LOINC, code: loinc },
    { system: SNOMED_CT, code: snomed },
  ],
  text,
})
const saturation: Kind = { name: 'saturation', code: concept('Oksygenmetning', '59408-5', '431314004'), unit: '%', decimals: 0 }
const pulse: Kind = { name: 'pulse', code: concept('Puls', '8867-4', '78564009'), unit: '/min', decimals: 0 }
const temperature: Kind = {
  name: 'temperature',
  code: concept('Kroppstemperatur', '8310-5', '276885007'),
  unit: 'Cel',
  written: '°C',
  decimals: 1,
}
/** This scale sends grams. */
const weight: Kind = { name: 'weight', code: concept('Vekt', '29463-7', '27113001'), unit: 'g', decimals: 0 }
const glucose: Kind = {
  name: 'glucose',
  code: concept('Glukose', '15074-8', '434912009'),
  // As it really arrives: UCUM is mmol/L, and the code says mmol/l.
  unit: 'mmol/l',
  written: 'mmol/L',
  decimals: 1,
}

/** Who follows what. The named one is Gunnar, who has COPD; others are drawn. */
type Programme = 'copd-deterioration' | 'copd' | 'heart' | 'diabetes'

function programmeOf({ id, birthDate }: SeedPatient, random: Random): Programme | undefined {
  if (id === 'gunnar') return 'copd-deterioration'
  const age = 2026 - Number(birthDate.slice(0, 4))
  if (!/^p\d+$/.test(id) || age < 50 || age > 90 || !random.chance(0.07)) return undefined
  return random.pick(['copd', 'copd', 'heart', 'diabetes'] as const)
}

export function homeMeasurements(patient: SeedPatient, now: Date): StoryReport[] {
  const random = randomFrom(`home measurements of ${patient.id}`)
  const programme = programmeOf(patient, random)
  if (!programme) return []
  const home = municipalities.find(({ municipality }) => municipality === patient.municipality) ?? bergen
  const controller = programme === 'copd-deterioration' ? helseVest : home
  const told: StoryReport[] = []
  let number = 0
  const add = (resource: Omit<Observation, 'subject'> | Omit<Goal, 'subject'>) => {
    told.push({ controller: controller.number, service: 'home-monitoring', resource, fullUrl: `urn:uuid:${random.uuid()}`, round: 1 })
  }
  const common = (
    hours: number,
  ): Pick<Observation, 'identifier' | 'status' | 'effectiveDateTime' | 'performer' | 'device' | 'category'> => {
    number += 1
    return {
      identifier: [businessIdentifier(controller.number, 'measurement', `${patient.id}-home-${number}`)],
      status: 'final',
      category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'vital-signs' }] }],
      effectiveDateTime: timeBefore(now, hours),
      performer: [{ identifier: { system: organizationNumberSystem, value: controller.number }, display: 'Digital hjemmeoppfølging' }],
      device: { identifier: { system: 'http://devices.example/serial', value: `D-${patient.id}` }, display: 'Måleutstyr hjemme' },
    }
  }
  const say = (kind: Kind, hours: number, value: number) => {
    const factor = 10 ** kind.decimals
    add({
      resourceType: 'Observation',
      ...common(hours),
      code: kind.code,
      valueQuantity: { value: Math.round(value * factor) / factor, unit: kind.written ?? kind.unit, system: UCUM, code: kind.unit },
    })
  }
  const about = (value: number, spread: number) => value + (random.next() * 2 - 1) * spread

  for (let day = DAYS; day >= 1; day -= 1) {
    const hours = day * 24 - 8 + random.next()
    if (random.chance(0.07)) continue
    // The last week of the one who gets worse.
    const worse = programme === 'copd-deterioration' && day <= 7 ? (8 - day) / 7 : 0
    if (programme === 'copd' || programme === 'copd-deterioration') {
      say(saturation, hours, about(91.5, 1.2) - 6 * worse)
      say(pulse, hours, about(78, 6) + 26 * worse)
      if (day % 3 === 0 || worse > 0) say(temperature, hours, about(36.7, 0.3) + 1.3 * worse)
    } else if (programme === 'heart') {
      say(weight, hours, about(84_000, 600) + Math.max(0, 12 - day) * 120)
      say(pulse, hours, about(74, 8))
      if (day % 2 === 0) add(pressure(common(hours), about(138, 12), about(82, 8)))
    } else {
      say(glucose, hours, about(7.4, 1.8))
      say(glucose, hours - 6, about(9.1, 2.4))
    }
  }
  if (programme === 'copd-deterioration') {
    for (const sign of measuredObservations({ ...measure(random, 0.5), saturation: 86, oxygenFlow: 0 }).map(onAirAsCode))
      add({ ...sign, ...common(3), effectiveDateTime: timeBefore(now, 3) })
    add(goal(saturation, 88, undefined, now))
    add(goal(pulse, undefined, 100, now))
  } else if (programme === 'heart') add(goal({ ...weight, unit: 'kg' }, undefined, 86, now))
  else if (programme === 'copd') add(goal(saturation, 88, undefined, now))
  return told
}

/** Room air as the code that says so, since a share of oxygen is no kind of measurement at home. */
function onAirAsCode(sign: Omit<Observation, 'subject' | 'status'>): Omit<Observation, 'subject' | 'status'> {
  const isShare = sign.code?.coding?.some(({ code }) => code === '3150-6')
  if (!isShare) return sign
  const { valueQuantity: _share, ...rest } = sign
  return { ...rest, code: { coding: [{ system: SNOMED_CT, code: '722742002', display: 'Puster romluft' }] }, valueBoolean: true }
}

function pressure(common: Partial<Observation>, high: number, low: number): Omit<Observation, 'subject'> {
  const part = (code: CodeableConcept, value: number) => ({
    code,
    valueQuantity: { value: Math.round(value), unit: 'mmHg', system: UCUM, code: 'mm[Hg]' },
  })
  return {
    resourceType: 'Observation',
    status: 'final',
    ...common,
    code: concept('Blodtrykk', '85354-9', '75367002'),
    component: [
      part(concept('Systolisk blodtrykk', '8480-6', '271649006'), high),
      part(concept('Diastolisk blodtrykk', '8462-4', '271650006'), low),
    ],
  }
}

function goal({ code, unit }: Kind, low: number | undefined, high: number | undefined, now: Date): Omit<Goal, 'subject'> {
  const bound = (value: number) => ({ value, unit, system: UCUM, code: unit })
  return {
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: `Egen grense for ${code.text?.toLowerCase()}` },
    startDate: dayBefore(now, DAYS),
    target: [
      {
        measure: code,
        detailRange: { ...(low === undefined ? {} : { low: bound(low) }), ...(high === undefined ? {} : { high: bound(high) }) },
      },
    ],
  }
}
