/**
 * Server-side sessions. The browser holds 256 random bits in a cookie and nothing else; the table holds their SHA-256 and the content,
 * sealed. A session ends after 30 minutes without use, and after 8 hours whatever happens (one shift).
 */
import { createHash, randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { type AccessKind, absoluteHours, idleMinutes, type Organization, type Person, type Purpose } from '../contract.ts'
import { open, seal } from './seal.ts'
import type { SessionRows } from './session-rows.ts'

export const loginMinutes = 10

export interface OpenPatient {
  /** Random name of this opening, so that an answer about one patient is never shown for another. */
  opening: string
  identityNumber: string
  identitySystem: string
  purpose: Purpose
  access: Access
  person?: Person
}

/** One decision to look: what it rests on, and the attestation that says so to the API. */
export interface Access {
  /** Random; the browser sends it with each panel request. */
  id: string
  kind: AccessKind
  /** Id of the decision, in the attestation, in the access log and in the technical log (ATT-46). */
  decision: string
  /** Milliseconds since 1970, as is `ends`, which elevated access has. */
  made: number
  ends?: number
  reason?: string
  /** The header Attestation. */
  attestation: string
}

/** An organisation or unit as an attestation tells of it. */
export interface Workplace {
  number: string
  name: string
  /** As the organisation register has it: `municipality`, `health-trust` … */
  type: string
  /** Code of the unit's service in list 8663 or 8668, when it is registered. */
  healthcareService?: string
}

export interface Employer extends Workplace, Organization {
  units: Workplace[]
}

/** What a signed-in person's session remembers. */
export interface Session {
  person: { name: string; hprNumber: string; identityNumber: string }
  organizations: Employer[]
  organization?: string
  /** Number of the organisation, or of the unit of it, where the person works now. */
  place?: string
  /** Sent back in a header with every change (double check beside SameSite and Origin). */
  csrf: string
  /** Private key that the access tokens are bound to (RFC 9449). */
  dpopKey: JWK
  refreshToken: string
  accessToken?: { organization: string; value: string; expires: number }
  patient?: OpenPatient
}

/** What is remembered between the way to the identity provider and back. */
export interface Login {
  state: string
  nonce: string
  codeVerifier: string
  dpopKey: JWK
}

export interface Sessions<Content> {
  /** A new session under a new id, which is returned and kept nowhere. */
  create(content: Content): Promise<string>
  /** The content while the session lives; reading it counts as use. */
  load(id: string): Promise<Content | undefined>
  /** Changes the content under a lock. Undefined when the session is over. */
  change(id: string, change: (content: Content) => Content | Promise<Content>): Promise<Content | undefined>
  destroy(id: string): Promise<void>
}

interface SessionsOptions {
  rows: SessionRows
  /** 32 bytes. */
  key: Uint8Array
  now: () => Date
}

function sessions<Content>(kind: 'login' | 'session', idleMs: number, absoluteMs: number, options: SessionsOptions): Sessions<Content> {
  const { rows, key, now } = options
  // The kind is part of the digest: the id of a sign-in under way opens no session, and the other way round.
  const digestOf = (id: string) => createHash('sha256').update(`${kind}:${id}`).digest()
  const alive = () => ({ now: now(), idleSince: new Date(now().getTime() - idleMs) })
  const read = (digest: Buffer, sealed: Buffer) => open(key, digest, sealed) as Content | undefined

  return {
    async create(content) {
      const id = randomBytes(32).toString('base64url')
      const digest = digestOf(id)
      await rows.removeExpired({ now: now(), idleSince: new Date(now().getTime() - idleMinutes * 60_000) })
      await rows.insert({ digest, sealed: seal(key, digest, content), now: now(), expires: new Date(now().getTime() + absoluteMs) })
      return id
    },

    async load(id) {
      const digest = digestOf(id)
      const sealed = await rows.use(digest, alive())
      return sealed && read(digest, sealed)
    },

    async change(id, change) {
      const digest = digestOf(id)
      let changed: Content | undefined
      await rows.change(digest, alive(), async (sealed) => {
        const content = read(digest, sealed)
        if (content === undefined) return undefined
        changed = await change(content)
        return seal(key, digest, changed)
      })
      return changed
    },

    async destroy(id) {
      await rows.remove(digestOf(id))
    },
  }
}

/** Sessions of signed-in people. */
export function personSessions(options: SessionsOptions): Sessions<Session> {
  return sessions<Session>('session', idleMinutes * 60_000, absoluteHours * 3_600_000, options)
}

/** Sign-ins under way: ten minutes to come back from the identity provider. */
export function loginSessions(options: SessionsOptions): Sessions<Login> {
  return sessions<Login>('login', loginMinutes * 60_000, loginMinutes * 60_000, options)
}
