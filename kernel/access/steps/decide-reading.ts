import type { Decision } from '../decision.ts'
import type { Step } from '../pipeline.ts'
import type { AccessRequest, Facts, Purpose } from '../request.ts'

const groundsOf: Record<Purpose, Decision['grounds']> = {
  TREAT: 'treatment',
  // ETREAT follows the ordinary rules; only BTG would override, and no step lets it (ATT-39, ATT-41).
  ETREAT: 'emergency',
  COC: 'coordination',
  BTG: 'emergency',
}

/** Visible are the organisation's own records and those that an agreement in force opens; a system sees its own organisation's only. */
export const decideReading: Step = (request, facts) => {
  const { caller, service, purpose } = request
  if (!facts.patient || !caller.organization) return undefined
  const agreements = caller.kind === 'system' ? [] : facts.agreements
  const controllers = [...new Set([...(facts.produces ? [caller.organization] : []), ...agreements.map(({ controller }) => controller)])]
  const visibleContributors = facts.contributors.filter((controller) => controllers.includes(controller))
  return {
    kind: request.kind,
    service: service.id,
    organization: caller.organization,
    purpose,
    patient: facts.patient,
    controllers,
    openedSensitiveCodes: openedSensitiveCodes(request, facts, controllers),
    anyContributor: facts.contributors.length > 0,
    visibleContributors,
    withheld: visibleContributors.length < facts.contributors.length,
    grounds: purpose ? groundsOf[purpose] : 'own-data',
    legalReferences: service.legalBasis,
  }
}

function openedSensitiveCodes({ caller }: AccessRequest, { agreements }: Facts, controllers: string[]): string[] {
  return agreements
    .filter(({ controller }) => controllers.includes(controller) && controller !== caller.organization)
    .flatMap(({ controller, sensitiveCodes }) => sensitiveCodes.map((code) => `${controller}|${code}`))
}
