/** Staff who look up themselves or somebody close: refused, or both what staff and what a citizen may see. */
import type { Answer } from '../../access/cases/answer.ts'
import type { AccessRequest, Facts } from '../../access/request.ts'
import { whatTheCitizenSees } from './citizen.ts'

export function asACloseRelation(request: AccessRequest, facts: Facts, asStaff: Answer): Answer {
  const relation = facts.closeRelation
  if (relation === undefined || 'refused' in asStaff || request.kind === 'identify') return asStaff
  const asCitizen = whatTheCitizenSees(request, facts)
  if ('refused' in asCitizen) return { refused: 'close-relation' }
  const controllers = new Set([...asStaff.controllers].filter((one) => relation.openedBy.includes(one)))
  if (controllers.size === 0) return { refused: 'close-relation' }
  const isOneself = relation.kind === 'self'
  const untold = (one: string) => (isOneself ? one : one.replace(/true$/, 'false'))
  return {
    ...asStaff,
    controllers,
    opened: asCitizen.opened === 'all' ? asStaff.opened : new Set(),
    withholdings: new Set([...[...asStaff.withholdings].map(untold), ...asCitizen.withholdings]),
    hiddenReleaseCodes: new Set([...asStaff.hiddenReleaseCodes, ...asCitizen.hiddenReleaseCodes]),
    releasedOnly: true,
    visibleContributors: new Set(
      [...asStaff.visibleContributors].filter((one) => controllers.has(one) && asCitizen.visibleContributors.has(one)),
    ),
    withheld: isOneself && asStaff.withheld,
  }
}
