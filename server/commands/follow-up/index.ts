/**
 * `npx helsevev follow-up list|show|close`: a controller's list of emergency accesses (BTG), each to be closed with a finding by another
 * person than the one who made it. docs/run/follow-up.md
 */
import { followUpFindings } from '@helsevev/kernel/areas/follow-up/findings'
import {
  closeFollowUp,
  type FollowUp,
  followUp,
  followUpPatients,
  followUps,
  type Opened,
} from '@helsevev/kernel/areas/follow-up/follow-up'
import { table, wrapped } from '@helsevev/replay/table'
import { closing, patientWords } from '../acting.ts'
import { defineCommand, flag, optional, required } from '../define-command.ts'
import { refuse } from '../outcome.ts'
import { reading, shown } from '../showing.ts'
import { oneOf, organizationNumber, text, time, uuid } from '../values.ts'
import { counted, norwegianTime } from '../words.ts'

const organization = required(organizationNumber, 'the data controller')
const event = required(uuid, 'the emergency access, by its event id')
const EXAMPLE = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11 --organization 964338531'

export const commands = [
  defineCommand({
    name: 'follow-up list',
    summary: 'List the emergency accesses that are open',
    options: { organization, closed: flag('those that are closed instead') },
    example: '--organization 964338531',
    run: ({ values, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const found = await followUps(sql, values.organization, { open: !values.closed })
        return { result: { followUps: found }, text: listText(found, !values.closed) }
      }),
  }),
  defineCommand({
    name: 'follow-up show',
    summary: 'Print the patient that an emergency access is about, and what was opened',
    about: 'The reading is a row on the patient: who, for which organisation and why.',
    positionals: { event },
    options: { organization, ...reading },
    exitCodes: { 1: 'the organisation has no such emergency access, or no reason is given' },
    example: `${EXAMPLE} --by "Kari Nordmann" --reason "The control of emergency access in October"`,
    run: ({ values, environment, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const patient = (await followUpPatients(sql, values.organization, [values.event])).get(values.event)
        if (!patient) return refuse('unknown', 'The organisation has no emergency access with that event id.')
        const what = { event: 'follow-up-read', type: 'emergency-follow-up', patients: [patient] }
        return await shown({ sql, environment }, { ...values, for: values.organization }, what, async () => {
          const words = await patientWords(sql, patient)
          const opened = (await followUp(sql, values.organization, values.event))?.opened ?? []
          return { result: { patient: words, opened }, text: `${words}\n${openedText(opened)}` }
        })
      }),
  }),
  defineCommand({
    name: 'follow-up close',
    summary: 'Close an emergency access with a finding',
    positionals: { event },
    options: {
      organization,
      finding: required(oneOf(followUpFindings), 'what was found'),
      note: required(text, 'what was found out, in a sentence'),
      'seen-until': optional(time, 'the newest request that you have read of'),
    },
    asks: { closedBy: 'Identity number of the one who closes' },
    example: `${EXAMPLE} --finding justified --note "Found unconscious at home; the ambulance confirms"`,
    run: ({ values: { event, organization, finding, note, 'seen-until': seenUntil }, ask, environment, withDatabase }) =>
      withDatabase(async ({ sql }) =>
        closing(sql, environment, { organization, number: await ask('closedBy') }, (parts, closedBy) =>
          closeFollowUp(sql, parts, { controller: organization, eventId: event, finding, note, seenUntil, closedBy }),
        ),
      ),
  }),
]

function listText(found: readonly FollowUp[], open: boolean): string {
  if (found.length === 0) return open ? 'No emergency access is open.\n' : 'No emergency access has been closed.\n'
  const heading = ['time', 'event', 'name', 'role', 'organisation', 'opened', open ? 'reason' : 'finding']
  const rows = found.map((one) => [
    norwegianTime(one.at),
    one.eventId,
    one.name,
    one.role ?? '',
    one.organizationName ?? one.organization ?? '',
    wrapped(openedWords(one), 30),
    wrapped(open ? one.reason : `${one.finding}, ${one.closedBy}: ${one.note}`, 60),
  ])
  const total = counted(found.length, 'emergency access', 'emergency accesses')
  return `${table([heading, ...rows])}\n${total}, oldest first, in Norwegian time.\n`
}

/** `news2 (3 requests), test-results (1 request)`. */
function openedWords({ opened, service }: FollowUp): string {
  return (
    opened.map((one) => `${one.service} (${counted(one.requests, 'request')}${one.restricted ? ', restricted opened' : ''})`).join(', ') ||
    service
  )
}

function openedText(opened: readonly Opened[]): string {
  if (opened.length === 0) return ''
  const rows = opened.map(({ service, requests, restricted, from, until }) => [
    service,
    String(requests),
    restricted === null ? '' : restricted ? 'opened' : 'nothing',
    norwegianTime(from),
    norwegianTime(until),
  ])
  return `\n${table([['service', 'requests', 'restricted', 'first', 'last'], ...rows])}\n`
}
