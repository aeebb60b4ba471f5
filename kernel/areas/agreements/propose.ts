import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act, serviceFault } from './act.ts'
import { type AgreementVersion, agreementId, insertVersion } from './agreement.ts'
import { contractFault } from './contract.ts'
import { type Parties, partiesFault, sideOf } from './parties.ts'
import { refusal, refusals } from './refusal.ts'
import { type Terms, termRules } from './terms.ts'

export interface Proposal extends Parties, Terms {
  service: string
}

/** Either side proposes version 1. It opens nothing until one person from each side has signed. */
export async function propose(acts: Acts, actor: Actor, proposal: Proposal): Promise<Result<AgreementVersion>> {
  return await act(acts, actor, async (tx, now) => {
    const wrong = serviceFault(acts, proposal.service) ?? (await partiesFault(tx, proposal)) ?? contractFault(acts, proposal)
    if (wrong) return wrong
    const broken = termRules(proposal, now)
    if (broken.length > 0) return refusals(broken.map((rule) => ({ rule })))
    if (!(await sideOf(tx, { ...proposal, standardAgreement: null }, actor.organization, now))) return refusal('not-a-party')
    const done = await insertVersion(tx, {
      id: agreementId(acts.ids.uuid()),
      version: 1,
      controller: proposal.controller,
      service: proposal.service,
      receiver: proposal.receiver,
      receiverType: proposal.receiverType,
      units: [...proposal.units],
      serviceCodes: [...proposal.serviceCodes],
      purposes: [...proposal.purposes],
      sensitiveCodes: [...proposal.sensitiveCodes],
      legalBasis: proposal.legalBasis.trim(),
      validFrom: proposal.validFrom,
      validUntil: proposal.validUntil,
      standardAgreement: null,
      proposed: now,
      proposedBy: actor.name,
      controllerSigned: null,
      signedByController: null,
      receiverSigned: null,
      signedByReceiver: null,
    })
    const reason = `${done.id} version 1: data controller ${done.controller}, receiver ${done.receiver}, ${done.purposes.join(' ')}`
    return { done, change: { event: 'agreement-proposed', type: 'sharing-agreement', service: done.service, reason } }
  })
}
