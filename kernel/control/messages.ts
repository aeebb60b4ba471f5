/** The error queue: messages of our organisation without a known patient, which a person settles. docs/run/messages.md */
import { attachMessage, discardMessage, readMessage } from '../areas/messages/settle-message.ts'
import { openMessages } from '../fhir/messages/unattached-messages.ts'
import { isProblem, type Problem, problemWith, type Result } from '../problem/problem.ts'
import type { ControlCall } from './call.ts'
import type { AttachMessage, Changed, Message, MessageText, WithReason } from './contract.ts'
import type { Slice } from './paging.ts'

export async function messages({ sql, organization }: ControlCall, slice: Slice): Promise<Message[]> {
  const found = await openMessages(sql, organization, slice)
  return found.map(({ controller: _own, controllerName: _name, received, ...message }) => ({
    ...message,
    received: received.toISOString(),
  }))
}

/** Reads a message. The reason for reading it is required, and is in the row of the log with the id of the message. */
export async function readMessageOf(call: ControlCall, id: string, { reason }: WithReason): Promise<Result<MessageText>> {
  const text = await readMessage(because(call, reason), { id, by: call.actor })
  return isProblem(text) ? text : { id, text }
}

/** Attaches a message to the person with the number. What the common path of writes refuses is refused here, and the message stays open. */
export async function attachMessageOf(call: ControlCall, id: string, { identityNumber, reason }: AttachMessage): Promise<Result<Changed>> {
  const outcome = await attachMessage(because(call, reason), { id, by: call.actor, identityNumber })
  return isProblem(outcome) ? withoutPlaces(outcome) : { id, standing: 'attached' }
}

export async function discardMessageOf(call: ControlCall, id: string, { reason }: WithReason): Promise<Result<Changed>> {
  const outcome = await discardMessage(call.logging, { id, by: call.actor, reason })
  return isProblem(outcome) ? outcome : { id, standing: outcome }
}

/** Settling a message writes its own row with its own words; the reason of the call is added to them. */
function because({ logging }: ControlCall, reason: string): ControlCall['logging'] {
  const append: typeof logging.log.append = async (entry, stored, following) =>
    await logging.log.append({ ...entry, reason: [entry.reason, reason.trim()].filter(Boolean).join(': ') }, stored, following)
  return { ...logging, log: { ...logging.log, append } }
}

/** Without the places in the converted message, since the caller has only the text of the message. */
function withoutPlaces({ problem, issues }: Problem): Problem {
  return problemWith(
    problem,
    issues.map(({ expression: _place, ...issue }) => issue),
  )
}
