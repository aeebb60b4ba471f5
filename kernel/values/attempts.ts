export interface Attempts<Spent> {
  /** The greatest number of times that the work is done, the first time included. */
  times: number
  /** Whether an error may not come the next time. Any other error is thrown at once. */
  again: (error: unknown) => boolean
  /** The answer when the last attempt failed too. When absent, the error of the last attempt is thrown. */
  spent?: (error: unknown) => Spent
}

/**
 * Does work again that failed because something else happened at the same moment, such as a changed choice of the patient or two writes of
 * the same fact. There is no pause between attempts: use it where the next attempt sees a new state, never to wait for a service that is
 * down.
 *
 *     return await attempts(() => decide(request), {
 *       times: 5,
 *       again: (error) => error instanceof ChoicesChanged,
 *       spent: () => problem('busy'),
 *     })
 */
export async function attempts<Answer, Spent = never>(
  work: (attempt: number) => Promise<Answer>,
  { times, again, spent }: Attempts<Spent>,
): Promise<Answer | Spent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      if (!again(error)) throw error
      if (attempt < times) continue
      if (!spent) throw error
      return spent(error)
    }
  }
}
