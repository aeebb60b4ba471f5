/** What a citizen sees of oneself, by age, or of a person one acts for. The rules of representation of Helsenorge, 2026-11-22. */

import type { Answer } from '../../access/cases/answer.ts'
import type { AccessRequest, Facts, Relation } from '../../access/request.ts'
import { holds } from './reading.ts'

export function whatTheCitizenSees(request: AccessRequest, facts: Facts): Answer {
  const { citizen, patient } = facts
  const answer = whatIsSeen(request, facts)
  const isSelf = citizen?.key !== undefined && (citizen.key === patient?.key || patient?.linked.includes(citizen.key))
  const byId = typeof request.patient === 'object' && 'key' in request.patient
  // A citizen who guesses ids is not shown that an id belongs to another person.
  if ('refused' in answer && answer.refused !== 'access-denied' && byId && !isSelf) return { refused: 'not-found' }
  return answer
}

function whatIsSeen(request: AccessRequest, facts: Facts): Answer {
  const { citizen, patient } = facts
  const rules = request.area.representation
  if (citizen === undefined || patient === undefined) return { refused: 'access-denied' }
  const age = ageOf(patient.birthDate, request.now)

  if (citizen.key !== undefined && (citizen.key === patient.key || patient.linked.includes(citizen.key))) {
    if (age === undefined || age < 13) return { refused: 'too-young' }
    if (age >= 16) return seen('self', request, facts)
    if (rules.youth === 'never') return { refused: 'too-young' }
    if (!citizen.parentalConsents.some((consent) => inForce(consent, request.now))) return { refused: 'too-young' }
    return seen('youth', request, facts)
  }

  const secret = ['Confidential', 'StrictlyConfidential']
  if (secret.includes(citizen.addressConfidentiality) || secret.includes(citizen.patientAddressConfidentiality)) {
    return { refused: 'representation-missing' }
  }
  if (citizen.patientDied || age === undefined) return { refused: 'representation-missing' }

  const relations = citizen.relations.filter((relation) => inForce(relation, request.now))
  const has = (kind: Relation['kind']) => relations.some((relation) => relation.kind === kind)
  const ageOfCitizen = ageOf(citizen.birthDate, request.now)
  const isGrown = ageOfCitizen !== undefined && ageOfCitizen >= 18

  if (has('parental-responsibility') && citizen.parentAtSameAddress && !citizen.fosterGrant) {
    if (age < 12 && rules.parentsOfUnder12) return seen('parent', request, facts)
    if (age >= 12 && age < 16 && rules.parentsOf12To15) return seen('parent', request, facts)
  }
  if (has('foster-parent') && rules.fosterParents) {
    if (age < 12) return seen('foster-parent', request, facts)
    if (age < 16 && rules.parentsOf12To15) return seen('foster-parent', request, facts)
  }
  if (rules.guardian) {
    const scopes = relations.filter(({ kind }) => kind === 'guardian').flatMap(({ areas }) => areas)
    if (scopes.includes('PersonalAndFinancialInterests') || scopes.includes('PersonalInterests')) return seen('guardian', request, facts)
  }
  if (has('without-capacity') && (age === 16 || age === 17) && isGrown) return seen('without-capacity', request, facts)
  const covered = relations.some(({ kind, areas }) => kind === 'power-of-attorney' && areas.includes(rules.area))
  if (covered && age >= 16 && isGrown) return seen('power-of-attorney', request, facts)
  return { refused: 'representation-missing' }
}

const fromEverybody = ['NORN_FFL', 'NORN_KUT', 'NORN_EPO', 'NORN_ALL', 'NORN_FOR', 'NORN_FFH', 'NORN_FPB', 'NORN_DUP', 'NORN_ANG', 'V']

const purposeOf: Record<string, string> = { self: 'PATRQT', youth: 'PATRQT', parent: 'FAMRQT', 'foster-parent': 'FAMRQT' }

function seen(basis: string, request: AccessRequest, facts: Facts): Answer {
  const oneself = basis === 'self' || basis === 'youth'
  const withholdings = new Set<string>()
  const everybody = oneself ? [...facts.contributors, ...(facts.silentContributors ?? [])] : facts.contributors
  let visible = everybody
  for (const choice of facts.choices) {
    if (!holds(choice, request)) continue
    if (choice.kind === 'opt-out') {
      withholdings.add(`Reservation|*|*|${oneself}`)
      visible = []
    }
    if (choice.kind === 'restriction' && basis !== 'self') {
      withholdings.add(`GeneralBlock|${choice.controller ?? '*'}|${choice.record ?? '*'}|false`)
      if (choice.record === null) visible = visible.filter((one) => choice.controller !== null && choice.controller !== one)
    }
  }
  const hiddenReleaseCodes = new Set(fromEverybody)
  if (basis !== 'self') hiddenReleaseCodes.add('NORS')
  if (basis === 'youth') hiddenReleaseCodes.add('NORN_UNGDOM')
  if (basis === 'parent' || basis === 'foster-parent') hiddenReleaseCodes.add('NORN_FORANS')
  if (basis === 'guardian' || basis === 'without-capacity' || basis === 'power-of-attorney') {
    hiddenReleaseCodes.add('NORN_FORANS')
    hiddenReleaseCodes.add('NORN_UNGDOM')
  }
  return {
    // Controllers that hold only extra-sensitive records are for the patient alone.
    controllers: new Set(everybody),
    opened: oneself ? 'all' : new Set(),
    withholdings,
    hiddenReleaseCodes,
    releasedOnly: true,
    visibleContributors: new Set(visible),
    withheld: false,
    ownOnly: undefined,
    basis,
    purpose: purposeOf[basis] ?? 'PWATRNY',
    lifted: undefined,
    overridden: new Set(),
  }
}

function inForce({ validFrom, validUntil, ended }: Relation, now: Date): boolean {
  const time = now.getTime()
  return validFrom <= time && (validUntil === null || validUntil > time) && (ended === null || ended > time)
}

/** Whole years on the present day in Norway. */
function ageOf(birthDate: string | undefined, now: Date): number | undefined {
  if (birthDate === undefined) return undefined
  const today = norwegianDay(now)
  const year = Number(today.slice(0, 4))
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  let birthday = birthDate.slice(5)
  if (birthday === '02-29' && !leap) birthday = '02-28'
  const years = year - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthday ? years - 1 : years
}

/** Summer time lasts from 01:00 UTC on the last Sunday of March to the same on the last Sunday of October. */
function norwegianDay(now: Date): string {
  const year = now.getUTCFullYear()
  const summer = now.getTime() >= lastSunday(year, 3) && now.getTime() < lastSunday(year, 10)
  return new Date(now.getTime() + (summer ? 2 : 1) * 3_600_000).toISOString().slice(0, 10)
}

/** 01:00 UTC on the last Sunday of a month with 31 days, as March and October have. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month - 1, 31, 1))
  return last.getTime() - last.getUTCDay() * 24 * 3_600_000
}
