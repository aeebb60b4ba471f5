/**
 * Why a reader gets the records of its own organisation and nothing of others. The reason depends on the reader, the service, the purpose
 * and the agreements of the reader's own organisation, and never on who has reported on the patient: it stands in every answer, whatever
 * others hold. docs/decisions/0041-answers-depend-on-the-asker.md
 */
import { type AgreementStatus, inForce, statusOf } from './in-force.ts'
import type { AccessRequest, Agreement, CaseOfficer, Facts } from './request.ts'
import { unitsOf } from './units.ts'

export type OwnOnlyReason = 'system' | 'not-consuming' | 'not-for-case-officers' | 'none' | Exclude<AgreementStatus, 'in-force'>

export interface OwnOnly {
  reason: OwnOnlyReason
  /** The rule, what is in the way, and who to ask. */
  text: string
}

/** Undefined when an agreement in force opens the service to the person who asks, for the purpose attested. */
export function ownOnlyOf(
  request: AccessRequest,
  facts: Pick<Facts, 'agreements' | 'consumes' | 'knownUnits' | 'caseOfficer'>,
): OwnOnly | undefined {
  const { agreements, consumes, caseOfficer } = facts
  const { caller, area, attestation, now } = request
  if (caller.kind === 'system') return { reason: 'system', text: forSystems }
  if (!consumes)
    return {
      reason: 'not-consuming',
      text: `Organisation ${caller.organization} is not registered as using ${area.names.en}. Its own administrator registers it.`,
    }
  const purpose = attestation?.careRelation.purpose ?? ''
  const query = { purpose, now, units: unitsOf(request, facts) }
  const standing = agreements.filter((agreement) => inForce(agreement, query))
  if (standing.some(({ controller }) => !caseOfficer || isOpenToCaseOfficers(caseOfficer, controller, purpose))) return undefined
  if (standing.length > 0)
    return {
      reason: 'not-for-case-officers',
      text:
        `No data controller that shares ${area.names.en} with organisation ${caller.organization} has opened it to your case officers ` +
        `for the purpose ${purpose}: your own administrator asks the data controller whose records you need.`,
    }
  const rule = `No sharing agreement in force opens ${area.names.en} to organisation ${caller.organization} for the purpose ${purpose}.`
  const found = nearest(agreements.map((agreement) => ({ agreement, status: statusOf(agreement, query) })))
  if (!found) return { reason: 'none', text: `${rule} ${noneAtAll}` }
  const { controller, contact } = found.agreement
  // A name is what people know; the number stands where the register has no name.
  const asked = contact || `data controller ${controller}`
  const obstacle = `The agreement with ${asked.split(', telephone ')[0]} ${reasons[found.status]}`
  return { reason: found.status, text: `${rule} ${obstacle}: ask ${asked}.${successor(found)}` }
}

/** Whether the controller has opened the service to case officers of the reader's organisation for the purpose. */
export function isOpenToCaseOfficers({ openings }: CaseOfficer, controller: string, purpose: string): boolean {
  return openings.some((one) => one.controller === controller && one.purposes.includes(purpose))
}

/** Who delivers instead, where a contract with a private provider has ended: those who come to the patient must know who to call. */
function successor({ agreement: { receiverType, takenOverBy }, status }: Judged): string {
  if (receiverType !== 'private-provider' || (status !== 'ended' && status !== 'expired')) return ''
  return takenOverBy ? ` ${takenOverBy} has taken over.` : ' The data controller has taken over.'
}

/** Whether a controller has an agreement with the organisation that is signed, has begun and has not ended, for any purpose and unit. */
export function hasStandingAgreement(agreements: readonly Agreement[], now: Date): boolean {
  return agreements.some((agreement) => {
    const status = statusOf(agreement, { purpose: agreement.purposes[0] ?? '', now, units: agreement.units })
    return status === 'in-force' || status === 'other-unit' || status === 'not-delivering'
  })
}

const forSystems =
  'A system reads the records of its own organisation, and is told nothing of what others hold. A signed-in practitioner asks for that.'
const noneAtAll = 'There is none at all: your own administrator proposes one to the data controller whose records you need.'

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

interface Judged {
  agreement: Agreement
  status: AgreementStatus
}

/** The agreement that is nearest to being open, and of those with the lowest number of its controller. */
function nearest(judged: readonly Judged[]): (Judged & { status: Exclude<AgreementStatus, 'in-force'> }) | undefined {
  const order = Object.keys(reasons).reverse()
  const isInTheWay = (one: Judged): one is Judged & { status: Exclude<AgreementStatus, 'in-force'> } => one.status !== 'in-force'
  return judged
    .filter(isInTheWay)
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.agreement.controller.localeCompare(b.agreement.controller))[0]
}
