/** Messages that wait, in words. A label comes from the sender, and may hold an identity number. */

import type { ListedMessage } from '@helsevev/kernel/fhir/messages/unattached-messages'
import { redactIdentityNumbers } from '@helsevev/kernel/values/identity-number'
import { table, wrapped } from '@helsevev/replay/table'
import { counted, norwegianTime } from '../words.ts'

export function messageText(message: ListedMessage): string {
  const rows = [
    ['id', message.id],
    ['received', norwegianTime(message.received)],
    ['controller', `${message.controllerName} (${message.controller})`],
    ['service', message.service],
    ['adapter', `$${message.adapter}`],
    ['label', message.label],
    ['reason', message.reason],
    ['detail', message.detail],
  ] as const
  return redactIdentityNumbers(rows.map(([name, value]) => `${name.padEnd(12)}${value}\n`).join(''))
}

export function listText(found: readonly ListedMessage[]): string {
  if (found.length === 0) return 'No message waits.\n'
  const rows = found.map((one) => [
    norwegianTime(one.received),
    one.id,
    one.controllerName,
    one.service,
    one.reason,
    wrapped(redactIdentityNumbers(one.label), 60),
  ])
  const lines = table([['received', 'id', 'controller', 'service', 'reason', 'label'], ...rows])
  return `${lines}\n${counted(found.length, 'message')}, oldest first of each controller, in Norwegian time.\n`
}
