/** The routes of the control API: method, address, what it is called in the log, who may, and what it does. docs/api/control.md */
import type { z } from 'zod'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import { adoption } from './adoption.ts'
import { agreementOf, matrix } from './agreements.ts'
import * as bodies from './bodies.ts'
import type { ControlCall } from './call.ts'
import * as changes from './changes.ts'
import type { Changed, MessageText, Permission } from './contract.ts'
import { closeFollowUpOf, followUpPage } from './follow-ups.ts'
import { attachMessageOf, discardMessageOf, messages, readMessageOf } from './messages.ts'
import { closeMisuseCaseOf, misuseCaseOf, misusePage } from './misuse-cases.ts'
import { counterparts, namesOf } from './names.ts'
import { pageOf, type Slice, sliceOf, unknownParameter } from './paging.ts'
import { daysOf } from './period.ts'
import { permissionsOf } from './permissions.ts'
import { answerQuestionOf, questionPage } from './questions.ts'
import { parseBody, type Words } from './reason.ts'
import { refusals } from './refusals.ts'
import { endRole, roleGrants } from './roles.ts'
import { joinStandardOf, standardAgreementList } from './standard-agreements.ts'
import { changePhone, units } from './units.ts'
import { use } from './use.ts'
import { restoreDelegation, vendors, withdrawDelegation } from './vendors.ts'

interface Asked {
  /** The last `:name` of the address. */
  id: string
  query: URLSearchParams
  body: unknown
}

export interface Route {
  method: 'GET' | 'POST'
  path: string
  event: string
  permission: Permission
  run(call: ControlCall, asked: Asked): Promise<Result<object>>
}

const SLICE = ['count', 'skip']
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NUMBER = /^\d{9}$/

// biome-ignore format: a table, one row to a line
export const routes: readonly Route[] = [
  get('/control/me',                       'control-read',             me),
  get('/control/roles',                    'roles-read',               paged(async (call, slice) => await roleGrants(call.sql, { organization: call.organization, now: call.now, ...slice })), SLICE),
  post('/control/roles',                   'role-grant',               'grant-roles',        bodies.grantRole, (call, _id, body) => changes.grant(call, body)),
  post('/control/roles/:id/end',           'role-end',                 'grant-roles',        bodies.withReason, (call, id, { reason }) => found(UUID, id) ?? endRole(call.sql, call.parts, call.actor, { organization: call.organization, id, reason })),

  get('/control/agreements',               'agreements-read',          async (call) => await matrix(call.sql, call.organization, [...call.kernel.services.keys()], call.now)),
  get('/control/agreements/:id',           'agreement-read',           async (call, { id }) => await agreementOf(call.sql, call.organization, id, call.now)),
  post('/control/agreements',              'agreement-propose',        'propose-agreements', bodies.proposeAgreement, (call, _id, body) => changes.proposeAgreement(call, body)),
  post('/control/agreements/:id/amend',    'agreement-amend',          'propose-agreements', bodies.amendAgreement, changes.amendAgreement),
  post('/control/agreements/:id/sign',     'agreement-sign',           'sign-agreements',    bodies.signAgreement, changes.signAgreement),
  post('/control/agreements/:id/end',      'agreement-end',            'propose-agreements', bodies.endAgreement, changes.endAgreement),
  post('/control/closures',                'sharing-close',            'close-services',     bodies.closeService, (call, _id, body) => changes.closeService(call, body)),
  post('/control/closures/reopen',         'sharing-reopen',           'close-services',     bodies.closeService, (call, _id, body) => changes.reopenService(call, body)),
  get('/control/standard-agreements',      'standard-agreements-read', standardAgreementList),
  post('/control/standard-agreements/:id/join',  'standard-agreement-join',  'sign-agreements', bodies.withReason, (call, id, { reason }) => joinStandardOf(call, id, reason)),
  post('/control/standard-agreements/:id/leave', 'standard-agreement-leave', 'propose-agreements', bodies.withReason, (call, id, { reason }) => changes.leaveStandardOf(call, id, reason)),
  get('/control/counterparts',             'counterparts-read',        counterpartList, ['name']),

  get('/control/vendors',                  'vendors-read',             vendors),
  post('/control/vendors/:id/withdraw',    'delegation-withdraw',      'steer-vendors',      bodies.withReason, (call, id, { reason }) => found(NUMBER, id) ?? withdrawDelegation(call, id, reason)),
  post('/control/vendors/:id/restore',     'delegation-restore',       'steer-vendors',      bodies.withReason, (call, id, { reason }) => found(NUMBER, id) ?? restoreDelegation(call, id, reason)),
  get('/control/units',                    'units-read',               paged(units), SLICE),
  post('/control/units/phone',             'phone-change',             'change-units',       bodies.changePhone, (call, _id, body) => changePhone(call, body)),

  get('/control/use',                      'use-read',                 useOf, ['from', 'until', 'by', 'service']),
  get('/control/refusals',                 'refusals-read',            async (call, { query }) => await within(call, query, (days) => refusals(call, days)), ['from', 'until']),
  get('/control/adoption',                 'adoption-read',            adoption),

  get('/control/follow-ups',               'follow-ups-read',          listed(followUpPage), ['status', 'count', 'skip']),
  post('/control/follow-ups/:id/close',    'follow-up-close',          'close-follow-ups',   bodies.closeFollowUp, (call, id, body) => found(UUID, id) ?? closeFollowUpOf(call, id, body)),
  get('/control/misuse-cases',             'misuse-cases-read',        listed(misusePage), ['status', 'count', 'skip']),
  get('/control/misuse-cases/:id',         'misuse-case-read',         async (call, { id }) => await misuseCaseOf(call, id)),
  get('/control/questions',                'questions-read',           listed(questionPage), ['status', 'count', 'skip']),
  post('/control/questions/:id/answer',    'question-answer',          'answer-questions',   bodies.answerQuestion, answerQuestionOf),
  get('/control/messages',                 'messages-read',            paged(messages), SLICE),
  post('/control/messages/:id/read',       'message-read',             'settle-messages',    bodies.withReason, readMessageOf),
  post('/control/messages/:id/attach',     'message-attach',           'settle-messages',    bodies.attachMessage, attachMessageOf),
  post('/control/messages/:id/discard',    'message-discard',          'settle-messages',    bodies.withReason, discardMessageOf),
  post('/control/misuse-cases/:id/close',  'misuse-case-close',        'close-misuse-cases', bodies.closeMisuseCase, closeMisuseCaseOf),
]

