/**
 * Who may send the list: the row `send-list` of clinical/medicines/who-may.ts. Sources contradict each other, so the organisation of the
 * sender may choose between them in `controller_setting`, with the key `send-list`.
 */
import { mayDo, policies } from '@helsevev/clinical/medicines/who-may'
import type { SetReading } from '@helsevev/kernel/fhir/service'
import { type Problem, problem } from '@helsevev/kernel/problem/problem'

/** The key in `controller_setting` of this service. */
const SEND_LIST = 'send-list'

/** Professions that have the right to prescribe by themselves; others have it by a row of HPR that is not imported here. */
const prescribers: ReadonlySet<string> = new Set(['LE', 'TL'])

const whoWords = { doctors: 'doctors (LE)', prescribers: 'those who have the right to prescribe (LE and TL)' } as const
type Choice = (typeof policies)['send-list']['choices'][number]

/** `person-login-required` and `role-not-open`; undefined when the writer may send. */
export async function mayNotSend({ writer, standing }: SetReading): Promise<Problem | undefined> {
  const { kind, profession, organization } = writer
  if (kind !== 'person')
    return problem(
      'person-login-required',
      'A list is sent by a person: send it with the token of the one who has read it, not by a system.',
    )
  const settings = await standing.settings([organization])
  const set = choiceOf(settings.find(({ key }) => key === SEND_LIST)?.value)
  const may =
    profession !== undefined &&
    mayDo('send-list', { profession, hasPrescribingRight: prescribers.has(profession) }, set === undefined ? {} : { 'send-list': set })
  if (may) return undefined
  const who = whoWords[set ?? policies['send-list'].choices[0]]
  const detail =
    profession === undefined
      ? `The list is sent by ${who}: give the authorisation in the attestation.`
      : `The list is sent by ${who}, by the rules of e-resept and of your organisation. Others read it, and ask one of them to send.`
  return problem('role-not-open', detail)
}

/** A setting that is no choice counts as none: the stricter holds. */
function choiceOf(value: string | undefined): Choice | undefined {
  return policies['send-list'].choices.find((choice) => choice === value)
}

/** Whether any setting lets the profession (list 9060) send: who asks before sending learns of the others by the refusal. */
export function mayEverSend(profession: string): boolean {
  return policies['send-list'].choices.some((choice) =>
    mayDo('send-list', { profession, hasPrescribingRight: prescribers.has(profession) }, { 'send-list': choice }),
  )
}
