export interface Attempts<Spent> {
  /** How often the work is done at most, the first time included. */
  times: number
  /** Whether an error is one that may not come the next time. Any other error is thrown at once. */
  again: (error: unknown) => boolean
  /** The answer when the last attempt failed too. Absent: the error of the last attempt is thrown. */
  spent?: (error: unknown) => Spent
}

/**
 * Does work again that failed because something else happened at the same moment, such as a patient's choice that changed or two writes of
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
