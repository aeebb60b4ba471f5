/**
 * Headers of every answer, and checks of every request. No script, style, font or picture from elsewhere; no frame around the portal; the
 * browser stores nothing except the files of the client, whose names change with their content.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { csrfHeader } from '../contract.ts'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:", // the design system draws focus rings and marks as data: pictures
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export function protect(reply: FastifyReply, https: boolean): void {
  reply.header('content-security-policy', contentSecurityPolicy)
  reply.header('referrer-policy', 'no-referrer')
  reply.header('x-content-type-options', 'nosniff')
  reply.header('x-frame-options', 'DENY')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (https) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
}

/**
 * Whether a change comes from our own page: JSON, which a form cannot send; the session's own token in a header, which another origin
 * cannot set without asking; and our own Origin (OWASP Cross-Site Request Forgery Prevention, defence in depth).
 */
export function comesFromOurPage(request: FastifyRequest, origin: string, csrf: string): boolean {
  return request.headers.origin === origin && request.headers[csrfHeader] === csrf && !fetchedFromElsewhere(request)
}

/** Fetch Metadata: most browsers state where a request comes from; one that does not is judged by cookies and Origin alone. */
export function fetchedFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** Whether a browser asks for a page to show: not for a file of the client, nor for an answer of `api/`. */
export function isPageVisit({ method, headers, url }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html') && !/^\/[^/]+\/(api|assets)\//.test(url)
}
