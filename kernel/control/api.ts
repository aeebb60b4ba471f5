/** What each route of the control API does. The routes themselves are in contract.ts. docs/api/control.md */
import { type Problem, problem, type Result } from '../problem/problem.ts'
import type { Handlers } from '../wire/contract.ts'
import { adoption } from './adoption.ts'
import { agreementOf, matrix } from './agreements.ts'
import { askBlockLiftOf, blockLiftPage, confirmBlockLiftOf } from './block-lifts.ts'
import type { ControlCall } from './call.ts'
import { caseOfficerOpenings, closeToCaseOfficersOf, openToCaseOfficersOf } from './case-officers.ts'
import * as changes from './changes.ts'
import type { ControlContract, Me, Use } from './contract.ts'
import { closeFollowUpOf, followUpPage } from './follow-ups.ts'
import { indicators } from './indicators.ts'
import { attachMessageOf, discardMessageOf, messages, readMessageOf } from './messages.ts'
import { closeMisuseCaseOf, misuseCaseOf, misusePage } from './misuse-cases.ts'
import { counterparts, namesOf } from './names.ts'
import { listed, paged } from './paging.ts'
import { type Period, within } from './period.ts'
import { permissionsOf } from './permissions.ts'
import { answerQuestionOf, questionPage } from './questions.ts'
import { refusals } from './refusals.ts'
import { endRole, roleGrants } from './roles.ts'
import { joinStandardOf, standardAgreementList } from './standard-agreements.ts'
import { changePhone, units } from './units.ts'
import { use } from './use.ts'
import { restoreDelegation, vendors, withdrawDelegation } from './vendors.ts'

// biome-ignore format: a table, one row to a line
export const handlers: Handlers<ControlContract, ControlCall, Problem> = {
  me,
  roles:              paged((call, slice) => roleGrants(call.sql, { organization: call.organization, now: call.now, ...slice })),
  grantRole:          (call, { body }) => changes.grant(call, body),
  endRole:            (call, { id, body }) => endRole(call.sql, call.parts, call.actor, { organization: call.organization, id, reason: body.reason }),

  agreements:         (call) => matrix(call.sql, call.organization, [...call.kernel.services.keys()], call.now),
  agreement:          (call, { id }) => agreementOf(call.sql, call.organization, id, call.now),
  proposeAgreement:   (call, { body }) => changes.proposeAgreement(call, body),
  amendAgreement:     (call, { id, body }) => changes.amendAgreement(call, id, body),
  signAgreement:      (call, { id, body }) => changes.signAgreement(call, id, body),
  endAgreement:       (call, { id, body }) => changes.endAgreement(call, id, body),
  closeService:       (call, { body }) => changes.closeService(call, body),
  reopenService:      (call, { body }) => changes.reopenService(call, body),
  standardAgreements: (call) => standardAgreementList(call),
  joinStandard:       (call, { id, body }) => joinStandardOf(call, id, body.reason),
  leaveStandard:      (call, { id, body }) => changes.leaveStandardOf(call, id, body.reason),
  counterparts:       (call, { query }) => counterparts(call.sql, query.name, call.now),

  caseOfficers:       (call) => caseOfficerOpenings(call.sql, call.organization, call.now),
  openToCaseOfficers: (call, { body }) => openToCaseOfficersOf(call, body),
  closeToCaseOfficers: (call, { id, body }) => closeToCaseOfficersOf(call, id, body.reason),

  vendors:            (call) => vendors(call),
  withdrawDelegation: (call, { number, body }) => withdrawDelegation(call, number, body.reason),
  restoreDelegation:  (call, { number, body }) => restoreDelegation(call, number, body.reason),
  units:              paged(units),
  changePhone:        (call, { body }) => changePhone(call, body),

  use:                useOf,
  refusals:           (call, { query }) => within(call, query, (days) => refusals(call, days)),
  adoption:           (call) => adoption(call),
  indicators:         (call) => indicators(call),

  followUps:          listed(followUpPage),
  closeFollowUp:      (call, { id, body }) => closeFollowUpOf(call, id, body),
  misuseCases:        listed(misusePage),
  misuseCase:         (call, { id }) => misuseCaseOf(call, id),
  closeMisuseCase:    (call, { id, body }) => closeMisuseCaseOf(call, id, body),
  questions:          listed(questionPage),
  answerQuestion:     (call, { id, body }) => answerQuestionOf(call, id, body),
  blockLifts:         listed(blockLiftPage),
  askBlockLift:       (call, { body }) => askBlockLiftOf(call, body),
  confirmBlockLift:   (call, { id }) => confirmBlockLiftOf(call, id),
  messages:           paged(messages),
  readMessage:        (call, { id, body }) => readMessageOf(call, id, body),
  attachMessage:      (call, { id, body }) => attachMessageOf(call, id, body),
  discardMessage:     (call, { id, body }) => discardMessageOf(call, id, body),
}

async function me({ sql, actor, organization, role }: ControlCall): Promise<Me> {
  const name = (await namesOf(sql, [organization])).get(organization) ?? organization
  return { name: actor.name, organization: { number: organization, name }, role, permissions: permissionsOf(role) }
}

async function useOf(
  call: ControlCall,
  { query }: { query: Period & { by?: Use['by'] | undefined; service?: string | undefined } },
): Promise<Result<Use>> {
  const { by = 'day', service } = query
  if (service !== undefined && !call.kernel.services.has(service))
    return problem('invalid-parameter', 'There is no such service.', { expression: 'service' })
  return await within(call, query, (days) => use(call, { days, by, service }))
}
