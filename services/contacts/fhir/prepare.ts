/** The rules that profiles cannot state. What was sent is never changed. */

import { endsBeforeStart, hasEnded } from '@helsevev/clinical/period'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { CareTeam, ContactPoint, Period, RelatedPerson } from '@medplum/fhirtypes'
import { guardianScopeOf, guardianScopes } from '../model/guardian.ts'
import { isPhone } from '../model/phone.ts'
import { meaningOf } from '../model/relations.ts'
import { flag, refusal } from '../model/rules.ts'
import { containedMember, memberOf, roleIn } from './care-team.ts'
import { CONTACT_ORDER_URL, GUARDIAN_SCOPE_URL, hasPart, nameOf, phonesOf } from './related-person.ts'

/** Series of identity numbers: a contact is known by name and telephone, and never by an identity number. */
const personSystems = new Set([identifierSystems.FNR, identifierSystems.DNR, identifierSystems.FHN, identifierSystems.DUF])

export function prepareContact(contact: RelatedPerson, { now }: Pick<WriteContext, 'now'>): Prepared<RelatedPerson> {
  const { relationship = [], telecom = [], identifier = [], active = true, period } = contact
  const isRelated = relationship.some(({ coding = [], text }) => text?.trim() || coding.some(({ code }) => code))
  return {
    resource: contact,
    issues: [
      ...(nameOf(contact.name) || isRelated ? [] : [refusal('name-or-relation-missing', 'RelatedPerson.name')]),
      ...identifier.flatMap(({ system = '' }, index) =>
        personSystems.has(system) ? [refusal('identifier-of-person', `RelatedPerson.identifier[${index}]`)] : [],
      ),
      ...relationIssues(contact),
      ...phoneIssues(telecom, 'RelatedPerson.telecom'),
      ...(phonesOf(telecom).length > 0 ? [] : [flag('phone-missing', 'RelatedPerson.telecom')]),
      ...guardianIssues(contact),
      ...orderIssues(contact),
      ...periodIssues(period, active, now, 'RelatedPerson.period'),
    ],
  }
}

function relationIssues({ relationship = [] }: RelatedPerson): Issue[] {
  return relationship.flatMap(({ coding = [] }, index) =>
    coding.length > 0 && coding.every((one) => meaningOf(one) === undefined)
      ? [flag('relation-unknown', `RelatedPerson.relationship[${index}].coding`)]
      : [],
  )
}

function phoneIssues(telecom: readonly ContactPoint[], place: string): Issue[] {
  return telecom.flatMap(({ system, value = '' }, index) =>
    (system === 'phone' || system === 'sms') && !isPhone(value) ? [refusal('phone-form', `${place}[${index}].value`)] : [],
  )
}

function guardianIssues(contact: RelatedPerson): Issue[] {
  const extensions = contact.extension ?? []
  const at = extensions.findIndex(({ url }) => url === GUARDIAN_SCOPE_URL)
  const isGuardian = hasPart(contact, 'guardian')
  if (at < 0) return isGuardian ? [flag('guardian-scope-missing', 'RelatedPerson.extension')] : []
  const place = `RelatedPerson.extension[${at}]`
  return [
    ...(isGuardian ? [] : [refusal('guardian-scope-without-guardian', place)]),
    ...(guardianScopeOf(extensions[at]?.valueCode)
      ? []
      : [refusal('guardian-scope-unknown', `${place}.valueCode`, `They are ${guardianScopes.join(', ')}.`)]),
  ]
}

function orderIssues({ extension = [] }: RelatedPerson): Issue[] {
  return extension.flatMap(({ url, valuePositiveInt }, index) =>
    url === CONTACT_ORDER_URL && valuePositiveInt === undefined ? [refusal('contact-order-form', `RelatedPerson.extension[${index}]`)] : [],
  )
}

function periodIssues(period: Period | undefined, isActive: boolean, now: Date, place: string): Issue[] {
  const { start, end } = period ?? {}
  if (endsBeforeStart(start, end)) return [refusal('end-before-start', `${place}.end`)]
  return isActive && hasEnded(end, now) ? [flag('ended-still-active', `${place}.end`)] : []
}

export function prepareTeam(team: CareTeam, { now }: Pick<WriteContext, 'now'>): Prepared<CareTeam> {
  const { participant = [], telecom = [], period, status, contained = [] } = team
  const gps = participant.filter((one) => roleIn(one) === 'gp' && !hasEnded(one.period?.end, now))
  return {
    resource: team,
    issues: [
      ...phoneIssues(telecom, 'CareTeam.telecom'),
      ...contained.flatMap((resource, index) =>
        'telecom' in resource ? phoneIssues((resource.telecom ?? []) as ContactPoint[], `CareTeam.contained[${index}].telecom`) : [],
      ),
      ...participant.flatMap((_one, index) => participantIssues(team, index, now)),
      ...(gps.length > 1 ? [flag('several-gps', 'CareTeam.participant')] : []),
      ...periodIssues(period, status === 'active', now, 'CareTeam.period'),
    ],
  }
}

function participantIssues(team: CareTeam, index: number, now: Date): Issue[] {
  const participant = team.participant?.[index]
  if (!participant) return []
  const place = `CareTeam.participant[${index}]`
  const role = roleIn(participant)
  const { name, organization, hprNumber } = memberOf(team, participant)
  const isLoose = participant.member?.reference?.startsWith('#') && !containedMember(team, participant)
  return [
    ...(isLoose ? [refusal('participant-unresolved', `${place}.member.reference`)] : []),
    ...(name || organization || isLoose ? [] : [refusal('participant-unnamed', `${place}.member`)]),
    ...(role ? [] : [flag('role-unknown', `${place}.role`)]),
    ...(role === 'gp' && !hprNumber ? [flag('gp-without-hpr-number', `${place}.member`)] : []),
    ...(hprNumber && !/^\d{1,9}$/.test(hprNumber) ? [flag('hpr-number-form', `${place}.member`)] : []),
    // A participant who has left may still be listed in an active team.
    ...periodIssues(participant.period, false, now, `${place}.period`),
  ]
}
