/** Standard agreements that a data controller can join in one act (R6). docs/run/agreements.md */
import { agreedUnder, type StandardAgreement as Stored, standardAgreements } from '../areas/agreements/standard-agreement.ts'
import { joinStandard } from '../areas/agreements/standard-join.ts'
import type { Actor } from '../audit/actors.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import { actsOf, type ControlCall } from './call.ts'
import type { Changed, StandardAgreement } from './contract.ts'
import { counterpartsOf, namesOf } from './names.ts'
import { refusal } from './refusal.ts'

export async function standardAgreementList({ sql, organization, now }: ControlCall): Promise<StandardAgreement[]> {
  const found = await standardAgreements(sql, now)
  const groups = await counterpartsOf(
    sql,
    found.map(({ group }) => group),
  )
  const names = await namesOf(
    sql,
    found.map(({ publisher }) => publisher),
  )
  return await Promise.all(
    found.map(async ({ published: _published, signer: _signer, group, publisher, validUntil, ...one }) => {
      const agreed = await agreedUnder(sql, one.id, organization, now)
      const versions = agreed.map(({ standardAgreement }) => Number(standardAgreement.split('/')[1]))
      return {
        ...one,
        group: groups(group),
        publisher: { number: publisher, name: names.get(publisher) ?? publisher },
        validUntil: validUntil?.toISOString() ?? null,
        joinedVersion: versions.length > 0 ? Math.max(...versions) : null,
      }
    }),
  )
}

/**
 * Joins a standard agreement, with the publisher as the other signer: to publish is a standing signature for the group, by a named person
 * who cannot be the person that joins (docs/decisions/0026-roles-at-a-data-controller.md).
 */
export async function joinStandardOf(call: ControlCall, id: string, reason: string): Promise<Result<Changed>> {
  const standard = (await standardAgreements(call.sql, call.now)).find((one) => one.id === id)
  if (!standard) return problem('agreement-unknown')
  if (standard.signedBy === null) return refusal('publisher-unnamed')
  const joined = await joinStandard(actsOf(call, reason), call.actor, id, publisherOf(standard, standard.signedBy))
  return isProblem(joined) ? joined : { id: joined.standard, standing: `${joined.agreements.length} in-force` }
}

function publisherOf({ publisher, signer }: Stored, name: string): Actor {
  return {
    person: signer ?? undefined,
    name,
    hprNumber: undefined,
    role: undefined,
    organization: publisher,
    organizationName: undefined,
    organizationChild: undefined,
    supplier: undefined,
    client: 'standing signature',
  }
}
