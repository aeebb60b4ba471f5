/** Who a message of e-prescription is about, and what it is known by. */
import type { DescribedPatient, RecordSet, Unattached } from '@helsevev/kernel/fhir/service'
import { instant } from '@helsevev/kernel/values/dates'
import { identityNumberSystems, parseIdentityNumber } from '@helsevev/kernel/values/identity-number'
import type { Annotation, Resource } from '@medplum/fhirtypes'
import type { MessageOf } from '../e-prescription/kinds.ts'
import type { Message } from '../e-prescription/message.ts'
import { numberOf } from '../e-prescription/messages/common.ts'
import { removeIdentityNumbers } from '../kith/remove-identity-numbers.ts'
import { messageFlag } from './flags.ts'
import { withIssues } from './making.ts'
import { idText } from './systems.ts'

/** P is production; T and D are training and debugging. */
export function isTest({ head }: Message): boolean {
  const code = head?.processingStatus?.code?.trim().toUpperCase()
  return code !== undefined && code !== 'P'
}

export function idOf(message: Message): string | undefined {
  const stated = message.head?.id ?? (message.kind === 'AppRec' ? (message as MessageOf<'AppRec'>).body.id : undefined)
  const id = stated === undefined ? '' : idText(stated)
  return id === '' || id.length > 200 ? undefined : id
}

export function timeOf(message: Message): string | undefined {
  const stated = message.head?.timestamp ?? (message.kind === 'AppRec' ? (message as MessageOf<'AppRec'>).body.timestamp : undefined)
  return stated !== undefined && instant(stated) ? stated : undefined
}

/** How far the time of a message may lie ahead of ours: clocks differ, and a time without zone is of the sender's country. */
export const MOST_MINUTES_AHEAD = 60

/** Whether a stated time lies so far ahead that it is wrong. What counts by its time would outweigh all that comes until then. */
export function isAhead(time: string, now: Date): boolean {
  return (instant(time)?.getTime() ?? 0) > now.getTime() + MOST_MINUTES_AHEAD * 60_000
}

/** The number of the patient in MsgHead. */
export function statedNumber({ head }: Message): string | undefined {
  const identifiers = head?.patient?.identifiers ?? []
  return (numberOf(identifiers, 'FNR') ?? numberOf(identifiers, 'DNR'))?.trim()
}

/** The numbers of the patients of messages that lie in a message without one, where they are one. */
export function attachedNumber({ attachments }: Pick<Message, 'attachments'>): string | undefined {
  const numbers = attachments.flatMap(({ message }) => (message && statedNumber(message)) ?? [])
  const [only, ...others] = new Set(numbers)
  return others.length === 0 ? only : undefined
}

/** The patient of MsgHead; without one, `elsewhere`: the number that the message has in another place. */
export function patientOf(message: Message, label: string, elsewhere?: string): RecordSet['patient'] | Unattached {
  const nobody = (reason: string, text: string): Unattached => ({ kind: 'unattached', reason, text, label })
  const identifiers = message.head?.patient?.identifiers ?? []
  const number = statedNumber(message) ?? elsewhere?.trim()
  if (number === undefined || number === '')
    return identifiers.length > 0
      ? nobody('identity-not-national', 'The patient has a number of another kind than FNR and DNR, which names nobody outside the sender.')
      : nobody('no-identity-number', 'The message names no patient.')
  if (!/^\d{11}$/.test(number)) return nobody('identity-number-invalid', 'The number of the patient is not eleven digits.')
  const kind = parseIdentityNumber(number)?.kind ?? (numberOf(identifiers, 'FNR') === undefined ? 'DNR' : 'FNR')
  return { system: identityNumberSystems[kind], value: number }
}

/** Removes the numbers of the patient from the texts of the records, and names the patient in `element` of each. */
export function aboutPatient<R extends Resource>(
  made: readonly R[],
  { patient, numbers }: { patient: RecordSet['patient']; numbers: readonly string[] },
  element: (resource: R) => 'subject' | 'for' | 'patient',
): void {
  for (const resource of made) {
    for (const number of new Set(numbers))
      removeIdentityNumbers([resource], number, (place) => withIssues(resource, [messageFlag('identity-number-removed', place)]))
    Object.assign(resource, { [element(resource)]: { identifier: patient } })
  }
}

/** What the message says of the patient; `head` is marked where the register says otherwise. */
export function described(
  { head: info }: Message,
  head: Resource & { note?: Annotation[] },
): { described?: DescribedPatient & { differs(): void } } {
  const { given, middle, family, birthDate, sex } = info?.patient ?? {}
  if (!info?.patient) return {}
  const name = [given, middle, family].filter(Boolean).join(' ')
  const code = sex?.code
  return {
    described: {
      ...(name === '' ? {} : { name }),
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(code === '1' ? { gender: 'male' } : code === '2' ? { gender: 'female' } : {}),
      differs: () => markAnother(head),
    },
  }
}

const ANOTHER =
  'Navn, fødselsdato eller kjønn i meldingen er ikke det som er registrert på fødselsnummeret. Kontroller at den gjelder rett person.'

/** The record says so to its readers, and has the flag. */
function markAnother(head: Resource & { note?: Annotation[] }): void {
  withIssues(head, [messageFlag('patient-differs', 'MsgHead/MsgInfo/Patient')])
  head.note = [{ text: ANOTHER }, ...(head.note ?? [])]
}
