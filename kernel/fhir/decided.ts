/**
 * One interaction under one decision: authorises it, hands over the rows that the decision opens, and collects what the row of the access
 * log needs. The choice of the patient that was acknowledged first wins: when the choices change between the decision and a statement, the
 * statement finds nothing and the request is decided again (docs/decisions/0019-the-choice-acknowledged-first-wins.md).
 */
import type { Area } from '../access/area.ts'
import type { Decision } from '../access/decision.ts'
import type { AccessRequest, RequestKind } from '../access/request.ts'
import { isProblem, type Problem, problem, type Result } from '../problem/problem.ts'
import type { PatientKey } from '../store/ids.ts'
import { ChoicesChanged } from '../store/visibility.ts'
import { attempts } from '../values/attempts.ts'
import { authorize } from './authorize.ts'
import type { Answer, Done, Exchange } from './exchange.ts'
import { type Outcome, one } from './routes.ts'
import { type Bind, type BindAll, newLedger } from './rows.ts'

/** What the request asks for, as the access log names it. */
export interface DecisionRequest {
  event: string
  type: string | undefined
  kind: RequestKind
  /** A refusal when the request names no patient: then nothing is decided. */
  patient: Result<AccessRequest['patient']>
  /** The unit of a worklist, by organisation number. */
  unit?: string | undefined
}

/** An answer, and the values of its row in the access log that differ from the request. */
export interface DecidedAnswer {
  result: Result<Answer>
  event?: string
  reason?: string
}

/** Makes the row of the access log for what was done under the decision, with what its rows disclosed and withheld. */
type RowOf = (answered: Result<Answer> | DecidedAnswer) => Done

/** How many times a request is decided while the choices of the patient change, the first time included. */
const ATTEMPTS = 5

/** Returns `busy` when the patient's choices change at every attempt. */
export async function decided<Rows>(
  exchange: Exchange,
  asking: DecisionRequest,
  bind: Bind<Rows>,
  work: (decision: Decision, rows: Rows) => Promise<Result<Answer> | DecidedAnswer>,
): Promise<Done> {
  return await under(exchange, asking, bind, {
    work: async (decision, rows, rowOf) => rowOf(await work(decision, rows)),
    refused: (done) => done,
  })
}

/**
 * For an answer with several rows in the access log, or one that is sent line by line. `work` makes the outcome, with `rowOf` for its own
 * row.
 */
export async function decidedOutcome<Rows>(
  exchange: Exchange,
  asking: DecisionRequest,
  bind: Bind<Rows>,
  work: (decision: Decision, rows: Rows, rowOf: RowOf) => Promise<Outcome>,
): Promise<Outcome> {
  return await under(exchange, asking, bind, { work, refused: one })
}

interface Under<Rows, Made> {
  work: (decision: Decision, rows: Rows, rowOf: RowOf) => Promise<Made>
  refused: (done: Done) => Made
}

async function under<Rows, Made>(
  exchange: Exchange,
  { event, type, kind, patient, unit }: DecisionRequest,
  bind: Bind<Rows>,
  { work, refused }: Under<Rows, Made>,
): Promise<Made> {
  if (isProblem(patient)) return refused({ event, type, result: patient })
  const onePass = async () => {
    const { outcome: decision, patient: person } = await authorize(exchange, kind, patient, unit)
    if (isProblem(decision)) return refused({ event, type, patient: person, result: decision })
    const ledger = newLedger()
    const rowOf: RowOf = (answered) => ({ event, type, decision, ...ledger, ...('result' in answered ? answered : { result: answered }) })
    return await work(decision, exchange.kernel.rows.bound(bind, decision, ledger), rowOf)
  }
  return await whileChoicesStand(onePass, (busy) => refused({ event, type, result: busy }))
}

/** One of many questions that are decided together: the patient it is about, and the area. */
export interface Question {
  area: Area
  patient: AccessRequest['patient']
}

/** What one of the decisions opens, or why it was refused. */
export interface Opened<Rows> {
  patient: PatientKey | undefined
  outcome: Result<{ decision: Decision; rows: Rows }>
}

/**
 * For a request about many patients at once: decides all questions together, so that their facts are read together. `opened` is in the
 * order of `questions`, and `all` holds the statements on all decisions that were made, in their order.
 */
export async function decidedTogether<Rows, All, Made>(
  exchange: Exchange,
  { kind, questions }: { kind: RequestKind; questions: readonly Question[] },
  { each, all }: { each: Bind<Rows>; all: BindAll<All> },
  work: (opened: Opened<Rows>[], all: All) => Promise<Made>,
  busy: (refusal: Problem) => Made,
): Promise<Made> {
  const { rows } = exchange.kernel
  const onePass = async () => {
    const authorized = await Promise.all(questions.map(async ({ area, patient }) => await authorize({ ...exchange, area }, kind, patient)))
    const opened = authorized.map(
      ({ outcome, patient }): Opened<Rows> => ({
        patient,
        outcome: isProblem(outcome) ? outcome : { decision: outcome, rows: rows.bound(each, outcome) },
      }),
    )
    const decisions = opened.flatMap(({ outcome }) => (isProblem(outcome) ? [] : [outcome.decision]))
    return await work(opened, rows.boundAll(all, decisions))
  }
  return await whileChoicesStand(onePass, busy)
}

/** Does all of the work again when a choice of the patient changes on the way. Every request that reads under a decision has this limit. */
export async function whileChoicesStand<Made>(work: () => Promise<Made>, busy: (refusal: Problem) => Made): Promise<Made> {
  return await attempts(work, {
    times: ATTEMPTS,
    again: (error) => error instanceof ChoicesChanged,
    spent: () => busy(problem('busy')),
  })
}
