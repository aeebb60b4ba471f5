/**
 * The portal's two cookies. The session cookie is SameSite=Strict: no other site can make a browser send it. The cookie of a sign-in under
 * way must be Lax, because the browser comes back from the identity provider by a link of theirs; it opens nothing, and only tells that
 * this browser started the sign-in. `__Host-` (where there is https) keeps subdomains from setting either.
 */
import type { CookieSerializeOptions } from '@fastify/cookie'

export interface CookieShape {
  name: string
  options: CookieSerializeOptions
}

export function cookies(https: boolean): { session: CookieShape; login: CookieShape } {
  const prefix = https ? '__Host-' : ''
  const shared = { path: https ? '/' : '/clinician', httpOnly: true, secure: https } as const
  return {
    session: { name: `${prefix}helsevev-clinician`, options: { ...shared, sameSite: 'strict' } },
    login: { name: `${prefix}helsevev-clinician-login`, options: { ...shared, sameSite: 'lax' } },
  }
}
