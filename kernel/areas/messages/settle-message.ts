/**
 * Settles messages that could not be added to a person's record. A person of the data controller reads the message, and attaches it to the
 * person it is about or discards it. A settled message keeps its row and loses its content. docs/run/messages.md
 */
import type { OperationOutcome } from '@medplum/fhirtypes'
import { nameFault, reasonFault } from '../../areas/agreements/act.ts'
import type { Actor } from '../../audit/actors.ts'
import { createChangeLog } from '../../audit/change-log.ts'
import type { Kernel, ServiceExchange } from '../../fhir/exchange.ts'
import { attachMessageTo } from '../../fhir/messages/receive-message.ts'
import type { UnattachedMessage } from '../../fhir/messages/unattached-messages.ts'
import { recordAccess } from '../../fhir/record-access.ts'
import type { InformationService } from '../../fhir/service.ts'
import type { Caller } from '../../identity/caller.ts'
import { isProblem, type Problem, problem, problemWith, type Result } from '../../problem/problem.ts'
import type { PatientKey } from '../../store/ids.ts'
import { classify, findIdentityNumbers, redactIdentityNumbers } from '../../values/identity-number.ts'

export interface Settling {
  id: string
  /** The person who settles it, for the organisation responsible for the message. The access log and the message keep the name. */
  by: Actor
}

/** The type of the changed thing, in the access log. */
const TYPE = 'unattached-message'

/**
 * The message as text, for the person who finds out who it is about. Identity numbers are left out, and so are characters that a screen
 * would obey. Before anything is shown, the reading is a row of the access log on each person of the register whose number the message
 * holds, and on nobody when there is none. `message-unknown`, `settlement-refused`.
 */
export async function readMessage(kernel: Kernel, { id, by, reason }: Settling & { reason?: string }): Promise<Result<string>> {
  const message = await messageOf(kernel, id, by)
  if (isProblem(message)) return message
  const text = plainText(message.content)
  const people = await peopleIn(kernel, text)
  const row = { event: 'message-read', actor: by, service: message.service, type: TYPE, reason: [id, reason].filter(Boolean).join(': ') }
  for (const patient of people.length > 0 ? people : [undefined]) await createChangeLog(kernel)({ ...row, patient })
  return redactIdentityNumbers(text)
}

/** A message about more people than this is read as a row on the first of them; messages are about one patient. */
const MOST_PEOPLE = 20

async function peopleIn({ rows }: Kernel, text: string): Promise<PatientKey[]> {
  const numbers = findIdentityNumbers(text).map(({ start, end }) => text.slice(start, end).replaceAll(/[^0-9]/g, ''))
  const keys = await Promise.all([...new Set(numbers)].slice(0, MOST_PEOPLE).map(async (number) => await rows.store.keyOf(number)))
  return [...new Set(keys.filter((key) => key !== undefined))]
}

/**
 * Attaches a message to the person it is about. The message is converted again, and decided and written as any other message, in the name
 * of the controller. The record and the settlement are one transaction: when two persons attach the message to different patients, one of
 * the two is undone. Then the row of the access log is written, and then the answer is returned. A refused message stays open.
 * `message-unknown`, `identity-number-invalid`, `settlement-refused`, and the problems of any other message.
 */
export async function attachMessage(
  kernel: Kernel,
  { id, by, identityNumber }: Settling & { identityNumber: string },
): Promise<Result<OperationOutcome>> {
  const message = await messageOf(kernel, id, by)
  if (isProblem(message)) return message
  const service = kernel.services.get(message.service)
  const adapter = service?.adapters?.find(({ name }) => name === message.adapter)
  if (!service || !adapter) return problem('unknown-service')
  const known = classify(identityNumber)
  if (!known) return problem('identity-number-invalid')
  const exchange = exchangeOf(kernel, service, by)
  const patient = { system: known.system, value: identityNumber }
  const [done, ...others] = await attachMessageTo(exchange, adapter, message, { patient, by: by.name })
  for (const one of [done, ...others]) await recordAccess(exchange, { ...one, reason: `attached by hand: ${message.reason}` })
  return isProblem(done.result) ? done.result : (JSON.parse(done.result.body ?? '{}') as OperationOutcome)
}

