/**
 * Questions about the access log, answers and notices as FHIR Communication (http://hl7.org/fhir/R4/communication.html).
 * docs/api/communication.md
 */

import type { Communication, Reference } from '@medplum/fhirtypes'
import { ORGANIZATION_SYSTEM } from '../../codes/systems.ts'
import { logicalId, logLineId } from '../../store/ids.ts'
import type { Notice } from '../choices/notices.ts'
import type { PatientQuestion } from './questions.ts'

export const COMMUNICATION_KIND = 'http://helsevev.no/fhir/CodeSystem/communication-kind'
const NOTICE_CAUSE = 'http://helsevev.no/fhir/CodeSystem/notice-cause'
/** The role in which a person answered for the organisation. */
const ANSWERED_AS = 'http://helsevev.no/fhir/StructureDefinition/answered-as'
const ANSWER_SUFFIX = '-answer'

export type CommunicationKind = 'question' | 'answer' | 'notice'

export interface CommunicationContext {
  identifier: { system: string; value: string }
  baseUrl: string
}

type SentCommunication = Communication & { id: string; sent: string }

/** The answer when there is one, and the question. */
export function communicationsOf(question: PatientQuestion, context: CommunicationContext): SentCommunication[] {
  const { answer, answered } = question
  const asked = questionCommunication(question, context)
  return answer === null || answered === null ? [asked] : [answerCommunication(question, { answer, answered }, context), asked]
}

export function questionCommunication(question: PatientQuestion, context: CommunicationContext): SentCommunication {
  const { patient, id, askedAs, follows } = question
  return {
    ...common(logicalId(patient, id), 'question', question.asked, context),
    ...about(question, context),
    ...(follows === null ? {} : { inResponseTo: [reference(context, `${logicalId(patient, follows)}${ANSWER_SUFFIX}`)] }),
    recipient: [organization(question)],
    sender: askedAs === 'self' ? { type: 'Patient', identifier: context.identifier } : { type: 'RelatedPerson' },
    payload: [{ contentString: question.question }],
  }
}

function answerCommunication(
  question: PatientQuestion,
  { answer, answered }: { answer: string; answered: Date },
  context: CommunicationContext,
): SentCommunication {
  const id = logicalId(question.patient, question.id)
  return {
    ...common(`${id}${ANSWER_SUFFIX}`, 'answer', answered, context),
    ...(question.answeredRole === null ? {} : { extension: [{ url: ANSWERED_AS, valueString: question.answeredRole }] }),
    ...about(question, context),
    inResponseTo: [reference(context, id)],
    sender: organization(question),
    payload: [{ contentString: answer }],
  }
}

/** `received` is set when the patient has seen the notice. The reason is its cause; the name and the organisation are those of the log. */
export function noticeCommunication(notice: Notice, context: CommunicationContext): SentCommunication {
  const { patient, id, at, cause, seen, segment, seq, name, organization: number, organizationName } = notice
  const sender: Reference | undefined =
    number === null
      ? undefined
      : { type: 'Organization', identifier: { system: ORGANIZATION_SYSTEM, value: number }, ...display(organizationName) }
  return {
    ...common(logicalId(patient, id), 'notice', at, context),
    ...(segment === null || seq === null ? {} : about({ segment, seq }, context)),
    ...(seen === null ? {} : { received: seen.toISOString() }),
    ...(sender ? { sender: sender as NonNullable<Communication['sender']> } : {}),
    reasonCode: [{ coding: [{ system: NOTICE_CAUSE, code: cause }], ...(name === null ? {} : { text: name }) }],
  }
}

/** The id of the question, from the id of its answer; undefined for any other id. */
export function questionOfAnswer(id: string): string | undefined {
  return id.endsWith(ANSWER_SUFFIX) ? id.slice(0, -ANSWER_SUFFIX.length) : undefined
}

function common(id: string, kind: CommunicationKind, sent: Date, { identifier }: CommunicationContext) {
  return {
    resourceType: 'Communication',
    id,
    status: 'completed',
    category: [{ coding: [{ system: COMMUNICATION_KIND, code: kind }] }],
    subject: { identifier },
    sent: sent.toISOString(),
  } as const satisfies Communication
}

function about({ segment, seq }: { segment: string; seq: string }, { baseUrl }: CommunicationContext): Pick<Communication, 'about'> {
  return { about: [{ reference: `${baseUrl}/fhir/AuditEvent/${logLineId({ segment, seq })}` }] }
}

function organization({ controller, controllerName }: PatientQuestion) {
  return { type: 'Organization', identifier: { system: ORGANIZATION_SYSTEM, value: controller }, ...display(controllerName) } as const
}

function display(name: string | null): { display?: string } {
  return name === null ? {} : { display: name }
}

function reference({ baseUrl }: CommunicationContext, id: string): { reference: string } {
  return { reference: `${baseUrl}/fhir/Communication/${id}` }
}
