/** Private providers that deliver a service to one patient on behalf of a controller. */
import { beginDelivery, deliveryCounts, endDelivery } from '@helsevev/kernel/areas/agreements/delivery'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { problem } from '@helsevev/kernel/problem/problem'
import { table } from '@helsevev/replay/table'
import { defineCommand, optional, required } from '../define-command.ts'
import { done } from '../outcome.ts'
import { organizationNumber, time, timeOrNever } from '../values.ts'
import { norwegianTime } from '../words.ts'
import { acting, changing, viewing } from './acting.ts'
import { named } from './print.ts'

const asks = { patient: 'Identity number of the patient' }
const delivery = {
  provider: required(organizationNumber, 'the private provider'),
  ...acting,
  unit: optional(organizationNumber, 'the unit of the provider'),
}
const EXAMPLE = '--provider 100200058 --unit 100203308 --for 958935420 --by "Kari Nordmann"'

export const deliveryCommands = [
  defineCommand({
    name: 'agreements deliver list',
    summary: 'List how many patients private providers deliver to',
    example: '',
    run: ({ withDatabase }) =>
      viewing({ withDatabase }, async (sql, names, now) => {
        const deliveries = await deliveryCounts(sql, now)
        const rows = deliveries.map((one) => [
          named(one.controller, names),
          named(one.provider, names),
          one.unit && named(one.unit, names),
          String(one.patients),
        ])
        const heading = ['controller', 'provider', 'unit', 'patients']
        return {
          result: { deliveries },
          text: rows.length === 0 ? 'No private provider delivers to anybody.\n' : table([heading, ...rows]),
        }
      }),
  }),
  defineCommand({
    name: 'agreements deliver begin',
    summary: 'Begin delivery to the patient whose number is asked for',
    options: {
      ...delivery,
      from: optional(time, 'when it begins; default: now'),
      until: optional(timeOrNever, 'when it ends; default: never'),
    },
    asks,
    example: EXAMPLE,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: controller, provider, unit = '', from, until } = context.values
        const patient = await keyOfNumber(acts.sql, await context.ask('patient'))
        if (!patient) return problem('person-unknown')
        const begun = await beginDelivery(acts, actor, { patient, controller, provider, unit, validFrom: from, validUntil: until })
        return done(
          begun,
          ({ provider, validFrom }) => ({ provider, validFrom }),
          (one) => `${one.provider} delivers to this patient from ${norwegianTime(one.validFrom)}.`,
        )
      }),
  }),
  defineCommand({
    name: 'agreements deliver end',
    summary: 'End delivery to the patient whose number is asked for',
    options: delivery,
    asks,
    example: EXAMPLE,
    run: (context) =>
      changing(context, async (acts, actor) => {
        const { for: controller, provider, unit = '' } = context.values
        const patient = await keyOfNumber(acts.sql, await context.ask('patient'))
        if (!patient) return problem('person-unknown')
        const ended = await endDelivery(acts, actor, { patient, controller, provider, unit })
        return done(
          ended,
          (one) => ({ provider: one.provider }),
          (one) => `${one.provider} no longer delivers to this patient.`,
        )
      }),
  }),
]
