/**
 * Reads a Communication as a question about a line of the access log. A Communication with any other element is refused as a whole.
 * docs/api/communication.md
 */

import { z } from 'zod'
import { ORGANIZATION_SYSTEM, seriesOf } from '../../codes/systems.ts'
import { type Issue, problemWith, type Result } from '../../problem/problem.ts'
import { resourceFaults } from '../../problem/shape-faults.ts'
import { type PatientKey, parseLogicalId, parseLogLineId, type RecordId } from '../../store/ids.ts'
import { holdsIdentityNumber, kindOfSystem } from '../../values/identity-number.ts'
import { saysSomething } from '../../values/reason.ts'
import { questionOfAnswer } from './communication.ts'
import { isPlainText, QUESTION } from './questions.ts'

const identifier = z.looseObject({ system: z.string().optional(), value: z.string().max(64).optional() })
const reference = z.looseObject({ reference: z.string().max(2000).optional(), identifier: identifier.optional() })

const FORM = {
  type: 'Communication',
  code: 'invalid-communication',
  page: 'docs/api/communication.md',
  noPlace: 'A question has no place for this element. Leave it out.',
} as const

const shape = z.strictObject({
  resourceType: z.literal('Communication'),
  id: z.unknown().optional(),
  meta: z.unknown().optional(),
  language: z.unknown().optional(),
  text: z.unknown().optional(),
  sent: z.unknown().optional(),
  sender: z.unknown().optional(),
  category: z.unknown().optional(),
  status: z.literal('completed'),
  subject: reference.optional(),
  about: z.array(reference).length(1),
  recipient: z.array(reference).max(1).optional(),
  inResponseTo: z.array(reference).max(1).optional(),
  payload: z.array(z.strictObject({ contentString: z.string() })).length(1),
})

export interface QuestionRequest {
  /** Undefined when the patient is the citizen who asks. */
  patientNumber: string | undefined
  /** The two parts of the id of the AuditEvent. */
  line: { segment: string; seq: string }
  /** Undefined means the organisation that looked. */
  organization: string | undefined
  /** The question whose answer it follows. */
  follows: { patient: PatientKey; id: RecordId } | undefined
  text: string
}

export function readQuestion(sent: unknown): Result<QuestionRequest> {
  const parsed = shape.safeParse(sent)
  if (!parsed.success) return problemWith('invalid-communication', resourceFaults(parsed.error.issues, sent, FORM))
  const { subject, about, recipient, inResponseTo, payload } = parsed.data
  const issues: Issue[] = []
  const fault = (element: string, text: string): undefined => void issues.push(issue(`Communication.${element}`, text))
  const line = parseLogLineId(idIn(about[0]?.reference, 'AuditEvent'))
  if (!line)
    fault('about[0].reference', 'Expected a reference to a line of the access log, in the form that this server gives: AuditEvent/{id}.')
  const system = subject?.identifier?.system
  if (subject && (subject.identifier?.value === undefined || (system !== undefined && kindOfSystem(system) === undefined)))
    fault('subject.identifier', 'Name the patient by national identity number, D-number or help number, or leave subject out.')
  const addressee = recipient?.[0]?.identifier
  if (recipient?.[0] && (seriesOf(addressee?.system) !== ORGANIZATION_SYSTEM || !/^[0-9]{9}$/.test(addressee?.value ?? '')))
    fault('recipient[0].identifier', `Name the organisation by its number in ${ORGANIZATION_SYSTEM}, or leave recipient out.`)
  const before = inResponseTo?.[0] && parseLogicalId(questionOfAnswer(idIn(inResponseTo[0].reference, 'Communication')) ?? '')
  if (inResponseTo?.[0] && !before) fault('inResponseTo[0].reference', 'Expected a reference to the answer that this follows.')
  const text = payload[0]?.contentString.trim() ?? ''
  if (!saysSomething(text) || !isPlainText(text, 1, QUESTION.most))
    fault(
      'payload[0].contentString',
      `Ask in plain words: at least ten letters, five of them different, and at most ${QUESTION.most} characters.`,
    )
  else if (holdsIdentityNumber(text))
    fault('payload[0].contentString', 'The text holds what looks like an identity number. Leave it out: the line shows who it is about.')
  if (issues.length > 0 || !line) return problemWith('invalid-communication', issues)
  return {
    patientNumber: subject?.identifier?.value?.trim(),
    line,
    organization: addressee?.value,
    follows: before,
    text,
  }
}

function idIn(text: string | undefined, type: string): string {
  const [, named, id = ''] = /(?:^|\/)([A-Za-z]{1,64})\/([a-z-]{1,64})$/.exec(text ?? '') ?? []
  return named === type ? id : ''
}

function issue(expression: string, text: string): Issue {
  return { severity: 'error', type: 'invalid', code: 'invalid-communication', text, expression }
}
