/** Who sends a message, for the rules of a service about who may send what (`RecordSet.sentBy`). */
import { isProblem, type Problem } from '../../problem/problem.ts'
import type { ServiceExchange } from '../exchange.ts'
import { actorOf } from '../record-access.ts'
import type { MessageSender, RecordSet, Unattached } from '../service.ts'

/** The profession that is attested is one that a decision to write has checked. */
export async function messageSender(exchange: ServiceExchange): Promise<MessageSender> {
  const { kernel, service, caller, attestation } = exchange
  const { organizationName, name, hprNumber } = await actorOf(exchange)
  const isPerson = caller.kind === 'person'
  const organization = caller.organization ?? ''
  const known = await kernel.rows.store.senderFacts({
    hprNumber: isPerson ? caller.hprNumber : undefined,
    organization,
    service: service.id,
    now: kernel.clock(),
  })
  return {
    organizationName,
    name: isPerson ? name : undefined,
    hprNumber,
    kind: caller.kind,
    organization,
    profession: !isPerson || !attestation || isProblem(attestation) ? undefined : attestation.practitioner.authorization?.code,
    ...known,
  }
}

/** The refusal of a message by who sends it; otherwise the message, with what it is based on. */
export async function bySender<Message extends RecordSet | Unattached>(
  exchange: ServiceExchange,
  message: Message,
): Promise<Message | Problem> {
  if (!message.sentBy) return message
  const found = message.sentBy(await messageSender(exchange))
  return found && isProblem(found) ? found : { ...message, ...found }
}
