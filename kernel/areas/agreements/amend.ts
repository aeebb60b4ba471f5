import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { problem, type Result } from '../../problem/problem.ts'
import { type Acts, act } from './act.ts'
import { type AgreementVersion, insertVersion, lockedVersions } from './agreement.ts'
import { contractFault } from './contract.ts'
import { partiesFault, sideOf } from './parties.ts'
import { refusal, refusals } from './refusal.ts'
import { type Terms, termRules } from './terms.ts'

/**
 * Terms that are not given stay as they are. Parties, service and start do not change: a new version begins when the second side signs it.
 */
export type Amendment = Partial<Omit<Terms, 'validFrom'>>

/**
 * Either side writes the next version, unsigned. The version in force stays so until both sides have signed the new one. A version that was
 * waiting for signatures is dropped, together with any signature on it.
 */
export async function amend(acts: Acts, actor: Actor, id: string, amendment: Amendment): Promise<Result<AgreementVersion>> {
  return await act(acts, actor, async (tx, now) => {
    const versions = await lockedVersions(tx, id)
    const latest = versions.at(-1)
    if (!latest) return problem('agreement-unknown')
    if (!(await sideOf(tx, latest, actor.organization, now))) return refusal('not-a-party')
    if (latest.standardAgreement) return refusal('under-standard')
    // An end that lies ahead also counts: a new version would undo it.
    if (versions.some(({ ended, superseded }) => ended && !superseded)) return refusal('ended')
    const terms = amended(latest, amendment)
    const broken = termRules(terms, now)
    if (broken.length > 0) return refusals(broken.map((rule) => ({ rule })))
    if (sameTerms(latest, terms)) return refusal('nothing-changed')
    const wrong = (await partiesFault(tx, { ...latest, units: terms.units })) ?? contractFault(acts, { ...latest, ...terms })
    if (wrong) return wrong
    await dropPending(tx, id, now)
    const done = await insertVersion(tx, {
      ...latest,
      ...terms,
      version: latest.version + 1,
      proposed: now,
      proposedBy: actor.name,
      controllerSigned: null,
      signedByController: null,
      receiverSigned: null,
      signedByReceiver: null,
    })
    const change = { event: 'agreement-amended', type: 'sharing-agreement', service: done.service, reason: `${id} version ${done.version}` }
    return { done, change }
  })
}

function amended(latest: AgreementVersion, { purposes, sensitiveCodes, units, serviceCodes, legalBasis, validUntil }: Amendment) {
  return {
    purposes: [...(purposes ?? latest.purposes)],
    sensitiveCodes: [...(sensitiveCodes ?? latest.sensitiveCodes)],
    units: [...(units ?? latest.units)],
    serviceCodes: [...(serviceCodes ?? latest.serviceCodes)],
    legalBasis: (legalBasis ?? latest.legalBasis).trim(),
    validFrom: latest.validFrom,
    validUntil: validUntil === undefined ? latest.validUntil : validUntil,
  }
}

function sameTerms(one: Terms, other: Terms): boolean {
  const text = ({ purposes, sensitiveCodes, units, serviceCodes, legalBasis, validUntil }: Terms) =>
    JSON.stringify([...[purposes, sensitiveCodes, units, serviceCodes].map((list) => [...list].sort()), legalBasis, validUntil?.getTime()])
  return text(one) === text(other)
}

async function dropPending(tx: Sql, id: string, now: Date): Promise<void> {
  await tx`
    update sharing_agreement set superseded = ${now}
    where id = ${id} and superseded is null and (controller_signed is null or receiver_signed is null)`
}
