/** What a view shows at the moment, as sections of plain text: a copy holds what the reader sees, and not another view. */
import { useEffect } from 'react'
import type { Section } from './plain-text.ts'

const offered = new Map<string, () => Section>()

/** Offers one section while the component is shown; sections stand in the order of `place`. */
export function useOfferedSection(place: string, make: () => Section): void {
  useEffect(() => {
    offered.set(place, make)
    return () => {
      offered.delete(place)
    }
  })
}

/** Undefined when the view offers none: the overview is then what is shown. */
export function shownSections(): Section[] | undefined {
  if (offered.size === 0) return undefined
  return [...offered].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, make]) => make())
}
