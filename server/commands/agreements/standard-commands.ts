/** Standard agreements, which are joined in one act, and groups that receive together. */
import { enterGroup, leaveGroup, makeGroup } from '@helsevev/kernel/areas/agreements/groups'
import { standardAgreements } from '@helsevev/kernel/areas/agreements/standard-agreement'
import { joinStandard } from '@helsevev/kernel/areas/agreements/standard-join'
import { leaveStandard } from '@helsevev/kernel/areas/agreements/standard-leave'
import { publishStandard } from '@helsevev/kernel/areas/agreements/standard-publish'
import { operator } from '../acting.ts'
import { defineCommand, optional, required } from '../define-command.ts'
import { done } from '../outcome.ts'
import { id, organizationNumber, text, timeOrNever } from '../values.ts'
import { counted } from '../words.ts'
import { acting, changing, codeList, name, purposeCodes, serviceIds, viewing } from './acting.ts'
import { standardTable } from './print.ts'

const standard = { id: required(id, 'the standard agreement') }
const group = { id: required(id, 'the group') }
const LAW = 'pasientjournalloven § 9'
const EXAMPLE = '--for 964338531 --by "Kari Nordmann"'

export const standardCommands = [
  defineCommand({
    name: 'agreements standard list',
    summary: 'List standard agreements',
    example: '',
    run: ({ withDatabase }) =>
      viewing({ withDatabase }, async (sql, names, now) => {
        const found = await standardAgreements(sql, now)
        return { result: { standardAgreements: found }, text: standardTable(found, names) }
      }),
  }),
  defineCommand({
    name: 'agreements standard publish',
    summary: 'Publish the first version of a standard agreement, or the next',
    positionals: standard,
    options: {
      title: required(text, 'what it is called'),
      services: required(serviceIds, 'the information services'),
      purposes: required(purposeCodes, 'what they are opened for'),
      'legal-basis': required(text, 'the law it rests on'),
      group: required(id, 'those who join become members of it'),
      ...acting,
      'group-name': optional(name, 'the name of a new group'),
      codes: optional(codeList, 'sensitive codes that are opened too'),
      until: optional(timeOrNever, 'when it ends; default: never'),
    },
    example: `common-care --title "Common care" --services news2 --purposes TREAT --legal-basis "${LAW}" --group common ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, title, services, purposes, group, codes = [], until = null } = context.values
        const { 'legal-basis': legalBasis, 'group-name': groupName } = context.values
        const terms = { title, services, purposes, sensitiveCodes: codes, legalBasis, group, groupName, validUntil: until }
        const published = await publishStandard(acts, actor, { id, ...terms })
        return done(
          published,
          (one) => one,
          ({ version }) => `Version ${version} of ${id} is published. It opens nothing until somebody joins.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements standard join',
    summary: 'Join a standard agreement: every service of it, in one act',
    positionals: standard,
    options: {
      'counter-signer': required(name, 'who signs for the group'),
      'counter-for': required(organizationNumber, 'the organisation that person acts for'),
      ...acting,
    },
    example: `common-care --counter-signer "Petra Berg" --counter-for 958935420 ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, 'counter-signer': signer, 'counter-for': organization } = context.values
        const joined = await joinStandard(acts, actor, id, operator(signer, organization))
        return done(
          joined,
          (one) => one,
          ({ standard, agreements }) =>
            `${actor.organization} has joined ${standard}: ${counted(agreements.length, 'agreement')} in force from the next call on.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements standard leave',
    summary: 'Leave a standard agreement: every service of it, in one act',
    positionals: standard,
    options: { reason: required(text, 'why'), ...acting },
    example: `common-care --reason "the cooperation ends" ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, reason } = context.values
        const left = await leaveStandard(acts, actor, { id, reason })
        return done(
          left,
          (one) => one,
          ({ ended }) => `${actor.organization} has left ${id}: ${counted(ended.length, 'agreement')} ended.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements group make',
    summary: 'Make a group that receives together',
    positionals: group,
    options: { name: required(name, 'what it is called'), ...acting },
    example: `fjord --name "The fjord" ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, name } = context.values
        const made = await makeGroup(acts, actor, { id, name })
        return done(
          made,
          () => ({ group: id }),
          () => `The group ${id} is made. It has no members.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements group enter',
    summary: 'Enter a group for the organisation one acts for',
    positionals: group,
    options: acting,
    example: `fjord ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id } = context.values
        const entered = await enterGroup(acts, actor, id)
        return done(
          entered,
          () => ({ group: id, member: actor.organization }),
          () => `${actor.organization} is a member of ${id}.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements group leave',
    summary: 'Leave a group for the organisation one acts for',
    positionals: group,
    options: { reason: required(text, 'why'), ...acting },
    example: `fjord --reason "the cooperation ends" ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, reason } = context.values
        const left = await leaveGroup(acts, actor, { group: id, reason })
        return done(
          left,
          () => ({ group: id, left: actor.organization }),
          () => `${actor.organization} is no longer a member of ${id}.`,
        )
      }),
  }),
]