/** Discards a message permanently, with a reason. `message-unknown`, `settlement-refused`. */
export async function discardMessage(kernel: Kernel, { id, by, reason }: Settling & { reason: string }): Promise<Result<'discarded'>> {
  const fault = reasonFault(reason)
  if (fault) return refusal(fault, 'reason')
  const message = await messageOf(kernel, id, by)
  if (isProblem(message)) return message
  const settlement = { id, at: kernel.clock(), by: by.name, settlement: 'discarded', reason: reason.trim() } as const
  if (!(await kernel.rows.store.begin(async (tx) => await tx.settleMessage(settlement)))) return problem('message-unknown')
  await createChangeLog(kernel)({
    event: 'message-discarded',
    actor: by,
    service: message.service,
    type: TYPE,
    reason: `${id}: ${settlement.reason}`,
  })
  return 'discarded'
}

// biome-ignore format: a table, one row to a line
const rules = {
  'name-missing':            'The person who settles a message has a name of at least two letters. Give the name.',
  'reason-missing':          'State the reason in words: at least ten letters, five of them different, and at most 500 characters.',
  'identity-number-in-text': 'The text holds what looks like an identity number. Leave it out: it is kept and logged.',
} as const

type Rule = keyof typeof rules

/** Names and reasons follow the rules of agreements, with sentences of their own. */
function refusal(fault: Problem, expression: string): Problem {
  const codes = fault.issues.map(({ code }) => code).filter((code): code is Rule => Object.hasOwn(rules, code))
  return problemWith(
    'settlement-refused',
    codes.map((code) => ({ severity: 'error', type: 'business-rule', code, text: rules[code], expression })),
  )
}

/** An open message of the actor's own organisation. A message of another organisation is unknown, like one that does not exist. */
async function messageOf({ rows }: Kernel, id: string, by: Actor): Promise<Result<UnattachedMessage>> {
  const fault = nameFault(by.name)
  if (fault) return refusal(fault, 'by')
  const message = UUID.test(id) && by.organization !== undefined ? await rows.store.openMessage(id, by.organization) : undefined
  return message ?? problem('message-unknown')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * With its identity numbers. Decodes UTF-8 or UTF-16 where the octets are valid, and the older Western encoding otherwise. A person reads
 * the text, not a program.
 */
function plainText(content: Buffer): string {
  const text = decoded(content) ?? new TextDecoder('windows-1252').decode(content)
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '')
}

function decoded(content: Buffer): string | undefined {
  const marks: Record<string, string> = { fffe: 'utf-16le', feff: 'utf-16be' }
  try {
    return new TextDecoder(marks[content.subarray(0, 2).toString('hex')] ?? 'utf-8', { fatal: true }).decode(content)
  } catch {
    // The octets are not in that encoding: the caller uses the other one.
    return undefined
  }
}

/** The exchange of a write as the controller's system would send it, made by the person who acts. */
function exchangeOf(kernel: Kernel, service: InformationService, by: Actor): ServiceExchange {
  const caller: Caller = {
    kind: 'system',
    pid: undefined,
    name: by.name,
    hprNumber: by.hprNumber,
    organization: by.organization,
    organizationChild: by.organizationChild,
    supplier: undefined,
    multiTenant: false,
    client: by.client,
    scopes: [`helsevev:${service.id}/write`],
    attestation: undefined,
    issuedAt: kernel.clock().getTime() / 1000,
  }
  return { kernel, caller, area: service, service, actor: by, attestation: undefined, accessBasis: undefined, eventId: kernel.ids.uuid() }
}
