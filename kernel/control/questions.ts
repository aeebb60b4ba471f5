/** Patients' questions about lines of the access log, as the portal shows them. docs/api/communication.md */
import { type AnswerRefusal, answerQuestion, answerRefusals, questionsTo } from '../areas/questions/questions.ts'
import { type Problem, problem, problemWith } from '../problem/problem.ts'
import type { ControlCall } from './call.ts'
import type { AnswerQuestion, Changed, Page, Question } from './contract.ts'
import { keyIn, namedPatients } from './named-patients.ts'
import { pageOf, type Slice } from './paging.ts'
import { mayDo } from './permissions.ts'

export async function questionPage(call: ControlCall, { open, slice }: { open: boolean; slice: Slice }): Promise<Page<Question>> {
  const found = pageOf(await questionsTo(call.sql, call.organization, { open, limit: slice.limit + 1, skip: slice.skip }), slice)
  const patientOf = await namedPatients(
    call,
    found.items.map(({ id }) => keyIn(id)),
  )
  const isTold = mayDo(call.role, 'name-patients')
  return {
    ...found,
    items: found.items.map(({ question, before, answer, organization, organizationName, ...line }) => ({
      ...line,
      ...(isTold ? { question, before, answer } : {}),
      ...patientOf(keyIn(line.id)),
      asked: line.asked.toISOString(),
      at: line.at?.toISOString() ?? null,
      answered: line.answered?.toISOString() ?? null,
      organization: organization === null ? null : { number: organization, name: organizationName ?? organization },
    })),
  }
}

/** Answers a question. The answer is itself the reason, since the patient reads it; the row of the log names the question. */
export async function answerQuestionOf(call: ControlCall, id: string, { answer, role }: AnswerQuestion): Promise<Changed | Problem> {
  const { sql, organization: controller, actor, parts, logging } = call
  const outcome = await answerQuestion(sql, { ...parts, ids: logging.ids }, { controller, id, answer, role, answeredBy: actor })
  return outcome === 'answered' ? { id, standing: outcome } : answerProblem(outcome)
}

function answerProblem(refused: AnswerRefusal): Problem {
  if (refused === 'unknown' || refused === 'other-organization') return problem('not-found')
  return problemWith('control-refused', [{ severity: 'error', type: 'business-rule', code: refused, text: answerRefusals[refused] }])
}
