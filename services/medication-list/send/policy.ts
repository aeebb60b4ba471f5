/**
 * Who may send the list: the row `send-list` of clinical/medicines/who-may.ts. Sources contradict each other, so the organisation of the
 * sender may choose between them in `controller_setting`, with the key `send-list`.
 */
import { mayDo, policies } from '@helsevev/clinical/medicines/who-may'
import { senderMay, whoMay } from '@helsevev/clinical/medicines/who-sends'
import type { SetReading } from '@helsevev/kernel/fhir/service'
import { type Problem, problem } from '@helsevev/kernel/problem/problem'

/** `person-login-required` and `role-not-open`; undefined when the writer may send. */
export function mayNotSend({ writer }: SetReading): Problem | undefined {
  if (writer.kind !== 'person')
    return problem(
      'person-login-required',
      'A list is sent by a person: send it with the token of the one who has read it, not by a system.',
    )
  if (senderMay('send-list', writer)) return undefined
  const who = whoMay('send-list', writer)
  const detail =
    writer.profession === undefined
      ? `The list is sent by ${who}: give the authorisation in the attestation.`
      : `The list is sent by ${who}, by the rules of e-resept and of your organisation. Others read it, and ask one of them to send.`
  return problem('role-not-open', detail)
}

/** Professions of which some have the right to prescribe in HPR. */
const prescribers: ReadonlySet<string> = new Set(['LE', 'TL', 'JO'])

/** Whether any setting lets the profession (list 9060) send: who asks before sending learns of the others by the refusal. */
export function mayEverSend(profession: string): boolean {
  return policies['send-list'].choices.some((choice) =>
    mayDo('send-list', { profession, hasPrescribingRight: prescribers.has(profession) }, { 'send-list': choice }),
  )
}
