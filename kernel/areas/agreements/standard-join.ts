import type { Sql } from 'postgres'
import type { Actor } from '../../audit/actors.ts'
import { samePerson } from '../../identity/same-person.ts'
import { type Problem, problem, type Result } from '../../problem/problem.ts'
import { type Acts, act, nameFault, sameName } from './act.ts'
import { type AgreementVersion, agreementId, insertVersion } from './agreement.ts'
import { addMember, memberFault } from './groups.ts'
import { isMember } from './parties.ts'
import { refusal } from './refusal.ts'
import { agreedUnder, lockedStandard, type StandardAgreement, type StandingUnderStandard, standardReference } from './standard-agreement.ts'

export interface Joined {
  standard: string
  organization: string
  agreements: AgreementVersion[]
}

/**
 * R6: a municipality joins in one act. In one transaction it becomes a member of the group, which opens to it what the others share, and it
 * shares with the group. There is one agreement for each service, signed by `actor` for the municipality and by `counterSigner` for the
 * publisher. An organisation that joined an earlier version gets the newest terms: each agreement gets a next version, and agreements about
 * services that are no longer named are ended.
 */
export async function joinStandard(acts: Acts, actor: Actor, id: string, counterSigner: Actor): Promise<Result<Joined>> {
  return await act(acts, actor, async (tx, now) => {
    const standard = await lockedStandard(tx, id)
    if (!standard) return problem('agreement-unknown')
    const organization = actor.organization ?? ''
    const wrong = (await memberFault(tx, organization)) ?? (await signersFault(tx, standard, actor, counterSigner))
    if (wrong) return wrong
    if (standard.validUntil && standard.validUntil <= now) return refusal('period-over')
    const before = await agreedUnder(tx, id, organization, now)
    if (before.some((one) => one.standardAgreement === standardReference(standard))) return refusal('already-joined')
    if (!(await isMember(tx, standard.group, organization, now))) await addMember(tx, standard.group, organization, now)
    const made = await agreementsOf(tx, { acts, standard, organization, before, signers: [actor.name, counterSigner.name], now })
    await supersede(tx, before, made, now)
    await endDropped(tx, before, made, actor.name, now)
    const reason = `${organization} joins ${standardReference(standard)}; for the publisher ${standard.publisher}: ${counterSigner.name}`
    return {
      done: { standard: standardReference(standard), organization, agreements: made },
      change: { event: 'standard-agreement-joined', type: 'standard-agreement', reason },
    }
  })
}

async function signersFault(tx: Sql, { publisher }: StandardAgreement, signer: Actor, counterSigner: Actor): Promise<Problem | undefined> {
  const unnamed = nameFault(counterSigner.name)
  if (unnamed) return unnamed
  if (counterSigner.organization !== publisher) return refusal('not-the-publisher')
  if (sameName(signer.name, counterSigner.name)) return refusal('same-person')
  return (await samePerson(tx, signer, counterSigner)) ? refusal('same-person') : undefined
}

interface Joining {
  acts: Acts
  standard: StandardAgreement
  organization: string
  before: StandingUnderStandard[]
  /** Names of the two who sign: for the controller, and for the group. */
  signers: [string, string]
  now: Date
}

async function agreementsOf(tx: Sql, { acts, standard, organization, before, signers, now }: Joining): Promise<AgreementVersion[]> {
  const made: AgreementVersion[] = []
  for (const service of new Set(standard.services)) {
    const earlier = before.find((one) => one.service === service && one.group === standard.group)
    made.push(
      await insertVersion(tx, {
        id: earlier?.id ?? agreementId(acts.ids.uuid()),
        version: (earlier?.version ?? 0) + 1,
        controller: organization,
        service,
        receiver: standard.group,
        receiverType: 'group',
        units: [],
        serviceCodes: [],
        purposes: standard.purposes,
        sensitiveCodes: standard.sensitiveCodes,
        legalBasis: standard.legalBasis,
        validFrom: now,
        validUntil: standard.validUntil,
        standardAgreement: standardReference(standard),
        proposed: now,
        proposedBy: signers[0],
        controllerSigned: now,
        signedByController: signers[0],
        receiverSigned: now,
        signedByReceiver: signers[1],
      }),
    )
  }
  return made
}

async function supersede(tx: Sql, before: StandingUnderStandard[], made: AgreementVersion[], now: Date): Promise<void> {
  for (const { id, version } of before.filter((one) => made.some((next) => next.id === one.id)))
    await tx`update sharing_agreement set superseded = ${now} where id = ${id} and version <= ${version} and superseded is null`
}

async function endDropped(tx: Sql, before: StandingUnderStandard[], made: AgreementVersion[], by: string, now: Date): Promise<void> {
  for (const { id, version } of before.filter((one) => !made.some((next) => next.id === one.id)))
    await tx`
      update sharing_agreement set ended = ${now}, ended_by = ${by}, ended_reason = 'not in the new version of the standard agreement'
      where id = ${id} and version = ${version}`
}
