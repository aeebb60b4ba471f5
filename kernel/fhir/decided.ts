/**
 * One interaction under one decision: authorises, hands over the rows that the decision opens, and makes what the row of the access log needs. A
 * choice of the patient that is acknowledged first wins: when the choices change between the decision and a statement, the statement finds
 * nothing and the request is decided again (docs/decisions/0019-the-choice-acknowledged-first-wins.md).
 */
import type { Decision } from '../access/decision.ts'
import type { AccessRequest, RequestKind } from '../access/request.ts'
import { isProblem, problem, type Result } from '../problem/problem.ts'
import { ChoicesChanged } from '../store/visibility.ts'
import { attempts } from '../values/attempts.ts'
import { authorize } from './authorize.ts'
import type { Answer, Done, Exchange } from './exchange.ts'
import { type Bind, newLedger } from './rows.ts'

/** What is asked, as the access log names it. */
export interface Asking {
  event: string
  type: string | undefined
  kind: RequestKind
  patient: AccessRequest['patient']
  /** The unit of a worklist, by organisation number. */
  unit?: string
}

/** An answer, and what its row of the log says otherwise than the question did. */
export interface Answered {
  result: Result<Answer>
  event?: string
  reason?: string
}

const ATTEMPTS = 5

/** `busy` when the patient's choices change at every attempt. */
export async function decided<Rows>(
  exchange: Exchange,
  { event, type, kind, patient, unit }: Asking,
  bind: Bind<Rows>,
  work: (decision: Decision, rows: Rows) => Promise<Result<Answer> | Answered>,
): Promise<Done> {
  return await underOneDecision({ event, type }, async () => {
    const { outcome: decision, patient: person } = await authorize(exchange, kind, patient, unit)
    if (isProblem(decision)) return { event, type, patient: person, result: decision }
    const ledger = newLedger()
    const answer = await work(decision, exchange.kernel.rows.bound(bind, decision, ledger))
    return { event, type, decision, ...ledger, ...('result' in answer ? answer : { result: answer }) }
  })
}

/** For what is decided several times in one request: all of it is done again when a choice changes on the way. */
async function underOneDecision({ event, type }: Pick<Asking, 'event' | 'type'>, work: () => Promise<Done>): Promise<Done> {
  return await attempts(work, {
    times: ATTEMPTS,
    again: (error) => error instanceof ChoicesChanged,
    spent: (): Done => ({ event, type, result: problem('busy') }),
  })
}
