/** The permissions of each role at a data controller. docs/run/roles.md */
import { type ControllerRole, type Permission, permissions } from './contract.ts'

// biome-ignore format: a table, one row to a line
export const rolesWith: Record<Permission, readonly ControllerRole[]> = {
  'read':                ['owner', 'privacy-officer', 'reader'],
  // pasientjournalloven § 22: a person who controls access must know whose record was opened; a person who reads figures need not.
  'name-patients':       ['owner', 'privacy-officer'],
  'grant-roles':         ['owner'],
  'propose-agreements':  ['owner'],
  'sign-agreements':     ['owner', 'privacy-officer'],
  'close-services':      ['owner'],
  'open-to-case-officers': ['owner'],
  'steer-vendors':       ['owner'],
  'change-units':        ['owner'],
  'close-follow-ups':    ['owner', 'privacy-officer'],
  'close-misuse-cases':  ['owner', 'privacy-officer'],
  'answer-questions':    ['owner', 'privacy-officer'],
  'lift-blocks':         ['owner', 'privacy-officer'],
  'settle-messages':     ['owner', 'privacy-officer'],
}

export function mayDo(role: ControllerRole, permission: Permission): boolean {
  return rolesWith[permission].includes(role)
}

export function permissionsOf(role: ControllerRole): Permission[] {
  return permissions.filter((permission) => mayDo(role, permission))
}
