/** What an organisation says of itself: which authorisations may use a service, and whether it produces and consumes. */
import { setCloseRelationRule } from '@helsevev/kernel/areas/agreements/close-relations'
import { participations, setParticipation } from '@helsevev/kernel/areas/agreements/participation'
import { removeRoleRule, roleRules, setRoleRule } from '@helsevev/kernel/areas/agreements/role-rules'
import { table } from '@helsevev/replay/table'
import { defineCommand, optional, required } from '../define-command.ts'
import { done } from '../outcome.ts'
import { called, id, organizationNumber, yesOrNo } from '../values.ts'
import { norwegianTime } from '../words.ts'
import { acting, changing, given, purposeCodes, viewing } from './acting.ts'
import { named } from './print.ts'

const ofOne = { organization: optional(organizationNumber, 'of this organisation alone') }
const rule = {
  service: required(id, 'the information service'),
  role: required(called('CODE', id), 'the authorisation, of Volven 9060'),
}
const EXAMPLE = '--for 964338531 --by "Kari Nordmann"'

export const ruleCommands = [
  defineCommand({
    name: 'agreements roles list',
    summary: 'List which authorisations may use a service, where organisations have rules of their own',
    options: ofOne,
    example: '--organization 964338531',
    run: ({ values, withDatabase }) =>
      viewing({ withDatabase }, async (sql, names) => {
        const rules = await roleRules(sql, values.organization)
        const rows = rules.map((one) => [named(one.organization, names), one.service, one.role, one.purposes.join(' ')])
        const text =
          rows.length === 0
            ? 'No organisation has rules of its own: what each service says holds.\n'
            : table([['organisation', 'service', 'role', 'purposes'], ...rows])
        return { result: { rules }, text }
      }),
  }),
  defineCommand({
    name: 'agreements roles set',
    summary: 'Set a rule about one authorisation',
    options: { ...rule, purposes: required(purposeCodes, 'what it may use the service for'), ...acting },
    example: `--service news2 --role SP --purposes TREAT,ETREAT ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: organization, service, role, purposes } = context.values
        const set = await setRoleRule(acts, actor, { organization, service, role, purposes })
        return done(
          set,
          (one) => one,
          (one) => `${one.role} may use ${one.service} for ${one.purposes.join(', ')}. Roles without a rule may not use it.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements roles remove',
    summary: 'Remove the rule about one authorisation',
    options: { ...rule, ...acting },
    example: `--service news2 --role SP ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: organization, service, role } = context.values
        const removed = await removeRoleRule(acts, actor, { organization, service, role })
        return done(
          removed,
          () => ({ organization, service, role }),
          () => `There is no rule about ${role} in ${service} any more.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements close-relations set',
    summary: 'Set whether staff may look up themselves and close relations, as far as they may as citizens',
    options: { service: rule.service, ...acting, open: required(yesOrNo, 'whether it is open; without a rule it is not') },
    example: `--service test-results --open yes ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: organization, service, open } = context.values
        const set = await setCloseRelationRule(acts, actor, { organization, service, open })
        return done(
          set,
          (one) => one,
          (one) => `Look-ups of staff about themselves and close relations in ${one.service} are ${one.open ? 'open' : 'closed'}.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements participation list',
    summary: 'List who produces and who consumes',
    options: ofOne,
    example: '',
    run: ({ values, withDatabase }) =>
      viewing({ withDatabase }, async (sql, names) => {
        const found = await participations(sql, values.organization)
        const rows = found.map((one) => {
          const [produces, consumes] = [one.produces, one.consumes].map((value) => (value ? 'yes' : 'no'))
          return [named(one.organization, names), one.service, produces ?? '', consumes ?? '', norwegianTime(one.since)]
        })
        const heading = ['organisation', 'service', 'produces', 'consumes', 'since']
        return { result: { participations: found }, text: rows.length === 0 ? 'Nobody takes part.\n' : table([heading, ...rows]) }
      }),
  }),
  defineCommand({
    name: 'agreements participation set',
    summary: 'Set whether the organisation one acts for produces and consumes',
    options: {
      service: required(id, 'the information service'),
      ...acting,
      produces: optional(yesOrNo, 'whether it gives information'),
      consumes: optional(yesOrNo, 'whether it reads that of others'),
    },
    example: `--service news2 --produces yes --consumes no ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: organization, service, produces, consumes } = context.values
        const set = await setParticipation(acts, actor, { organization, service, ...given({ produces, consumes }) })
        return done(set, (one) => one, participationText)
      }),
  }),
]

function participationText(one: { organization: string; service: string; produces: boolean; consumes: boolean }): string {
  const produces = one.produces ? 'produces' : 'does not produce'
  return `${one.organization} ${produces} in ${one.service}, and ${one.consumes ? 'consumes' : 'does not consume'}.`
}
