/**
 * `npx helsevev messages list|show|attach|discard`: the queue of messages that no record could take, for people of the data controller.
 * docs/run/messages.md
 */

import { reasonFault } from '@helsevev/kernel/areas/agreements/act'
import { attachMessage, discardMessage, readMessage, type Settling } from '@helsevev/kernel/areas/messages/settle-message'
import { createChangeLog } from '@helsevev/kernel/audit/change-log'
import type { Kernel } from '@helsevev/kernel/fhir/exchange'
import { openMessages } from '@helsevev/kernel/fhir/messages/unattached-messages'
import { keyOfNumber } from '@helsevev/kernel/identity/persons'
import { isProblem, type Problem, problem } from '@helsevev/kernel/problem/problem'
import type { Database } from '@helsevev/kernel/store/database'
import { actorOf, patientWords } from '../acting.ts'
import { type Context, defineCommand, flag, optional, required } from '../define-command.ts'
import { done, type Outcome } from '../outcome.ts'
import { organizationNumber, text, uuid } from '../values.ts'
import { withKernel } from '../with-kernel.ts'
import { listText, messageText } from './print.ts'

const message = { id: required(uuid, 'the message') }
const organization = required(organizationNumber, 'the data controller')
const EXAMPLE = '5b1c2f9e-7a52-4f6e-9d52-0c4a3c1f0e11 --organization 964338531'
const attachAsks = {
  actor: 'Identity number of the one who attaches',
  person: 'Identity number of the person the message is about',
  sure: 'Type yes to attach',
}

export const commands = [
  defineCommand({
    name: 'messages list',
    summary: 'List the messages that wait, and why',
    options: { organization: optional(organizationNumber, 'those of this data controller') },
    example: '--organization 964338531',
    run: ({ values, withDatabase }) =>
      withDatabase(async ({ sql }) => {
        const found = await openMessages(sql, values.organization)
        return { result: { messages: found }, text: listText(found) }
      }),
  }),
  defineCommand({
    name: 'messages show',
    summary: 'Print what is known of a message, or the message itself',
    about: 'To read the message itself is a row on each person whose number it holds: who, for which organisation and why.',
    positionals: message,
    options: { organization, content: flag('the message itself, with --reason'), reason: optional(text, 'why the message itself is read') },
    asks: { actor: 'Identity number of the one who reads, for --content' },
    example: `${EXAMPLE} --content --reason "The laboratory asks whose sample it is"`,
    check: ({ content, reason }) =>
      content === (reason !== undefined) ? undefined : '--content takes --reason, which says why. Without the one, leave out the other.',
    run: (context) => (context.values.content ? content(context) : context.withDatabase(({ sql }) => described(sql, context.values))),
  }),
  defineCommand({
    name: 'messages attach',
    summary: 'Attach a message to the person whose identity number is asked for',
    positionals: message,
    options: { organization },
    asks: attachAsks,
    example: EXAMPLE,
    run: (context) => settling(context, (kernel, by, sql) => attach(kernel, sql, by, context.ask)),
  }),
  defineCommand({
    name: 'messages discard',
    summary: 'Discard a message',
    positionals: message,
    options: { organization, reason: required(text, 'why') },
    asks: { actor: 'Identity number of the one who discards' },
    example: `${EXAMPLE} --reason "Test message, says the laboratory"`,
    run: (context) =>
      settling(context, async (kernel, by) =>
        done(
          await discardMessage(kernel, { ...by, reason: context.values.reason }),
          () => ({ discarded: true }),
          () => 'Discarded. The content is gone; who, when and why is kept.',
        ),
      ),
  }),
]

/** Does something to a message with the kernel, as a person of the register who acts for the organisation. */
async function settling(
  { values, ask, environment, services, withDatabase }: Context<{ id: string; organization: string }, 'actor'>,
  act: (kernel: Kernel, settling: Settling, sql: Database['sql']) => Promise<Outcome>,
): Promise<Outcome> {
  return await withDatabase(async ({ sql }) => {
    const by = await actorOf(sql, values.organization, await ask('actor'))
    if (!by) return notAPerson()
    return await withKernel(sql, environment, await services(), (kernel) =>
      act(kernel, { id: values.id, by: { ...by, client: 'messages' } }, sql),
    )
  })
}

async function content(context: Context<{ id: string; organization: string; reason: string | undefined }, 'actor'>): Promise<Outcome> {
  const reason = context.values.reason?.trim() ?? ''
  const fault = reasonFault(reason)
  if (fault) return fault
  return await settling(context, async (kernel, by) =>
    done(
      await readMessage(kernel, { ...by, reason }),
      (text) => ({ content: text }),
      (text) => text.trimEnd(),
    ),
  )
}

/** Says who has the number before anything is done: a number that is mistyped may be that of another person. */
async function attach(
  kernel: Kernel,
  sql: Database['sql'],
  settling: Settling,
  ask: Context<unknown, keyof typeof attachAsks>['ask'],
): Promise<Outcome> {
  const identityNumber = await ask('person')
  const person = await keyOfNumber(sql, identityNumber)
  if (!person)
    return problem('person-unknown', 'Nobody in the person register here has that number. Add the person first, or mend the number.')
  const who = await patientWords(sql, person)
  await createChangeLog(kernel)({
    patient: person,
    event: 'person-read',
    actor: settling.by,
    type: 'person',
    reason: `asked whether the message ${settling.id} is about this person`,
  })
  if ((await ask('sure', `That is ${who}. ${attachAsks.sure}`)).toLowerCase() !== 'yes')
    return problem('settlement-refused', 'Nothing was attached.')
  const attached = await attachMessage(kernel, { ...settling, identityNumber })
  if (isProblem(attached)) return attached
  const notes = (attached.issue ?? []).flatMap(({ details }) => details?.text ?? [])
  return { result: { attachedTo: who, notes }, text: `Attached to ${who}.\n${notes.map((note) => `${note}\n`).join('')}` }
}

function notAPerson(): Problem {
  return problem(
    'person-unknown',
    'The one who reads, attaches or discards is a person in the person register, with a name. Nothing was changed.',
  )
}

async function described(sql: Database['sql'], { id, organization }: { id: string; organization: string }): Promise<Outcome> {
  const found = (await openMessages(sql, organization)).find((one) => one.id === id)
  return found ? { result: { message: found }, text: messageText(found) } : problem('message-unknown')
}
