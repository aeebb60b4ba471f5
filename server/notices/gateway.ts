/** Adapters of notices outside the portal: a gateway that takes messages by HTTP, and one for trying out that keeps them to be seen. */
import type { Message, Sender } from '@helsevev/kernel/areas/notices-outside/outbox'

const SECONDS = 10

/**
 * Posts `{ to, subject, text }` as JSON with the token. What a gateway of SMS or e-mail wants else is a small adapter in front of it.
 * @throws when it does not answer within ten seconds, or not with success.
 */
export function httpGateway(address: string, token: string | undefined): Sender {
  return async ({ address: to, subject, text }) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ to, subject, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(SECONDS * 1000),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`The gateway answered ${response.status}.`)
  }
}

export interface KeptMessage extends Message {
  at: Date
}

/** Sends nothing. The newest messages are kept in memory, to be shown at /test-notices. */
export function keepingGateway(clock: () => Date): { send: Sender; kept: () => readonly KeptMessage[] } {
  const kept: KeptMessage[] = []
  return {
    send: async (message) => {
      kept.unshift({ ...message, at: clock() })
      kept.length = Math.min(kept.length, 200)
    },
    kept: () => kept,
  }
}
