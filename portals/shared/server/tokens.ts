/**
 * The access token of a session: fetched when it is needed, for the organisation that the person acts for where the portal has one; kept
 * until it expires; dropped when the organisation changes. Pages send requests in parallel, so requests of one session share one fetch.
 */
import type { JWK } from 'jose'
import type { IdentityProvider } from './identity-provider.ts'
import { EhrMustRenewError } from './issuer-errors.ts'
import type { EhrSession, Session, Sessions } from './sessions.ts'

/** HelseID's access tokens live for about a minute; one that expires within this time is not used for a new request. */
const marginMs = 5000

interface TokenContext {
  accessToken: string
  dpopKey: JWK
}

export interface Tokens<Content extends object> {
  /**
   * Undefined when the session is over, or no organisation is chosen. `refused` is a token that the API did not accept: another is fetched.
   * @throws the errors of IdentityProvider.accessToken
   */
  forSession(id: string, session: Session<Content>, refused?: string): Promise<TokenContext | undefined>
}

interface TokensOptions<Content extends object> {
  provider: IdentityProvider
  sessions: Sessions<Session<Content>>
  ehrSessions: Sessions<EhrSession>
  /** As in `Portal`. */
  actsFor: ((session: Session<Content>) => string | undefined) | undefined
  now: () => Date
}

export function tokens<Content extends object>({ provider, sessions, ehrSessions, actsFor, now }: TokensOptions<Content>): Tokens<Content> {
  const underWay = new Map<string, Promise<TokenContext | undefined>>()

  function usable(session: Session<Content>, refused: string | undefined): string | undefined {
    const { accessToken } = session
    if (!accessToken || accessToken.organization !== actsFor?.(session) || accessToken.value === refused) return undefined
    return accessToken.expires - marginMs > now().getTime() ? accessToken.value : undefined
  }

  /**
   * Fetched outside the row lock, so that an identity provider that hangs holds no database connection. A refresh token can be used several
   * times (FAPI 2.0 Security Profile section 5.3.2.1), so two processes may fetch at the same time; each token is valid.
   */
  async function renew(id: string, refused: string | undefined): Promise<TokenContext | undefined> {
    const session = await sessions.load(id)
    if (!session) return undefined
    const organization = actsFor?.(session)
    if (actsFor && !organization) return undefined
    const { dpopKey } = session
    const value = usable(session, refused)
    if (value) return { accessToken: value, dpopKey }
    if (!session.refreshToken) return undefined
    const fetched = await provider.accessToken(session.refreshToken, organization, dpopKey)
    await sessions.change(id, (content) => ({
      ...content,
      refreshToken: fetched.refreshToken,
      accessToken: { ...(organization ? { organization } : {}), value: fetched.value, expires: fetched.expires },
    }))
    return { accessToken: fetched.value, dpopKey }
  }

  /**
   * The token of a session that a record system handed over: it comes from the record system's latest token, and is never fetched from
   * here.
   */
  async function fromEhr(
    ehrSession: string,
    organization: string | undefined,
    refused: string | undefined,
  ): Promise<TokenContext | undefined> {
    const ehr = await ehrSessions.load(ehrSession)
    if (!ehr || ehr.organization !== organization) return undefined
    if (ehr.accessToken === refused || ehr.expires <= now().getTime())
      throw new EhrMustRenewError('The record system must send a new token.')
    return { accessToken: ehr.accessToken, dpopKey: ehr.dpopKey }
  }

  return {
    async forSession(id, session, refused) {
      if (session.ehrSession) return await fromEhr(session.ehrSession, actsFor?.(session), refused)
      const value = usable(session, refused)
      if (value) return { accessToken: value, dpopKey: session.dpopKey }
      const fetching = underWay.get(id) ?? renew(id, refused).finally(() => underWay.delete(id))
      underWay.set(id, fetching)
      return await fetching
    },
  }
}
