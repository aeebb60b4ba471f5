/** What a resource refers to while it is checked: other entries of its Bundle, and stored records of the same person. */

import type { Resource } from '@medplum/fhirtypes'
import type { Decision } from '../../access/decision.ts'
import { isProblem } from '../../problem/problem.ts'
import { parseLogicalId } from '../../store/ids.ts'
import { isSamePerson, type Patient } from '../../store/visibility.ts'
import { parseJson } from '../../values/json.ts'
import type { WriteContext } from '../service.ts'
import { patientIdentifier, spliceIdentifier } from './content.ts'
import { findFor, type Naming } from './named-records.ts'
import { type ChangeRequest, decideFor, type Plan, rowsOf } from './plan.ts'
import { declarationOf } from './prepare-write.ts'
import { addressOf, meantBy, placesOfLinks } from './references.ts'

/**
 * Finds what a resource refers to: another entry of the Bundle, or a stored record of the caller's organisation, about the same patient.
 */
export function resolver(plan: Plan, { fullUrl }: ChangeRequest, decision: Decision): WriteContext['resolve'] {
  return async (reference) => {
    const entry = meantBy(reference, fullUrl).flatMap((address) => plan.entries.get(address) ?? [])[0]
    if (entry) return (await isAbout(plan, entry, decision.patient)) ? entry : undefined
    const [type, id] = addressOf(reference).split('/').slice(-2)
    const key = parseLogicalId(id ?? '')
    if (!type || !key || !isSamePerson(decision.patient, key.patient)) return undefined
    const record = await rowsOf(plan, decision).current(type, key.id)
    const element = plan.exchange.service.resources[type]?.patientElement ?? 'subject'
    return record?.content ? (parseJson(spliceIdentifier(record.content, element, decision.patient.identifier)) as Resource) : undefined
  }
}

/** How the records that a resource names are found, and which of its links lead to other entries of the Bundle. */
export function naming({ exchange, entries }: Plan, { fullUrl }: ChangeRequest, decision: Decision, previous?: Resource): Naming {
  return { find: findFor(exchange, decision, previous), links: (resource) => placesOfLinks(resource, entries, fullUrl) }
}

async function isAbout(plan: Plan, resource: Resource, patient: Patient): Promise<boolean> {
  const declaration = declarationOf(plan.exchange, resource.resourceType, 'create')
  if (isProblem(declaration) || declaration.patientElement === 'none') return false
  const { identifier } = patientIdentifier(resource, declaration.patientElement)
  const decision = identifier && (await decideFor(plan, { identityNumber: identifier.value }, ''))
  return decision !== undefined && !isProblem(decision) && isSamePerson(patient, decision.patient.key)
}
