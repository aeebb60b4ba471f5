/** Carries the entry to show from a list of what is new to the page of its service. It is kept in the window's memory, for one use. */
import { entryId } from '@helsevev/panel/Entry'
import { onForget } from '@helsevev/portal/client/session'

let chosen: string | undefined

onForget(() => {
  chosen = undefined
})

export function entrySoon(id: string): void {
  chosen = id
}

/** Shows the entry that was chosen, if any: opens what it is in and what it holds, scrolls there and moves the focus. */
export function showEntry(): void {
  if (chosen === undefined) return
  const target = document.getElementById(entryId(chosen))
  chosen = undefined
  for (let parent = target?.parentElement; parent; parent = parent.parentElement)
    if (parent instanceof HTMLDetailsElement) parent.open = true
  const inside = target?.querySelector('details')
  if (inside) inside.open = true
  target?.scrollIntoView({ block: 'start' })
  target?.focus({ preventScroll: true })
}
