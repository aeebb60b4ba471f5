/**
 * Keys of the patient's page: one table, which the dialog lists and the listener looks up. They are single characters, so they can be turned
 * off (WCAG 2.1.4), do nothing while somebody types, and leave combinations to the browser.
 */
export const commands = ['help', 'patient', 'timeline', 'compare', 'refresh', 'share', 'find'] as const
export type Command = (typeof commands)[number]

export const keys: Record<Command, string> = {
  help: '?',
  patient: 'o',
  timeline: 't',
  compare: 's',
  refresh: 'h',
  share: 'k',
  find: 'f',
}

export type Pressed = { command: Command } | { panel: number }

/** The command of a key, or which panel (from 0); undefined when the key is nothing of ours. */
export function commandOf(key: string, panels: number): Pressed | undefined {
  const command = commands.find((one) => keys[one] === key.toLowerCase())
  if (command) return { command }
  const panel = /^[1-9]$/.test(key) ? Number(key) - 1 : panels
  return panel < panels ? { panel } : undefined
}

/** What is pressed here is text, or a choice in a list. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="textbox"]') !== null
}

const storageKey = 'helsevev-shortcuts'

/** A preference, and nothing about anyone. On where storage is closed to us, as in private windows of some browsers. */
export function areOn(): boolean {
  try {
    return window.localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

/** Says whether the choice is remembered. */
export function turn(on: boolean): boolean {
  try {
    if (on) window.localStorage.removeItem(storageKey)
    else window.localStorage.setItem(storageKey, 'off')
    return true
  } catch {
    return false
  }
}