type Run = Route['run']

function get(path: string, event: string, run: Run, parameters: readonly string[] = []): Route {
  return {
    method: 'GET',
    path,
    event,
    permission: 'read',
    run: async (call, asked) => unknownParameter(asked.query, parameters) ?? (await run(call, asked)),
  }
}

function post<Body extends Words>(
  path: string,
  event: string,
  permission: Permission,
  schema: z.ZodType<Body>,
  change: (call: ControlCall, id: string, body: Body) => Promise<Result<Changed | MessageText>> | Problem,
): Route {
  const run: Run = async (call, { id, body, query }) => {
    const parsed = unknownParameter(query, []) ?? parseBody(schema, body)
    return isProblem(parsed) ? parsed : await change(call, id, parsed)
  }
  return { method: 'POST', path, event, permission, run }
}

/** A list that reads one row more than the page has. */
function paged<Item>(list: (call: ControlCall, slice: Slice) => Promise<Item[]>): Run {
  return async (call, { query }) => {
    const slice = sliceOf(query)
    if (isProblem(slice)) return slice
    return pageOf(await list(call, { ...slice, limit: slice.limit + 1 }), slice)
  }
}

function listed(page: (call: ControlCall, asked: { open: boolean; slice: Slice }) => Promise<object>): Run {
  return async (call, { query }) => {
    const slice = sliceOf(query)
    if (isProblem(slice)) return slice
    const status = query.get('status') ?? 'open'
    if (status !== 'open' && status !== 'closed') return problem('invalid-parameter', 'status is open or closed.', { expression: 'status' })
    return await page(call, { open: status === 'open', slice })
  }
}

function found(form: RegExp, id: string): Problem | undefined {
  return form.test(id) ? undefined : problem('not-found')
}

async function me({ sql, actor, organization, role }: ControlCall): Promise<object> {
  const name = (await namesOf(sql, [organization])).get(organization) ?? organization
  return { name: actor.name, organization: { number: organization, name }, role, permissions: permissionsOf(role) }
}

async function counterpartList(call: ControlCall, { query }: Asked): Promise<Result<object>> {
  const name = query.get('name')?.trim() ?? ''
  if (name.length < 2 || name.length > 100 || name.includes('\0'))
    return problem('invalid-parameter', 'name is 2 to 100 characters of a name, or a number.', { expression: 'name' })
  return await counterparts(call.sql, name, call.now)
}

async function useOf(call: ControlCall, { query }: Asked): Promise<Result<object>> {
  const by = query.get('by') ?? 'day'
  if (by !== 'day' && by !== 'week') return problem('invalid-parameter', 'by is day or week.', { expression: 'by' })
  const service = query.get('service') ?? undefined
  if (service !== undefined && !call.kernel.services.has(service))
    return problem('invalid-parameter', 'There is no such service.', { expression: 'service' })
  return await within(call, query, (days) => use(call, { days, by, service }))
}

async function within(
  { now }: ControlCall,
  query: URLSearchParams,
  work: (days: { from: Date; until: Date }) => Promise<object>,
): Promise<Result<object>> {
  const days = daysOf(query, now)
  return isProblem(days) ? days : await work(days)
}
