/** What waits for a written answer or a decision by a person: patients' questions, and messages without a known patient. */
import * as z from 'zod/mini'
import { get, post } from '../../wire/contract.ts'
import {
  type ControlDetails,
  changed,
  identityNumber,
  organization,
  pageOf,
  patientName,
  reason,
  slice,
  status,
  withReason,
} from './common.ts'

export const question = z.strictObject({
  id: z.string(),
  asked: z.string(),
  /** The patient, or a person who acts for the patient. */
  askedAs: z.enum(['self', 'representative']),
  /** The words of the patient, who asked, and the answer; undefined for a role that may not see them. */
  question: z.optional(z.string()),
  patient: z.optional(patientName),
  before: z.optional(z.nullable(z.strictObject({ question: z.string(), answer: z.string() }))),
  answer: z.optional(z.nullable(z.string())),
  /** The line of the log that the question is about. */
  eventId: z.string(),
  at: z.nullable(z.string()),
  event: z.nullable(z.string()),
  service: z.nullable(z.string()),
  type: z.nullable(z.string()),
  purpose: z.nullable(z.string()),
  name: z.nullable(z.string()),
  role: z.nullable(z.string()),
  hprNumber: z.nullable(z.string()),
  organization: z.nullable(organization),
  answered: z.nullable(z.string()),
  answeredBy: z.nullable(z.string()),
  answeredRole: z.nullable(z.string()),
})
export type Question = z.infer<typeof question>

/** The only answer, in plain text. `role` is the role of the author, such as personvernombud: the patient sees the role and no name. */
export const answerQuestion = z.strictObject({
  answer: z.string().check(z.maxLength(10_000)),
  role: z.string().check(z.maxLength(200)),
})
export type AnswerQuestion = z.infer<typeof answerQuestion>

export const message = z.strictObject({
  id: z.string(),
  service: z.string(),
  adapter: z.string(),
  received: z.string(),
  reason: z.string(),
  detail: z.string(),
  label: z.string(),
})
export type Message = z.infer<typeof message>

export const messageText = z.strictObject({ id: z.string(), text: z.string() })
export type MessageText = z.infer<typeof messageText>

export const attachMessage = z.strictObject({ identityNumber, reason })
export type AttachMessage = z.infer<typeof attachMessage>

export const questions = {
  questions: get('/questions', {
    about: 'Oldest first, each with the line of the log that is wondered about; `open` when `status` is absent.',
    query: z.strictObject({ ...status, ...slice }),
    answer: pageOf(question),
    permission: 'read',
    event: 'questions-read',
  }),
  answerQuestion: post('/questions/:id/answer', {
    about: '`answer` of at least ten letters, five different, and at most 4000 characters of plain text, and `role`, as what it is given.',
    body: answerQuestion,
    answer: changed,
    permission: 'answer-questions',
    event: 'question-answer',
    done: 'question-answered',
  }),
} as const satisfies Record<string, ControlDetails>

export const messages = {
  messages: get('/messages', {
    about: 'Oldest first: why each waits, and its label without numbers.',
    query: z.strictObject(slice),
    answer: pageOf(message),
    permission: 'read',
    event: 'messages-read',
  }),
  readMessage: post('/messages/:id/read', {
    about: 'The message as text, without identity numbers.',
    body: withReason,
    answer: messageText,
    permission: 'settle-messages',
    event: 'message-read',
    done: 'message-read',
  }),
  attachMessage: post('/messages/:id/attach', {
    about: 'Attaches the message to a person, as the adapter of the service does: the log has its name.',
    body: attachMessage,
    answer: changed,
    permission: 'settle-messages',
    event: 'message-attach',
  }),
  discardMessage: post('/messages/:id/discard', {
    about: 'Closes the message without a record.',
    body: withReason,
    answer: changed,
    permission: 'settle-messages',
    event: 'message-discard',
    done: 'message-discarded',
  }),
} as const satisfies Record<string, ControlDetails>
