/** Moving between pages without reloading. The address tells the page and never the patient. */
import { useSyncExternalStore } from 'react'
import { type Page, pages } from '../routes.ts'

const base = '/clinician'
const listeners = new Set<() => void>()
const changed = () => {
  for (const listener of listeners) listener()
}
window.addEventListener('popstate', changed)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function currentPage(): Page {
  const path = window.location.pathname.slice(base.length) || '/'
  return (Object.keys(pages) as Page[]).find((page) => pages[page] === path) ?? 'find'
}

export function usePage(): Page {
  return useSyncExternalStore(subscribe, currentPage)
}

export function go(page: Page, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') window.history.replaceState(null, '', `${base}${pages[page]}`)
  else window.history.pushState(null, '', `${base}${pages[page]}`)
  changed()
}
