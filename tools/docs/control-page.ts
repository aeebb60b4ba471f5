/** docs/api/control.md: its tables of routes and its shapes, from the contract. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as control from '@helsevev/kernel/control/contract'
import { rolesWith } from '@helsevev/kernel/control/permissions'
import type { Contract, Row } from '@helsevev/kernel/wire/contract'
import { namesIn } from './notation.ts'
import { between, code, columns, shapes, table } from './wire-tables.ts'

export const controlFile = 'docs/api/control.md'

const names = namesIn(control)
const { route, body, answer, about } = columns('/control', names)

/** What people wrote stays; the tables and shapes are those of the contract. */
export async function controlPage(): Promise<string> {
  const page = await readFile(join(import.meta.dirname, '..', '..', controlFile), 'utf8')
  const tables = Object.entries<Contract>(control.sections).map(([name, rows]) => [
    name,
    table(rows, [
      route,
      { title: 'Event', cell: (row) => code(isControl(row) ? (row.done ?? row.event) : '') },
      { title: 'Who', cell: (row) => (isControl(row) ? whoMay(row.permission) : '') },
      body,
      answer,
      about,
    ]),
  ])
  return between(page, { ...Object.fromEntries(tables), shapes: shapes(control.contract, names) })
}

function isControl(row: Row): row is Row & control.ControlDetails {
  return 'permission' in row && 'event' in row
}

function whoMay(permission: control.Permission): string {
  const roles = rolesWith[permission]
  return roles.length === control.controllerRoles.length ? 'any' : roles.join(', ').replaceAll('-', ' ')
}
