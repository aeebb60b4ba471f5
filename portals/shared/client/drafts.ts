/**
 * What a person has written and not sent, kept for them over the end of the session: in this window only, and sealed with a key that the
 * server gives to the same person alone. The next person who signs in here cannot read it, and it is removed then.
 */
import { useCallback, useEffect, useState } from 'react'
import { base } from './base.ts'

interface Kept {
  /** By the name of the field: the value, and the label that shows the person where it stands. */
  drafts: Record<string, { value: unknown; label: string }>
  /** Path of the page, below the portal. Names no person. */
  page: string
}

const storageKey = `helsevev${base.replace('/', '-')}-draft`
/** Holds nothing but that a session has ended in this window. */
const endedKey = `${storageKey}-ended`
const written = new Map<string, Kept['drafts'][string]>()
let key: CryptoKey | undefined
/** While the session is over, a field that disappears keeps its draft. */
let sessionOver = false
/** What is stored last wins, however long each sealing takes. */
let turn = 0

/** Text can be sealed only where the browser has cryptography: over https, and on the machine itself. */
export const canKeepDrafts = (): boolean => key !== undefined

export const hasDrafts = (): boolean => written.size > 0

/**
 * Called with the key of the person who has signed in. Opens the page where the drafts stand. Returns the labels of what is given back
 * after the end of a session; a page that was only loaded again shows its drafts by itself.
 */
export async function openDrafts(draftKey: string): Promise<string[]> {
  sessionOver = false
  if (key || !globalThis.crypto?.subtle) return []
  key = await crypto.subtle.importKey('raw', bytesOf(draftKey), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const stored = window.sessionStorage.getItem(storageKey)
  const hasEnded = window.sessionStorage.getItem(endedKey) !== null
  window.sessionStorage.removeItem(endedKey)
  if (!stored) return []
  try {
    const { drafts, page } = await unseal(key, stored)
    for (const [name, draft] of Object.entries(drafts)) written.set(name, draft)
    if (window.location.pathname === `${base}/` && page !== '/') window.history.replaceState(null, '', base + page)
    return hasEnded ? [...new Set(Object.values(drafts).map(({ label }) => label))] : []
  } catch {
    dropDrafts() // of another person, or of another key
    return []
  }
}

/** The session has ended: the drafts stay sealed, and the key and the clear text are forgotten. */
export function closeDrafts(): void {
  sessionOver = true
  key = undefined
  written.clear()
  window.sessionStorage.setItem(endedKey, '')
}

/** The person has signed out, and leaves nothing. */
export function dropDrafts(): void {
  turn++
  written.clear()
  window.sessionStorage.removeItem(storageKey)
}

async function store(): Promise<void> {
  turn++
  const mine = turn
  if (written.size === 0) return window.sessionStorage.removeItem(storageKey)
  if (!key) return
  const sealed = await seal(key, { drafts: Object.fromEntries(written), page: window.location.pathname.slice(base.length) })
  if (mine === turn) window.sessionStorage.setItem(storageKey, sealed)
}

/**
 * State of a form that survives the end of the session. `name` is unique among forms, and the same when the person comes back to it.
 * Leaving the form removes the draft, unless it `stays` until it is sent or the person signs out. Spread `kept` on the field, so that the
 * warning knows that its text is not lost.
 */
export function useDraft<Value>(name: string, label: string, initial: Value, { stays = false } = {}) {
  const [value, setValue] = useState<Value>(() => (written.get(name)?.value as Value | undefined) ?? initial)
  const [empty] = useState(() => JSON.stringify(initial))
  useEffect(() => {
    if (JSON.stringify(value) === empty) written.delete(name)
    else written.set(name, { value, label })
    void store()
  }, [name, label, value, empty])
  useEffect(
    () => () => {
      if (sessionOver || stays) return
      written.delete(name)
      void store()
    },
    [name, stays],
  )
  const forget = useCallback(() => {
    written.delete(name)
    void store()
  }, [name])
  return { value, setValue, forget, kept: { 'data-kept': '' } as const }
}

/** Whether somebody has written something on the page that would be lost. */
export function writesWhatIsLost(): boolean {
  return [...document.querySelectorAll('textarea')].some(({ value, dataset }) => value.trim() && (dataset['kept'] === undefined || !key))
}

async function seal(by: CryptoKey, kept: Kept): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, new TextEncoder().encode(JSON.stringify(kept)))
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed)))
}

async function unseal(by: CryptoKey, stored: string): Promise<Kept> {
  const bytes = bytesOf(stored)
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, by, bytes.slice(12))
  return JSON.parse(new TextDecoder().decode(text))
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}
