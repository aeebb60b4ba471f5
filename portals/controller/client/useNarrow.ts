/** Whether the window is too narrow for a wide table: the page then shows a list instead. Paper has room for one. */
import { useSyncExternalStore } from 'react'

const narrow = 'screen and (max-width: 63.99rem)'

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(narrow)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(narrow).matches)
}
