/**
 * M9.6: what Reseptformidleren says of each prescription when it is asked. The head says what the answer as a whole says; a Communication
 * for each prescription is the statement of its state at that time.
 */
import type { MessageOf } from '@helsevev/clinical/e-prescription/kinds'
import { prescriptionsFound } from '@helsevev/clinical/e-prescription/messages/look-up'
import { conceptOf } from '@helsevev/clinical/e-prescription-fhir/coded'
import { keptElements } from '@helsevev/clinical/e-prescription-fhir/elements'
import { annotations, type Sent, withIssues, withoutEmpty } from '@helsevev/clinical/e-prescription-fhir/making'
import { organizationOf } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, MESSAGE_ID, RESEPT_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import type { Communication, Extension } from '@medplum/fhirtypes'
import { extensionUrls } from '../fhir/systems.ts'
import { aboutOf, categoryOf, communicationOf } from './communication.ts'
import { placed } from './placed.ts'

type Found = MessageOf<'M9.6'>['body']['prescriptions'][number]

export function lookUpOf(sent: Sent<MessageOf<'M9.6'>>): Communication {
  const { hasLocked } = sent.message.body
  return communicationOf(sent, {
    category: 'M9.6',
    prescriptionId: undefined,
    extension: hasLocked === undefined ? [] : [{ url: extensionUrls.lockedExist, valueBoolean: hasLocked }],
  })
}

export function statementsOf(sent: Sent<MessageOf<'M9.6'>>): Communication[] {
  return sent.message.body.prescriptions.map((found, index) => statementOf(sent, found, index))
}

function statementOf(sent: Sent<MessageOf<'M9.6'>>, found: Found, index: number): Communication {
  const { prescriptionId, status, info, recallReason, recall, renewal } = found
  const sender = organizationOf(sent.message.head?.sender)
  const state = conceptOf(status ?? info?.status, 7408)
  const reason = conceptOf(recall?.reason ?? recallReason, 7500)
  const previous = renewal?.previousPrescriptionId
  const place = `M96/Listeelement[${index + 1}]`
  const extension: Extension[] = [
    { url: extensionUrls.messageTime, valueDateTime: sent.time },
    ...(state ? [{ url: extensionUrls.statedState, valueCodeableConcept: state }] : []),
    ...(reason ? [{ url: extensionUrls.statedRecall, valueCodeableConcept: reason }] : []),
    ...(previous === undefined ? [] : [{ url: extensionUrls.previousPrescription, valueIdentifier: identifierOf(RESEPT_ID, previous) }]),
    ...keptElements(prescriptionsFound.group.fields.prescriptions.type, found, place, { places: placed }),
  ]
  return withIssues(
    withoutEmpty<Communication>({
      resourceType: 'Communication',
      extension,
      // The second part is this statement's place in the message.
      identifier: [identifierOf(MESSAGE_ID, `${sent.id}#${index + 1}`)],
      status: 'completed',
      category: [categoryOf('M9.6')],
      subject: {},
      about: prescriptionId === undefined ? [] : [aboutOf(prescriptionId)],
      sent: sent.time,
      ...(sender ? { sender: { type: 'Organization', ...sender } } : {}),
      note: annotations(recall?.note),
    }),
    [],
  )
}
