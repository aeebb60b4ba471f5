/**
 * The two cookies of a portal. Their names contain the portal's, so that sessions of different portals exist side by side in one browser.
 * The session cookie is SameSite=Strict: no other site can make a browser send it. The cookie of a sign-in under way must be Lax, because
 * the browser comes back through a link of the identity provider; it opens nothing, and only shows that this browser started the sign-in.
 * `__Host-` (where there is https) keeps subdomains from setting either.
 */
import type { CookieSerializeOptions } from '@fastify/cookie'

export interface CookieShape {
  name: string
  options: CookieSerializeOptions
}

export function cookies(portal: string, https: boolean): { session: CookieShape; login: CookieShape } {
  const prefix = https ? '__Host-' : ''
  const shared = { path: https ? '/' : `/${portal}`, httpOnly: true, secure: https } as const
  return {
    session: { name: `${prefix}helsevev-${portal}`, options: { ...shared, sameSite: 'strict' } },
    login: { name: `${prefix}helsevev-${portal}-login`, options: { ...shared, sameSite: 'lax' } },
  }
}
