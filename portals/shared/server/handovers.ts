/**
 * The handover of a session from a record system to a browser. The record system states who works, for which organisation and about which
 * patient, over a channel of its own; the browser brings a code, and proves with a verifier that it is the intended one (as PKCE, RFC
 * 7636). The code works once, within a minute, and only with the verifier. The record system keeps an id of the session, which opens
 * nothing in a browser.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { newDpopKey } from './dpop.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { type EhrSession, handoverCodes, type Person, type Sessions, type SessionsOptions } from './sessions.ts'

/** The caller that the access token of the record system names, and that token. */
interface EhrCaller {
  person: Person
  client: string
  organization: string
  accessToken: string
}

interface HandedOver<Content> {
  person: Person
  /** For `Session.ehrSession` and `Session.dpopKey`. */
  ehrSession: string
  dpopKey: EhrSession['dpopKey']
  told: Content
}

export interface Handovers {
  /** `challenge`: base64url SHA-256 of the verifier. @throws the errors of IdentityProvider.exchange */
  create(caller: EhrCaller, challenge: string, told: object): Promise<{ code: string; sessionId: string }>
  /** Replaces the token by a new one. False: there is no such session of that person, organisation and client. @throws as create */
  refresh(sessionId: string, caller: EhrCaller): Promise<boolean>
  /** Ends the session, and that of the browser with it. False as in `refresh`. */
  end(sessionId: string, caller: EhrCaller): Promise<boolean>
  /** Undefined: the code is unknown, used or too old, or the verifier is wrong. The code is spent in any case. */
  redeem<Content>(code: string, verifier: string): Promise<HandedOver<Content> | undefined>
}

interface Parts {
  kept: SessionsOptions
  provider: IdentityProvider
  ehrSessions: Sessions<EhrSession>
}

interface Kept {
  challenge: string
  ehrSession: string
  told: unknown
}

export function handovers({ kept, provider, ehrSessions }: Parts): Handovers {
  const codes = handoverCodes<Kept>(kept)

  async function mine(sessionId: string, { person, client, organization }: EhrCaller): Promise<EhrSession | undefined> {
    const session = await ehrSessions.load(sessionId)
    const same =
      session?.person.identityNumber === person.identityNumber && session.client === client && session.organization === organization
    return same ? session : undefined
  }

  return {
    async create({ accessToken, person, client, organization }, challenge, told) {
      const dpopKey = await newDpopKey()
      const { value, expires } = await provider.exchange(accessToken, dpopKey)
      const sessionId = await ehrSessions.create({ person, client, organization, dpopKey, accessToken: value, expires })
      return { code: await codes.create({ challenge, ehrSession: sessionId, told }), sessionId }
    },

    async refresh(sessionId, caller) {
      const session = await mine(sessionId, caller)
      if (!session) return false
      const { value, expires } = await provider.exchange(caller.accessToken, session.dpopKey)
      const changed = await ehrSessions.change(sessionId, (now) => ({ ...now, accessToken: value, expires }))
      return changed !== undefined
    },

    async end(sessionId, caller) {
      if (!(await mine(sessionId, caller))) return false
      await ehrSessions.destroy(sessionId)
      return true
    },

    async redeem<Content>(code: string, verifier: string) {
      const handed = await codes.take(code)
      if (!handed) return undefined
      const session = await ehrSessions.load(handed.ehrSession)
      if (!session) return undefined
      if (!fits(handed.challenge, verifier)) {
        // Another party had the code: nothing that was handed over may be used any more.
        await ehrSessions.destroy(handed.ehrSession)
        return undefined
      }
      const { person, dpopKey } = session
      return { person, dpopKey, ehrSession: handed.ehrSession, told: handed.told as Content }
    },
  }
}

function fits(challenge: string, verifier: string): boolean {
  const [asked, given] = [Buffer.from(challenge, 'base64url'), createHash('sha256').update(verifier).digest()]
  return asked.length === given.length && timingSafeEqual(asked, given)
}
