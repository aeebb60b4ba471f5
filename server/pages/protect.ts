/** Headers of the pages that the server writes itself: nothing runs, nothing comes from elsewhere, nothing is sent anywhere. */
import type { FastifyReply } from 'fastify'

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  'img-src data:',
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

interface Sending {
  /** The page has a form that asks the server itself. */
  searches?: boolean
}

export function protect(reply: FastifyReply, { searches = false }: Sending = {}): FastifyReply {
  return reply.headers({
    'Content-Security-Policy': `${contentSecurityPolicy}; form-action ${searches ? "'self'" : "'none'"}`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
  })
}

/** A page in the language of the reader, kept by no cache. */
export function sendPage(reply: FastifyReply, html: string, sending?: Sending): FastifyReply {
  return protect(reply, sending).type('text/html; charset=utf-8').header('Vary', 'Cookie').header('Cache-Control', 'no-store').send(html)
}
