/** What a decision opens of questions and notices: those of the one person it is about. */
import type { Decision } from '../../access/decision.ts'
import { intending } from '../../audit/intents.ts'
import { type Bind, keysOf } from '../../fhir/rows.ts'
import { keyOfNumber } from '../../identity/persons.ts'
import type { RecordId } from '../../store/ids.ts'
import { markSeen, type Notice, noticesOf } from '../choices/notices.ts'
import {
  type AskableLine,
  type AskedAs,
  askableLine,
  type NewQuestion,
  type PatientQuestion,
  questionsOf,
  storeQuestion,
} from './questions.ts'

export interface QuestionRows {
  /** A line about the person, with the organisations that can be asked about it. */
  line(named: { segment: string; seq: string }): Promise<AskableLine | undefined>
  /** Newest first. Persons who act for the patient get only the questions that such persons asked. */
  list(): Promise<PatientQuestion[]>
  /** `askedBy`: the identity number of the citizen who asks. `follows`: a question from `list`. */
  ask(
    question: Omit<NewQuestion, 'patient' | 'keys' | 'askedBy' | 'askedAs' | 'follows'>,
    asked: { askedBy: string; follows: PatientQuestion | undefined },
  ): Promise<PatientQuestion | 'question-open' | 'too-many-questions'>
  notices(page: { unseenOnly: boolean; limit: number }): Promise<Notice[]>
  /** Marks the notices with the ids, or all, as seen. Returns how many are now seen for the first time. */
  markSeen(ids: readonly RecordId[] | undefined): Promise<number>
}

export const questionRows: Bind<QuestionRows> = ({ sql, ids, clock }, decision, ledger) => {
  const keys = keysOf(decision)
  const askedAs = askedAsOf(decision)
  return {
    // A person who acts for the patient asks about the lines that such a person is shown, and only about who looked.
    line: async (named) => await askableLine(sql, { keys, relative: askedAs === 'self' ? undefined : { keys: [], adapters: [] } }, named),
    list: async () => await questionsOf(sql, keys, askedAs),
    async ask(question, { askedBy, follows }) {
      const person = await keyOfNumber(sql, askedBy)
      if (!person) throw new Error('A citizen who asks must be in the person register.')
      const patient = follows?.patient ?? question.line.patient
      return await storeQuestion(
        { sql, ids, clock, intend: intending(ids, ledger.stored) },
        { ...question, patient, keys, askedBy: person, askedAs, follows: follows?.id },
      )
    },
    notices: async (page) => await noticesOf(sql, keys, page),
    markSeen: async (seen) => await markSeen(sql, keys, seen, clock()),
  }
}

/** Whether the patient asks, or a person who acts for the patient. */
export function askedAsOf({ basis }: Decision): AskedAs {
  return basis === 'self' || basis === 'youth' ? 'self' : 'representative'
}
