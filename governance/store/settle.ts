/** What a person settles: a question of the import, and who owes what and whether it was met. */
import { problem, type Result } from '@helsevev/kernel/problem/problem'
import { cleanText } from '@helsevev/kernel/values/clean-text'
import type { Sql } from 'postgres'

export interface StoredQuestion {
  id: string
  line: number
  content: string
  question: string
  answer: string | null
  answeredBy: string | null
}

export async function questionsIn(sql: Sql, { answered }: { answered: boolean }): Promise<StoredQuestion[]> {
  return [
    ...(await sql<StoredQuestion[]>`
      select id, line, content, question, answer, answered_by as "answeredBy" from council_question
      where ${answered} or answer is null order by pack, line, id`),
  ]
}

/** Answers a question once. Index: council_question_pkey. */
export async function settle(sql: Sql, settled: { id: string; answer: string; by: string; now: Date }): Promise<Result<{ id: string }>> {
  const { id, by, now } = settled
  const answer = cleanText(settled.answer)
  if (answer === '' || by.trim() === '') return problem('invalid-parameter', 'An answer has words, and the name of who gives it.')
  const [row] = await sql`
    update council_question set answer = ${answer}, answered_by = ${cleanText(by)}, answered = ${now}
    where id = ${id} and answer is null returning id`
  return row
    ? { id }
    : problem('not-found', 'There is no open question with this id. npx helsevev council questions lists those that are open.')
}

export interface FollowUpChange {
  body: string
  year: number
  number: number
  deadline: string
  owner: string | undefined
  status: 'promised' | 'met' | 'moved' | undefined
  movedTo: string | undefined
  by: string
}

/** Sets the owner or what became of a follow-up. Moved means to a day. Index: council_follow_up_pkey. */
export async function changeFollowUp(sql: Sql, change: FollowUpChange): Promise<Result<{ deadline: string }>> {
  const { body, year, number, deadline, owner, status, movedTo, by } = change
  if ((status === 'moved') !== (movedTo !== undefined))
    return problem('invalid-parameter', 'A follow-up that is moved has the day that it is moved to, and no other has one.')
  const [row] = await sql`
    update council_follow_up set owner = coalesce(${owner === undefined ? null : cleanText(owner)}, owner),
      status = coalesce(${status ?? null}, status),
      moved_to = case when ${status ?? null}::text is null then moved_to else ${movedTo ?? null}::date end, settled_by = ${cleanText(by)}
    where body = ${body} and year = ${year} and number = ${number} and deadline = ${deadline} returning deadline`
  return row
    ? { deadline }
    : problem('not-found', 'No follow-up of this case has this deadline. npx helsevev council follow-ups lists them.')
}
