/** Moving between pages without reloading. The address names the page and never the person that it is about. */
import { useSyncExternalStore } from 'react'
import { base } from './base.ts'

/** The patterns of the addresses of this portal's pages. */
let known: readonly string[] = []

const listeners = new Set<() => void>()
const changed = () => {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('popstate', changed)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) window.removeEventListener('popstate', changed)
  }
}

type Parameters = Readonly<Record<string, string>>

export interface Navigation<Page extends string> {
  usePage(): Page
  /** The variable parts of the address: for `/agreements/:id`, the `id`. */
  useParameters(): Parameters
  go(page: Page, how?: 'push' | 'replace', parameters?: Parameters): void
  /** For a link that may be opened in another window. */
  addressOf(page: Page, parameters?: Parameters): string
}

const usePath = () => useSyncExternalStore(subscribe, () => window.location.pathname.slice(base.length) || '/')

/** Whether the address leads to no page of the portal. */
export function useWrongAddress(): boolean {
  const path = usePath()
  return !known.some((pattern) => match(pattern, path))
}

/** `path` is below the portal. */
export function goToPath(path: string): void {
  window.history.pushState(null, '', base + path)
  changed()
}

/** `pages`: the path of each page below the portal, with `:name` for a variable part; `home` is shown for an address that matches none. */
export function navigation<Page extends string>(pages: Readonly<Record<Page, string>>, home: Page): Navigation<Page> {
  known = Object.values(pages)

  function find(path: string): { page: Page; parameters: Parameters } {
    for (const page of Object.keys(pages) as Page[]) {
      const parameters = match(pages[page], path)
      if (parameters) return { page, parameters }
    }
    return { page: home, parameters: {} }
  }

  function addressOf(page: Page, parameters: Parameters = {}): string {
    return base + pages[page].replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''))
  }

  return {
    usePage: () => find(usePath()).page,
    useParameters: () => find(usePath()).parameters,
    addressOf,
    go(page, how = 'push', parameters) {
      if (how === 'replace') window.history.replaceState(null, '', addressOf(page, parameters))
      else window.history.pushState(null, '', addressOf(page, parameters))
      changed()
    },
  }
}

/** The variable parts, or undefined when the path belongs to another page. */
function match(pattern: string, path: string): Parameters | undefined {
  const asked = path.split('/')
  const parts = pattern.split('/')
  if (asked.length !== parts.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [at, part] of parts.entries()) {
    const value = asked[at] ?? ''
    if (part.startsWith(':') && value) parameters[part.slice(1)] = decoded(value)
    else if (part !== value) return undefined
  }
  return parameters
}

/** A part that cannot be decoded is looked up as it is, and found by nobody. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
