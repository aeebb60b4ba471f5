/**
 * `npx helsevev refused-calls list`: calls that were refused before the access log could have a row of them, by vendor and client, without
 * persons. docs/api/refused-calls.md
 */
import { type RefusedCalls, refusedCallsFrom } from '@helsevev/kernel/audit/refused-calls'
import { dayInNorway } from '@helsevev/kernel/values/norwegian-day'
import { table } from '@helsevev/replay/table'
import { defineCommand, optional } from '../define-command.ts'
import { day, organizationNumber } from '../values.ts'
import { norwegianTime } from '../words.ts'

/** As far back as a vendor sees its own (docs/api/refused-calls.md). */
const DAYS = 28

export const commands = [
  defineCommand({
    name: 'refused-calls list',
    summary: 'Count the calls without a valid token or proof, calls that came too fast, and sign-ins that were not completed, by vendor',
    options: {
      vendor: optional(organizationNumber, 'this vendor alone'),
      from: optional(day, `from this day on; default: ${DAYS} days back`),
    },
    example: '--vendor 100200007 --from 2026-01-01',
    run: ({ values: { vendor, from }, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const first = from ?? dayInNorway(new Date(Date.now() - DAYS * 24 * 3_600_000))
        const found = await refusedCallsFrom(sql, first, vendor)
        return { result: { from: first, refusedCalls: found }, text: listText(found, first) }
      }),
  }),
]

function listText(found: readonly (RefusedCalls & { vendor: string })[], first: string): string {
  if (found.length === 0) return `No calls were refused before they were logged, from ${first} on.\n`
  const heading = ['day', 'vendor', 'client', 'organisation', 'problem', 'calls', 'last']
  const rows = found.map(({ day: on, vendor, client, organization, problem, calls, last }) => [
    on,
    vendor,
    client || 'unknown',
    organization || 'unknown',
    problem,
    `${calls}`,
    norwegianTime(last),
  ])
  const total = found.reduce((sum, { calls }) => sum + calls, 0)
  return `${table([heading, ...rows])}\n${total} calls from ${first} on, newest day first. Nothing is said of persons.\n`
}
