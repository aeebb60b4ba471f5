/** Questions about lines of the log, and notices that the person gets without asking: docs/api/communication.md */
import { identifierSystems } from '@helsevev/clinical/systems'
import { isProblem } from '@helsevev/portal/server'
import { z } from 'zod'
import type { Notice, Question } from '../contract.ts'
import { type About, aboutOf, patientParameter, type Some } from './people.ts'

export const questionHandlers: Some<'questions' | 'ask' | 'notices' | 'noticesSeen'> = {
  async questions(asked, { headers }) {
    const about = aboutOf(asked, headers)
    if (isProblem(about)) return about
    const answer = await asked.api.post('/fhir/Communication/_search', form(about, { category: 'question,answer' }))
    return { questions: questionsIn(answer) }
  },

  async ask(asked, { headers, body: { line, text, organization, follows } }) {
    const about = aboutOf(asked, headers)
    if (isProblem(about)) return about
    const sent = await asked.api.post('/fhir/Communication', {
      resourceType: 'Communication',
      status: 'completed',
      about: [{ reference: `AuditEvent/${line}` }],
      ...(about.identifier ? { subject: { identifier: about.identifier } } : {}),
      ...(organization ? { recipient: [{ identifier: { system: identifierSystems.ENH, value: organization } }] } : {}),
      ...(follows ? { inResponseTo: [{ reference: `Communication/${follows}` }] } : {}),
      payload: [{ contentString: text }],
    })
    return { question: questionOf(communication.parse(sent), []) }
  },

  async notices({ api }) {
    const parameters = new URLSearchParams({ category: 'notice', 'received:missing': 'true' })
    return { notices: communicationsIn(await api.post('/fhir/Communication/_search', parameters)).map(noticeOf) }
  },

  async noticesSeen({ api }, { body: { ids } }) {
    await api.post('/fhir/Communication/$seen', new URLSearchParams({ _id: ids.join(',') }))
    return undefined
  },
}

function form(about: About, parameters: Record<string, string>): URLSearchParams {
  return new URLSearchParams({ ...patientParameter(about), ...parameters })
}

const text = z.string()
const reference = z.object({
  reference: text.optional(),
  display: text.optional(),
  identifier: z.object({ value: text.optional() }).optional(),
})
const communication = z.object({
  resourceType: z.literal('Communication'),
  id: text,
  category: z.array(z.object({ coding: z.array(z.object({ code: text.optional() })).min(1) })).min(1),
  extension: z.array(z.object({ url: text, valueString: text.optional() })).optional(),
  about: z.array(reference).optional(),
  inResponseTo: z.array(reference).optional(),
  recipient: z.array(reference).optional(),
  sender: reference.optional(),
  sent: text,
  payload: z.array(z.object({ contentString: text.optional() })).optional(),
  reasonCode: z.array(z.object({ coding: z.array(z.object({ code: text.optional() })).optional(), text: text.optional() })).optional(),
})
type Communication = z.infer<typeof communication>
const searchset = z.object({ entry: z.array(z.object({ resource: z.unknown() })).optional() })

function communicationsIn(answer: unknown): Communication[] {
  return (searchset.parse(answer).entry ?? []).flatMap(({ resource }) => communication.safeParse(resource).data ?? [])
}

function questionsIn(answer: unknown): Question[] {
  const all = communicationsIn(answer)
  return all.filter((one) => kindOf(one) === 'question').map((question) => questionOf(question, all))
}

const kindOf = ({ category }: Communication) => category[0]?.coding[0]?.code
const idIn = (value: z.infer<typeof reference> | undefined) => value?.reference?.split('/').at(-1)

function questionOf(question: Communication, all: readonly Communication[]): Question {
  const [to] = question.recipient ?? []
  const number = to?.identifier?.value ?? ''
  const follows = idIn(question.inResponseTo?.[0])
  const answer = all.find((one) => kindOf(one) === 'answer' && idIn(one.inResponseTo?.[0]) === question.id)
  const as = answer?.extension?.find(({ url }) => url.endsWith('/answered-as'))?.valueString
  return {
    id: question.id,
    line: idIn(question.about?.[0]) ?? '',
    organization: { number, name: to?.display ?? number },
    text: question.payload?.[0]?.contentString ?? '',
    asked: question.sent,
    ...(follows === undefined ? {} : { follows }),
    ...(answer === undefined
      ? {}
      : {
          answer: {
            id: answer.id,
            text: answer.payload?.[0]?.contentString ?? '',
            answered: answer.sent,
            ...(as === undefined ? {} : { as }),
          },
        }),
  }
}

function noticeOf(notice: Communication): Notice {
  const [reason] = notice.reasonCode ?? []
  const organization = notice.sender?.display ?? notice.sender?.identifier?.value
  return {
    id: notice.id,
    cause: reason?.coding?.[0]?.code ?? '',
    at: notice.sent,
    ...(reason?.text === undefined ? {} : { who: reason.text }),
    ...(organization === undefined ? {} : { organization }),
  }
}
