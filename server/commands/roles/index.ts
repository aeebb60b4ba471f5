/**
 * `npx helsevev roles list|grant|end`: who may act for a data controller in its portal. The first owner comes from here; owners grant the
 * rest themselves. Each change is a row of the access log. docs/run/roles.md
 */
import { nameFault } from '@helsevev/kernel/areas/agreements/act'
import { grantedRoles, type RoleGrant } from '@helsevev/kernel/control/contract'
import { reasonFault } from '@helsevev/kernel/control/reason'
import { endRole, grantRole, personsWithRoles, roleGrants } from '@helsevev/kernel/control/roles'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { problem } from '@helsevev/kernel/problem/problem'
import { table, wrapped } from '@helsevev/replay/table'
import { operator } from '../acting.ts'
import { defineCommand, optional, required } from '../define-command.ts'
import { done } from '../outcome.ts'
import { reading, shown } from '../showing.ts'
import { called, oneOf, organizationNumber, text, time, uuid } from '../values.ts'
import { withChanges } from '../with-changes.ts'
import { norwegianTime } from '../words.ts'

const organization = required(organizationNumber, 'the data controller')
const by = required(called('NAME', text), 'the person who does it')
const reason = required(text, 'why')

export const commands = [
  defineCommand({
    name: 'roles list',
    summary: 'List who has and has had a role',
    about: 'The reading is a row on each person of the list: who, for which organisation and why.',
    options: { organization, ...reading },
    example: '--organization 964338531 --by "Kari Nordmann" --reason "Kontroll av tilganger, sak 26/114"',
    run: ({ values: { organization, by, reason }, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const patients = await personsWithRoles(sql, organization)
        const what = { event: 'roles-read', type: 'controller-role', patients }
        return await shown({ sql, environment }, { by, for: organization, reason }, what, async () => {
          const grants = await roleGrants(sql, { organization, now: new Date(), limit: 1000, skip: 0 })
          return { result: { grants }, text: grantTable(grants) }
        })
      }),
  }),
  defineCommand({
    name: 'roles grant',
    summary: 'Grant a role to the person whose identity number is asked for',
    options: {
      organization,
      role: required(oneOf(grantedRoles), 'the role'),
      by,
      reason,
      until: optional(time, 'when it ends; default: never'),
    },
    asks: { person: 'Identity number of the one who gets the role' },
    example: '--organization 964338531 --role owner --by "Kari Nordmann" --reason "Fullmakt fra kommunedirektøren, sak 26/114"',
    run: ({ values, ask, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const fault = nameFault(values.by) ?? reasonFault(values.reason)
        if (fault) return fault
        const person = await keyOfNumber(sql, await ask('person'))
        if (!person) return problem('person-unknown')
        const actor = operator(values.by, values.organization)
        const granted = await withChanges(sql, environment, (parts) => grantRole(sql, parts, actor, { ...values, person }))
        return done(
          granted,
          ({ id, name }) => ({ id, name, role: values.role }),
          ({ name }) => `${name} is ${values.role} from the next call on.`,
        )
      }),
  }),
  defineCommand({
    name: 'roles end',
    summary: 'End a role',
    positionals: { id: required(uuid, 'the grant, as the list has it') },
    options: { organization, by, reason },
    example: '0b8f0e0e-6f0a-4b0c-9a52-0c4a3c1f0e11 --organization 964338531 --by "Kari Nordmann" --reason "Har sluttet i kommunen"',
    run: ({ values, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const fault = nameFault(values.by) ?? reasonFault(values.reason)
        if (fault) return fault
        const actor = operator(values.by, values.organization)
        const ended = await withChanges(sql, environment, (parts) => endRole(sql, parts, actor, values))
        return done(
          ended,
          () => ({ ended: values.id }),
          () => 'The role has ended.',
        )
      }),
  }),
]

function grantTable(grants: readonly RoleGrant[]): string {
  if (grants.length === 0) return 'Nobody has or has had a role for that organisation.\n'
  const rows = grants.map((one) => [
    one.id,
    one.name,
    one.role,
    one.holds ? 'yes' : 'no',
    norwegianTime(new Date(one.from)),
    one.until === null ? '' : norwegianTime(new Date(one.until)),
    one.grantedBy,
    wrapped(one.reason, 40),
  ])
  return table([['id', 'name', 'role', 'holds', 'from', 'until', 'granted by', 'reason'], ...rows])
}
