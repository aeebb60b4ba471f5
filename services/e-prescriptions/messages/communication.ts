/**
 * What a message says that orders nothing and hands nothing out: an answer, a notice, a statement of Reseptformidleren, a cancellation. A
 * Communication is what FHIR has for information that somebody has sent about something, and when.
 */

import {
  commonExtensions,
  messageIdentifier,
  noteIssues,
  notesOf,
  type Sent,
  withIssues,
  withoutEmpty,
} from '@helsevev/clinical/e-prescription-fhir/making'
import { organizationOf } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, MESSAGE_KIND, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { Annotation, Communication, Extension } from '@medplum/fhirtypes'
import { placed } from './placed.ts'

interface Saying {
  /** The kind of message. */
  category: string
  prescriptionId: string | undefined
  extension: Extension[]
  note?: Annotation[]
  /** Whether all elements are kept as they are. */
  isWhole?: boolean
}

export function communicationOf(sent: Sent, { category, prescriptionId, extension, note = [], isWhole = false }: Saying): Communication {
  const sender = organizationOf(sent.message.head?.sender)
  const resource = withoutEmpty<Communication>({
    resourceType: 'Communication',
    extension: [...commonExtensions(sent, placed, isWhole), ...extension],
    identifier: [messageIdentifier(sent)],
    status: 'completed',
    category: [categoryOf(category)],
    subject: {},
    about: prescriptionId === undefined ? [] : [aboutOf(prescriptionId)],
    sent: sent.time,
    ...(sender ? { sender: { type: 'Organization', ...sender } } : {}),
    note: [...note, ...notesOf(sent)],
  })
  return withIssues(resource, noteIssues(sent))
}

export function categoryOf(code: string) {
  return { coding: [{ system: MESSAGE_KIND, code }] }
}

export function aboutOf(prescriptionId: string) {
  return { type: 'MedicationRequest' as const, identifier: identifierOf(RESEPT_ID, prescriptionId) }
}
