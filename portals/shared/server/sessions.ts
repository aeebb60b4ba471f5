/**
 * Server-side sessions. The browser holds 256 random bits in a cookie and nothing else; the table holds their SHA-256 and the sealed
 * content. A session ends after 30 minutes without use, and after 8 hours in any case (one shift). A session of one portal opens nothing in
 * another, and all sessions of one person can be ended at once.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { absoluteHours, idleMinutes, type TimeLeft } from '../contract.ts'
import { open, seal } from './seal.ts'
import type { SessionRows } from './session-rows.ts'

export const loginMinutes = 10
/** From the call of a record system until the browser arrives. */
const handoverSeconds = 60

/** The signed-in person, as the identity provider reports. */
export interface Person {
  name: string
  identityNumber: string
  /** The number in the health personnel register, if the person has one and the portal asks for it. */
  hprNumber?: string
}

/** What the session of a signed-in person remembers in every portal. */
export interface CommonSession {
  person: Person
  /** Sent back in a header with every change (a second check, in addition to SameSite and Origin). */
  csrf: string
  /** Private key that the access tokens are bound to (RFC 9449). */
  dpopKey: JWK
  /** Present in sessions that began with a sign-in at the identity provider. */
  refreshToken?: string
  /** Id of the session with the record system that handed this one over: access tokens come from there alone. */
  ehrSession?: string
  accessToken?: { organization?: string; value: string; expires: number }
}

export type Session<Content extends object> = CommonSession & Content

/** What is remembered while the browser is at the identity provider. */
export interface Login {
  state: string
  nonce: string
  codeVerifier: string
  dpopKey: JWK
  /** What the portal continues with when the person has signed in. */
  after?: object
  /** Whether the identity provider was requested to ask the person nothing (`prompt=none`). */
  silent?: boolean
}

export interface Sessions<Content> {
  /** Creates a session under a new id, which is returned and stored nowhere. */
  create(content: Content): Promise<string>
  /** The content while the session is alive; reading it counts as use. */
  load(id: string): Promise<Content | undefined>
  /** The same without counting as use, and how long the session lasts from now. */
  look(id: string): Promise<{ content: Content; left: TimeLeft } | undefined>
  /** Changes the content under a lock. Undefined when the session is over. */
  change(id: string, change: (content: Content) => Content | Promise<Content>): Promise<Content | undefined>
  destroy(id: string): Promise<void>
  /** Ends it and returns the content; only once, however many requests come. */
  take(id: string): Promise<Content | undefined>
}

export interface PersonSessions<Content extends object> extends Sessions<Session<Content>> {
  /** Ends every session of the person, under every number of the person, in every portal. */
  destroyAllOf(person: Person): Promise<void>
}

export interface SessionsOptions {
  /** Name of the portal. */
  portal: string
  rows: SessionRows
  /** 32 bytes. */
  key: Uint8Array
  now: () => Date
  /** All identity numbers of the person who has this one. */
  numbersOf?: ((identityNumber: string) => Promise<readonly string[]>) | undefined
}

interface Kind<Content> {
  name: string
  idleMs: number
  absoluteMs: number
  /** The person it belongs to, once the person has signed in. */
  personOf?: (content: Content) => Person
}

