/**
 * The access token of a session: fetched for the chosen organisation when it is needed, kept until it runs out, dropped when the
 * organisation changes. Panels load side by side, so requests of one session share one fetch.
 */
import type { IdentityProvider } from './identity-provider.ts'
import type { Session, Sessions } from './sessions.ts'

/** HelseID's access tokens live about a minute; one that ends within this is not started with. */
const marginMs = 5000

export interface TokenContext {
  accessToken: string
  dpopKey: Session['dpopKey']
}

export interface Tokens {
  /**
   * Undefined when the session is over. `refused` is a token the API did not take: another is fetched.
   * @throws the errors of IdentityProvider.accessToken
   */
  forSession(id: string, session: Session, refused?: string): Promise<TokenContext | undefined>
}

export function tokens(provider: IdentityProvider, sessions: Sessions<Session>, now: () => Date): Tokens {
  const underWay = new Map<string, Promise<Session | undefined>>()

  function usable({ accessToken, organization }: Session, refused: string | undefined): string | undefined {
    if (!accessToken || accessToken.organization !== organization || accessToken.value === refused) return undefined
    return accessToken.expires - marginMs > now().getTime() ? accessToken.value : undefined
  }

  async function renew(session: Session, refused: string | undefined): Promise<Session> {
    // Another process may have renewed while this one waited for the row.
    if (usable(session, refused) || !session.organization) return session
    const { value, expires, refreshToken } = await provider.accessToken(session.refreshToken, session.organization, session.dpopKey)
    return { ...session, refreshToken, accessToken: { organization: session.organization, value, expires } }
  }

  return {
    async forSession(id, session, refused) {
      const value = usable(session, refused)
      if (value) return { accessToken: value, dpopKey: session.dpopKey }
      const fetching = underWay.get(id) ?? sessions.change(id, (content) => renew(content, refused)).finally(() => underWay.delete(id))
      underWay.set(id, fetching)
      const renewed = await fetching
      return renewed?.accessToken && { accessToken: renewed.accessToken.value, dpopKey: renewed.dpopKey }
    },
  }
}
