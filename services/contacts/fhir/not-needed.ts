/** What no contact and no team may hold: identity numbers of other people, and what nobody needs in order to call. */
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Issue } from '@helsevev/kernel/problem/problem'
import { classify, findIdentityNumbers, kindOfSystem } from '@helsevev/kernel/values/identity-number'
import { type Json, visitObjects, visitStrings } from '@helsevev/kernel/values/tree'
import type { CareTeam, RelatedPerson, Resource } from '@medplum/fhirtypes'
import { refusal } from '../model/rules.ts'

/**
 * Identity numbers of people other than the patient, by the system or by the value, however the system is written. Numbers in other texts
 * are refused by the kernel. The numbers of staff in a team are not refused: they become internal keys.
 */
export function personNumberIssues(resource: RelatedPerson | CareTeam): Issue[] {
  const { resourceType } = resource
  const content = { ...resource, patient: null, subject: null } as unknown as Json
  const places = new Set<string>()
  if (resourceType === 'RelatedPerson')
    visitObjects(content, resourceType, (value, expression) => {
      if (isOfPerson(value)) places.add(expression)
    })
  visitStrings(content, resourceType, (text, expression, holder) => {
    if (expression.endsWith('.value') && !isOfPerson(holder) && !isPhone(holder) && holdsNumber(text))
      places.add(expression.slice(0, -'.value'.length))
  })
  return [...places].map((place) => refusal('identifier-of-person', place))
}

function isOfPerson(value: object): boolean {
  if (!('system' in value) || typeof value.system !== 'string' || !('value' in value)) return false
  return value.system === identifierSystems.DUF || kindOfSystem(value.system) !== undefined
}

function isPhone(value: object): boolean {
  return 'system' in value && (value.system === 'phone' || value.system === 'sms')
}

function holdsNumber(text: string): boolean {
  return findIdentityNumbers(text).some(({ start, end }) => classify(text.slice(start, end).replace(/\D/g, '')) !== undefined)
}

const containable: readonly Resource['resourceType'][] = ['Practitioner', 'PractitionerRole', 'Organization']
const notNeeded = ['address', 'birthDate', 'photo', 'qualification'] as const

/** A team contains those who are responsible, and of each what a reader needs to call. */
export function containedIssues(team: CareTeam): Issue[] {
  return (team.contained ?? []).flatMap((resource, index) => {
    const place = `CareTeam.contained[${index}]`
    if (!containable.includes(resource.resourceType)) return [refusal('contained-type', place)]
    return notNeeded.filter((element) => element in resource).map((element) => refusal('element-not-needed', `${place}.${element}`))
  })
}