function sessions<Content>(kind: Kind<Content>, options: SessionsOptions): Sessions<Content> {
  const { portal, rows, key, now } = options
  // Portal and kind are part of the digest: the id of a sign-in under way opens no session, nor does an id of another portal.
  const digestOf = (id: string) => createHash('sha256').update(`${portal}:${kind.name}:${id}`).digest()
  const alive = () => ({ now: now(), idleSince: new Date(now().getTime() - kind.idleMs) })
  const read = (digest: Buffer, sealed: Buffer) => open(key, digest, sealed) as Content | undefined

  return {
    async create(content) {
      const id = randomBytes(32).toString('base64url')
      const digest = digestOf(id)
      await rows.removeExpired({ now: now(), idleSince: new Date(now().getTime() - idleMinutes * 60_000) })
      await rows.insert({
        digest,
        ...(kind.personOf ? { person: personKey(key, kind.personOf(content)) } : {}),
        sealed: seal(key, digest, content),
        now: now(),
        expires: new Date(now().getTime() + kind.absoluteMs),
      })
      return id
    },

    async load(id) {
      const digest = digestOf(id)
      const sealed = await rows.use(digest, alive())
      return sealed && read(digest, sealed)
    },

    async look(id) {
      const digest = digestOf(id)
      const row = await rows.look(digest, alive())
      const content = row && read(digest, row.sealed)
      if (!row || content === undefined) return undefined
      const secondsUntil = (time: number) => Math.max(0, Math.floor((time - now().getTime()) / 1000))
      const left = {
        idleSeconds: secondsUntil(row.lastUsed.getTime() + kind.idleMs),
        endsInSeconds: secondsUntil(row.expires.getTime()),
      }
      return { content, left }
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

    async take(id) {
      const digest = digestOf(id)
      const sealed = await rows.take(digest, alive())
      return sealed && read(digest, sealed)
    },
  }
}

/** Sessions of people signed in to one portal. */
export function personSessions<Content extends object>(options: SessionsOptions): PersonSessions<Content> {
  const { rows, key, numbersOf } = options
  const kind = {
    name: 'session',
    idleMs: idleMinutes * 60_000,
    absoluteMs: absoluteHours * 3_600_000,
    personOf: (content: Session<Content>) => content.person,
  } as const
  return {
    ...sessions<Session<Content>>(kind, options),
    async destroyAllOf(person) {
      const numbers = new Set([person.identityNumber, ...((await numbersOf?.(person.identityNumber)) ?? [])])
      for (const identityNumber of numbers) await rows.removeAllOf(personKey(key, { identityNumber }))
    },
  }
}

/** What is remembered between a record system and this portal, on the server alone: the browser knows nothing about it. */
export interface EhrSession {
  person: Person
  /** Client of the record system, and the organisation it acts for. */
  client: string
  organization: string
  /** The portal's key, and the token bound to it that the record system's token was exchanged for. */
  dpopKey: JWK
  accessToken: string
  /** Milliseconds since 1970. */
  expires: number
}

/** Sessions with record systems: they end as those of browsers do; each refresh, and each use by the browser, counts as use. */
export function ehrSessions(options: SessionsOptions): Sessions<EhrSession> {
  const [idleMs, absoluteMs] = [idleMinutes * 60_000, absoluteHours * 3_600_000]
  return sessions<EhrSession>({ name: 'ehr', idleMs, absoluteMs, personOf: ({ person }) => person }, options)
}

/** Codes with which a browser takes over what a record system has stated: valid for 60 seconds. */
export function handoverCodes<Content>(options: SessionsOptions): Sessions<Content> {
  return sessions<Content>({ name: 'handover', idleMs: handoverSeconds * 1000, absoluteMs: handoverSeconds * 1000 }, options)
}

/** Ways out of the portal and back, separate for each name: ten minutes. */
export function waySessions<Left>(name: string, options: SessionsOptions): Sessions<Left> {
  return sessions<Left>({ name: `way:${name}`, idleMs: loginMinutes * 60_000, absoluteMs: loginMinutes * 60_000 }, options)
}

/** Marks the cookie of a sign-in that is kept in the cookie itself. */
const SEALED = 'sealed.'

/**
 * Sign-ins under way: ten minutes to come back from the identity provider. Anybody can begin one, so it costs no row: what is remembered is
 * sealed in the cookie. The code that the issuer sends works once, so a cookie that is used twice opens nothing. A sign-in that continues
 * what a record system has handed over is kept in a row, since what is handed over stays with the server.
 */
export function loginSessions(options: SessionsOptions): Pick<Sessions<Login>, 'create' | 'take'> {
  const { portal, key, now } = options
  const rows = sessions<Login>({ name: 'login', idleMs: loginMinutes * 60_000, absoluteMs: loginMinutes * 60_000 }, options)
  const boundTo = createHash('sha256').update(`${portal}:login`).digest()
  return {
    async create(login) {
      if (login.after) return await rows.create(login)
      const expires = now().getTime() + loginMinutes * 60_000
      return SEALED + seal(key, boundTo, { login, expires }).toString('base64url')
    },
    async take(text) {
      if (!text.startsWith(SEALED)) return await rows.take(text)
      const kept = open(key, boundTo, Buffer.from(text.slice(SEALED.length), 'base64url')) as { login: Login; expires: number } | undefined
      return kept && kept.expires > now().getTime() ? kept.login : undefined
    },
  }
}

/** The key that seals what a person writes in the browser until it is sent: the same at each sign-in of that person to that portal. */
export function draftKeyOf(key: Uint8Array, portal: string, { identityNumber }: Person): string {
  return createHmac('sha256', key).update(`portal-draft:${portal}:${identityNumber}`).digest('base64url')
}

/** Names what a draft is about, such as a patient: the same for that person whenever it is open, and nothing to anybody else. */
export function draftNameOf(key: Uint8Array, portal: string, person: Person, about: string): string {
  return createHmac('sha256', draftKeyOf(key, portal, person))
    .update(`portal-draft-about:${about}`)
    .digest('base64url')
}

/**
 * The same for all sessions under one number, and impossible to compute without the session key: identity numbers are few enough to try
 * every hash without a key.
 */
function personKey(key: Uint8Array, { identityNumber }: Pick<Person, 'identityNumber'>): Buffer {
  return createHmac('sha256', key).update(`portal-person:${identityNumber}`).digest()
}
