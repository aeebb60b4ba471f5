/** The rules that profiles cannot state. What was sent is never changed. */

import { hasEnded } from '@helsevev/clinical/period'
import type { Prepared, WriteContext } from '@helsevev/kernel/fhir/service'
import type { Issue } from '@helsevev/kernel/problem/problem'
import type { CareTeam, ContactPoint, Extension, Period, RelatedPerson } from '@medplum/fhirtypes'
import { guardianScopeOf, guardianScopes } from '../model/guardian.ts'
import { isPhone } from '../model/phone.ts'
import { meaningOf } from '../model/relations.ts'
import { flag, refusal } from '../model/rules.ts'
import { memberOf, roleIn } from './care-team.ts'
import { containedIssues, personNumberIssues } from './not-needed.ts'
import { CONTACT_ORDER_URL, GUARDIAN_SCOPE_URL, hasPart, nameOf, phonesOf } from './related-person.ts'

export function prepareContact(contact: RelatedPerson, { now }: Pick<WriteContext, 'now'>): Prepared<RelatedPerson> {
  const { relationship = [], telecom = [], active = true, period } = contact
  const isRelated = relationship.some(({ coding = [], text }) => text?.trim() || coding.some(({ code }) => code))
  return {
    resource: contact,
    issues: [
      ...(nameOf(contact.name) || isRelated ? [] : [refusal('name-or-relation-missing', 'RelatedPerson.name')]),
      ...personNumberIssues(contact),
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
  const isGuardian = hasPart(contact, 'guardian')
  const scopes = extensionsOf(contact, GUARDIAN_SCOPE_URL)
  if (scopes.length === 0) return isGuardian ? [flag('guardian-scope-missing', 'RelatedPerson.extension')] : []
  return scopes.flatMap(({ valueCode, place }, index) => [
    ...(index === 0 ? [] : [refusal('extension-repeated', place)]),
    ...(isGuardian ? [] : [refusal('guardian-scope-without-guardian', place)]),
    ...(guardianScopeOf(valueCode)
      ? []
      : [refusal('guardian-scope-unknown', `${place}.valueCode`, `They are ${guardianScopes.join(', ')}.`)]),
  ])
}

function orderIssues(contact: RelatedPerson): Issue[] {
  return extensionsOf(contact, CONTACT_ORDER_URL).flatMap(({ valuePositiveInt, place }, index) => [
    ...(index === 0 ? [] : [refusal('extension-repeated', place)]),
    ...(valuePositiveInt === undefined ? [refusal('contact-order-form', place)] : []),
  ])
}

/** The extensions of one kind, each with its place. */
function extensionsOf({ extension = [] }: RelatedPerson, kind: string): (Extension & { place: string })[] {
  return extension.map((one, index) => ({ ...one, place: `RelatedPerson.extension[${index}]` })).filter(({ url }) => url === kind)
}

function periodIssues(period: Period | undefined, isActive: boolean, now: Date, place: string): Issue[] {
  return isActive && hasEnded(period?.end, now) ? [flag('ended-still-active', `${place}.end`)] : []
}

export function prepareTeam(team: CareTeam, { now }: Pick<WriteContext, 'now'>): Prepared<CareTeam> {
  const { participant = [], telecom = [], period, status, contained = [] } = team
  const gps = participant.filter((one) => roleIn(one) === 'gp' && !hasEnded(one.period?.end, now))
  return {
    resource: team,
    issues: [
      ...personNumberIssues(team),
      ...containedIssues(team),
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
  return [
    ...(name || organization ? [] : [refusal('participant-unnamed', `${place}.member`)]),
    ...(role ? [] : [flag('role-unknown', `${place}.role`)]),
    ...(role === 'gp' && !hprNumber ? [flag('gp-without-hpr-number', `${place}.member`)] : []),
    ...(hprNumber && !/^\d{1,9}$/.test(hprNumber) ? [flag('hpr-number-form', `${place}.member`)] : []),
    // A participant who has left may still be listed in an active team.
    ...periodIssues(participant.period, false, now, `${place}.period`),
  ]
}
