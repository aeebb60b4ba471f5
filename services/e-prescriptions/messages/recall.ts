/** M5 as a Task; its answer M5.2, the notice M7 and the receipt AppRec as Communications. */
import type { MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import {
  annotations,
  commonExtensions,
  messageIdentifier,
  noteIssues,
  notesOf,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { senderRole } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, identifierValue, idText, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { isAhead } from '@helsevev/clinical/period'
import type { Communication, Extension, Resource, Task } from '@medplum/fhirtypes'
import { extensionUrls, TASK_CODE } from '../fhir/systems.ts'
import { flag } from '../model/rules.ts'
import { communicationOf } from './communication.ts'
import { placed } from './placed.ts'

const RECALL = { coding: [{ system: TASK_CODE, code: 'recall', display: 'Tilbakekalling' }] }
const MESSAGE = { coding: [{ system: TASK_CODE, code: 'unsent-message', display: 'Melding som ikke er sendt' }] }
const NEW_PRESCRIPTION = { coding: [{ system: TASK_CODE, code: 'new-prescription', display: 'Ny resept' }] }

/** `unsent`: the message as XML, where it was made here and waits for a system that signs and sends it. */
export function recallOf(sent: Sent<MessageOf<'M5'>>, { unsent, now }: { unsent?: Buffer | undefined; now?: Date } = {}): Task {
  const { prescriptionId, reason, newPrescriptionId, note } = sent.message.body
  const reasonCode = conceptOf(reason, 7500)
  const requester = senderRole(sent.message.head?.sender)
  const resource = withoutEmpty<Task>({
    resourceType: 'Task',
    contained: requester ? [requester] : [],
    extension: commonExtensions(sent, placed),
    identifier: [messageIdentifier(sent)],
    // Others complete it (fhir/derived.ts).
    status: 'requested',
    intent: 'order',
    code: RECALL,
    ...(prescriptionId === undefined ? {} : { focus: { type: 'MedicationRequest', identifier: identifierOf(RESEPT_ID, prescriptionId) } }),
    for: {},
    authoredOn: sent.time,
    ...(requester ? { requester: { reference: '#sender' } } : {}),
    ...(reasonCode ? { reasonCode } : {}),
    note: [...annotations(note), ...notesOf(sent)],
    ...(unsent && now ? notBefore(sent, now) : {}),
    input: [
      ...(newPrescriptionId === undefined ? [] : [{ type: NEW_PRESCRIPTION, valueIdentifier: identifierOf(RESEPT_ID, newPrescriptionId) }]),
      ...(unsent
        ? [{ type: MESSAGE, valueAttachment: { contentType: 'application/xml', data: unsent.toString('base64'), title: 'M5' } }]
        : []),
    ],
  })
  return withIssues(resource, [
    ...noteIssues(sent),
    ...(prescriptionId === undefined ? [flag('prescription-not-named', 'Tilbakekalling/ReseptId')] : []),
  ])
}

/** The end of a treatment may lie ahead: its prescription is to be used until then. */
function notBefore({ message }: Sent<MessageOf<'M5'>>, now: Date): Pick<Task, 'restriction'> {
  const start = message.extension?.discontinuation?.time
  return isAhead(start, now) && start !== undefined ? { restriction: { period: { start } } } : {}
}

export function recallAnswerOf(sent: Sent<MessageOf<'M5.2'>>): Communication {
  const { prescriptionId, status } = sent.message.body
  const parent = sent.message.head?.conversation?.parent
  const valueCodeableConcept = conceptOf(status, 7503)
  return communicationOf(sent, {
    category: 'M5.2',
    prescriptionId,
    extension: [...(valueCodeableConcept ? [{ url: extensionUrls.answer, valueCodeableConcept }] : []), ...answers(parent)],
  })
}

function answers(id: string | undefined): Extension[] {
  return id === undefined ? [] : [{ url: extensionUrls.answers, valueIdentifier: identifierOf(MESSAGE_ID, id) }]
}

/** Reseptformidleren has deleted a prescription; which one, the M5 says that lies in the message. */
export function deletionOf(sent: Sent<MessageOf<'M7'>>): Communication {
  const recall = attachedRecall(sent.message)
  const reason = conceptOf(recall?.body.reason, 7500)
  const prescriptionId = recall?.body.prescriptionId
  const resource = communicationOf(sent, {
    category: 'M7',
    prescriptionId,
    extension: [...(reason ? [{ url: extensionUrls.statedRecall, valueCodeableConcept: reason }] : []), ...answers(recall?.head?.id)],
  })
  return prescriptionId === undefined ? withIssues(resource, [flag('prescription-not-named', 'MsgHead/Document')]) : resource
}

export function attachedRecall({ attachments }: MessageOf<'M7'>): MessageOf<'M5'> | undefined {
  return attachments.flatMap(({ message }) => (message?.kind === 'M5' ? [message as MessageOf<'M5'>] : []))[0]
}

/**
 * A receipt of an M1 is about its prescription, since their ids are one. That of another message names the message alone: it is about the
 * prescription that this is about, where it is stored here.
 */
export function receiptOf(sent: Sent<MessageOf<'AppRec'>>, answered?: Resource): Communication {
  const { original, status } = sent.message.body
  const valueCodeableConcept = conceptOf(status, 8258)
  const isOfPrescription = original?.type?.code === 'ERM1'
  return communicationOf(sent, {
    category: 'AppRec',
    prescriptionId: isOfPrescription ? original?.id : prescriptionAnswered(original?.id, answered),
    extension: [...(valueCodeableConcept ? [{ url: extensionUrls.answer, valueCodeableConcept }] : []), ...answers(original?.id)],
  })
}

function prescriptionAnswered(id: string | undefined, answered: Resource | undefined): string | undefined {
  if (answered?.resourceType !== 'Task' || id === undefined) return undefined
  const isAnswered = identifierValue(MESSAGE_ID, answered.identifier) === idText(id)
  return isAnswered ? answered.focus?.identifier?.value : undefined
}

/** A Communication that withdraws a recall which waits in the outbox. */
export const WITHDRAWAL = 'M5-withdrawal'
/** Why, as codes of ours. */
export const withdrawalReasons = ['end-moved', 'end-taken-back'] as const

/** An M5 that was made here and goes on from another: it withdraws that one, and is never sent. */
export function withdrawalOf(sent: Sent<MessageOf<'M5'>>, recall: string): Communication {
  const { prescriptionId, note } = sent.message.body
  const why = withdrawalReasons.find((reason) => reason === note)
  const made = communicationOf(sent, { category: WITHDRAWAL, prescriptionId, extension: answers(recall) })
  return { ...made, ...(why ? { reasonCode: [{ coding: [{ system: TASK_CODE, code: why }] }] } : {}) }
}

/** Whether a recall waits in the outbox: nothing shows that its message was sent. */
export function isUnsent({ input = [] }: Task): boolean {
  return input.some(({ type }) => type.coding?.some(({ system, code }) => system === TASK_CODE && code === 'unsent-message'))
}
