/** The caller at a data controller, and the roles of persons there. */
import * as z from 'zod/mini'
import { get, post } from '../../wire/contract.ts'
import {
  type ControlDetails,
  changed,
  controllerRoles,
  grantedRoles,
  identityNumber,
  organization,
  pageOf,
  permissions,
  reason,
  slice,
  time,
  uuid,
  withReason,
} from './common.ts'

export const me = z.strictObject({
  name: z.string(),
  organization,
  role: z.enum(controllerRoles),
  permissions: z.array(z.enum(permissions)),
})
export type Me = z.infer<typeof me>

export const roleGrant = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(grantedRoles),
  from: z.string(),
  until: z.nullable(z.string()),
  grantedBy: z.string(),
  reason: z.string(),
  endedBy: z.nullable(z.string()),
  endedReason: z.nullable(z.string()),
  /** Whether the role holds now. */
  holds: z.boolean(),
})
export type RoleGrant = z.infer<typeof roleGrant>

export const grantRole = z.strictObject({ identityNumber, role: z.enum(grantedRoles), until: z.optional(time), reason })
export type GrantRole = z.infer<typeof grantRole>

export const whoIAm = {
  me: get('/me', {
    about: 'Name, organisation, role, and what the role may do.',
    answer: me,
    permission: 'read',
    event: 'control-read',
  }),
} as const satisfies Record<string, ControlDetails>

export const roles = {
  roles: get('/roles', {
    about: 'Those that hold first, then those that have ended.',
    query: z.strictObject(slice),
    answer: pageOf(roleGrant),
    permission: 'read',
    event: 'roles-read',
  }),
  grantRole: post('/roles', {
    about: 'Gives a person a role; `until` when it ends by itself.',
    body: grantRole,
    answer: changed,
    permission: 'grant-roles',
    event: 'role-grant',
    done: 'role-granted',
  }),
  endRole: post('/roles/:id/end', {
    about: 'Ends a role at once.',
    parameters: { id: uuid },
    body: withReason,
    answer: changed,
    permission: 'grant-roles',
    event: 'role-end',
    done: 'role-ended',
  }),
} as const satisfies Record<string, ControlDetails>
