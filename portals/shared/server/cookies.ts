/**
 * The two cookies of a portal, named by it, so that sessions of different portals live side by side in one browser. The session cookie is SameSite=Strict: no other site can make a browser send it. The cookie of a sign-in under
 * way must be Lax, because the browser comes back from the identity provider by a link of theirs; it opens nothing, and only tells that
 * this browser started the sign-in. `__Host-` (where there is https) keeps subdomains from setting either.
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
