/**
 * Who may send a message of e-prescription with a person's token, and who then stands as its sender. Without a person, a system sends for
 * its organisation, which answers for what it sends: it may deliver messages of others, as an integration does, and nothing of it is
 * checked here. docs/access.md
 */
import type { MessageSender, SentBy } from '@helsevev/kernel/fhir/service'
import { type Problem, problem, problemWith } from '@helsevev/kernel/problem/problem'
import type { PractitionerRole, Resource } from '@medplum/fhirtypes'
import type { AnyMessage } from '../e-prescription/kinds.ts'
import { numberOf } from '../e-prescription/messages/common.ts'
import { messageFlag } from '../e-prescription-fhir/flags.ts'
import { withIssues } from '../e-prescription-fhir/making.ts'
import { identifierSystems, volven } from '../systems.ts'
import { type MedicineAction, mayDo, type PolicySettings } from './who-may.ts'

/** The kinds that a person makes, each with its row of the policy. Other kinds are made by Reseptformidleren or by a system. */
const actions: Partial<Record<AnyMessage['kind'], MedicineAction>> = {
  M1: 'prescribe',
  M5: 'recall',
  M10: 'dispense',
  'M25.1': 'send-list',
  'M25.2': 'propose-changes',
  'M25.3': 'dispense',
  'M25.4': 'send-lines',
}

const words = {
  'send-list': { doctors: 'doctors (LE)', prescribers: 'those who have the right to prescribe' },
  'propose-changes': 'pharmacists and prescription pharmacists (FA1 and FA2)',
  'send-lines': 'those who have the right to prescribe, and pharmacists and prescription pharmacists (FA1 and FA2)',
  'mark-intended': 'those who have the right to prescribe',
  prescribe: 'those who have the right to prescribe',
  recall: 'those who have the right to prescribe',
  dispense: 'pharmacists and prescription pharmacists (FA1 and FA2)',
  'register-multidose': 'doctors (LE)',
  'register-multidose-pharmacy': 'pharmacists and prescription pharmacists (FA1 and FA2)',
} as const satisfies Record<MedicineAction, string | Record<string, string>>

/** Whether the sender may do it by the policy, with what the organisation has set. */
export function senderMay(action: MedicineAction, { profession, prescribes, settings }: MessageSender): boolean {
  return profession !== undefined && mayDo(action, { profession, hasPrescribingRight: prescribes }, settings as PolicySettings)
}

/** Those who may, in words. */
export function whoMay(action: MedicineAction, { settings }: Pick<MessageSender, 'settings'>): string {
  const who = words[action]
  return typeof who === 'string' ? who : who[settings[action] === 'prescribers' ? 'prescribers' : 'doctors']
}

/**
 * The rule for one message and the record that is made of its head. `role-not-open` where the kind is not the sender's to send, and
 * `invalid-resource` with `sender-differs` where it names another health professional as its sender than the one who is signed in.
 */
export function sentByRule(message: AnyMessage, head: Resource, based?: ReturnType<SentBy>): SentBy {
  return (sender) => {
    if (sender.kind !== 'person') return undefined
    const refusal = notTheirs(message, sender) ?? otherPerson(message, sender)
    if (refusal) return refusal
    verified(message, head, sender)
    return based
  }
}

function notTheirs(message: AnyMessage, sender: MessageSender): Problem | undefined {
  const { kind } = message
  const action = actionOf(message)
  if (!action)
    return problem(
      'role-not-open',
      `No person makes ${kind}. It comes from a system: send it with the token of the system, without a person.`,
    )
  if (senderMay(action, sender)) return undefined
  const who = whoMay(action, sender)
  return problem(
    'role-not-open',
    sender.profession === undefined
      ? `${kind} is sent by ${who}: give the authorisation in the attestation.`
      : `${kind} is sent by ${who}, by the register of health personnel and the rules of e-prescription. Ask one of them to send it.`,
  )
}

/** M27.1 of a health professional registers a doctor; without one, the pharmacy that sends it. */
function actionOf(message: AnyMessage): MedicineAction | undefined {
  if (message.kind !== 'M27.1') return actions[message.kind]
  return claimedNumber(message) === undefined ? 'register-multidose-pharmacy' : 'register-multidose'
}

function professionalOf({ head }: AnyMessage) {
  const organization = head?.sender?.organization
  return organization?.professional ?? organization?.department?.professional
}

function claimedNumber(message: AnyMessage): string | undefined {
  return numberOf(professionalOf(message)?.identifiers ?? [], 'HPR')
}

function otherPerson(message: AnyMessage, { hprNumber }: MessageSender): Problem | undefined {
  const claimed = claimedNumber(message)
  if (claimed === undefined || bare(claimed) === bare(hprNumber ?? '')) return undefined
  const { text, expression } = senderDiffers
  return problemWith('invalid-resource', [{ severity: 'error', type: 'business-rule', code: 'sender-differs', text, expression }])
}

/** The refusal of a message that claims another sender. */
export const senderDiffers = {
  text: 'The message names another health professional as its sender than the one who is signed in. Let the one who made it send it.',
  expression: 'MsgHead/MsgInfo/Sender/Organisation/HealthcareProfessional',
}

/** Zeros in front do not count. */
function bare(number: string): string {
  return number.trim().replace(/^0+(?=\d)/, '')
}

/** The sender that readers are shown is the person who is signed in, for the organisation of the token. */
function verified(message: AnyMessage, head: Resource, sender: MessageSender): void {
  const { contained } = head as { contained?: Resource[] }
  const shown = contained?.find((one): one is PractitionerRole => one.resourceType === 'PractitionerRole' && one.id === 'sender')
  const { name, hprNumber, profession, organization, organizationName } = sender
  const claimed = numberOf(message.head?.sender?.organization?.identifiers ?? [], 'ENH')
  const isOther = claimed !== undefined && claimed !== organization
  if (isOther) withIssues(head, [messageFlag('sender-organization-differs', 'MsgHead/MsgInfo/Sender/Organisation')])
  const person = {
    ...(hprNumber === undefined ? {} : { identifier: { system: identifierSystems.HPR, value: hprNumber } }),
    ...(name === undefined ? {} : { display: name }),
  }
  const [registers] = head.resourceType === 'CareTeam' ? (head.participant ?? []) : []
  if (registers && claimedNumber(message) !== undefined) registers.member = { ...registers.member, ...person }
  if (!shown) return
  shown.practitioner = person
  if (profession !== undefined) shown.code = [{ coding: [{ system: volven(9060), code: profession }] }]
  if (isOther || !shown.organization)
    shown.organization = { identifier: { system: identifierSystems.ENH, value: organization }, display: organizationName ?? organization }
}
