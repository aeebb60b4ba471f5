/** Vital signs taken together, and the NEWS2 that they make when all are there. */
import { instant } from '@helsevev/kernel/values/dates'
import type { Extension, Observation } from '@medplum/fhirtypes'
import { type News2, news2Of, type VitalSigns } from '../model/news2.ts'
import { consciousnessCodes, type KindName, SCT } from '../model/vital-signs.ts'
import { countsIn, measuredIn, timeOf } from './measurement.ts'

/** Measurements this close are one session. Ours: the sources say "same session" and no number. */
export const SESSION_MINUTES = 15

export interface ComputedScore extends News2 {
  /** Of the last measurement in the session. */
  at: string
  /** Logical ids of what it was computed from. */
  from: string[]
}

const AIR = '722742002'
const OXYGEN = '371825009'
const alertAnswers = new Set([`${SCT}|248234008`, 'http://loinc.org|LA9340-6'])

/** The newest session that has all seven parameters; `observations` newest first, of one controller or more. */
export function newestScore(observations: readonly Observation[]): ComputedScore | undefined {
  const timed = observations.flatMap((observation) => {
    const at = instant(timeOf(observation) ?? '')
    return at && observation.status !== 'entered-in-error' && timeOf(observation)?.includes('T') ? [{ observation, at: at.getTime() }] : []
  })
  for (const { at } of timed) {
    const session = timed.filter((one) => one.at <= at && one.at > at - SESSION_MINUTES * 60_000)
    const score = scoreOf(session.map(({ observation }) => observation))
    if (score) return score
  }
  return undefined
}

function scoreOf(session: readonly Observation[]): ComputedScore | undefined {
  const used = new Set<string>()
  const number = (kind: KindName): number | undefined => {
    for (const observation of session) {
      const found = measuredIn(observation).find((one) => one.kind.name === kind && countsIn(observation, one))
      if (found?.value === undefined) continue
      used.add(observation.id ?? '')
      return found.value
    }
    return undefined
  }
  const said = <T>(read: (observation: Observation) => T | undefined): T | undefined => {
    for (const observation of session) {
      const answer = read(observation)
      if (answer === undefined) continue
      used.add(observation.id ?? '')
      return answer
    }
    return undefined
  }
  const signs: { [name in keyof VitalSigns]: VitalSigns[name] | undefined } = {
    respiratoryRate: number('respiratory-rate'),
    oxygenSaturation: number('oxygen-saturation'),
    systolic: number('systolic'),
    heartRate: number('heart-rate'),
    temperature: number('temperature'),
    oxygen: said(oxygenIn),
    alert: said(alertIn),
  }
  if (Object.values(signs).some((value) => value === undefined)) return undefined
  const [newest] = session
  return { ...news2Of(signs as VitalSigns), at: (newest && timeOf(newest)) ?? '', from: [...used] }
}

/** Air or oxygen: a code of its own, or the extension on-air of a saturation (no-domain vitalsigns). */
function oxygenIn({ code, valueCodeableConcept, extension }: Observation): boolean | undefined {
  const codings = [...(code?.coding ?? []), ...(valueCodeableConcept?.coding ?? [])]
    .filter(({ system }) => system === SCT)
    .map((coding) => coding.code)
  if (codings.includes(AIR)) return false
  if (codings.includes(OXYGEN)) return true
  const onAir = onAirIn(extension)
  return onAir === undefined ? undefined : !onAir
}

function onAirIn(extensions: Extension[] | undefined): boolean | undefined {
  for (const { url, valueBoolean, extension } of extensions ?? []) {
    if (/on-?air$/i.test(url ?? '') && valueBoolean !== undefined) return valueBoolean
    const inner = onAirIn(extension)
    if (inner !== undefined) return inner
  }
  return undefined
}

function alertIn({ code, valueCodeableConcept }: Observation): boolean | undefined {
  const asks = (code?.coding ?? []).some((coding) =>
    consciousnessCodes.some(([system, one]) => system === coding.system && one === coding.code),
  )
  const answers = valueCodeableConcept?.coding ?? []
  if (!asks || answers.length === 0) return undefined
  // An answer in codes that nobody else knows says nothing that a score could rest on.
  const known = answers.filter(({ system }) => system === SCT || system === 'http://loinc.org')
  return known.length === 0 ? undefined : known.some(({ system, code: answer }) => alertAnswers.has(`${system}|${answer}`))
}
