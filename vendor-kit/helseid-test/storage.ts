/**
 * What oidc-provider remembers between requests, kept in memory: sessions, codes, refresh tokens and seen `jti`s are gone after
 * a restart, keys are not. Its own memory adapter forgets after 1,000 entries, too few for a load test.
 */
import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Entry {
  payload: AdapterPayload
  /** Milliseconds since 1970. */
  expires: number
}

const SWEEP_EVERY = 5000

/**
 * Adapters that share one store. Clients are not stored: `findClient` is asked each time, so that a changed client takes effect at once.
 */
export function createStorage(findClient: (clientId: string) => Promise<AdapterPayload | undefined>): (model: string) => Adapter {
  const entries = new Map<string, Entry>()
  const byGrant = new Map<string, Set<string>>()
  const bySessionUid = new Map<string, string>()
  let writes = 0

  function forget(key: string): void {
    const entry = entries.get(key)
    if (!entry) return
    entries.delete(key)
    const { grantId, uid } = entry.payload
    if (grantId) {
      const members = byGrant.get(grantId)
      members?.delete(key)
      if (members?.size === 0) byGrant.delete(grantId)
    }
    if (uid && bySessionUid.get(uid) === key) bySessionUid.delete(uid)
  }

  function recall(key: string): AdapterPayload | undefined {
    const entry = entries.get(key)
    if (entry && entry.expires <= Date.now()) forget(key)
    return entries.get(key)?.payload
  }

  function sweep(): void {
    const now = Date.now()
    for (const [key, entry] of entries) if (entry.expires <= now) forget(key)
  }

  return (model) => {
    const name = (id: string) => `${model}:${id}`
    return {
      async find(id) {
        return model === 'Client' ? findClient(id) : recall(name(id))
      },
      async findByUid(uid) {
        const key = bySessionUid.get(uid)
        return key === undefined ? undefined : recall(key)
      },
      async findByUserCode() {
        return undefined
      },
      async upsert(id, payload, expiresIn) {
        const key = name(id)
        forget(key)
        entries.set(key, { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY })
        if (payload.grantId) {
          const members = byGrant.get(payload.grantId) ?? new Set()
          byGrant.set(payload.grantId, members.add(key))
        }
        if (model === 'Session' && payload.uid) bySessionUid.set(payload.uid, key)
        writes += 1
        if (writes % SWEEP_EVERY === 0) sweep()
      },
      async consume(id) {
        const payload = recall(name(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        forget(name(id))
      },
      async revokeByGrantId(grantId) {
        for (const key of [...(byGrant.get(grantId) ?? [])]) forget(key)
      },
    }
  }
}
