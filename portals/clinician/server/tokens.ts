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
  const underWay = new Map<string, Promise<TokenContext | undefined>>()

  function usable({ accessToken, organization }: Session, refused: string | undefined): string | undefined {
    if (!accessToken || accessToken.organization !== organization || accessToken.value === refused) return undefined
    return accessToken.expires - marginMs > now().getTime() ? accessToken.value : undefined
  }

  /**
   * Fetched outside the row lock, so that an identity provider that hangs holds no database connection. Refresh tokens are not used up by
   * use (FAPI 2.0 Security Profile section 5.3.2.1), so two processes may fetch at once; each token is good.
   */
  async function renew(id: string, refused: string | undefined): Promise<TokenContext | undefined> {
    const session = await sessions.load(id)
    if (!session?.organization) return undefined
    const { organization, dpopKey } = session
    const value = usable(session, refused)
    if (value) return { accessToken: value, dpopKey }
    const fetched = await provider.accessToken(session.refreshToken, organization, dpopKey)
    await sessions.change(id, (content) => ({
      ...content,
      refreshToken: fetched.refreshToken,
      accessToken: { organization, value: fetched.value, expires: fetched.expires },
    }))
    return { accessToken: fetched.value, dpopKey }
  }

  return {
    async forSession(id, session, refused) {
      const value = usable(session, refused)
      if (value) return { accessToken: value, dpopKey: session.dpopKey }
      const fetching = underWay.get(id) ?? renew(id, refused).finally(() => underWay.delete(id))
      underWay.set(id, fetching)
      return await fetching
    },
  }
}
