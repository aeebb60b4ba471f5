import type { Actor } from '../../audit/actors.ts'
import type { Result } from '../../problem/problem.ts'
import { type Acts, act, textRule } from './act.ts'
import { addGroup, groupIdRule } from './groups.ts'
import { groupExists, organizationType } from './parties.ts'
import { type Rule, refusal, refusals } from './refusal.ts'
import { lockedStandard, type StandardAgreement, standardReference } from './standard-agreement.ts'
import { termRules } from './terms.ts'

export type StandardTerms = Omit<StandardAgreement, 'version' | 'published' | 'publisher' | 'signedBy' | 'signer'> & {
  /** Name of the group, which is made when there is no group with that id. */
  groupName?: string | undefined
}

/**
 * Publishes the terms as version 1, or as the next version. Publishing opens nothing, and changes nothing for organisations that joined an
 * earlier version until they join this one.
 */
export async function publishStandard(acts: Acts, actor: Actor, terms: StandardTerms): Promise<Result<StandardAgreement>> {
  return await act(acts, actor, async (tx, now) => {
    const publisher = actor.organization ?? ''
    const broken = standardRules(acts, terms, now)
    if (!(await organizationType(tx, publisher))) broken.push({ rule: 'organisation-unknown', detail: `${publisher}:` })
    const groupKnown = await groupExists(tx, terms.group)
    if (!groupKnown && !terms.groupName) broken.push({ rule: 'group-unknown', detail: `${terms.group}:` })
    if (broken.length > 0) return refusals(broken)
    const latest = await lockedStandard(tx, terms.id)
    if (latest && latest.publisher !== publisher) return refusal('not-the-publisher')
    if (!groupKnown) {
      const wrong = await addGroup(tx, { id: terms.group, name: terms.groupName ?? '' })
      if (wrong) return wrong
    }
    const { groupName: _made, ...kept } = terms
    const done: StandardAgreement = {
      ...kept,
      version: (latest?.version ?? 0) + 1,
      published: now,
      publisher,
      signedBy: actor.name,
      signer: actor.person ?? null,
    }
    await tx`
      insert into standard_agreement (
        id, version, title, services, purposes, sensitive_codes, legal_basis, group_id, valid_until, published, published_by,
        signed_by, signer)
      values (
        ${done.id}, ${done.version}, ${done.title.trim()}, ${done.services}, ${done.purposes}, ${done.sensitiveCodes},
        ${done.legalBasis.trim()}, ${done.group}, ${done.validUntil}, ${done.published}, ${done.publisher},
        ${done.signedBy}, ${done.signer})`
    const reason = `${standardReference(done)}: ${done.services.join(' ')} to ${done.group}, ${done.purposes.join(' ')}`
    return { done, change: { event: 'standard-agreement-published', type: 'standard-agreement', reason } }
  })
}

function standardRules(acts: Acts, terms: StandardTerms, now: Date): { rule: Rule; detail?: string }[] {
  const broken: { rule: Rule; detail?: string }[] = termRules({ ...terms, validFrom: now }, now).map((rule) => ({ rule }))
  const id = groupIdRule(terms.id)
  if (id) broken.push({ rule: id })
  const title = textRule(terms.title, 'title-missing', 1, 200)
  if (title) broken.push({ rule: title })
  if (terms.services.length === 0) broken.push({ rule: 'services-missing' })
  for (const service of terms.services)
    if (!acts.services.some((known) => known.id === service)) broken.push({ rule: 'service-unknown', detail: `${service}:` })
  return broken
}
