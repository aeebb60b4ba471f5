import { problem } from '../../problem/problem.ts'
import { type AgreementStatus, inForce, statusOf } from '../in-force.ts'
import type { Facts } from '../request.ts'
import type { Step } from '../step.ts'
import { unitsOf } from '../units.ts'

/**
 * The service is open between two organisations: a sharing agreement in force for this purpose, or the organisation's own records (R3, R4).
 * A refusal states the obstacle and who to ask. What each agreement opens is decided in `decideReading`.
 */
export const requireAgreement: Step = (request, { agreements, produces, consumes, knownUnits }) => {
  const { caller, area, attestation, now } = request
  const purpose = attestation?.careRelation.purpose
  if (caller.kind === 'system' || produces || !purpose) return undefined
  const asked = { purpose, now, units: unitsOf(request, { knownUnits }) }
  if (consumes && agreements.some((agreement) => inForce(agreement, asked))) return undefined
  if (!consumes)
    return problem(
      'no-agreement',
      `Organisation ${caller.organization} is not registered as using ${area.names.en}. Its own administrator registers it.`,
    )
  const rule = `No sharing agreement in force opens ${area.names.en} to organisation ${caller.organization} for the purpose ${purpose}.`
  return problem('no-agreement', `${rule} ${reasonOf(agreements, (agreement) => statusOf(agreement, asked))}`)
}

// biome-ignore format: a table, one row to a line
const reasons: Record<Exclude<AgreementStatus, 'in-force'>, string> = {
  'pending':        'is waiting for a signature',
  'not-begun':      'has not begun yet',
  'expired':        'has run out',
  'ended':          'has been ended',
  'closed':         'is closed to you by the data controller',
  'other-purpose':  'is for other purposes',
  'other-unit':     'is for other units of your organisation',
  'not-delivering': 'is for patients that you deliver services to, and this patient is not registered as one of them',
}

/** The agreement that is nearest to being open comes first. The controller, named by number, is the one to ask. */
function reasonOf(agreements: Facts['agreements'], status: (agreement: Facts['agreements'][number]) => AgreementStatus): string {
  const nearest = Object.keys(reasons).reverse()
  const found = agreements
    .map((agreement) => ({ controller: agreement.controller, contact: agreement.contact, status: status(agreement) }))
    .sort((a, b) => nearest.indexOf(a.status) - nearest.indexOf(b.status))[0]
  if (!found || found.status === 'in-force') return 'There is none at all: ask the data controller whose records you need to propose one.'
  const contact = found.contact ? `${found.contact}` : 'that controller'
  return `The agreement with data controller ${found.controller} ${reasons[found.status]}: ask ${contact}.`
}
