/** Sharing agreements: listed, proposed, signed, amended and ended; and a service closed to a receiver. */
import { agreements, versionsOf } from '@helsevev/kernel/areas/agreements/agreement'
import { amend } from '@helsevev/kernel/areas/agreements/amend'
import { close } from '@helsevev/kernel/areas/agreements/close'
import { end } from '@helsevev/kernel/areas/agreements/end'
import { propose } from '@helsevev/kernel/areas/agreements/propose'
import { reopen } from '@helsevev/kernel/areas/agreements/reopen'
import { sign } from '@helsevev/kernel/areas/agreements/sign'
import { problem } from '@helsevev/kernel/problem/problem'
import { defineCommand, optional, required } from '../define-command.ts'
import { done } from '../outcome.ts'
import { id, oneOf, organizationNumber, text, time, timeOrNever, wholeNumber } from '../values.ts'
import { norwegianTime } from '../words.ts'
import { acting, changing, codeList, given, purposeCodes, serviceCodeList, unitNumbers, viewing } from './acting.ts'
import { agreementTable, agreementText, standingText } from './print.ts'

const agreement = { id: required(id, 'the agreement') }
const closure = {
  service: required(id, 'the information service'),
  receiver: required(id, 'the organisation or group that receives'),
  reason: required(text, 'why'),
  ...acting,
}
const EXAMPLE = '--for 964338531 --by "Kari Nordmann"'
const LAW = 'pasientjournalloven § 19'
const CLOSURE = `--service news2 --receiver 983658725 --reason "an incident is looked into" ${EXAMPLE}`

export const agreementCommands = [
  defineCommand({
    name: 'agreements list',
    summary: 'List agreements and how they stand',
    options: {
      controller: optional(organizationNumber, 'those of this data controller'),
      receiver: optional(id, 'those with this receiver'),
    },
    example: '--controller 964338531',
    run: ({ values, withDatabase }) =>
      viewing({ withDatabase }, async (sql, names, now) => {
        const found = await agreements(sql, { ...values, now })
        return { result: { agreements: found }, text: agreementTable(found, names, now) }
      }),
  }),
  defineCommand({
    name: 'agreements show',
    summary: 'Print every version of one agreement',
    positionals: agreement,
    exitCodes: { 1: 'there is no such agreement' },
    example: 'abcdefghijkl',
    run: ({ values, withDatabase }) =>
      viewing({ withDatabase }, async (sql, names, now) => {
        const versions = await versionsOf(sql, values.id)
        return versions.length === 0 ? problem('agreement-unknown') : { result: { versions }, text: agreementText(versions, names, now) }
      }),
  }),
  defineCommand({
    name: 'agreements propose',
    summary: 'Propose an agreement, which opens nothing until it is signed',
    options: {
      controller: required(organizationNumber, 'the data controller'),
      service: required(id, 'the information service'),
      receiver: required(id, 'the organisation or group that receives'),
      purposes: required(purposeCodes, 'what it is opened for'),
      'legal-basis': required(text, 'the law it rests on'),
      ...acting,
      type: optional(oneOf(['organization', 'group', 'private-provider']), 'what the receiver is; default: organization'),
      units: optional(unitNumbers, 'units of the receiver alone'),
      'service-codes': optional(serviceCodeList, 'municipal services of a contract with a private provider'),
      codes: optional(codeList, 'sensitive codes that are opened too'),
      from: optional(time, 'when it begins; default: now'),
      until: optional(timeOrNever, 'when it ends; default: never'),
    },
    example: `--controller 964338531 --service news2 --receiver 983658725 --purposes TREAT --legal-basis "${LAW}" ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const {
          controller,
          service,
          receiver,
          purposes,
          type = 'organization',
          units = [],
          'service-codes': serviceCodes = [],
          codes = [],
          from,
          until = null,
        } = context.values
        const parties = { controller, service, receiver, receiverType: type }
        const made = await propose(acts, actor, {
          ...parties,
          ...{ purposes, sensitiveCodes: codes, units, serviceCodes, validUntil: until },
          legalBasis: context.values['legal-basis'],
          validFrom: from ?? acts.clock(),
        })
        const sentence = 'is proposed. It opens nothing until one person of each side has signed it.'
        return done(
          made,
          (one) => one,
          (one) => `Agreement ${one.id} ${sentence}`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements sign',
    summary: 'Sign for the side of the organisation one acts for',
    positionals: agreement,
    options: { ...acting, version: optional(wholeNumber, 'the version; default: the one that waits') },
    example: `abcdefghijkl ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, version } = context.values
        const signed = await sign(acts, actor, { id, ...given({ version }) })
        return done(
          signed,
          (one) => one,
          (one) => `Signed. Version ${one.version} of ${id}: ${standingText(one, acts.clock())}.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements amend',
    summary: 'Propose the next version, which waits for both signatures',
    positionals: agreement,
    options: {
      ...acting,
      purposes: optional(purposeCodes, 'what it is opened for'),
      codes: optional(codeList, 'sensitive codes that are opened too'),
      units: optional(unitNumbers, 'units of the receiver alone'),
      'service-codes': optional(serviceCodeList, 'municipal services of a contract with a private provider'),
      'legal-basis': optional(text, 'the law it rests on'),
      until: optional(timeOrNever, 'when it ends'),
    },
    example: `abcdefghijkl --purposes TREAT ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, purposes, codes, units, until, 'service-codes': serviceCodes, 'legal-basis': legalBasis } = context.values
        const made = await amend(
          acts,
          actor,
          id,
          given({ purposes, sensitiveCodes: codes, units, serviceCodes, legalBasis, validUntil: until }),
        )
        const sentence = 'waits for both signatures. Until then what was in force stays in force.'
        return done(
          made,
          (one) => one,
          ({ version }) => `Version ${version} of ${id} ${sentence}`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements end',
    summary: 'End an agreement, at once or at a given time',
    positionals: agreement,
    options: {
      reason: required(text, 'why'),
      ...acting,
      at: optional(time, 'when; default: now'),
      'taken-over-by': optional(organizationNumber, 'who delivers instead of a private provider; default: the data controller'),
    },
    example: `abcdefghijkl --reason "the ward closes" --at 2027-06-30 ${EXAMPLE}`,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { id, reason, at, 'taken-over-by': takenOverBy } = context.values
        return done(
          await end(acts, actor, { id, at, reason, takenOverBy }),
          (one) => one,
          (one) => `Agreement ${id} ends at ${norwegianTime(one.ended)}.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements close',
    summary: 'Close a service to a receiver from the next call on',
    options: closure,
    example: CLOSURE,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: controller, service, receiver, reason } = context.values
        const closed = await close(acts, actor, { controller, service, receiver, reason })
        return done(
          closed,
          (one) => one,
          (one) => `${one.service} is closed to ${one.receiver} from the next call on.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements reopen',
    summary: 'Open what was closed, as far as agreements open it',
    options: closure,
    example: CLOSURE,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: controller, service, receiver, reason } = context.values
        const opened = await reopen(acts, actor, { controller, service, receiver, reason })
        return done(
          opened,
          (one) => one,
          (one) => `${one.service} is open to ${one.receiver} again, as far as agreements open it.`,
        )
      }),
  }),
]
